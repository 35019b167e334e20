import {
  latin1,
  dictionary,
  infoDictionary,
  stream,
  CATALOG,
  PAGES,
  INFO,
  METADATA,
  annotate,
  fieldObject,
  writeObjects,
  xrefTable,
  trailerEntries,
  sizeOf,
  textOperators,
  pdfString,
  type Layout,
  type Objects,
  type PdfInfo,
} from './build-pdf.ts';

export interface PdfSigner {
  /** '/SubFilter /adbe.pkcs7.detached /Name (Claire Moreau)'. */
  readonly entries: string;
  readonly contents: (covered: Uint8Array) => Uint8Array;
}

export interface PdfUpdate {
  /** Replaces the information dictionary. */
  readonly info?: PdfInfo;
  /** Replaces the packet; the file must have one. */
  readonly xmp?: string;
  /** Writes the text of a page anew; `page` from 1. */
  readonly replacePage?: { readonly page: number; readonly text: string };
  /** A note on a page, from 1. */
  readonly annotate?: { readonly page: number; readonly text: string };
  /** Values of text fields that are there. */
  readonly fill?: Readonly<Record<string, string>>;
  /** Adds a signature field of that name on the first page, signed: the byte range is right, the signature a dummy. */
  readonly sign?: string;
  /** Signs in earnest: entries of the dictionary as text, and what to put into /Contents for the bytes of the range. */
  readonly signer?: PdfSigner;
  /** Second half of the ID, hex. */
  readonly id?: string;
  /** The comments that ExifTool puts around its updates. */
  readonly exiftool?: boolean;
  /** Compresses a replaced page. Default true. */
  readonly compress?: boolean;
}

/** The newest text of an object of a file made here. */
function objectIn(pdf: string, number: number): string {
  const begin = pdf.lastIndexOf(`\n${number} 0 obj\n`);
  if (begin < 0) throw new Error(`no object ${number} in this PDF`);
  const from = begin + `\n${number} 0 obj\n`.length;
  return pdf.slice(from, pdf.indexOf('\nendobj\n', from));
}

const lastMatch = (text: string, pattern: RegExp): RegExpMatchArray | undefined => [...text.matchAll(pattern)].at(-1);
const pageNumber = (pdf: string, page: number): number =>
  Number(/\/Kids \[([^\]]*)\]/.exec(objectIn(pdf, PAGES))?.[1]?.split(' 0 R')[page - 1]?.trim());

const CONTENTS_BYTES = 64;
const SIGNED_BYTES = 4096;
const RANGE = '[0 0000000000 0000000000 0000000000]';

function addSignature(l: Layout, pdf: string, name: string, signer?: PdfSigner): void {
  const page = pageNumber(pdf, 1);
  const [field, value] = [l.next++, l.next++];
  l.objects.set(
    value,
    `<< /Type /Sig /Filter /Adobe.PPKLite ${signer?.entries ?? '/SubFilter /adbe.pkcs7.detached'} /ByteRange ${RANGE} /Contents <${'00'.repeat(signer ? SIGNED_BYTES : CONTENTS_BYTES)}> >>`,
  );
  l.objects.set(
    field,
    dictionary({ Type: '/Annot', Subtype: '/Widget', FT: '/Sig', T: pdfString(name), V: `${value} 0 R`, Rect: '[0 0 0 0]', P: `${page} 0 R` }),
  );
  l.objects.set(page, l.objects.get(page) ?? objectIn(pdf, page));
  annotate(l.objects, page, [field]);
  const catalog = l.objects.get(CATALOG) ?? objectIn(pdf, CATALOG);
  const fields = /\/Fields \[([^\]]*)\]/.exec(catalog)?.[1];
  const form = `/AcroForm << /Fields [${[fields, `${field} 0 R`].filter(Boolean).join(' ')}] /SigFlags 3 >>`;
  l.objects.set(CATALOG, fields === undefined ? catalog.replace(/ >>$/, ` ${form} >>`) : catalog.replace(/\/AcroForm << [^>]* >>/, form));
}

/** Puts the byte range of the last signature right: everything but its own hex string. */
function sealed(text: string, signer?: PdfSigner): string {
  const at = text.lastIndexOf(RANGE);
  if (at < 0) return text;
  const from = text.indexOf('/Contents <', at) + '/Contents '.length;
  const to = from + 2 * (signer ? SIGNED_BYTES : CONTENTS_BYTES) + 2;
  const numbers = [from, to, text.length - to].map((n) => String(n).padStart(10, '0'));
  const ranged = `${text.slice(0, at)}[0 ${numbers.join(' ')}]${text.slice(at + RANGE.length)}`;
  if (!signer) return ranged;
  const hex = Buffer.from(signer.contents(latin1(ranged.slice(0, from) + ranged.slice(to)))).toString('hex');
  return `${ranged.slice(0, from)}<${hex.padEnd(2 * SIGNED_BYTES, '0')}>${ranged.slice(to)}`;
}

function updatedObjects(pdf: string, update: PdfUpdate, size: number): Objects {
  const l: Layout = { objects: new Map(), next: size };
  if (update.info) l.objects.set(INFO, infoDictionary(update.info));
  if (update.xmp !== undefined) l.objects.set(METADATA, stream({ Type: '/Metadata', Subtype: '/XML' }, Buffer.from(update.xmp)));
  if (update.replacePage) {
    const contents = Number(/\/Contents (\d+) 0 R/.exec(objectIn(pdf, pageNumber(pdf, update.replacePage.page)))?.[1]);
    l.objects.set(contents, stream({}, latin1(textOperators(update.replacePage.text)), update.compress ?? true));
  }
  if (update.annotate) {
    const page = pageNumber(pdf, update.annotate.page);
    const note = l.next++;
    l.objects.set(note, dictionary({ Type: '/Annot', Subtype: '/Text', Rect: '[10 10 30 30]', Contents: pdfString(update.annotate.text) }));
    l.objects.set(page, objectIn(pdf, page));
    annotate(l.objects, page, [note]);
  }
  for (const [name, value] of Object.entries(update.fill ?? {})) {
    const number = Number(lastMatch(pdf.slice(0, pdf.lastIndexOf(`/T ${pdfString(name)}`)), /(\d+) 0 obj\n/g)?.[1]);
    l.objects.set(number, fieldObject(name, value, pageNumber(pdf, 1)));
  }
  if (update.sign !== undefined) addSignature(l, pdf, update.sign, update.signer);
  return new Map([...l.objects].sort(([a], [b]) => a - b));
}

/** Appends an incremental update (ISO 32000-2 7.5.6) to a file made here with a cross-reference table. */
export function appendRevision(pdf: Uint8Array, update: PdfUpdate): Uint8Array {
  const before = Buffer.from(pdf).toString('latin1');
  const previous = Number(lastMatch(before, /startxref\n(\d+)\n/g)?.[1]);
  const trailer = before.slice(before.lastIndexOf('trailer\n'));
  const size = Number(/\/Size (\d+)/.exec(trailer)?.[1]);
  if (!trailer.startsWith('trailer')) throw new Error('updates need a cross-reference table');
  const id = /\/ID \[<([^>]*)> <([^>]*)>\]/.exec(trailer);
  const objects = updatedObjects(before, update, size);
  const begin = `${before}${update.exiftool ? '%BeginExifToolUpdate\n' : ''}`;
  const { text, offsets } = writeObjects(objects, begin.length);
  const kept = {
    ...(id ? { id: [id[1] ?? '', update.id ?? id[2] ?? ''] as const } : {}),
    ...(update.info || trailer.includes('/Info ') ? { info: {} } : {}),
  };
  const at = begin.length + text.length;
  const end = `trailer\n${trailerEntries(kept, Math.max(size, sizeOf(objects)), previous)}\n${update.exiftool ? `%EndExifToolUpdate ${before.length}\n` : ''}startxref\n${at}\n%%EOF\n`;
  return latin1(sealed(`${begin}${text}${xrefTable(offsets, false)}${end}`, update.signer));
}
