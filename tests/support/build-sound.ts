import { deflateSync } from 'node:zlib';
import { id3Tag, type Id3Spec, since1904 } from './build-media.ts';
import { be16, be32, le16, le32, le64, utf16le } from './bytes.ts';

export interface CommentSpec {
  readonly vendor?: string;
  readonly comments?: Readonly<Record<string, string>>;
}

/** A Vorbis comment header behind its packet type. */
function vorbisComments({ vendor = 'libVorbis', comments = {} }: CommentSpec): Buffer {
  const text = (t: string): Buffer => Buffer.concat([le32(Buffer.byteLength(t)), Buffer.from(t)]);
  const all = Object.entries(comments);
  return Buffer.concat([text(vendor), le32(all.length), ...all.map(([k, v]) => text(`${k}=${v}`))]);
}

function oggPage(stream: number, packet: Uint8Array, goesOn = false): Buffer {
  const lacing = Buffer.alloc(Math.floor(packet.byteLength / 255) + (goesOn ? 0 : 1), 255);
  if (!goesOn) lacing[lacing.byteLength - 1] = packet.byteLength % 255;
  return Buffer.concat([Buffer.from('OggS\0\0'), Buffer.alloc(8), le32(stream), Buffer.alloc(8), Buffer.from([lacing.byteLength]), lacing, packet]);
}

/** One stream of Vorbis or Opus: its headers and no sound. `split` cuts the comments into two pages behind so many times 255 bytes. */
export function oggWith(o: CommentSpec & { readonly codec?: 'vorbis' | 'opus'; readonly split?: number } = {}): Buffer {
  const [first, second] = o.codec === 'opus' ? ['OpusHead', 'OpusTags'] : ['\u0001vorbis', '\u0003vorbis'];
  const packet = Buffer.concat([Buffer.from(second), vorbisComments(o)]);
  const head = oggPage(7, Buffer.concat([Buffer.from(first), Buffer.alloc(22)]));
  if (o.split === undefined) return Buffer.concat([head, oggPage(7, packet)]);
  return Buffer.concat([head, oggPage(7, packet.subarray(0, 255 * o.split), true), oggPage(7, packet.subarray(255 * o.split))]);
}

export const flacWith = (f: CommentSpec = {}): Buffer => {
  const comments = vorbisComments(f);
  return Buffer.concat([Buffer.from('fLaC'), be32(34), Buffer.alloc(34), be32((0x84 << 24) | comments.byteLength), comments]);
};

export interface AiffSpec {
  readonly texts?: Readonly<Record<string, string>>;
  readonly comment?: { readonly text: string; readonly time: string };
  readonly id3?: Id3Spec;
  readonly xmp?: string;
}

export function aiffWith(a: AiffSpec = {}): Buffer {
  const chunk = (type: string, content: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(type), be32(content.byteLength), content, Buffer.alloc(content.byteLength & 1)]);
  const chunks = Buffer.concat([
    ...Object.entries(a.texts ?? {}).map(([type, text]) => chunk(type, Buffer.from(text))),
    ...(a.comment
      ? [
          chunk(
            'COMT',
            Buffer.concat([be16(1), be32(since1904(a.comment.time)), be16(0), be16(Buffer.byteLength(a.comment.text)), Buffer.from(a.comment.text)]),
          ),
        ]
      : []),
    ...(a.id3 ? [chunk('ID3 ', id3Tag(a.id3))] : []),
    ...(a.xmp === undefined ? [] : [chunk('APPL', Buffer.from(`XMP ${a.xmp}`))]),
    chunk('SSND', Buffer.alloc(8)),
  ]);
  return Buffer.concat([Buffer.from('FORM'), be32(chunks.byteLength + 4), Buffer.from('AIFF'), chunks]);
}

export const filetime = (iso: string): bigint => (BigInt(Date.parse(iso)) + 11_644_473_600_000n) * 10_000n;

export interface AsfSpec {
  readonly created?: string;
  readonly title?: string;
  readonly author?: string;
  /** Names with texts, or with numbers of 64 bits. */
  readonly extended?: Readonly<Record<string, string | bigint>>;
  /** The same, in the library of the header's extension. */
  readonly library?: Readonly<Record<string, string>>;
  readonly xmp?: string;
}

export function asfWith(a: AsfSpec = {}): Buffer {
  const object = (guid: string, content: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(guid, 'hex'), le64(BigInt(content.byteLength + 24)), content]);
  const wide = (text: string): Buffer => utf16le(`${text}\0`);
  const [title, author] = [wide(a.title ?? ''), wide(a.author ?? '')];
  const records = Object.entries(a.extended ?? {}).map(([name, v]) => {
    const value = typeof v === 'string' ? wide(v) : le64(v);
    return Buffer.concat([le16(wide(name).byteLength), wide(name), le16(typeof v === 'string' ? 0 : 4), le16(value.byteLength), value]);
  });
  const rows = Object.entries(a.library ?? {}).map(([name, v]) =>
    Buffer.concat([Buffer.alloc(4), le16(wide(name).byteLength), le16(0), le32(wide(v).byteLength), wide(name), wide(v)]),
  );
  const library = object('941c23449894d149a1411d134e457054', Buffer.concat([le16(rows.length), ...rows]));
  const objects = [
    object(
      'a1dcab8c47a9cf118ee400c00c205365',
      Buffer.concat([Buffer.alloc(24), le64(a.created === undefined ? 0n : filetime(a.created)), Buffer.alloc(48)]),
    ),
    object('3326b2758e66cf11a6d900aa0062ce6c', Buffer.concat([le16(title.byteLength), le16(author.byteLength), Buffer.alloc(6), title, author])),
    ...(records.length > 0 ? [object('40a4d0d207e3d21197f000a0c95ea850', Buffer.concat([le16(records.length), ...records]))] : []),
    ...(rows.length > 0 ? [object('b503bf5f2ea9cf118ee300c00c205365', Buffer.concat([Buffer.alloc(18), le32(library.byteLength), library]))] : []),
  ];
  const header = object('3026b2758e66cf11a6d900aa0062ce6c', Buffer.concat([le32(objects.length), Buffer.from([1, 2]), ...objects]));
  return Buffer.concat([header, ...(a.xmp === undefined ? [] : [object('cbcf7abea997e8429c71999491e3afac', Buffer.from(a.xmp))])]);
}

/** An APEv2 tag, as it ends a file. */
export function apeTag(items: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.concat(
    Object.entries(items).map(([k, v]) => Buffer.concat([le32(Buffer.byteLength(v)), le32(0), Buffer.from(`${k}\0`), Buffer.from(v)])),
  );
  return Buffer.concat([
    body,
    Buffer.from('APETAGEX'),
    le32(2000),
    le32(body.byteLength + 32),
    le32(Object.keys(items).length),
    le32(0),
    Buffer.alloc(8),
  ]);
}

export const monkeysWith = (items: Readonly<Record<string, string>> = {}): Buffer =>
  Buffer.concat([Buffer.from('MAC '), le16(3990), Buffer.alloc(64), apeTag(items)]);

/** One frame of AAC in ADTS with a fill element of text. */
export function adtsWith(signature = ''): Buffer {
  const length = 7 + 8 + signature.length;
  const header = Buffer.from([0xff, 0xf1, 0x50, 0x80 | (length >> 11), (length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc]);
  return Buffer.concat([header, Buffer.alloc(8), Buffer.from(signature)]);
}

export interface RealSpec {
  readonly title?: string;
  readonly author?: string;
  /** Of the stream that speaks of the file. */
  readonly properties?: Readonly<Record<string, string>>;
}

export function realMediaWith(r: RealSpec = {}): Buffer {
  const chunk = (type: string, content: Uint8Array): Buffer => Buffer.concat([Buffer.from(type), be32(content.byteLength + 10), be16(0), content]);
  const text = (t: string): Buffer => Buffer.concat([be16(Buffer.byteLength(t)), Buffer.from(t)]);
  const properties = Object.entries(r.properties ?? {}).map(([k, v]) =>
    Buffer.concat([be32(13 + k.length + v.length), be16(0), Buffer.from([k.length]), Buffer.from(k), be32(2), text(v)]),
  );
  const own = Buffer.concat([be32(0), be16(0), be16(0), be16(0), be16(properties.length), ...properties]);
  const type = 'logical-fileinfo';
  return Buffer.concat([
    chunk('.RMF', Buffer.alloc(8)),
    chunk('CONT', Buffer.concat([text(r.title ?? ''), text(r.author ?? ''), text(''), text('')])),
    chunk('MDPR', Buffer.concat([Buffer.alloc(30), Buffer.from([0, type.length]), Buffer.from(type), be32(own.byteLength), own])),
    chunk('DATA', Buffer.alloc(8)),
  ]);
}

/** A program stream's first bytes, with user data and, behind it, what x264 leaves. */
export const mpegWith = (userData = '', signature = ''): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 1, 0xba]),
    Buffer.alloc(10),
    Buffer.from([0, 0, 1, 0xb2]),
    Buffer.from(userData),
    Buffer.from([0, 0, 1, 0xb8, 0]),
    Buffer.from(signature),
    Buffer.alloc(4),
  ]);

type Amf = string | number | Date | readonly number[] | { readonly [key: string]: Amf };

const amfText = (t: string): Buffer => Buffer.concat([be16(Buffer.byteLength(t)), Buffer.from(t)]);
function amf(v: Amf): Buffer {
  const double = (n: number): Buffer => {
    const b = Buffer.alloc(8);
    b.writeDoubleBE(n);
    return b;
  };
  if (typeof v === 'string') return Buffer.concat([Buffer.from([2]), amfText(v)]);
  if (typeof v === 'number') return Buffer.concat([Buffer.from([0]), double(v)]);
  if (v instanceof Date) return Buffer.concat([Buffer.from([11]), double(v.getTime()), be16(0)]);
  if (Array.isArray(v)) return Buffer.concat([Buffer.from([10]), be32(v.length), ...v.map((n) => amf(n as number))]);
  const pairs = Object.entries(v as Record<string, Amf>).map(([k, x]) => Buffer.concat([amfText(k), amf(x)]));
  return Buffer.concat([Buffer.from([8]), be32(pairs.length), ...pairs, Buffer.from([0, 0, 9])]);
}

/** A Flash video of scripts only, in the order given: 'onMetaData', 'onXMPData'. */
export function flvWith(scripts: Readonly<Record<string, Readonly<Record<string, Amf>>>> = {}): Buffer {
  const tags = Object.entries(scripts).map(([name, values]) => {
    const content = Buffer.concat([amf(name), amf(values)]);
    return Buffer.concat([be32((18 << 24) | content.byteLength), Buffer.alloc(7), content, be32(content.byteLength + 11)]);
  });
  return Buffer.concat([Buffer.from('FLV\u0001\u0005'), be32(9), be32(0), ...tags]);
}

/** A Flash film with the compiler's mark and a packet, packed with zlib or not. */
export function swfWith(s: { readonly compiled?: string; readonly xmp?: string; readonly packed?: boolean } = {}): Buffer {
  const tag = (code: number, content: Uint8Array): Buffer => Buffer.concat([le16((code << 6) | 0x3f), le32(content.byteLength), content]);
  const body = Buffer.concat([
    Buffer.from([0, 0, 24, 1, 0]),
    ...(s.compiled === undefined ? [] : [tag(41, Buffer.concat([Buffer.alloc(18), le64(BigInt(Date.parse(s.compiled)))]))]),
    ...(s.xmp === undefined ? [] : [tag(77, Buffer.from(`${s.xmp}\0`))]),
    Buffer.from([0, 0]),
  ]);
  const head = Buffer.concat([Buffer.from(s.packed ? 'CWS' : 'FWS'), Buffer.from([9]), le32(body.byteLength + 8)]);
  return Buffer.concat([head, s.packed ? deflateSync(body) : body]);
}

export interface MieSpec {
  readonly texts?: Readonly<Record<string, string>>;
  readonly exif?: Uint8Array;
  readonly xmp?: string;
}

export function mieWith(m: MieSpec = {}): Buffer {
  const element = (format: number, name: string, content: Uint8Array): Buffer => {
    const long = content.byteLength >= 253;
    const head = Buffer.from([0x7e, format, name.length, long ? 255 : content.byteLength]);
    return Buffer.concat([head, Buffer.from(name), long ? be16(content.byteLength) : Buffer.alloc(0), content]);
  };
  const end = Buffer.from([0x7e, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x7e, 0x10, 4, 254]),
    Buffer.from('0MIE'),
    be32(0),
    element(0x10, 'Meta', Buffer.alloc(0)),
    ...Object.entries(m.texts ?? {}).map(([k, v]) => element(0x28, k, Buffer.from(v))),
    ...(m.exif ? [element(0, 'EXIF', m.exif)] : []),
    ...(m.xmp === undefined ? [] : [element(0, 'XMP', Buffer.from(m.xmp))]),
    end,
    end,
  ]);
}
