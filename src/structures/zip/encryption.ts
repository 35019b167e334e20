import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { extraOf, FLAG, METHOD_AES } from './header.ts';
import type { ZipMember } from './member.ts';
import { u16 } from '../little-endian.ts';

/** How a member is locked, as its headers say. */
export type ZipLock =
  | { readonly kind: 'zipcrypto' }
  /** WinZip AES (AE-1 keeps the CRC-32, AE-2 does not). `method` packed what is inside. */
  | { readonly kind: 'aes'; readonly bits: 128 | 192 | 256; readonly version: number; readonly method: number }
  /** PKWARE's strong encryption, with certificates or passwords; unknown AES fields. */
  | { readonly kind: 'other'; readonly name: string };

const AES_EXTRA = 0x9901;
const STRONG = 0x0040;
const AES_BITS = [128, 192, 256] as const;
const AES_ROUNDS = 1000;
const AES_CHECK = 2;
export const AES_CODE = 10;
export const ZIPCRYPTO_HEADER = 12;
const BLOCK = 16;
/** Counters enciphered at a time, in blocks: few for what is small. */
const FIRST_BATCH = 64;
const MOST_BATCH = 4096;

export function lockOf(member: ZipMember): ZipLock {
  if (member.method === METHOD_AES) {
    const field = extraOf(member.extra, AES_EXTRA) ?? extraOf(member.local?.extra ?? [], AES_EXTRA);
    const bits = AES_BITS[(field?.[4] ?? 0) - 1];
    if (!field || field.byteLength < 7 || bits === undefined) return { kind: 'other', name: 'an unknown kind of AES' };
    return { kind: 'aes', bits, version: u16(field, 0), method: u16(field, 5) };
  }
  if ((member.flags & (STRONG | FLAG.masked)) !== 0) return { kind: 'other', name: 'PKWARE strong encryption' };
  return { kind: 'zipcrypto' };
}

export const lockName = (lock: ZipLock): string =>
  lock.kind === 'zipcrypto' ? 'ZipCrypto' : lock.kind === 'aes' ? `WinZip AES-${lock.bits}` : lock.name;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** The three keys of PKWARE's traditional encryption (APPNOTE 6.3.10, 6.1.5), stirred by each byte in the clear. */
export class ZipCryptoKeys {
  #a = 0x12345678;
  #b = 0x23456789;
  #c = 0x34567890;

  constructor(password: Uint8Array) {
    for (const byte of password) this.#stir(byte);
  }

  #stir(byte: number): void {
    this.#a = (CRC_TABLE[(this.#a ^ byte) & 0xff] as number) ^ (this.#a >>> 8);
    this.#b = (Math.imul(this.#b + (this.#a & 0xff), 134_775_813) + 1) | 0;
    this.#c = (CRC_TABLE[(this.#c ^ (this.#b >>> 24)) & 0xff] as number) ^ (this.#c >>> 8);
  }

  /** Goes on where the last call ended. */
  decipher(bytes: Uint8Array): Uint8Array {
    const out = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      const t = (this.#c | 2) & 0xffff;
      const plain = (bytes[i] as number) ^ ((Math.imul(t, t ^ 1) >>> 8) & 0xff);
      out[i] = plain;
      this.#stir(plain);
    }
    return out;
  }
}

/** By the last byte of its header: the high byte of the CRC-32, or of the time where the CRC stands behind the content. */
export function zipCryptoOpens(member: ZipMember, header: Uint8Array, keys: ZipCryptoKeys): boolean {
  const check = keys.decipher(header)[ZIPCRYPTO_HEADER - 1];
  return check === member.crc32 >>> 24 || ((member.flags & FLAG.descriptor) !== 0 && check === (member.local?.dosTime ?? member.dosTime) >>> 8);
}

/** The keys that a password and a salt come to. */
export interface AesKeys {
  readonly cipher: Uint8Array;
  readonly code: Uint8Array;
  /** Two bytes that stand in front of the content: a wrong password fits one time in 65,536. */
  readonly check: Uint8Array;
}

/** Work of {@link aesKeys}, in rounds. */
export const aesCost = (bits: number): number => AES_ROUNDS * 2 * Math.ceil((2 * (bits / 8) + AES_CHECK) / 20);

/** Bytes in front of the content: a salt and the check. */
export const aesFront = (bits: number): { readonly salt: number; readonly check: number } => ({ salt: bits / 16, check: AES_CHECK });

export function aesKeys(password: Uint8Array, salt: Uint8Array, bits: number): AesKeys {
  const size = bits / 8;
  const keys = pbkdf2Sync(password, salt, AES_ROUNDS, 2 * size + AES_CHECK, 'sha1');
  return { cipher: keys.subarray(0, size), code: keys.subarray(size, 2 * size), check: keys.subarray(2 * size) };
}

export const authentication = (keys: AesKeys): ReturnType<typeof createHmac> => createHmac('sha1', keys.code);

/** Counter mode as WinZip does it: the counter begins at 1 and its lowest byte comes first, so node's own CTR is of no use. */
export function* aesDeciphered(keys: AesKeys, chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  const cipher = createCipheriv(`aes-${keys.cipher.byteLength * 8}-ecb`, keys.cipher, null).setAutoPadding(false);
  let counters = Buffer.alloc(FIRST_BATCH * BLOCK);
  let block = 0;
  let stream = new Uint8Array(0);
  let used = 0;
  for (const chunk of chunks) {
    const out = new Uint8Array(chunk.length);
    for (let i = 0; i < chunk.length; i++, used++) {
      if (used === stream.length) {
        if (block > 0 && counters.length < MOST_BATCH * BLOCK) counters = Buffer.alloc(MOST_BATCH * BLOCK);
        for (let at = 0; at < counters.length; at += BLOCK) counters.writeUIntLE(++block, at, 6);
        stream = cipher.update(counters);
        used = 0;
      }
      out[i] = (chunk[i] as number) ^ (stream[used] as number);
    }
    yield out;
  }
}
