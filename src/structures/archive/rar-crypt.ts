import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { le32 } from '../little-endian.ts';

/** How content of RAR 5 is locked (RAR 5.0 archive format, "File encryption record"; the header of an encrypted list is alike). */
export interface Rar5Lock {
  readonly kind: 'aes-256';
  /** The rounds of hashing are two to this power. */
  readonly power: number;
  readonly salt: Uint8Array;
  /** Tells the right password; null where none was written. */
  readonly check: Uint8Array | null;
  /** Of the content; a header has its own in front. */
  readonly iv: Uint8Array;
  /** Checksums are mixed with the key, lest they tell the content. */
  readonly mixed: boolean;
}

/** How content or headers of RAR 2.9 to 4 are locked; all there is to see is the salt. */
export interface Rar4Lock {
  readonly kind: 'aes-128';
  readonly salt: Uint8Array;
}

/** What a password comes to. */
export interface RarKey {
  readonly cipher: Uint8Array;
  /** RAR 4: made of the password. RAR 5: of the lock. */
  readonly iv: Uint8Array;
  /** What stands in the header for a content with this CRC-32. */
  readonly sealed: (crc: number) => number;
}

/** WinRAR writes 15 and reads up to 24; one try of more than this takes seconds without a sign of life. */
const MOST_POWER = 20;
const CHECK_BYTES = 8;
const KEY_BYTES = 32;
/** Rounds beyond those of the key: for the key that is mixed into checksums, and for the check. */
const FURTHER = { mixing: 16, check: 32 } as const;
const RAR4_ROUNDS = 2 ** 18;
const RAR4_PARTS = 16;
const COUNTER_BYTES = 3;
const HASH_BLOCK = 64;

/** The digest of the checksum, folded to four bytes. */
function mixed(key: Uint8Array, crc: number): number {
  const digest = createHmac('sha256', key).update(le32(crc)).digest();
  let folded = 0;
  for (let at = 0; at < digest.byteLength; at += 4) folded ^= digest.readInt32LE(at);
  return folded >>> 0;
}

/** Work of {@link rar5Key}, in rounds; without end where it is not begun. */
export const rar5Cost = ({ power }: Rar5Lock): number => (power > MOST_POWER ? Infinity : 2 ** power);

/** PBKDF2 with HMAC-SHA-256. Null where the check says that the password is wrong. */
export function rar5Key(lock: Rar5Lock, password: string): RarKey | null {
  const rounds = 2 ** lock.power;
  const after = (further: number): Buffer => pbkdf2Sync(Buffer.from(password), lock.salt, rounds + further, KEY_BYTES, 'sha256');
  if (lock.check) {
    const folded = Buffer.alloc(CHECK_BYTES);
    for (const [i, b] of after(FURTHER.check).entries()) folded[i % CHECK_BYTES] = (folded[i % CHECK_BYTES] ?? 0) ^ b;
    if (Buffer.compare(folded, lock.check) !== 0) return null;
  }
  const mixing = lock.mixed ? after(FURTHER.mixing) : null;
  return { cipher: after(0), iv: lock.iv, sealed: (crc) => (mixing ? mixed(mixing, crc) : crc) };
}

/** Work of {@link rar4Key}: blocks that are hashed. */
export const rar4Cost = ({ salt }: Rar4Lock, password: string): number =>
  Math.ceil((RAR4_ROUNDS * (2 * password.length + salt.byteLength + COUNTER_BYTES)) / HASH_BLOCK);

/**
 * 2^18 times password, salt and a counter, hashed by SHA-1 in one go; the digests at sixteen points on the way give the initial
 * vector. Trap: for passwords of 28 letters and more RAR hashes something else, by a mistake that was kept; they do not open here.
 */
export function rar4Key({ salt }: Rar4Lock, password: string): RarKey {
  const turn = Buffer.concat([Buffer.from(password, 'utf16le'), salt, Buffer.alloc(COUNTER_BYTES)]);
  const perPart = RAR4_ROUNDS / RAR4_PARTS;
  const batch = Buffer.concat(Array.from({ length: perPart }, () => turn));
  const hash = createHash('sha1');
  const iv = Buffer.alloc(RAR4_PARTS);
  for (let part = 0; part < RAR4_PARTS; part++) {
    for (let i = 0; i < perPart; i++) batch.writeUIntLE(part * perPart + i, (i + 1) * turn.byteLength - COUNTER_BYTES, COUNTER_BYTES);
    hash.update(batch.subarray(0, turn.byteLength));
    iv[part] = hash.copy().digest()[19] ?? 0;
    hash.update(batch.subarray(turn.byteLength));
  }
  return { cipher: hash.digest().subarray(0, 16).swap32(), iv, sealed: (crc) => crc };
}
