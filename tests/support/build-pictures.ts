import { exifBlock, jpegWith, type PictureSpec } from './build-images.ts';
import { tiffWith } from './build-tiff.ts';
import { be16, be32, le16, le32, utf16le } from './bytes.ts';

/** A bitmap of the fifth version whose colour profile is a file elsewhere; without a path, one of the third. */
export function bmpWith(profile?: string): Buffer {
  const header = Buffer.alloc(profile === undefined ? 40 : 124);
  header.writeUInt32LE(header.byteLength, 0);
  if (profile !== undefined) {
    header.write('KNIL', 56, 'latin1');
    header.writeUInt32LE(124, 112);
    header.writeUInt32LE(profile.length + 1, 116);
  }
  const inside = Buffer.concat([header, Buffer.from(profile === undefined ? '' : `${profile}\0`, 'latin1')]);
  return Buffer.concat([Buffer.from('BM'), le32(inside.byteLength + 14), le32(0), le32(14 + inside.byteLength), inside]);
}

export const iconWith = (): Buffer => Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0]), le32(40), le32(22), Buffer.alloc(40)]);

/** The header of an enhanced metafile; without a description it has none. */
export function emfWith(application?: string, title = ''): Buffer {
  const text = application === undefined ? Buffer.alloc(0) : utf16le(`${application}\0${title}\0\0`);
  const header = Buffer.alloc(108);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(108 + text.byteLength, 4);
  header.write(' EMF', 40, 'latin1');
  if (text.byteLength > 0) {
    header.writeUInt32LE(text.byteLength / 2, 60);
    header.writeUInt32LE(108, 64);
  }
  return Buffer.concat([header, text]);
}

export interface CrwSpec {
  readonly make?: string;
  readonly model?: string;
  readonly owner?: string;
  readonly serial?: number;
  /** Seconds since 1970 of the camera's clock. */
  readonly captured?: number;
}

/** A heap of Canon's in a heap, and no picture. */
export function crwWith(c: CrwSpec = {}): Buffer {
  const heap = (entries: readonly (readonly [type: number, content: Uint8Array])[], base: Buffer): Buffer => {
    let at = base.byteLength;
    const rows = entries.map(([type, content]) => {
      const inEntry = (type & 0x4000) !== 0;
      const row = inEntry ? Buffer.concat([le16(type), content]) : Buffer.concat([le16(type), le32(content.byteLength), le32(at)]);
      if (!inEntry) at += content.byteLength;
      return row;
    });
    const values = entries.filter(([type]) => (type & 0x4000) === 0).map(([, content]) => content);
    return Buffer.concat([base, ...values, le16(rows.length), ...rows, le32(at)]);
  };
  const inner = heap(
    [
      ...(c.model === undefined ? [] : ([[0x080a, Buffer.from(`${c.make ?? ''}\0${c.model}\0`)]] as const)),
      ...(c.owner === undefined ? [] : ([[0x0810, Buffer.from(`${c.owner}\0\0\0\0`)]] as const)),
      ...(c.serial === undefined ? [] : ([[0x580b, Buffer.concat([le32(c.serial), le32(0)])]] as const)),
      ...(c.captured === undefined ? [] : ([[0x180e, Buffer.concat([le32(c.captured), le32(0), le32(0)])]] as const)),
    ],
    Buffer.alloc(0),
  );
  const head = Buffer.concat([Buffer.from('II'), le32(26), Buffer.from('HEAPCCDR'), Buffer.alloc(12)]);
  return Buffer.concat([head, heap([[0x300a, inner]], Buffer.alloc(0))]);
}

export function rafWith(p: PictureSpec = {}): Buffer {
  const jpeg = jpegWith(p);
  const head = Buffer.alloc(148);
  head.write('FUJIFILMCCD-RAW 0201FF392201FinePix S5Pro', 'latin1');
  head.writeUInt32BE(148, 84);
  head.writeUInt32BE(jpeg.byteLength, 88);
  return Buffer.concat([head, jpeg]);
}

export function mrwWith(p: PictureSpec = {}): Buffer {
  const block = (type: string, content: Uint8Array): Buffer => Buffer.concat([Buffer.from(`\0${type}`), be32(content.byteLength), content]);
  const blocks = Buffer.concat([block('PRD', Buffer.alloc(24)), block('TTW', exifBlock(p) ?? tiffWith({}))]);
  return Buffer.concat([Buffer.from('\0MRM'), be32(blocks.byteLength), blocks, Buffer.from('pixels')]);
}

/** Sigma's sections: properties, a JPEG, and the directory behind them. */
export function x3fWith(properties: Readonly<Record<string, string>> = {}, picture?: PictureSpec): Buffer {
  const rows: Buffer[] = [];
  const texts: Buffer[] = [];
  let at = 0;
  for (const [k, v] of Object.entries(properties)) {
    rows.push(le32(at), le32(at + k.length + 1));
    texts.push(utf16le(`${k}\0${v}\0`));
    at += k.length + v.length + 2;
  }
  const table = Buffer.concat([
    Buffer.from('SECp'),
    le32(0x20000),
    le32(Object.keys(properties).length),
    le32(0),
    le32(0),
    le32(at),
    ...rows,
    ...texts,
  ]);
  const sections = [table, ...(picture ? [Buffer.concat([Buffer.from('SECi'), Buffer.alloc(24), jpegWith(picture)])] : [])];
  const head = Buffer.concat([Buffer.from('FOVb'), Buffer.alloc(36)]);
  let from = head.byteLength;
  const entries = sections.map((s, i) => {
    const row = Buffer.concat([le32(from), le32(s.byteLength), Buffer.from(i === 0 ? 'PROP' : 'IMA2')]);
    from += s.byteLength;
    return row;
  });
  return Buffer.concat([head, ...sections, Buffer.from('SECd'), le32(0x20000), le32(sections.length), ...entries, le32(from)]);
}

export const app1With = (p: PictureSpec): Buffer => Buffer.concat([Buffer.from('Exif\0\0'), exifBlock(p) ?? tiffWith({})]);

export function bpgWith(p: PictureSpec = {}): Buffer {
  const variable = (n: number): Buffer => Buffer.from([0x80 | (n >> 14), 0x80 | ((n >> 7) & 127), n & 127]);
  const exif = exifBlock(p);
  const extension = (tag: number, content: Uint8Array): Buffer => Buffer.concat([Buffer.from([tag]), variable(content.byteLength), content]);
  const all = Buffer.concat([...(exif ? [extension(1, exif)] : []), ...(p.xmp === undefined ? [] : [extension(3, Buffer.from(p.xmp))])]);
  const has = all.byteLength > 0;
  const sizes = Buffer.concat([variable(1), variable(1), variable(0), ...(has ? [variable(all.byteLength)] : [])]);
  return Buffer.concat([Buffer.from([0x42, 0x50, 0x47, 0xfb, 0x20, has ? 8 : 0]), sizes, all]);
}

/** Texts, and numbers as floats. */
export function exrWith(attributes: Readonly<Record<string, string | number>> = {}): Buffer {
  const rows = Object.entries(attributes).map(([k, v]) => {
    const float = Buffer.alloc(4);
    if (typeof v === 'number') float.writeFloatLE(v);
    const value = typeof v === 'number' ? float : Buffer.from(v);
    return Buffer.concat([Buffer.from(`${k}\0${typeof v === 'number' ? 'float' : 'string'}\0`), le32(value.byteLength), value]);
  });
  return Buffer.concat([Buffer.from([0x76, 0x2f, 0x31, 1, 2, 0, 0, 0]), ...rows, Buffer.alloc(1)]);
}

/** Elements 'gggg,eeee' of the outermost data set, in front of the pixels; a sequence of undefined length stands before them. */
export function dicomWith(elements: Readonly<Record<string, string>> = {}, syntax: 'explicit' | 'implicit' = 'explicit'): Buffer {
  const number = (tag: string): Buffer => Buffer.concat(tag.split(',').map((n) => le16(parseInt(n, 16))));
  const element = (tag: string, v: string, explicit: boolean): Buffer => {
    const value = Buffer.from(v.length % 2 === 0 ? v : `${v} `);
    return Buffer.concat([number(tag), explicit ? Buffer.concat([Buffer.from('LO'), le16(value.byteLength)]) : le32(value.byteLength), value]);
  };
  const explicit = syntax === 'explicit';
  const open = (tag: string): Buffer =>
    Buffer.concat([number(tag), ...(explicit && !tag.startsWith('fffe') ? [Buffer.from('SQ\0\0')] : []), le32(0xffffffff)]);
  const close = (tag: string): Buffer => Buffer.concat([number(tag), le32(0)]);
  const nested = [open('0008,1140'), open('fffe,e000'), element('0008,1030', 'inner', explicit), close('fffe,e00d'), close('fffe,e0dd')];
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element('0002,0010', explicit ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2', true),
    ...nested,
    ...Object.entries(elements).map(([tag, v]) => element(tag, v, explicit)),
    number('7fe0,0010'),
    explicit ? Buffer.from('OW\0\0\0\0\0\0') : le32(0),
  ]);
}

/** Comments by name, a packet, IPTC in Photoshop's hex; `preview` puts a DOS header and a metafile around it. */
export function epsWith(
  e: { readonly comments?: Readonly<Record<string, string>>; readonly xmp?: string; readonly byLine?: string; readonly preview?: boolean } = {},
): Buffer {
  const iim = e.byLine === undefined ? null : Buffer.concat([Buffer.from([0x1c, 2, 80]), be16(e.byLine.length), Buffer.from(e.byLine)]);
  const resource = iim && Buffer.concat([Buffer.from('8BIM\u0004\u0004\0\0', 'latin1'), be32(iim.byteLength), iim, Buffer.alloc(iim.byteLength & 1)]);
  const program = Buffer.from(
    `%!PS-Adobe-3.0 EPSF-3.0\r\n${Object.entries(e.comments ?? {})
      .map(([k, v]) => `%%${k}: ${v}\r\n`)
      .join('')}%%EndComments\r\n${resource ? `%BeginPhotoshop: ${resource.byteLength}\r\n% ${resource.toString('hex')}\r\n%EndPhotoshop\r\n` : ''}` +
      `${e.xmp ?? ''}\r\nshowpage\r\n%%EOF\r\n`,
  );
  if (!e.preview) return program;
  const head = Buffer.concat([Buffer.from([0xc5, 0xd0, 0xd3, 0xc6]), le32(30), le32(program.byteLength), Buffer.alloc(18)]);
  return Buffer.concat([head, program]);
}

export function fitsWith(cards: Readonly<Record<string, string>> = {}, history: readonly string[] = []): Buffer {
  const card = (text: string): string => text.padEnd(80);
  const all = [
    card('SIMPLE  =                    T'),
    ...Object.entries(cards).map(([k, v]) => card(`${k.padEnd(8)}= '${v}'`)),
    ...history.map((h) => card(`HISTORY ${h}`)),
    card('END'),
  ].join('');
  return Buffer.from(all.padEnd(Math.ceil(all.length / 2880) * 2880));
}

export function miffWith(p: PictureSpec & { readonly comment?: string } = {}): Buffer {
  const exif = exifBlock(p);
  const profiles = [
    ...(exif ? [['generic', Buffer.concat([Buffer.from('Exif\0\0'), exif])] as const] : []),
    ...(p.xmp === undefined ? [] : [['xmp', Buffer.from(p.xmp)] as const]),
  ];
  const fields = profiles.map(([name, content]) => `profile-${name}=${content.byteLength}\n`).join('');
  const comment = p.comment === undefined ? '' : `comment={${p.comment}}\n`;
  return Buffer.concat([
    Buffer.from(`id=ImageMagick\nclass=DirectClass\n${comment}${fields}\f\n:\u001a`),
    ...profiles.map(([, content]) => content),
    Buffer.alloc(3),
  ]);
}

/** GIMP's parasites by name, and no layer. */
export function xcfWith(parasites: Readonly<Record<string, Uint8Array | string>> = {}, version = 'file'): Buffer {
  const entries = Object.entries(parasites).map(([name, content]) => {
    const bytes = Buffer.from(content as string);
    return Buffer.concat([be32(name.length + 1), Buffer.from(`${name}\0`), be32(1), be32(bytes.byteLength), bytes]);
  });
  const all = Buffer.concat(entries);
  const precision = version === 'v011' ? be32(150) : Buffer.alloc(0);
  return Buffer.concat([
    Buffer.from(`gimp xcf ${version}\0`),
    be32(1),
    be32(1),
    be32(0),
    precision,
    be32(17),
    be32(1),
    Buffer.from([1]),
    be32(21),
    be32(all.byteLength),
    all,
    be32(0),
    be32(0),
  ]);
}

/** A page with an annotation in plain text. */
export function djvuWith(annotation?: string, packed = false): Buffer {
  const chunk = (type: string, content: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(type), be32(content.byteLength), content, Buffer.alloc(content.byteLength & 1)]);
  const page = Buffer.concat([
    Buffer.from('DJVU'),
    chunk('INFO', Buffer.alloc(10)),
    ...(annotation === undefined ? [] : [chunk(packed ? 'ANTz' : 'ANTa', Buffer.from(annotation))]),
  ]);
  return Buffer.concat([Buffer.from('AT&T'), chunk('FORM', Buffer.concat([Buffer.from('DJVM'), chunk('FORM', page)]))]);
}
