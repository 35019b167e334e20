import { crc32, deflateSync } from 'node:zlib';
import { type Tags, type TiffSpec, tiffWith } from './build-tiff.ts';

export { type TagValue, type Tags, type TiffSpec, tiffWith } from './build-tiff.ts';
export { xmpPacket } from './build-xmp.ts';

/**
 * What a picture says about itself. The named fields are shorthand for the tags they stand for; `ifd0`, `exif`, `gps`
 * and `ifd1` write any other tag by number and win over them. Without any of these there is no Exif block.
 */
export interface PictureSpec extends TiffSpec {
  /** Exif Software. */
  readonly software?: string;
  readonly make?: string;
  readonly model?: string;
  /** BodySerialNumber. */
  readonly serial?: string;
  readonly artist?: string;
  /** DateTimeOriginal, 'YYYY:MM:DD HH:MM:SS'. */
  readonly captured?: string;
  /** DateTimeDigitized. */
  readonly digitized?: string;
  /** DateTime. */
  readonly modified?: string;
  /** '+02:00', for each of the three times that is there. */
  readonly offset?: string;
  /** UTC, 'YYYY:MM:DD' and [hour, minute, second]. */
  readonly gpsTime?: { readonly date: string; readonly time: readonly [number, number, number] };
  /** A whole XMP packet; `xmpPacket` makes one. */
  readonly xmp?: string;
  /** Pixels. Default 16 by 16, grey. */
  readonly width?: number;
  readonly height?: number;
}

/** Present tags only: what is undefined is left out. */
const tags = (given: Readonly<Record<number, string | undefined>>): Tags =>
  Object.fromEntries(Object.entries(given).flatMap(([tag, v]) => (v === undefined ? [] : [[tag, v]])));

/** The TIFF block of a picture's Exif; null where it says nothing. */
export function exifBlock(p: PictureSpec): Buffer | null {
  const zone = (time: string | undefined): string | undefined => (time === undefined ? undefined : p.offset);
  const ifd0 = { ...tags({ 0x010f: p.make, 0x0110: p.model, 0x0131: p.software, 0x0132: p.modified, 0x013b: p.artist }), ...p.ifd0 };
  const times = {
    0x9003: p.captured,
    0x9004: p.digitized,
    0x9010: zone(p.modified),
    0x9011: zone(p.captured),
    0x9012: zone(p.digitized),
    0xa431: p.serial,
  };
  const exif = { ...tags(times), ...p.exif };
  const stamp: Tags = p.gpsTime ? { 0x07: p.gpsTime.time.map((n) => [n, 1] as const), 0x1d: p.gpsTime.date } : {};
  const gps = { ...stamp, ...p.gps };
  const has = (t: Tags): boolean => Object.keys(t).length > 0;
  if (!has(ifd0) && !has(exif) && !has(gps) && !p.ifd1 && !p.thumbnail) return null;
  return tiffWith({
    ifd0,
    ...(has(exif) ? { exif } : {}),
    ...(has(gps) ? { gps } : {}),
    ...(p.ifd1 ? { ifd1: p.ifd1 } : {}),
    ...(p.thumbnail ? { thumbnail: p.thumbnail } : {}),
    ...(p.byteOrder ? { byteOrder: p.byteOrder } : {}),
  });
}

export interface JpegSpec extends PictureSpec {
  /** An APP0 in front, as software writes it; cameras do not. Default: only where there is no Exif. */
  readonly jfif?: boolean;
  /** IIM datasets of record 2 by number, in an APP13; several of one number in a list. */
  readonly iptc?: Readonly<Record<number, string | readonly string[]>>;
  /** The rest of a packet that names its id in xmpNote:HasExtendedXMP; in two pieces. */
  readonly extendedXmp?: { readonly guid: string; readonly packet: string };
}

const be16 = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);
const be32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]);

/** Marker, length and payload. Throws where the payload does not fit into one segment. */
export function jpegSegment(marker: number, payload: Uint8Array): Buffer {
  if (payload.byteLength > 0xffff - 2) throw new RangeError(`${payload.byteLength} bytes do not fit into a JPEG segment`);
  return Buffer.concat([Buffer.from([0xff, marker]), be16(payload.byteLength + 2), payload]);
}

function iptcSegment(datasets: Readonly<Record<number, string | readonly string[]>>): Buffer {
  const iim = Buffer.concat(
    Object.entries(datasets)
      .flatMap(([n, values]) => [values].flat().map((v) => [n, v] as const))
      .map(([n, v]) => Buffer.concat([Buffer.from([0x1c, 2, Number(n)]), be16(Buffer.byteLength(v)), Buffer.from(v)])),
  );
  return jpegSegment(
    0xed,
    Buffer.concat([Buffer.from('Photoshop 3.0\0' + '8BIM\u0004\u0004\0\0', 'latin1'), be32(iim.byteLength), iim, Buffer.alloc(iim.byteLength & 1)]),
  );
}

function extendedSegments({ guid, packet }: { readonly guid: string; readonly packet: string }): Buffer[] {
  const whole = Buffer.from(packet);
  const half = Math.ceil(whole.byteLength / 2);
  const piece = (at: number, bytes: Uint8Array): Buffer =>
    jpegSegment(0xe1, Buffer.concat([Buffer.from(`http://ns.adobe.com/xmp/extension/\0${guid}`, 'latin1'), be32(whole.byteLength), be32(at), bytes]));
  return [piece(0, whole.subarray(0, half)), piece(half, whole.subarray(half))];
}

/** A picture every decoder opens: one grey component, one code of one bit in each Huffman table, every block zero. */
function greyScan(width: number, height: number): Buffer[] {
  const oneCode = [1, ...Array<number>(15).fill(0), 0];
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const scan = Buffer.alloc(Math.ceil((2 * blocks) / 8));
  const spare = scan.byteLength * 8 - 2 * blocks;
  scan[scan.byteLength - 1] = (1 << spare) - 1;
  return [
    jpegSegment(0xdb, Buffer.from([0, ...Array<number>(64).fill(16)])),
    jpegSegment(0xc0, Buffer.concat([Buffer.from([8]), be16(height), be16(width), Buffer.from([1, 1, 0x11, 0])])),
    jpegSegment(0xc4, Buffer.from([0x00, ...oneCode])),
    jpegSegment(0xc4, Buffer.from([0x10, ...oneCode])),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    scan,
  ];
}

/** A decodable JPEG. */
export function jpegWith(p: JpegSpec = {}): Buffer {
  const exif = exifBlock(p);
  const segments: Buffer[] = [Buffer.from([0xff, 0xd8])];
  if (p.jfif ?? exif === null) segments.push(jpegSegment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')));
  if (exif) segments.push(jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif])));
  if (p.xmp !== undefined) segments.push(jpegSegment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(p.xmp)])));
  if (p.extendedXmp) segments.push(...extendedSegments(p.extendedXmp));
  if (p.iptc) segments.push(iptcSegment(p.iptc));
  return Buffer.concat([...segments, ...greyScan(p.width ?? 16, p.height ?? 16), Buffer.from([0xff, 0xd9])]);
}

export interface PngSpec extends PictureSpec {
  /** tEXt by keyword, Latin-1. */
  readonly text?: Readonly<Record<string, string>>;
  /** iTXt by keyword, UTF-8. */
  readonly international?: Readonly<Record<string, string>>;
  /** zTXt by keyword. */
  readonly compressed?: Readonly<Record<string, string>>;
  /** tIME: year, month, day, hour, minute, second, UTC. */
  readonly time?: readonly [number, number, number, number, number, number];
  /** Put the metadata behind the pixels, as some editors do. */
  readonly behind?: boolean;
}

/** Length, type, content, checksum. */
export function pngChunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  return Buffer.concat([be32(content.byteLength), body, be32(crc32(body))]);
}

/** A decodable PNG, 8 bit grey. */
export function pngWith(p: PngSpec = {}): Buffer {
  const [width, height] = [p.width ?? 16, p.height ?? 16];
  const exif = exifBlock(p);
  const international = { ...p.international, ...(p.xmp === undefined ? {} : { 'XML:com.adobe.xmp': p.xmp }) };
  // Stored, not deflated: the same bytes from every version of zlib.
  const pack = (b: Uint8Array): Buffer => deflateSync(b, { level: 0 });
  const metadata = [
    ...Object.entries(p.text ?? {}).map(([k, v]) => pngChunk('tEXt', Buffer.from(`${k}\0${v}`, 'latin1'))),
    ...Object.entries(p.compressed ?? {}).map(([k, v]) =>
      pngChunk('zTXt', Buffer.concat([Buffer.from(`${k}\0\0`, 'latin1'), pack(Buffer.from(v, 'latin1'))])),
    ),
    ...Object.entries(international).map(([k, v]) => pngChunk('iTXt', Buffer.from(`${k}\0\0\0\0\0${v}`))),
    ...(exif ? [pngChunk('eXIf', exif)] : []),
    ...(p.time ? [pngChunk('tIME', Buffer.concat([be16(p.time[0]), Buffer.from(p.time.slice(1))]))] : []),
  ];
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 0x80)]);
  const pixels = pngChunk('IDAT', pack(Buffer.concat(Array<Buffer>(height).fill(row))));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', Buffer.concat([be32(width), be32(height), Buffer.from([8, 0, 0, 0, 0])])),
    ...(p.behind ? [pixels, ...metadata] : [...metadata, pixels]),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function riffChunk(type: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.byteLength);
  return Buffer.concat([Buffer.from(type), length, content, Buffer.alloc(content.byteLength & 1)]);
}

/** One lossless pixel. */
const VP8L_PIXEL = Buffer.from('2f00000010071011118888fe0700', 'hex').subarray(0, 13);

/** A decodable WebP of one pixel; width and height are not looked at. */
export function webpWith(p: PictureSpec = {}): Buffer {
  const exif = exifBlock(p);
  const flags = (exif ? 8 : 0) | (p.xmp === undefined ? 0 : 4);
  const chunks = Buffer.concat([
    riffChunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    riffChunk('VP8L', VP8L_PIXEL),
    ...(exif ? [riffChunk('EXIF', exif)] : []),
    ...(p.xmp === undefined ? [] : [riffChunk('XMP ', Buffer.from(p.xmp))]),
  ]);
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), chunks]));
}

export interface HeicSpec extends PictureSpec {
  /** Major brand. Default 'heic'. */
  readonly brand?: string;
  /** Where the items lie: in 'mdat', the rule, or in 'idat' inside the metadata. */
  readonly items?: 'mdat' | 'idat';
}

const box = (type: string, ...content: Uint8Array[]): Buffer => {
  const inside = Buffer.concat(content);
  return Buffer.concat([be32(inside.byteLength + 8), Buffer.from(type), inside]);
};

/** The metadata of a HEIC without a picture: enough for readers of metadata, not for viewers. */
export function heicWith(p: HeicSpec = {}): Buffer {
  const exif = exifBlock(p);
  const items: { id: number; info: Buffer; content: Buffer }[] = [];
  const infe = (id: number, type: string): Buffer => box('infe', Buffer.from([2, 0, 0, 0]), be16(id), be16(0), Buffer.from(type, 'latin1'));
  if (exif) items.push({ id: 1, info: infe(1, 'Exif\0'), content: Buffer.concat([be32(6), Buffer.from('Exif\0\0'), exif]) });
  if (p.xmp !== undefined) items.push({ id: 2, info: infe(2, 'mime\0application/rdf+xml\0'), content: Buffer.from(p.xmp) });
  const inIdat = p.items === 'idat';
  const ftyp = box('ftyp', Buffer.from(p.brand ?? 'heic'), be32(0), Buffer.from('mif1'), Buffer.from(p.brand ?? 'heic'));
  const meta = (base: number): Buffer => {
    let at = base;
    const rows = items.map(({ id, content }) => {
      const row = Buffer.concat([be16(id), be16(inIdat ? 1 : 0), be16(0), be16(1), be32(at), be32(content.byteLength)]);
      at += content.byteLength;
      return row;
    });
    return box(
      'meta',
      be32(0),
      box('hdlr', be32(0), be32(0), Buffer.from('pict'), Buffer.alloc(13)),
      box('iinf', be32(0), be16(items.length), ...items.map((i) => i.info)),
      box('iloc', Buffer.from([1, 0, 0, 0, 0x44, 0x00]), be16(items.length), ...rows),
      ...(inIdat ? [box('idat', ...items.map((i) => i.content))] : []),
    );
  };
  const mdat = inIdat ? [] : [box('mdat', ...items.map((i) => i.content))];
  return Buffer.concat([ftyp, meta(inIdat ? 0 : ftyp.byteLength + meta(0).byteLength + 8), ...mdat]);
}
