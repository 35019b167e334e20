import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';

/** The header of one member (RFC 1952 section 2.3). */
export interface GzipHeader {
  /** Of the member, in the artifact. */
  readonly offset: number;
  /** Of the first byte of the deflate stream. */
  readonly dataOffset: number;
  /** Seconds since 1970 UTC; 0 means none. Stands at `offset` + 4, little endian. */
  readonly mtime: number;
  /** XFL: 2 = slowest, 4 = fastest. */
  readonly extraFlags: number;
  /** File system of the packer: 0 FAT, 3 Unix, 7 Macintosh, 11 NTFS, 255 unknown. */
  readonly system: number;
  /** FNAME: Latin-1 says the RFC, UTF-8 do most writers. Null where absent. */
  readonly rawName: Uint8Array | null;
}

export interface GzipContent {
  readonly bytes: Uint8Array;
  readonly over: boolean;
  /** How many members were unpacked. */
  readonly members: number;
  readonly problems: readonly ProblemDraft[];
}

const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** Names and comments end with a zero; one that does not within this many bytes is none. */
const MAX_TEXT = 64 * 1024;

const u32 = (b: Uint8Array, at: number): number =>
  ((b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16) | ((b[at + 3] ?? 0) << 24)) >>> 0;

/** Null where no whole header stands at `offset`. */
export function readGzipHeader(bytes: Bytes, offset: number): GzipHeader | null {
  const head = bytes.slice(offset, HEADER_BYTES);
  const flags = head[3] ?? 0;
  if (head.byteLength < HEADER_BYTES || head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8 || (flags & FLAG.reserved) !== 0) return null;
  let at = offset + HEADER_BYTES;
  if (flags & FLAG.extra) {
    const length = bytes.slice(at, 2);
    at += 2 + (length[0] ?? 0) + (length[1] ?? 0) * 256;
  }
  const text = (): Uint8Array | null => {
    const window = bytes.slice(at, MAX_TEXT);
    const end = window.indexOf(0);
    if (end !== -1) at += end + 1;
    return end === -1 ? null : window.subarray(0, end);
  };
  const rawName = flags & FLAG.name ? text() : null;
  const comment = flags & FLAG.comment ? text() : null;
  if ((flags & FLAG.name && !rawName) || (flags & FLAG.comment && !comment)) return null;
  if (flags & FLAG.headerCrc) at += 2;
  return at > bytes.size ? null : { offset, dataOffset: at, mtime: u32(head, 4), extraFlags: head[8] ?? 0, system: head[9] ?? 0, rawName };
}

/** Call as `input.once(readGzip)`: the first member's header, whose name and time stand for the file. */
export const readGzip = (input: Input): GzipHeader | null => readGzipHeader(input.bytes, 0);

interface Inflated {
  readonly buffer: Buffer;
  /** zlib's word for the bytes it consumed. */
  readonly engine: { readonly bytesWritten: number };
}

function inflate(packed: Uint8Array, cap: number, finishFlush: number): Inflated {
  // With `info` zlib also returns the engine, which the types do not know.
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, cap), finishFlush, info: true }) as unknown as Inflated;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

type Step = { readonly bytes: Uint8Array; readonly consumed: number } | { readonly problem: ProblemDraft; readonly bytes: Uint8Array } | 'over';

function member(packed: Uint8Array, cap: number, number: number): Step {
  try {
    const { buffer, engine } = inflate(packed, cap, constants.Z_FINISH);
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return 'over';
    if (codeOf(error) === 'Z_DATA_ERROR')
      return { bytes: new Uint8Array(0), problem: { code: 'malformed', message: `member ${number} is no valid deflate stream` } };
    if (codeOf(error) !== 'Z_BUF_ERROR') throw error;
    const { buffer } = inflate(packed, cap, constants.Z_SYNC_FLUSH);
    return { bytes: buffer, problem: { code: 'truncated', message: `member ${number} breaks off after ${buffer.byteLength} bytes` } };
  }
}

/** CRC-32 and size modulo 2^32 that stand behind the stream. */
function trailerProblem(packed: Uint8Array, at: number, bytes: Uint8Array, number: number): ProblemDraft | null {
  if (at + TRAILER_BYTES > packed.byteLength) return { code: 'truncated', message: `member ${number} lacks its checksum` };
  const same = u32(packed, at) === crc32(bytes) && u32(packed, at + 4) === bytes.byteLength % 2 ** 32;
  return same ? null : { code: 'malformed', message: `member ${number} has another checksum or size than it says` };
}

/** Unpacks all members, which together are one file (RFC 1952 section 2.2), up to `cap` bytes. Zeros behind the last are padding. */
export function gunzip(bytes: Bytes, cap: number, mostMembers: number): GzipContent {
  const whole = bytes.slice(0, bytes.size);
  const parts: Uint8Array[] = [];
  const problems: ProblemDraft[] = [];
  let size = 0;
  let at = 0;
  while (at < whole.byteLength) {
    const header = readGzipHeader(bytes, at);
    if (!header) {
      const rest = whole.subarray(at);
      if (at === 0) problems.push({ code: 'malformed', message: 'the header is damaged' });
      else if (rest.some((b) => b !== 0))
        problems.push({ code: 'malformed', message: `${rest.byteLength} bytes behind the last member are not unpacked` });
      break;
    }
    if (parts.length === mostMembers) {
      problems.push({ code: 'limit-exceeded', message: `more than ${mostMembers} members; the rest was not unpacked` });
      break;
    }
    const step = member(whole.subarray(header.dataOffset), cap - size, parts.length + 1);
    if (step === 'over') return { bytes: new Uint8Array(0), over: true, members: parts.length, problems };
    parts.push(step.bytes);
    size += step.bytes.byteLength;
    if ('problem' in step) {
      problems.push(step.problem);
      break;
    }
    const trailer = header.dataOffset + step.consumed;
    const problem = trailerProblem(whole, trailer, step.bytes, parts.length);
    if (problem && problems.length < 5) problems.push(problem);
    at = trailer + TRAILER_BYTES;
  }
  return { bytes: parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : Buffer.concat(parts), over: false, members: parts.length, problems };
}
