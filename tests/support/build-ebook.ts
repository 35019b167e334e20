import { deflateSync } from 'node:zlib';
import { filetime } from './build-cfb.ts';
import { buildBinaryPlist } from './build-plist.ts';
import { buildZip } from './build-zip.ts';

const u16le = (n: number): Buffer => Buffer.from([n & 0xff, (n >> 8) & 0xff]);
const u32be = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n >>> 0);
  return b;
};
const u32le = (n: number): Buffer => Buffer.from(u32be(n).reverse());
const u64le = (n: number | bigint): Buffer => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(BigInt(n));
  return b;
};

/** An EPUB 2 with one chapter; `metadata` is XML inside of <metadata>. */
export const buildEpub = (metadata: string): Uint8Array =>
  buildZip(
    [
      { name: 'mimetype', content: 'application/epub+zip', override: { method: 'store' } },
      {
        name: 'META-INF/container.xml',
        content:
          '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
      },
      {
        name: 'OEBPS/book.opf',
        content: `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><metadata>${metadata}</metadata><manifest/></package>`,
      },
      { name: 'OEBPS/1.xhtml', content: '<html><body><p>Bonjour</p></body></html>' },
    ],
    'info-zip',
  );

/** First bytes of Index/Document.iwa: a chunk of Snappy with the archive's header; `type` of its first message. */
const iwa = (type: 1 | 10_000): Buffer =>
  Buffer.from([0, 0x0d, 0, 0, 0x20, 0x28, 0x08, 0x08, 0x01, 0x12, 0x05, 0x08, ...(type === 1 ? [1] : [0x90, 0x4e]), 0]);

export interface IworkSpec {
  readonly program: 'pages' | 'numbers' | 'keynote';
  readonly documentId: string;
  readonly versionId: string;
  readonly builds: readonly string[];
}

/** A document of 2013 and later, with a preview. */
export const buildIwork = (s: IworkSpec): Uint8Array =>
  buildZip(
    [
      { name: 'Index/Document.iwa', content: iwa(s.program === 'pages' ? 10_000 : 1) },
      ...(s.program === 'keynote' ? [{ name: 'Index/Slide-2.iwa', content: 'x' }] : []),
      { name: 'Metadata/DocumentIdentifier', content: s.documentId },
      {
        name: 'Metadata/Properties.plist',
        content: buildBinaryPlist({ documentUUID: s.documentId, versionUUID: s.versionId, fileFormatVersion: '2.0.24', isMultiPage: false }),
      },
      {
        name: 'Metadata/BuildVersionHistory.plist',
        content: `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><array>${s.builds.map((b) => `<string>${b}</string>`).join('')}</array></plist>`,
      },
      { name: 'preview.jpg', content: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) },
    ],
    'info-zip',
  );

/** A document of Pages '09. */
export const buildPages09 = (): Uint8Array =>
  buildZip(
    [
      {
        name: 'index.xml',
        content:
          '<?xml version="1.0"?><sl:document xmlns:sfa="http://developer.apple.com/namespaces/sfa" xmlns:sf="http://developer.apple.com/namespaces/sf" xmlns:sl="http://developer.apple.com/namespaces/sl" sl:app_build_date="Jul  1 2011, 20:01:36">' +
          '<sl:publication-info><sl:SLCreationDateProperty><sl:date sf:val="2012-04-12T16:32:48-0700"/></sl:SLCreationDateProperty><sl:SLLastModifiedDateProperty><sl:date sf:val="2012-04-27T09:43:58-0700"/></sl:SLLastModifiedDateProperty></sl:publication-info>' +
          '<sf:metadata><sf:authors><sf:string sfa:string="Claire Moreau"/></sf:authors></sf:metadata><sf:text-body><sf:p>Bonjour</sf:p><sf:p><sf:ghost-text>Titre ici</sf:ghost-text></sf:p></sf:text-body></sl:document>',
      },
      {
        name: 'buildVersionHistory.plist',
        content: '<?xml version="1.0"?><plist version="1.0"><array><string>local build-Nov 15 2011</string></array></plist>',
      },
      { name: 'QuickLook/Thumbnail.jpg', content: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) },
    ],
    'info-zip',
  );

export interface MobiSpec {
  /** As it stands: seconds. */
  readonly created: number;
  readonly modified: number;
  readonly title: string;
  /** EXTH records by type. */
  readonly notes?: Readonly<Record<number, string>>;
  /** Further records. */
  readonly records?: readonly Uint8Array[];
}

export function buildMobi(s: MobiSpec): Uint8Array {
  const notes = Object.entries(s.notes ?? {}).map(([type, text]) => {
    const value = Buffer.from(text);
    return Buffer.concat([u32be(Number(type)), u32be(8 + value.byteLength), value]);
  });
  const exth = Buffer.concat([Buffer.from('EXTH'), u32be(12 + notes.reduce((n, b) => n + b.byteLength, 0)), u32be(notes.length), ...notes]);
  const title = Buffer.from(s.title);
  const header = Buffer.alloc(248);
  header.write('MOBI', 16);
  header.writeUInt32BE(232, 20);
  header.writeUInt32BE(65_001, 28);
  header.writeUInt32BE(248 + exth.byteLength, 84);
  header.writeUInt32BE(title.byteLength, 88);
  header.writeUInt32BE(0x40, 128);
  const records = [Buffer.concat([header, exth, title]), ...(s.records ?? [])];
  const pdb = Buffer.alloc(78);
  pdb.write('livre');
  pdb.writeUInt32BE(s.created, 36);
  pdb.writeUInt32BE(s.modified, 40);
  pdb.write('BOOKMOBI', 60);
  pdb.writeUInt16BE(records.length, 76);
  let at = 78 + 8 * records.length + 2;
  const table = records.map((r, i) => {
    const entry = Buffer.concat([u32be(at), u32be(i)]);
    at += r.byteLength;
    return entry;
  });
  return Buffer.concat([pdb, ...table, Buffer.alloc(2), ...records]);
}

const encoded = (n: number): Buffer => (n < 128 ? Buffer.from([n]) : Buffer.from([0x80 | (n >> 7), n & 0x7f]));

/** Compiled HTML Help with one chunk of directory and '/#SYSTEM' only. */
export function buildChm(s: { readonly title: string; readonly compiler: string; readonly compiled: string; readonly language: number }): Uint8Array {
  const note = (code: number, value: Buffer): Buffer => Buffer.concat([u16le(code), u16le(value.byteLength), value]);
  const settings = Buffer.concat([u32le(s.language), Buffer.alloc(16), u64le(filetime(s.compiled)), Buffer.alloc(8)]);
  const system = Buffer.concat([
    u32le(3),
    note(9, Buffer.from(`${s.compiler}\u0000`)),
    note(4, settings),
    note(3, Buffer.from(`${s.title}\u0000`, 'latin1')),
  ]);
  const entry = (name: string, length: number): Buffer =>
    Buffer.concat([encoded(name.length), Buffer.from(name), encoded(0), encoded(0), encoded(length)]);
  const entries = Buffer.concat([entry('/', 0), entry('/#SYSTEM', system.byteLength)]);
  const chunk = Buffer.alloc(256);
  chunk.write('PMGL');
  chunk.writeUInt32LE(256 - 20 - entries.byteLength, 4);
  chunk.set(entries, 20);
  const directory = Buffer.alloc(0x54);
  directory.write('ITSP');
  directory.writeUInt32LE(0x54, 8);
  directory.writeUInt32LE(256, 0x10);
  directory.writeUInt32LE(1, 0x2c);
  const header = Buffer.alloc(0x60);
  header.write('ITSF');
  header.writeUInt32LE(3, 4);
  header.writeUInt32LE(0x409, 20);
  header.writeBigUInt64LE(0x60n, 0x48);
  header.writeBigUInt64LE(BigInt(0x54 + 256), 0x50);
  header.writeBigUInt64LE(BigInt(0x60 + 0x54 + 256), 0x58);
  return Buffer.concat([header, directory, chunk, system]);
}

/** Sony's LRF: nothing but its information block. */
export function buildLrf(info: string): Uint8Array {
  const xml = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(info, 'utf16le')]);
  const packed = deflateSync(xml);
  const header = Buffer.alloc(0x54);
  header.write('L\u0000R\u0000F\u0000\u0000\u0000');
  header.writeUInt16LE(1000, 8);
  header.writeUInt16LE(packed.byteLength + 4, 0x4c);
  return Buffer.concat([header, u32le(xml.byteLength), packed]);
}

export const LRF_INFO =
  '<?xml version="1.0" encoding="UTF-16"?><Info version="1.1"><BookInfo><Title reading="">Discours</Title><Author reading="">Claire Moreau</Author></BookInfo>' +
  '<DocInfo><Language>fr</Language><Creator/><CreationDate>2012-09-28</CreationDate><Producer>calibre v0.9.0</Producer></DocInfo></Info>';

/** snbf/book.snbf with generator, author and title, packed by bzip2: '<book-snbf version="1.0"><head><name>Discours</name>…'. */
export const SNB_BOOK =
  '<book-snbf version="1.0"><head><name>Discours</name><author>Claire Moreau</author><language>FR</language><generator>calibre 0.9.0</generator><created>2012-09-28</created></head></book-snbf>';

/** Bambook's SNB with that one file; `packed` is {@link SNB_BOOK} by bzip2, which Node cannot write. */
export function buildSnb(packed: Uint8Array): Uint8Array {
  const name = Buffer.from('snbf/book.snbf\u0000');
  const table = deflateSync(Buffer.concat([Buffer.from([0x41, 0, 0, 0]), u32be(0), u32be(SNB_BOOK.length), name]));
  const head = [0x8000, 0x00a3a3a3, 0, 1, 12 + name.byteLength, table.byteLength, 0, SNB_BOOK.length, 0].map(u32be);
  const body = Buffer.concat([Buffer.from('SNBP000B'), ...head, table, packed]);
  return Buffer.concat([body, u32be(0), u32be(0), u32be(body.byteLength), Buffer.from('SNBP000B')]);
}
