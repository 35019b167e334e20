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
