import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input, Password } from '../../model/input.ts';
import { bytesOf, chunksOf, crcOf } from '../bytes.ts';
import { growing, MOST_IN_MEMORY } from '../growing.ts';
import { inflateInto } from '../inflate.ts';
import { attemptsOf, triedInVain } from '../passwords.ts';
import { lockName, lockOf } from './encryption.ts';
import type { ZipMember } from './member.ts';
import { shown } from './name.ts';
import { type PackedContent, unlocked } from './unlock.ts';

interface Refusal {
  readonly ok: false;
  readonly why: 'encrypted' | 'over-limit' | 'unreadable';
  readonly problem: ProblemDraft;
  /** Bytes unpacked before the limit was met, so that a caller can count what many such members cost. */
  readonly triedBytes?: number;
  /** Bytes that it announces or gave, where they are more than the limit. */
  readonly refusedBytes?: number;
}

interface Whole<T> {
  readonly ok: true;
  readonly bytes: T;
  readonly problem: ProblemDraft | null;
  /** What opened an encrypted member. */
  readonly password?: Password;
}

/** The content of a member; `problem` where it is not what the directory announces, or not all of it. */
export type MemberBytes = Whole<Uint8Array> | Refusal;
/** As {@link MemberBytes}, without a copy for stored members. */
export type MemberWindow = Whole<Bytes> | Refusal;

const STORED = 0;
const DEFLATED = 8;
const DEFLATED_64 = 9;
const READ_HERE = new Set([STORED, DEFLATED, DEFLATED_64]);
const METHOD_NAMES: Readonly<Record<number, string>> = {
  6: 'Implode',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};
/** Deflate cannot do better (zlib's own bound), so a larger announcement is a lie and does not decide. */
const MAX_DEFLATE_RATIO = 1032;
/** The last length code of Deflate64 repeats up to 64 KiB for three bytes or so. */
const MAX_DEFLATE64_RATIO = 65_536;

const refuse = (why: Refusal['why'], code: ProblemDraft['code'], message: string): Refusal => ({ ok: false, why, problem: { code, message } });

/** Bytes that a member may unpack to: the caller's and the artifact's limit, and the ratio once the floor is passed. */
function capOf(input: Input, member: ZipMember, method: number, maxBytes: number): number {
  const { maxArtifactBytes, maxExpansionRatio, expansionFloorBytes } = input.limits;
  const byRatio = method === STORED ? Infinity : Math.max(expansionFloorBytes, member.compressedSize * maxExpansionRatio);
  return Math.min(maxBytes, maxArtifactBytes, byRatio);
}

const ratioOf = (method: number): number => (method === STORED ? 1 : method === DEFLATED ? MAX_DEFLATE_RATIO : MAX_DEFLATE64_RATIO);

function refusalOf(input: Input, member: ZipMember, method: number, cap: number): Refusal | null {
  if (!member.local) {
    const beyond = member.localOffset < 0 || member.localOffset >= input.bytes.size;
    return refuse(
      'unreadable',
      beyond ? 'truncated' : 'malformed',
      `${shown(member.name)} has no local header where the directory says: byte ${member.localOffset}`,
    );
  }
  if (!READ_HERE.has(method)) {
    const name = METHOD_NAMES[method];
    return refuse(
      'unreadable',
      'unsupported',
      `${shown(member.name)} is packed with method ${method}${name ? ` (${name})` : ''}, which is not read here`,
    );
  }
  const most = member.compressedSize * ratioOf(method);
  const least = method === STORED ? member.compressedSize : member.size;
  return least <= most && least > cap ? overLimit(member, least, cap) : null;
}

const overLimit = (member: ZipMember, size: number | null, cap: number): Refusal => ({
  ...refuse(
    'over-limit',
    'limit-exceeded',
    `${shown(member.name)} ${size === null ? 'unpacks to more than' : `has ${size} bytes, more than`} ${cap} bytes`,
  ),
  refusedBytes: size ?? cap,
});

function inflate(packed: Uint8Array, cap: number, finishFlush: number): Buffer {
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, cap), finishFlush });
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

interface Unpacked {
  readonly bytes: Bytes;
  readonly whole: boolean;
  readonly crc: () => number;
}

const inMemory = (bytes: Uint8Array, whole: boolean): Unpacked => ({ bytes: bytesOf(bytes), whole, crc: () => crc32(bytes) });

const notDeflate = (member: ZipMember): Refusal => refuse('unreadable', 'malformed', `${shown(member.name)} is no valid deflate stream`);

/** Everything up to where a stream breaks off; what zlib rejects or what exceeds the cap is refused. */
function inflateWhole(packed: Uint8Array, member: ZipMember, cap: number, complete: boolean): Unpacked | Refusal {
  if (packed.byteLength === 0 && member.size === 0) return inMemory(Buffer.alloc(0), complete);
  try {
    return inMemory(inflate(packed, cap, constants.Z_FINISH), true);
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return { ...overLimit(member, null, cap), triedBytes: cap };
    if (codeOf(error) === 'Z_BUF_ERROR') return inMemory(inflate(packed, cap, constants.Z_SYNC_FLUSH), false);
    if (codeOf(error) === 'Z_DATA_ERROR') return notDeflate(member);
    throw error;
  }
}

function unpackPieces(input: Input, content: PackedContent, member: ZipMember, cap: number, complete: boolean): Unpacked | Refusal {
  const scratch = growing(input);
  let size = 0;
  let crc = 0;
  const take = (bytes: Uint8Array): boolean => {
    size += bytes.byteLength;
    crc = crc32(bytes, crc);
    if (size <= cap) scratch.write(bytes);
    return size <= cap;
  };
  const end = content.method === STORED ? copyInto(content, take) : inflateInto(content.chunks(), take, content.method === DEFLATED_64);
  const bytes = scratch.done();
  if (end === 'stopped') return { ...overLimit(member, null, cap), triedBytes: cap };
  if (end === 'malformed') return notDeflate(member);
  return { bytes, whole: content.method === STORED ? complete : end === 'whole', crc: () => crc };
}

function copyInto(content: PackedContent, take: (bytes: Uint8Array) => boolean): 'whole' | 'stopped' {
  for (const chunk of content.chunks()) if (!take(chunk)) return 'stopped';
  return 'whole';
}

const gathered = (content: PackedContent): Uint8Array => content.bytes?.slice(0, content.size) ?? Buffer.concat([...content.chunks()]);

function unpack(input: Input, member: ZipMember, content: PackedContent, cap: number, complete: boolean): Unpacked | Refusal {
  const { bytes, method } = content;
  if (method === STORED && bytes) return { bytes, whole: complete, crc: () => crcOf(bytes, () => input.alive()) };
  const spill = input.scratch;
  const small = spill === null || cap <= MOST_IN_MEMORY || Math.max(content.size, member.size) <= MOST_IN_MEMORY;
  if (method === DEFLATED && small) {
    // zlib reads its input as one buffer: packed bytes count against the limit too.
    if (content.size > input.limits.maxArtifactBytes) return overLimit(member, content.size, input.limits.maxArtifactBytes);
    const first = inflateWhole(gathered(content), member, spill ? Math.min(cap, MOST_IN_MEMORY) : cap, complete);
    if (!('ok' in first) || first.why !== 'over-limit' || !spill || cap <= MOST_IN_MEMORY) return first;
  }
  return unpackPieces(input, content, member, cap, complete);
}

/** What came out, held against what the directory says. */
function verdict(member: ZipMember, { bytes: { size }, whole, crc }: Unpacked, hasCrc: boolean): ProblemDraft | null {
  const named = shown(member.name);
  if (!whole) return { code: 'truncated', message: `${named} breaks off after ${size} bytes${member.size > size ? ` of ${member.size}` : ''}` };
  // Found by its local header alone, with neither descriptor nor directory: nothing was announced.
  if (member.centralOffset < 0 && member.size === 0 && member.crc32 === 0) return null;
  if (size !== member.size) return { code: 'malformed', message: `${named} unpacks to ${size} bytes, announced are ${member.size}` };
  const measured = hasCrc ? crc() : member.crc32;
  if (measured === member.crc32) return null;
  return { code: 'malformed', message: `${named} has CRC-32 ${hex8(measured)}, announced is ${hex8(member.crc32)}` };
}

const hex8 = (n: number): string => n.toString(16).padStart(8, '0');

function opened(input: Input, member: ZipMember, content: PackedContent, maxBytes: number, complete: boolean): MemberWindow {
  const result = unpack(input, member, content, capOf(input, member, content.method, maxBytes), complete);
  return 'ok' in result ? result : { ok: true, bytes: result.bytes, problem: verdict(member, result, content.hasCrc) };
}

function openLocked(input: Input, member: ZipMember, stored: Bytes, maxBytes: number): MemberWindow {
  const lock = lockOf(member);
  const complete = stored.size === member.compressedSize;
  for (const { password, content, certain } of unlocked(input, member, stored)) {
    const result = opened(input, member, content, maxBytes, complete);
    if (!certain && (!result.ok || result.problem)) continue;
    input.once(attemptsOf).opened(password);
    return result.ok ? { ...result, password } : result;
  }
  const tried = lock.kind === 'other' ? '' : triedInVain(input);
  return refuse('encrypted', 'encrypted', `${shown(member.name)} is encrypted (${lockName(lock)}, ${member.size} bytes)${tried}`);
}

/**
 * Opens a member for reading: stored ones in place, deflated ones unpacked in memory, or where they are large in a file, up to
 * `maxBytes`; encrypted ones with the list of passwords. A stream that breaks off yields what came before, with a problem
 * 'truncated'; wrong sizes or checksums yield the bytes with 'malformed'.
 */
export function openMember(input: Input, member: ZipMember, maxBytes = input.limits.maxArtifactBytes): MemberWindow {
  const lock = member.encrypted ? lockOf(member) : null;
  // What cannot be unlocked anyhow is encrypted, whatever else may be wrong with it.
  if (lock && (input.passwords.length === 0 || lock.kind === 'other')) return openLocked(input, member, bytesOf(new Uint8Array(0)), maxBytes);
  const method = lock?.kind === 'aes' ? lock.method : member.method;
  const refusal = refusalOf(input, member, method, capOf(input, member, method, maxBytes));
  if (refusal) return refusal;
  const stored = input.bytes.window(member.local?.dataOffset ?? 0, member.compressedSize);
  if (lock) return openLocked(input, member, stored, maxBytes);
  const content: PackedContent = {
    size: stored.size,
    method,
    bytes: stored,
    chunks: () => chunksOf(stored, () => input.alive()),
    hasCrc: true,
  };
  return opened(input, member, content, maxBytes, stored.size === member.compressedSize);
}

/** As {@link openMember}, in one buffer. It may share memory with the input: do not write to it. */
export function readMember(input: Input, member: ZipMember, maxBytes = input.limits.maxArtifactBytes): MemberBytes {
  const result = openMember(input, member, maxBytes);
  return result.ok ? { ...result, bytes: result.bytes.slice(0, result.bytes.size) } : result;
}
