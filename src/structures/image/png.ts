import { crc32, inflateSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';

export interface PngChunk {
  readonly type: string;
  /** Of the data behind length and type, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

export interface Png {
  /** In the order of the file, without IDAT. */
  readonly chunks: readonly PngChunk[];
  readonly problems: readonly ProblemDraft[];
}

/** tEXt, zTXt and iTXt (PNG 3rd edition, 11.3.3). */
export interface PngText {
  readonly keyword: string;
  readonly text: string;
  /** Of the text in the file, compressed or not, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

const SIGNATURE_BYTES = 8;
/** A gigabyte of customary 8 KiB IDATs has an eighth of it. */
const MAX_CHUNKS = 1_000_000;
const MAX_KEPT = 10_000;

/** Chunk by chunk to the end: text may stand behind the pixels. Never throws; pixels are not read. */
export function readPng({ bytes }: Input): Png {
  const chunks: PngChunk[] = [];
  const problems: ProblemDraft[] = [];
  const done = (code: ProblemDraft['code'] | null, message = ''): Png => {
    if (code !== null) problems.push({ code, message: `PNG: ${message}` });
    return { chunks, problems };
  };
  let at = SIGNATURE_BYTES;
  for (let seen = 0; seen < MAX_CHUNKS && chunks.length < MAX_KEPT; seen++) {
    const head = bytes.slice(at, 8);
    if (head.byteLength < 8) return done('truncated', 'ends before its last chunk');
    const b = Buffer.from(head.buffer, head.byteOffset, 8);
    const length = b.readUInt32BE(0);
    const type = b.toString('latin1', 4);
    if (!/^[A-Za-z]{4}$/.test(type)) return done('malformed', `no chunk at ${at}`);
    if (at + 12 + length > bytes.size) return done('truncated', `chunk ${type} at ${at} ends beyond the file`);
    if (type !== 'IDAT') chunks.push({ type, offset: at + 8, length });
    if (type === 'IEND') return done(null);
    at += 12 + length;
  }
  return done('limit-exceeded', 'too many chunks, the rest is not read');
}

export const chunkOf = ({ bytes }: Input, c: PngChunk): Uint8Array => bytes.slice(c.offset, c.length);

/** False where the chunk is not what its writer summed up (PNG 5.5): edited by hand, or damaged. */
export function checksumHolds({ bytes }: Input, c: PngChunk): boolean {
  const stored = bytes.slice(c.offset + c.length, 4);
  return Buffer.from(stored).readUInt32BE(0) === crc32(bytes.slice(c.offset - 4, c.length + 4));
}

interface Placed {
  readonly keyword: string;
  /** Of the text inside the chunk. */
  readonly from: number;
  readonly compressed: boolean;
  readonly encoding: 'latin1' | 'utf8';
}

function placeOf(type: string, b: Buffer): Placed | null {
  const end = b.subarray(0, 80).indexOf(0);
  if (end < 1) return null;
  const keyword = b.toString('latin1', 0, end);
  if (type === 'tEXt') return { keyword, from: end + 1, compressed: false, encoding: 'latin1' };
  if (type === 'zTXt') return { keyword, from: end + 2, compressed: true, encoding: 'latin1' };
  const language = b.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : b.indexOf(0, language + 1);
  return translated < 0 ? null : { keyword, from: translated + 1, compressed: b[end + 1] === 1, encoding: 'utf8' };
}

export const isText = (c: PngChunk): boolean => c.type === 'tEXt' || c.type === 'zTXt' || c.type === 'iTXt';

/** One text chunk decoded, or why it cannot be; a compressed one inflates to at most `maxTextBytes`. */
export function textOf(input: Input, c: PngChunk): PngText | ProblemDraft {
  const broken: ProblemDraft = { code: 'malformed', message: `PNG: ${c.type} at ${c.offset} cannot be read` };
  if (c.length > input.limits.maxTextBytes) return { code: 'limit-exceeded', message: `PNG: ${c.type} at ${c.offset} has ${c.length} bytes` };
  const data = chunkOf(input, c);
  const b = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const place = placeOf(c.type, b);
  if (!place) return broken;
  const stored = b.subarray(place.from);
  const at = { keyword: place.keyword, offset: c.offset + place.from, length: stored.byteLength };
  if (!place.compressed) return { ...at, text: stored.toString(place.encoding) };
  try {
    return { ...at, text: inflateSync(stored, { maxOutputLength: input.limits.maxTextBytes }).toString(place.encoding) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? { code: 'limit-exceeded', message: `PNG: ${c.type} at ${c.offset} inflates beyond ${input.limits.maxTextBytes} bytes` }
      : broken;
  }
}

/** The seven bytes of tIME, UTC (PNG 11.3.4.2): [year, month, day, hour, minute, second]; null where the chunk has another length. */
export function timeChunkOf(input: Input, c: PngChunk): readonly number[] | null {
  const b = chunkOf(input, c);
  return b.byteLength === 7 ? [((b[0] ?? 0) << 8) | (b[1] ?? 0), ...b.subarray(2)] : null;
}
