import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input, Scratch } from '../../model/input.ts';
import { bytesOf, chunksOf } from '../bytes.ts';
import { growing, MOST_IN_MEMORY } from '../growing.ts';
import { inflateFront } from '../inflate.ts';
import { readGzipHeader } from './gzip.ts';

export interface GzipContent {
  readonly bytes: Bytes;
  readonly over: boolean;
  /** How many members were unpacked. */
  readonly members: number;
  readonly problems: readonly ProblemDraft[];
}

const TRAILER_BYTES = 8;
const MAX_TRAILER_PROBLEMS = 5;

/** What came out of one member. */
interface Inflated {
  readonly end: 'whole' | 'truncated' | 'malformed';
  /** Of what came out, and its CRC-32. */
  readonly size: number;
  readonly crc: number;
  /** Packed bytes up to the end of the stream. */
  readonly consumed: number;
}

interface ZlibResult {
  readonly buffer: Buffer;
  /** zlib's word for the bytes it consumed. */
  readonly engine: { readonly bytesWritten: number };
}

function inflate(packed: Uint8Array, cap: number, finishFlush: number): ZlibResult {
  // With `info` zlib also returns the engine, which the types do not know.
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, cap), finishFlush, info: true }) as unknown as ZlibResult;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** By zlib in one go; 'over' where more than `cap` comes out, 'cut' where more than the `packed` bytes are needed. */
function inflateAtOnce(packed: Uint8Array, isRest: boolean, cap: number, out: Scratch): Inflated | 'over' | 'cut' {
  const kept = ({ buffer, engine }: ZlibResult, end: Inflated['end']): Inflated => {
    out.write(buffer);
    return { end, size: buffer.byteLength, crc: crc32(buffer), consumed: engine.bytesWritten };
  };
  try {
    return kept(inflate(packed, cap, constants.Z_FINISH), 'whole');
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return 'over';
    if (codeOf(error) === 'Z_DATA_ERROR') return { end: 'malformed', size: 0, crc: 0, consumed: 0 };
    if (codeOf(error) !== 'Z_BUF_ERROR') throw error;
    return isRest ? kept(inflate(packed, cap, constants.Z_SYNC_FLUSH), 'truncated') : 'cut';
  }
}

function inflatePieces(input: Input, packed: Bytes, cap: number, out: Scratch): Inflated | 'over' {
  let size = 0;
  let crc = 0;
  const take = (bytes: Uint8Array): boolean => {
    size += bytes.byteLength;
    if (size > cap) return false;
    crc = crc32(bytes, crc);
    out.write(bytes);
    return true;
  };
  const chunks = chunksOf(packed, () => input.alive());
  const { end, consumed } = inflateFront(chunks, take);
  return end === 'stopped' ? 'over' : { end, size, crc, consumed };
}

/** The bytes from a place on, `most` of them or fewer. Read again only when half of them are behind, or many small members would cost a read of all each. */
function ahead(bytes: Bytes, most: number) {
  let from = 0;
  let held = bytes.slice(0, Math.min(most, bytes.size));
  const isRest = (): boolean => from + held.byteLength >= bytes.size;
  return (at: number): { packed: Uint8Array; isRest: boolean } => {
    if (at - from > most / 2 && !isRest()) {
      from = at;
      held = bytes.slice(at, most);
    }
    return { packed: held.subarray(at - from), isRest: isRest() };
  };
}

/** CRC-32 and size modulo 2^32 that stand behind the stream. */
function trailerProblem(bytes: Bytes, at: number, { crc, size }: Inflated, number: number): ProblemDraft | null {
  const trailer = Buffer.from(bytes.slice(at, TRAILER_BYTES));
  if (trailer.byteLength < TRAILER_BYTES) return { code: 'truncated', message: `member ${number} lacks its checksum` };
  const same = trailer.readUInt32LE(0) === crc && trailer.readUInt32LE(4) === size % 2 ** 32;
  return same ? null : { code: 'malformed', message: `member ${number} has another checksum or size than it says` };
}

const isPadding = (rest: Bytes): boolean => {
  for (const chunk of chunksOf(rest)) if (chunk.some((b) => b !== 0)) return false;
  return true;
};

/** What stands where no further member does. */
function tailProblem(bytes: Bytes, at: number): ProblemDraft | null {
  if (at === 0) return { code: 'malformed', message: 'the header is damaged' };
  const rest = bytes.window(at, bytes.size - at);
  return isPadding(rest) ? null : { code: 'malformed', message: `${rest.size} bytes behind the last member are not unpacked` };
}

/**
 * Unpacks all members, which together are one file (RFC 1952 section 2.2), up to `cap` bytes: in memory, or where they are
 * large in a file. Of a member that breaks off is kept what came before, of one that is no deflate stream nothing.
 */
export function gunzip(input: Input, cap: number, mostMembers: number): GzipContent {
  const { bytes } = input;
  const most = input.scratch ? MOST_IN_MEMORY : Infinity;
  const packedAt = ahead(bytes, most);
  const out = growing(input);
  const problems: ProblemDraft[] = [];
  const unpack = (at: number, left: number): Inflated | 'over' => {
    const { packed, isRest } = packedAt(at);
    const first = inflateAtOnce(packed, isRest, Math.min(left, most), out);
    if (first === 'cut' || (first === 'over' && left > most)) return inflatePieces(input, bytes.window(at, bytes.size - at), left, out);
    return first;
  };
  let members = 0;
  let size = 0;
  for (let at = 0; at < bytes.size;) {
    const header = readGzipHeader(bytes, at);
    if (!header) {
      const problem = tailProblem(bytes, at);
      if (problem) problems.push(problem);
      break;
    }
    if (members === mostMembers) {
      problems.push({ code: 'limit-exceeded', message: `more than ${mostMembers} members; the rest was not unpacked` });
      break;
    }
    const member = unpack(header.dataOffset, cap - size);
    if (member === 'over') {
      out.done();
      return { bytes: bytesOf(new Uint8Array(0)), over: true, members, problems };
    }
    members++;
    if (member.end === 'malformed') {
      problems.push({ code: 'malformed', message: `member ${members} is no valid deflate stream` });
      break;
    }
    size += member.size;
    if (member.end === 'truncated') {
      problems.push({ code: 'truncated', message: `member ${members} breaks off after ${member.size} bytes` });
      break;
    }
    const trailer = header.dataOffset + member.consumed;
    const problem = trailerProblem(bytes, trailer, member, members);
    if (problem && problems.length < MAX_TRAILER_PROBLEMS) problems.push(problem);
    at = trailer + TRAILER_BYTES;
  }
  return { bytes: out.done().window(0, size), over: false, members, problems };
}
