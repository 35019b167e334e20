import { tiffWith, type Tags } from './build-tiff.ts';

const be16 = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);
const be32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]);
const le32 = (n: number): Buffer => be32(n).reverse();

/** A box of ISO/IEC 14496-12: length, type, content. */
export function isoBox(type: string, ...content: Uint8Array[]): Buffer {
  const inside = Buffer.concat(content);
  return Buffer.concat([be32(inside.byteLength + 8), Buffer.from(type, 'latin1'), inside]);
}

const uuidBox = (id: string, ...content: Uint8Array[]): Buffer => isoBox('uuid', Buffer.from(id, 'hex'), ...content);

/** Seconds since 1904-01-01T00:00Z of an ISO time; '' counts as 0, which says nothing. */
export const since1904 = (iso: string): number => (iso === '' ? 0 : Date.parse(iso) / 1000 + 2_082_844_800);

export interface FilmSpec {
  /** Major brand: 'qt  ', 'isom', 'M4A ', '3gp5', 'crx '. Default 'isom'. */
  readonly brand?: string;
  /** ISO times with their zone, or '' for 0. Default ''. */
  readonly created?: string;
  readonly modified?: string;
  /** Times of the only track. Default: as the film's. */
  readonly trackCreated?: string;
  readonly trackModified?: string;
  /** 64-bit times. */
  readonly wide?: boolean;
  readonly handlerName?: string;
  /** QuickTime user data by four-character code: '©swr', '©day'. */
  readonly classic?: Readonly<Record<string, string>>;
  /** iTunes' list by four-character code: '©too'. */
  readonly itunes?: Readonly<Record<string, string>>;
  /** QuickTime's numbered keys: 'com.apple.quicktime.software'. */
  readonly keys?: Readonly<Record<string, string>>;
  /** A packet in the 'uuid' box behind the film. */
  readonly xmp?: string;
  /** Directories of a Canon raw. */
  readonly canon?: { readonly ifd0?: Tags; readonly exif?: Tags; readonly gps?: Tags };
}

const dataBox = (value: string): Buffer => isoBox('data', be32(1), be32(0), Buffer.from(value));
const metaHandler = isoBox('hdlr', be32(0), be32(0), Buffer.from('mdir'), Buffer.alloc(13));

function userData(f: FilmSpec): Buffer[] {
  const classic = Object.entries(f.classic ?? {}).map(([code, v]) => isoBox(code, be16(Buffer.byteLength(v)), be16(0x15c7), Buffer.from(v)));
  const items = Object.entries(f.itunes ?? {}).map(([code, v]) => isoBox(code, dataBox(v)));
  const itunes = items.length > 0 ? [isoBox('meta', be32(0), metaHandler, isoBox('ilst', ...items))] : [];
  return classic.length + itunes.length > 0 ? [isoBox('udta', ...classic, ...itunes)] : [];
}

/** As QuickTime writes it: a 'meta' box without version and flags. */
function numberedKeys(keys: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(keys).map((k) => isoBox('mdta', Buffer.from(k)));
  const values = Object.values(keys).map((v, i) => isoBox(be32(i + 1).toString('latin1'), dataBox(v)));
  return isoBox('meta', metaHandler, isoBox('keys', be32(0), be32(names.length), ...names), isoBox('ilst', ...values));
}

/** The headers of a film with one track and no frames. */
export function filmWith(f: FilmSpec = {}): Buffer {
  const stamps = (created: string, modified: string): Buffer[] =>
    f.wide
      ? [be32(0x0100_0000), ...[created, modified].map((t) => Buffer.concat([be32(0), be32(since1904(t))]))]
      : [be32(0), be32(since1904(created)), be32(since1904(modified))];
  const [created, modified] = [f.created ?? '', f.modified ?? ''];
  const track = stamps(f.trackCreated ?? created, f.trackModified ?? modified);
  const handler = isoBox('hdlr', be32(0), be32(0), Buffer.from('vide'), Buffer.alloc(12), Buffer.from(`${f.handlerName ?? ''}\0`));
  const canon = Object.entries({ CMT1: f.canon?.ifd0, CMT2: f.canon?.exif, CMT4: f.canon?.gps }).flatMap(([type, tags]) =>
    tags ? [isoBox(type, tiffWith({ ifd0: tags }))] : [],
  );
  return Buffer.concat([
    isoBox('ftyp', Buffer.from(f.brand ?? 'isom'), be32(0)),
    isoBox(
      'moov',
      ...(canon.length > 0 ? [uuidBox('85c0b687820f11e08111f4ce462b6a48', ...canon)] : []),
      isoBox('mvhd', ...stamps(created, modified), Buffer.alloc(88)),
      isoBox('trak', isoBox('tkhd', ...track, Buffer.alloc(72)), isoBox('mdia', isoBox('mdhd', ...track, Buffer.alloc(12)), handler)),
      ...userData(f),
      ...(f.keys ? [numberedKeys(f.keys)] : []),
    ),
    ...(f.xmp === undefined ? [] : [uuidBox('be7acfcb97a942e89c71999491e3afac', Buffer.from(f.xmp))]),
    isoBox('mdat', Buffer.alloc(16)),
  ]);
}

export interface Id3Spec {
  /** 3 or 4. Default 4. */
  readonly version?: 3 | 4;
  /** Text frames: 'TIT2', 'TDRC'; 'COMM' is given a language and no description. */
  readonly frames: Readonly<Record<string, string>>;
  /** UTF-16 with its mark instead of UTF-8; version 3 knows no UTF-8. Default: as the version has it. */
  readonly wide?: boolean;
}

/** An ID3v2 tag. */
export function id3Tag({ version = 4, frames, wide = version === 3 }: Id3Spec): Buffer {
  const syncsafe = (n: number): Buffer => Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);
  const text = (v: string): Buffer => (wide ? Buffer.from(`\ufeff${v}`, 'utf16le') : Buffer.from(v));
  const body = Buffer.concat(
    Object.entries(frames).map(([id, v]) => {
      const prefix = id === 'COMM' ? Buffer.concat([Buffer.from('eng'), wide ? Buffer.from([0xff, 0xfe, 0, 0]) : Buffer.alloc(1)]) : Buffer.alloc(0);
      const content = Buffer.concat([Buffer.from([wide ? 1 : 3]), prefix, text(v)]);
      return Buffer.concat([Buffer.from(id), version === 4 ? syncsafe(content.byteLength) : be32(content.byteLength), be16(0), content]);
    }),
  );
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([version, 0, 0]), syncsafe(body.byteLength), body]);
}

export interface Mp3Spec {
  readonly id3?: Id3Spec;
  /** Nine characters at most, in the info tag of the first frame: 'LAME3.98r'. */
  readonly encoder?: string;
  /** The 128 bytes at the end. */
  readonly v1?: { readonly title?: string; readonly artist?: string; readonly year?: string; readonly comment?: string };
}

/** A tag and one silent frame of layer III, 128 kbit/s, 44.1 kHz, stereo. */
export function mp3With(m: Mp3Spec = {}): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  if (m.encoder !== undefined) {
    frame.write('Info', 36, 'latin1');
    frame.writeUInt32BE(0x0f, 40);
    frame.write(m.encoder.slice(0, 9), 156, 'latin1');
  }
  const padded = (v: string | undefined, length: number): Buffer =>
    Buffer.concat([Buffer.from(v ?? '', 'latin1'), Buffer.alloc(length)]).subarray(0, length);
  const v1 = m.v1
    ? [
        Buffer.from('TAG'),
        padded(m.v1.title, 30),
        padded(m.v1.artist, 30),
        padded('', 30),
        padded(m.v1.year, 4),
        padded(m.v1.comment, 30),
        Buffer.from([255]),
      ]
    : [];
  return Buffer.concat([...(m.id3 ? [id3Tag(m.id3)] : []), frame, ...v1]);
}

export interface WaveSpec {
  /** Form: 'WAVE' or 'AVI '. Default 'WAVE'. */
  readonly form?: 'WAVE' | 'AVI ';
  /** The INFO list by chunk: 'ISFT', 'ICRD'. */
  readonly info?: Readonly<Record<string, string>>;
  /** The broadcast extension: ten characters of date, eight of time. */
  readonly broadcast?: { readonly originator?: string; readonly date: string; readonly time: string };
  /** Date of recording, in the list of headers. */
  readonly idit?: string;
  readonly id3?: Id3Spec;
  readonly xmp?: string;
}

const riffChunk = (type: string, ...content: Uint8Array[]): Buffer => {
  const inside = Buffer.concat(content);
  return Buffer.concat([Buffer.from(type), le32(inside.byteLength), inside, Buffer.alloc(inside.byteLength & 1)]);
};

/** The chunks of a recording without samples. */
export function waveWith(w: WaveSpec = {}): Buffer {
  const chunks = [riffChunk('fmt ', Buffer.from([1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]))];
  if (w.broadcast) {
    const bext = Buffer.alloc(602);
    bext.write(w.broadcast.originator ?? '', 256, 'latin1');
    bext.write(`${w.broadcast.date}${w.broadcast.time}`, 320, 'latin1');
    chunks.push(riffChunk('bext', bext));
  }
  if (w.idit !== undefined) chunks.push(riffChunk('LIST', Buffer.from('hdrl'), riffChunk('IDIT', Buffer.from(`${w.idit}\n\0`))));
  if (w.info) chunks.push(riffChunk('LIST', Buffer.from('INFO'), ...Object.entries(w.info).map(([k, v]) => riffChunk(k, Buffer.from(`${v}\0`)))));
  if (w.id3) chunks.push(riffChunk('id3 ', id3Tag(w.id3)));
  if (w.xmp !== undefined) chunks.push(riffChunk('_PMX', Buffer.from(w.xmp)));
  return riffChunk('RIFF', Buffer.from(w.form ?? 'WAVE'), ...chunks, riffChunk('data', Buffer.alloc(4)));
}

export interface MatroskaSpec {
  readonly muxer?: string;
  readonly writer?: string;
  readonly title?: string;
  /** ISO time with its zone. */
  readonly date?: string;
  /** By name: 'ENCODER', 'DATE_RECORDED'. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The segment's size left open, as in a live stream. */
  readonly live?: boolean;
}

/** A segment with its account and tags, and no frames. */
export function matroskaWith(m: MatroskaSpec = {}): Buffer {
  const element = (id: string, ...content: Uint8Array[]): Buffer => {
    const inside = Buffer.concat(content);
    return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x10 | (inside.byteLength >>> 24)]), be32(inside.byteLength).subarray(1), inside]);
  };
  const text = (id: string, v: string | undefined): Buffer[] => (v === undefined ? [] : [element(id, Buffer.from(v))]);
  const date = Buffer.alloc(8);
  if (m.date !== undefined) date.writeBigInt64BE(BigInt(Date.parse(m.date) - 978_307_200_000) * 1_000_000n);
  const info = element(
    '1549a966',
    ...(m.date === undefined ? [] : [element('4461', date)]),
    ...text('7ba9', m.title),
    ...text('4d80', m.muxer),
    ...text('5741', m.writer),
  );
  const simple = Object.entries(m.tags ?? {}).map(([k, v]) => element('67c8', ...text('45a3', k), ...text('4487', v)));
  const inside = [info, ...(simple.length > 0 ? [element('1254c367', element('7373', ...simple))] : [])];
  const segment = m.live ? Buffer.concat([Buffer.from('1853806701ffffffffffffff', 'hex'), ...inside]) : element('18538067', ...inside);
  return Buffer.concat([element('1a45dfa3', element('4282', Buffer.from('matroska'))), segment]);
}
