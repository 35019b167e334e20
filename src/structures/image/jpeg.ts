import { bytesOf } from '../../model/bytes.ts';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';

export interface JpegSegment {
  /** Second byte of the marker: 0xe1 = APP1, 0xdb = DQT, 0xda = SOS. */
  readonly marker: number;
  /** Of the payload behind the length, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

/** ITU-T T.81 B.2.2. */
export interface JpegFrame {
  /** 0xc0 = baseline, 0xc2 = progressive, … */
  readonly marker: number;
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly { readonly id: number; readonly horizontal: number; readonly vertical: number; readonly table: number }[];
}

/** ITU-T T.81 B.2.4.1; 64 values in zigzag order, as they stand. */
export interface QuantizationTable {
  readonly id: number;
  readonly values: readonly number[];
}

/** ITU-T T.81 B.2.4.2. */
export interface HuffmanTable {
  readonly kind: 'dc' | 'ac';
  readonly id: number;
  /** Codes of each length, 1 to 16 bits. */
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

export interface Jpeg {
  /** In the order of the file, up to and with the first SOS. The pixels behind it are not read. */
  readonly segments: readonly JpegSegment[];
  readonly problems: readonly ProblemDraft[];
}

const SOS = 0xda;
const EOI = 0xd9;
/** A JPEG with a large colour profile has some dozens. */
const MAX_SEGMENTS = 10_000;
/** Bytes between two segments that are skipped in search of a marker; decoders do the same. */
const MAX_STRAY = 64 * 1024;

/** TEM and RSTn stand alone (ITU-T T.81 table B.1); so does a second SOI. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Offset of the next marker's second byte at or behind `from`, fill bytes skipped; -1 where none is near. */
function nextMarker(bytes: Bytes, from: number): number {
  const near = bytes.slice(from, MAX_STRAY);
  for (let i = near.indexOf(0xff); i >= 0 && i + 1 < near.byteLength; i = near.indexOf(0xff, i + 1)) {
    const code = near[i + 1] ?? 0;
    if (code !== 0 && code !== 0xff) return from + i + 1;
  }
  return -1;
}

/** Segment by segment up to the pixels. Never throws, and never reads a payload. */
export function readJpeg({ bytes }: Input): Jpeg {
  const segments: JpegSegment[] = [];
  const problems: ProblemDraft[] = [];
  const done = (code: ProblemDraft['code'] | null, message = ''): Jpeg => {
    if (code !== null) problems.push({ code, message });
    return { segments, problems };
  };
  let strayed = false;
  for (let at = 2; segments.length < MAX_SEGMENTS;) {
    const head = bytes.slice(at, 4);
    let code = at + 1;
    if (head[0] !== 0xff || head[1] === 0xff || head[1] === 0) {
      code = nextMarker(bytes, at);
      if (code < 0) return done('truncated', 'JPEG: no picture follows the headers');
      if (head[0] !== 0xff && !strayed) problems.push({ code: 'malformed', message: `JPEG: bytes at ${at} belong to no segment` });
      strayed ||= head[0] !== 0xff;
    }
    const [marker, high, low] = bytes.slice(code, 3);
    if (marker === undefined) return done('truncated', 'JPEG: no picture follows the headers');
    if (marker === EOI) return done('malformed', 'JPEG: ends before its picture');
    const size = standsAlone(marker) ? 0 : ((high ?? 0) << 8) | (low ?? 0);
    if (size < 2 && !standsAlone(marker)) return done(low === undefined ? 'truncated' : 'malformed', `JPEG: segment at ${code - 1} has no length`);
    const end = code + 1 + size;
    const length = Math.min(Math.max(0, size - 2), Math.max(0, bytes.size - code - 3));
    segments.push({ marker, offset: size === 0 ? code + 1 : code + 3, length });
    if (end > bytes.size) return done('truncated', `JPEG: segment at ${code - 1} ends beyond the file`);
    if (marker === SOS) return done(null);
    at = end;
  }
  return done('limit-exceeded', `JPEG: more than ${MAX_SEGMENTS} segments, the rest is not read`);
}

export const payloadOf = (bytes: Bytes, s: JpegSegment): Uint8Array => bytes.slice(s.offset, s.length);

/** Payloads of the segments of that marker that begin with `signature` (Latin-1), each without it. */
export function payloadsAfter({ bytes }: Input, jpeg: Jpeg, marker: number, signature: string): Uint8Array[] {
  const matches = (s: JpegSegment): boolean => Buffer.from(bytes.slice(s.offset, signature.length)).toString('latin1') === signature;
  return jpeg.segments
    .filter((s) => s.marker === marker && s.length >= signature.length && matches(s))
    .map((s) => payloadOf(bytes, s).subarray(signature.length));
}

/** Exif blocks, from their TIFF headers on. One is the rule; a second is a trace of two writers. */
export const exifOf = (input: Input, jpeg: Jpeg): Bytes[] => payloadsAfter(input, jpeg, 0xe1, 'Exif\0').map((p) => bytesOf(p.subarray(1)));

/** Sizes and sampling; null where no frame header was reached. DHT (c4), JPG (c8) and DAC (cc) lie in the same range and are none. */
export function frameOf({ bytes }: Input, jpeg: Jpeg): JpegFrame | null {
  const sof = jpeg.segments.find((s) => s.marker >= 0xc0 && s.marker <= 0xcf && s.marker !== 0xc4 && s.marker !== 0xc8 && s.marker !== 0xcc);
  if (!sof || sof.length < 6) return null;
  const b = payloadOf(bytes, sof);
  const at = (i: number): number => b[i] ?? 0;
  const count = Math.min(at(5), Math.floor((b.byteLength - 6) / 3));
  const components = Array.from({ length: count }, (_, i) => {
    const sampling = at(7 + 3 * i);
    return { id: at(6 + 3 * i), horizontal: sampling >> 4, vertical: sampling & 15, table: at(8 + 3 * i) };
  });
  return { marker: sof.marker, precision: at(0), width: (at(3) << 8) | at(4), height: (at(1) << 8) | at(2), components };
}

/** In the order of the file; a table that breaks off is left out. */
export function quantizationOf({ bytes }: Input, jpeg: Jpeg): QuantizationTable[] {
  const tables: QuantizationTable[] = [];
  for (const s of jpeg.segments.filter((x) => x.marker === 0xdb)) {
    const b = payloadOf(bytes, s);
    for (let at = 0; at < b.byteLength;) {
      const head = b[at] ?? 0;
      const width = head >> 4 === 0 ? 1 : 2;
      const raw = b.subarray(at + 1, at + 1 + 64 * width);
      if (raw.byteLength < 64 * width) break;
      tables.push({
        id: head & 15,
        values: Array.from({ length: 64 }, (_, i) => (width === 1 ? (raw[i] ?? 0) : ((raw[2 * i] ?? 0) << 8) | (raw[2 * i + 1] ?? 0))),
      });
      at += 1 + 64 * width;
    }
  }
  return tables;
}

/** In the order of the file; a table that breaks off is left out. */
export function huffmanOf({ bytes }: Input, jpeg: Jpeg): HuffmanTable[] {
  const tables: HuffmanTable[] = [];
  for (const s of jpeg.segments.filter((x) => x.marker === 0xc4)) {
    const b = payloadOf(bytes, s);
    for (let at = 0; at + 17 <= b.byteLength;) {
      const head = b[at] ?? 0;
      const counts = [...b.subarray(at + 1, at + 17)];
      const total = counts.reduce((sum, n) => sum + n, 0);
      if (at + 17 + total > b.byteLength) break;
      tables.push({ kind: head >> 4 === 0 ? 'dc' : 'ac', id: head & 15, counts, symbols: [...b.subarray(at + 17, at + 17 + total)] });
      at += 17 + total;
    }
  }
  return tables;
}
