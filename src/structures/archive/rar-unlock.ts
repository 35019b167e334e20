import { crc32 } from 'node:zlib';
import type { Bytes, Input, Password } from '../../model/input.ts';
import { crcOf } from '../bytes.ts';
import { attemptsOf } from '../passwords.ts';
import { unpackingCap } from './archive-member.ts';
import { deciphered } from './deciphered.ts';
import { MOST_PACKED_BYTES, openArchive } from './libarchive.ts';
import { rarCopy } from './rar-copy.ts';
import { type OpeningKey, rarKeysOf } from './rar-keys.ts';
import { RarMembers } from './rar-solid.ts';
import type { Rar, RarMember } from './rar.ts';

/** A member as it is read: in the clear, as far as the list of passwords goes. */
export interface ReadableMember extends RarMember {
  /** What opened it. */
  readonly password: Password | null;
  /** What stands in the header for a content with this CRC-32. */
  readonly sealed: (crc: number) => number;
}

/** By so much more than its size may a damaged member come out, which does not matter. */
const LONGEST_MATCH = 512;
/** Work of starting libarchive, in rounds of hashing. */
const STARTING = 10_000;
const BYTES_A_ROUND = 64;

const asItIs = (member: RarMember, password: Password | null): ReadableMember => ({ ...member, password, sealed: (crc) => crc });

/** Blocks of one member that are walked through; packers write one for some ten thousand bytes. */
const MAX_BLOCKS = 100_000;
const LAST_BLOCK = 0x40;

/**
 * What RAR 5 packed, without what fills it up to whole blocks of the cipher, which libarchive takes for more. Each block tells its
 * size behind a byte of flags and one of a checksum; one is marked as the last.
 */
function withoutFilling(packed: Bytes): Bytes {
  for (let at = 0, n = 0; at < packed.size && n < MAX_BLOCKS; n++) {
    const [flags = 0, , ...size] = packed.slice(at, 5);
    const sizeBytes = ((flags >>> 3) & 3) + 1;
    at += 2 + sizeBytes + size.slice(0, sizeBytes).reduce((sum, b, i) => sum + b * 256 ** i, 0);
    if (flags & LAST_BLOCK) return packed.window(0, at);
  }
  return packed;
}

function clearOf(member: RarMember, clear: Bytes): Bytes {
  if (member.stored) return member.size === null ? clear : clear.window(0, member.size);
  return member.packing.version === 5 ? withoutFilling(clear) : clear;
}

function openedBy(member: RarMember, { password, key }: OpeningKey): ReadableMember {
  const packed = clearOf(member, deciphered(member.packed, key.cipher, key.iv));
  const packedSize = member.stored && member.size !== null ? member.size : member.packedSize;
  return { ...member, packed, packedSize, encrypted: false, password, sealed: key.sealed };
}

/** Whether what comes out has the checksum of the header. Null where there is nothing to tell by. */
async function proven(input: Input, member: ReadableMember): Promise<boolean | null> {
  const { size, crc32: announced, packing } = member;
  if (announced === null || size === null || size === 0) return null;
  if (!input.once(attemptsOf).spend((member.stored ? 0 : STARTING) + Math.ceil(size / BYTES_A_ROUND))) return null;
  if (member.stored) return member.sealed(crcOf(member.packed, () => input.alive())) === announced;
  if (member.solid || member.packed.size > MOST_PACKED_BYTES) return null;
  const cap = Math.min(size, unpackingCap(input.bytes.size, input.limits));
  const content =
    packing.version === 4
      ? new RarMembers(cap, () => input.alive()).next(member.packed, packing.needs, size, cap + LONGEST_MATCH)
      : (await openArchive(rarCopy([member]))).next()?.read(cap);
  return content?.bytes.byteLength === size && member.sealed(crc32(content.bytes)) === announced;
}

const hasCheck = ({ lock }: RarMember): boolean => lock?.kind === 'aes-256' && lock.check !== null;

async function openOne(input: Input, member: RarMember): Promise<ReadableMember | null> {
  if (!member.lock) return null;
  const keys = input.once(rarKeysOf);
  for (const opening of keys.tries(member.lock)) {
    const open = openedBy(member, opening);
    if (!hasCheck(member) && (await proven(input, open)) !== true) continue;
    keys.opened(opening);
    return open;
  }
  return null;
}

/** Whether a wrong password would show: without a check only the whole content tells. */
const tells = (member: RarMember): boolean =>
  hasCheck(member) || (member.crc32 !== null && (member.size ?? 0) > 0 && !member.solid && (member.stored || member.packedSize <= MOST_PACKED_BYTES));

/** Whether the list of passwords is of any use for it. */
export const canBeTried = (member: RarMember): boolean => member.lock !== null && member.kind === 'file' && !member.split && tells(member);

/** By the password that opened another member with the same salt, or the list of members. */
function openAgain(input: Input, member: RarMember, password: Password | null): ReadableMember | null {
  if (!password || !member.lock) return null;
  for (const opening of input.once(rarKeysOf).tries(member.lock)) if (opening.password === password) return openedBy(member, opening);
  return null;
}

/**
 * The members, their locks taken off. Where no check is kept, a password is proven on the member that is soonest unpacked, and
 * then taken for all with the same salt; a checksum tells when they are unpacked.
 */
export async function readableMembers(input: Input, rar: Rar): Promise<readonly ReadableMember[]> {
  const readable = rar.members.map((m) => asItIs(m, rar.password));
  if (input.passwords.length === 0) return readable;
  const locked = [...rar.members.entries()]
    .filter(([, m]) => m.lock !== null && m.kind === 'file' && !m.split)
    .sort(([, a], [, b]) => Number(tells(b)) - Number(tells(a)) || a.packedSize - b.packedSize);
  const proofs = new Map<string, Password>();
  for (const [index, member] of locked) {
    const salt = Buffer.from(member.lock?.salt ?? []).toString('hex');
    const known = proofs.get(salt) ?? (canBeTried(member) ? null : rar.password);
    const open = openAgain(input, member, known) ?? (canBeTried(member) ? await openOne(input, member) : null);
    if (!open?.password) continue;
    proofs.set(salt, open.password);
    readable[index] = open;
  }
  return readable;
}
