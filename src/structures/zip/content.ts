import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import type { ZipMember } from './member.ts';
import { shown } from './name.ts';

interface Refusal {
  readonly ok: false;
  readonly why: 'encrypted' | 'over-limit' | 'unreadable';
  readonly problem: ProblemDraft;
  /** Bytes unpacked before the limit was met, so that a caller can count what many such members cost. */
  readonly triedBytes?: number;
}

/** The content of a member; `problem` where it is not what the directory announces, or not all of it. */
export type MemberBytes = { readonly ok: true; readonly bytes: Uint8Array; readonly problem: ProblemDraft | null } | Refusal;
/** As {@link MemberBytes}, without a copy for stored members. */
export type MemberWindow = { readonly ok: true; readonly bytes: Bytes; readonly problem: ProblemDraft | null } | Refusal;

const STORED = 0;
const DEFLATED = 8;
const METHOD_NAMES: Readonly<Record<number, string>> = {
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};
const BLOCK = 1024 * 1024;
/** Deflate cannot do better (zlib's own bound), so a larger announcement is a lie and does not decide. */
const MAX_DEFLATE_RATIO = 1032;

const refuse = (why: Refusal['why'], code: ProblemDraft['code'], message: string): Refusal => ({ ok: false, why, problem: { code, message } });

/** Bytes that a member may unpack to: the caller's and the artifact's limit, and the ratio once the floor is passed. */
function capOf(input: Input, member: ZipMember, maxBytes: number): number {
  const { maxArtifactBytes, maxExpansionRatio, expansionFloorBytes } = input.limits;
  const byRatio = member.method === STORED ? Infinity : Math.max(expansionFloorBytes, member.compressedSize * maxExpansionRatio);
  return Math.min(maxBytes, maxArtifactBytes, byRatio);
}

function refusalOf(input: Input, member: ZipMember, cap: number): Refusal | null {
  if (member.encrypted) return refuse('encrypted', 'encrypted', `${shown(member.name)} is encrypted`);
  if (!member.local) {
    const beyond = member.localOffset < 0 || member.localOffset >= input.bytes.size;
    return refuse(
      'unreadable',
      beyond ? 'truncated' : 'malformed',
      `${shown(member.name)} has no local header where the directory says: byte ${member.localOffset}`,
    );
  }
  if (member.method !== STORED && member.method !== DEFLATED) {
    const name = METHOD_NAMES[member.method];
    return refuse(
      'unreadable',
      'unsupported',
      `${shown(member.name)} is packed with method ${member.method}${name ? ` (${name})` : ''}, which is not read here`,
    );
  }
  const least = member.method === STORED ? member.compressedSize : Math.min(member.size, member.compressedSize * MAX_DEFLATE_RATIO);
  const credible = member.method === STORED || member.size <= member.compressedSize * MAX_DEFLATE_RATIO;
  return credible && least > cap ? overLimit(member, least, cap) : null;
}

const overLimit = (member: ZipMember, size: number | null, cap: number): Refusal =>
  refuse(
    'over-limit',
    'limit-exceeded',
    `${shown(member.name)} ${size === null ? 'unpacks to more than' : `has ${size} bytes, more than`} ${cap} bytes`,
  );

function inflate(packed: Uint8Array, cap: number, finishFlush: number): Buffer {
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, cap), finishFlush });
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Everything up to where a stream breaks off; what zlib rejects or what exceeds the cap is refused. */
function inflateMember(packed: Uint8Array, member: ZipMember, cap: number): { readonly bytes: Buffer; readonly whole: boolean } | Refusal {
  try {
    return { bytes: inflate(packed, cap, constants.Z_FINISH), whole: true };
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return { ...overLimit(member, null, cap), triedBytes: cap };
    if (codeOf(error) === 'Z_BUF_ERROR') return { bytes: inflate(packed, cap, constants.Z_SYNC_FLUSH), whole: false };
    if (codeOf(error) === 'Z_DATA_ERROR') return refuse('unreadable', 'malformed', `${shown(member.name)} is no valid deflate stream`);
    throw error;
  }
}

function crcOf(bytes: Bytes): number {
  let crc = 0;
  for (let at = 0; at < bytes.size; at += BLOCK) crc = crc32(bytes.slice(at, BLOCK), crc);
  return crc;
}

/** What came out, held against what the directory says. */
function verdict(member: ZipMember, size: number, whole: boolean, crc: () => number): ProblemDraft | null {
  const named = shown(member.name);
  if (!whole) return { code: 'truncated', message: `${named} breaks off after ${size} bytes${member.size > size ? ` of ${member.size}` : ''}` };
  // Found by its local header alone, with neither descriptor nor directory: nothing was announced.
  if (member.centralOffset < 0 && member.size === 0 && member.crc32 === 0) return null;
  if (size !== member.size) return { code: 'malformed', message: `${named} unpacks to ${size} bytes, announced are ${member.size}` };
  const measured = crc();
  if (measured === member.crc32) return null;
  return { code: 'malformed', message: `${named} has CRC-32 ${hex8(measured)}, announced is ${hex8(member.crc32)}` };
}

const hex8 = (n: number): string => n.toString(16).padStart(8, '0');

/**
 * Opens a member for reading: stored ones in place, deflated ones unpacked in memory up to `maxBytes`. A stream that breaks
 * off yields what came before, with a problem 'truncated'; wrong sizes or checksums yield the bytes with 'malformed'.
 */
export function openMember(input: Input, member: ZipMember, maxBytes = input.limits.maxArtifactBytes): MemberWindow {
  const cap = capOf(input, member, maxBytes);
  const refusal = refusalOf(input, member, cap);
  if (refusal) return refusal;
  const packed = input.bytes.window(member.local?.dataOffset ?? 0, member.compressedSize);
  const complete = packed.size === member.compressedSize;
  if (member.method === STORED) return { ok: true, bytes: packed, problem: verdict(member, packed.size, complete, () => crcOf(packed)) };
  // zlib reads its input as one buffer: packed bytes count against the limit too.
  if (packed.size > input.limits.maxArtifactBytes) return overLimit(member, packed.size, input.limits.maxArtifactBytes);
  const result =
    packed.size === 0 && member.size === 0 ? { bytes: Buffer.alloc(0), whole: complete } : inflateMember(packed.slice(0, packed.size), member, cap);
  if ('ok' in result) return result;
  return { ok: true, bytes: bytesOf(result.bytes), problem: verdict(member, result.bytes.byteLength, result.whole, () => crc32(result.bytes)) };
}

/** As {@link openMember}, in one buffer. It may share memory with the input: do not write to it. */
export function readMember(input: Input, member: ZipMember, maxBytes = input.limits.maxArtifactBytes): MemberBytes {
  const opened = openMember(input, member, maxBytes);
  return opened.ok ? { ...opened, bytes: opened.bytes.slice(0, opened.bytes.size) } : opened;
}
