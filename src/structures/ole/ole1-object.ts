import { decodeCodePage } from '../charset.ts';

/** An embedded object as OLE 1 stored it. */
export interface Ole1Object {
  /** 'Package', 'Excel.Sheet.8'. */
  readonly className: string;
  /** The native data with the four bytes of its size in front, as the stream of an Ole10Native has them. */
  readonly sized: Uint8Array;
  readonly native: Uint8Array;
  /** Bytes of the native data that are promised and missing. */
  readonly missing: number;
}

const EMBEDDED = 2;

/** EmbeddedObject, [MS-OLEDS] 2.2.5, behind the ObjectHeader of 2.2.4. Null where it is none: a link, or garbage. */
export function ole1Object(bytes: Uint8Array, codePage: number): Ole1Object | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 24 || view.getUint32(4, true) !== EMBEDDED) return null;
  let at = 8;
  let className = '';
  // Class, topic and item: each a length and an ANSI string with its NUL.
  for (let i = 0; i < 3; i++) {
    const length = at + 4 <= bytes.byteLength ? view.getUint32(at, true) : bytes.byteLength;
    if (length > bytes.byteLength - at - 4) return null;
    if (i === 0) className = decodeCodePage(bytes.subarray(at + 4, at + 4 + length), codePage).split('\u0000')[0] ?? '';
    at += 4 + length;
  }
  if (at + 4 > bytes.byteLength) return null;
  const size = view.getUint32(at, true);
  const native = bytes.subarray(at + 4, at + 4 + size);
  return { className, sized: bytes.subarray(at, at + 4 + size), native, missing: size - native.byteLength };
}
