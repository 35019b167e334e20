import { deflateSync } from 'node:zlib';
import { filetime } from './build-cfb.ts';
import { buildIwa, type IwaObject } from './build-iwa.ts';
import { lzxStored } from './build-lzx.ts';
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

export interface IworkSpec {
  readonly program: 'pages' | 'numbers' | 'keynote';
  readonly documentId: string;
  readonly versionId: string;
  readonly builds: readonly string[];
  /** Objects behind the document's own, and those of further parts. */
  readonly objects?: readonly IwaObject[];
  readonly parts?: Readonly<Record<string, Uint8Array>>;
}

/** A document of 2013 and later, with a preview. */
export const buildIwork = (s: IworkSpec): Uint8Array =>
  buildZip(
    [
      {
        name: 'Index/Document.iwa',
        content: buildIwa({ id: 1, type: s.program === 'pages' ? 10_000 : 1, body: Buffer.alloc(0) }, ...(s.objects ?? [])),
      },
      ...Object.entries(s.parts ?? {}).map(([name, content]) => ({ name, content })),
      ...(s.program === 'keynote' ? [{ name: 'Index/Slide-2.iwa', content: buildIwa() }] : []),
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

/** The root of a document of iWork '09, with what is inside. */
export const iwork09 = (root: 'sl:document' | 'ls:document' | 'key:presentation', inside: string): string =>
  `<?xml version="1.0"?>\n<${root} xmlns:sfa="http://developer.apple.com/namespaces/sfa" xmlns:sf="http://developer.apple.com/namespaces/sf" xmlns:sl="http://developer.apple.com/namespaces/sl" xmlns:ls="http://developer.apple.com/namespaces/ls" xmlns:key="http://developer.apple.com/namespaces/keynote2">${inside}</${root}>`;

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

const encoded = (n: number): Buffer =>
  Buffer.from(n < 128 ? [n] : n < 16_384 ? [0x80 | (n >> 7), n & 0x7f] : [0x80 | (n >> 14), 0x80 | ((n >> 7) & 0x7f), n & 0x7f]);

export interface ChmSpec {
  readonly title: string;
  readonly compiler: string;
  readonly compiled: string;
  readonly language: number;
  /** Files of the packed section, by name, one behind another in `frames`. */
  readonly files?: Readonly<Record<string, string>>;
  /** The packed section, one by one; default: `files` as they are. Each is a reset of its own. */
  readonly frames?: readonly Uint8Array[];
}

const PACKED = '::DataSpace/Storage/MSCompressed/';

/** Compiled HTML Help with one chunk of directory; '/#SYSTEM', and what there is of files. */
export function buildChm(s: ChmSpec): Uint8Array {
  const note = (code: number, value: Buffer): Buffer => Buffer.concat([u16le(code), u16le(value.byteLength), value]);
  const settings = Buffer.concat([u32le(s.language), Buffer.alloc(16), u64le(filetime(s.compiled)), Buffer.alloc(8)]);
  const system = Buffer.concat([
    u32le(3),
    note(9, Buffer.from(`${s.compiler}\u0000`)),
    note(4, settings),
    note(3, Buffer.from(`${s.title}\u0000`, 'latin1')),
  ]);
  const all = Buffer.from(Object.values(s.files ?? {}).join(''), 'latin1');
  const frames = s.frames ?? [lzxStored(all)];
  const starts = frames.map((_, i) => frames.slice(0, i).reduce((n, f) => n + f.byteLength, 0));
  const control = Buffer.concat([u32le(6), Buffer.from('LZXC'), u32le(2), u32le(1), u32le(2), u32le(1), u32le(0)]);
  const resets = Buffer.concat([
    u32le(2),
    u32le(frames.length),
    u32le(8),
    u32le(0x28),
    u64le(all.byteLength),
    u64le(0),
    u64le(0x8000),
    ...starts.map(u64le),
  ]);
  const stored: (readonly [string, Buffer])[] = [['/#SYSTEM', system]];
  if (s.files)
    stored.push(
      [`${PACKED}Content`, Buffer.concat(frames)],
      [`${PACKED}ControlData`, control],
      [`${PACKED}Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable`, resets],
    );
  const entry = (name: string, section: number, offset: number, length: number): Buffer =>
    Buffer.concat([encoded(name.length), Buffer.from(name), encoded(section), encoded(offset), encoded(length)]);
  const rows = [entry('/', 0, 0, 0)];
  for (const [i, [name, content]] of stored.entries())
    rows.push(
      entry(
        name,
        0,
        stored.slice(0, i).reduce((n, [, c]) => n + c.byteLength, 0),
        content.byteLength,
      ),
    );
  let offset = 0;
  for (const [name, content] of Object.entries(s.files ?? {})) {
    rows.push(entry(name, 1, offset, content.length));
    offset += content.length;
  }
  const entries = Buffer.concat(rows);
  const size = Math.max(256, entries.byteLength + 32);
  const chunk = Buffer.alloc(size);
  chunk.write('PMGL');
  chunk.writeUInt32LE(size - 20 - entries.byteLength, 4);
  chunk.set(entries, 20);
  const directory = Buffer.alloc(0x54);
  directory.write('ITSP');
  directory.writeUInt32LE(0x54, 8);
  directory.writeUInt32LE(size, 0x10);
  directory.writeUInt32LE(1, 0x2c);
  const header = Buffer.alloc(0x60);
  header.write('ITSF');
  header.writeUInt32LE(3, 4);
  header.writeUInt32LE(0x409, 20);
  header.writeBigUInt64LE(0x60n, 0x48);
  header.writeBigUInt64LE(BigInt(0x54 + size), 0x50);
  header.writeBigUInt64LE(BigInt(0x60 + 0x54 + size), 0x58);
  return Buffer.concat([header, directory, chunk, ...stored.map(([, content]) => content)]);
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
