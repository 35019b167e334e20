import { scanXml, type XmlElement } from '../xml.ts';

/** A file encoded into a document. */
export interface XmlBinary {
  /** 'office:binary-data#0': the element as written, and how many of that name stand before it. */
  readonly key: string;
  /** What the document calls it: 'cover.jpg'; null where it has no name. */
  readonly name: string | null;
  /** The element that holds it, by its local name: 'image', 'object-ole'. */
  readonly within: string;
  readonly bytes: Uint8Array;
}

/** By local name: OpenDocument (part 3, 10.4.5), Word 2003, FictionBook, AbiWord. */
const HOLDERS: Readonly<Record<string, string | null>> = { 'binary-data': null, binData: 'name', binary: 'id', d: 'name' };
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;

/** In document order; what is no base64 is left out. `wanted`: one key only. */
export function* xmlBinaries(text: string, wanted: string | null = null): Iterable<XmlBinary> {
  const found: XmlBinary[] = [];
  const open: string[] = [];
  const keyOf = (e: XmlElement): string => `${e.name}#${e.nth}`;
  scanXml(text, {
    open(e) {
      open.push(e.local);
    },
    close(e, inner) {
      open.pop();
      const named = HOLDERS[e.local];
      if (named === undefined || inner.trim() === '' || (wanted !== null && keyOf(e) !== wanted) || !BASE64.test(inner)) return;
      if (e.attributes.some((a) => a.local === 'base64' && a.value === 'no')) return;
      const name = e.attributes.find((a) => a.local === named)?.value.trim() ?? '';
      found.push({
        key: keyOf(e),
        name: name === '' ? null : (name.split(/[\\/]/).at(-1) ?? name),
        within: open.at(-1) ?? '',
        bytes: Buffer.from(inner, 'base64'),
      });
    },
  });
  yield* found;
}
