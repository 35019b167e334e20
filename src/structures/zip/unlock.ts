import type { Bytes, Input, Password } from '../../model/input.ts';
import { chunksOf } from '../bytes.ts';
import { attemptsOf, encodings } from '../passwords.ts';
import {
  AES_CODE,
  aesCost,
  aesDeciphered,
  aesFront,
  aesKeys,
  type AesKeys,
  authentication,
  lockOf,
  ZIPCRYPTO_HEADER,
  ZipCryptoKeys,
  zipCryptoOpens,
  type ZipLock,
} from './encryption.ts';
import type { ZipMember } from './member.ts';

/** The packed content of a member, in the clear. */
export interface PackedContent {
  readonly size: number;
  readonly method: number;
  /** In place; null where it is deciphered on the way. */
  readonly bytes: Bytes | null;
  /** From front to back, as often as asked for. */
  chunks(): Iterable<Uint8Array>;
  /** False where the archive keeps an authentication code in place of the CRC-32. */
  readonly hasCrc: boolean;
}

export interface Unlocked {
  readonly password: Password;
  readonly content: PackedContent;
  /** False where one byte fits, as it does for one wrong password in 256: the CRC-32 has to prove it. */
  readonly certain: boolean;
}

/** Bytes that are deciphered in about the time of one round of hashing. */
const BYTES_A_ROUND = 64;

function* byZipCrypto(input: Input, member: ZipMember, stored: Bytes): Generator<Unlocked> {
  if (stored.size < ZIPCRYPTO_HEADER) return;
  const attempts = input.once(attemptsOf);
  const header = stored.slice(0, ZIPCRYPTO_HEADER);
  const body = stored.window(ZIPCRYPTO_HEADER, stored.size);
  for (const password of attempts.tries(1)) {
    for (const bytes of encodings(password)) {
      if (!zipCryptoOpens(member, header, new ZipCryptoKeys(bytes))) continue;
      if (!attempts.spend(Math.ceil(body.size / BYTES_A_ROUND))) return;
      const chunks = function* (): Generator<Uint8Array> {
        const keys = new ZipCryptoKeys(bytes);
        keys.decipher(header);
        for (const chunk of chunksOf(body, () => input.alive())) yield keys.decipher(chunk);
      };
      yield { password, certain: false, content: { size: body.size, method: member.method, bytes: null, chunks, hasCrc: true } };
    }
  }
}

function hasCode(input: Input, keys: AesKeys, body: Bytes, code: Uint8Array): boolean {
  const hash = authentication(keys);
  for (const chunk of chunksOf(body, () => input.alive())) hash.update(chunk);
  return Buffer.compare(hash.digest().subarray(0, AES_CODE), code) === 0;
}

function* byAes(input: Input, lock: Extract<ZipLock, { kind: 'aes' }>, stored: Bytes): Generator<Unlocked> {
  const front = aesFront(lock.bits);
  const at = front.salt + front.check;
  const size = stored.size - at - AES_CODE;
  if (size < 0) return;
  const attempts = input.once(attemptsOf);
  const salt = stored.slice(0, front.salt);
  const check = stored.slice(front.salt, front.check);
  const body = stored.window(at, size);
  const code = stored.slice(at + size, AES_CODE);
  for (const password of attempts.tries(aesCost(lock.bits))) {
    for (const bytes of encodings(password)) {
      const keys = aesKeys(bytes, salt, lock.bits);
      if (Buffer.compare(keys.check, check) !== 0) continue;
      if (!attempts.spend(Math.ceil(size / BYTES_A_ROUND))) return;
      if (!hasCode(input, keys, body, code)) continue;
      const chunks = (): Iterable<Uint8Array> =>
        aesDeciphered(
          keys,
          chunksOf(body, () => input.alive()),
        );
      yield { password, certain: true, content: { size, method: lock.method, bytes: null, chunks, hasCrc: lock.version === 1 } };
    }
  }
}

/** The content by each password of the list that seems to fit; `stored` is what stands behind the local header. */
export function unlocked(input: Input, member: ZipMember, stored: Bytes): Iterable<Unlocked> {
  const lock = lockOf(member);
  if (input.passwords.length === 0 || lock.kind === 'other') return [];
  return lock.kind === 'aes' ? byAes(input, lock, stored) : byZipCrypto(input, member, stored);
}
