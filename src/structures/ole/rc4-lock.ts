import { createHash } from 'node:crypto';
import type { Password } from '../../model/input.ts';
import { rc4 } from '../rc4.ts';
import { CIPHERS } from './encryption-info.ts';
import { le32 } from '../little-endian.ts';

/** How a document before 2007 is locked. */
export interface LegacyLock<Key> {
  /** What stands there to be seen: 'RC4 with a key of 40 bits'. */
  readonly visible: string;
  /** Blocks of 64 bytes hashed for one password; 0 where this lock is not opened here. */
  readonly cost: number;
  /** Null where it is not the password. */
  keyBy(password: Password): Key | null;
}

/** The key of a block: each block of a stream, each object of a presentation has one of its own. */
export type BlockKey = (block: number) => Uint8Array;

const hashed = (algorithm: 'md5' | 'sha1', ...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const utf16 = ({ text }: Password): Buffer => Buffer.from(text, 'utf16le');

/** A verifier and its hash are enciphered one behind the other with the key of block 0. */
function fits(key: BlockKey, algorithm: 'md5' | 'sha1', verifier: Uint8Array, hash: Uint8Array): boolean {
  const plain = rc4(key(0), Buffer.concat([verifier, hash]));
  return Buffer.compare(hashed(algorithm, plain.subarray(0, verifier.length)), plain.subarray(verifier.length)) === 0;
}

const MD5_HEADER_BYTES = 52;
/** Bytes of the password's hash that count: forty bits, as was allowed to be exported. */
const EXPORTED = 5;

/** [MS-OFFCRYPTO] 2.3.6: Word and Excel 97 and 2000. */
function oldLock(info: Buffer): LegacyLock<BlockKey> | null {
  if (info.length < MD5_HEADER_BYTES) return null;
  const [salt, verifier, hash] = [info.subarray(4, 20), info.subarray(20, 36), info.subarray(36, 52)];
  return {
    visible: 'RC4 with a key of 40 bits',
    cost: 10,
    keyBy(password) {
      const first = hashed('md5', utf16(password)).subarray(0, EXPORTED);
      const base = hashed('md5', ...Array.from({ length: 16 }, () => [first, salt]).flat()).subarray(0, EXPORTED);
      const key: BlockKey = (block) => hashed('md5', base, le32(block));
      return fits(key, 'md5', verifier, hash) ? key : null;
    },
  };
}

const RC4 = 0x6801;
/** Of the header, in front of the provider's name; of the verifier behind it. */
const CRYPTO_HEADER_BYTES = 32;
const CRYPTO_VERIFIER_BYTES = 60;

/** [MS-OFFCRYPTO] 2.3.5: Office 2002 and 2003, with a provider of the system. */
function providerLock(info: Buffer): LegacyLock<BlockKey> | null {
  const headerBytes = info.length < 12 ? 0 : info.readUInt32LE(8);
  const header = info.subarray(12, 12 + headerBytes);
  const verifier = info.subarray(12 + headerBytes);
  if (header.length < CRYPTO_HEADER_BYTES || verifier.length < CRYPTO_VERIFIER_BYTES) return null;
  const algorithm = header.readUInt32LE(8);
  const bits = header.readUInt32LE(16) || 40;
  const isOurs = algorithm === RC4 && bits % 8 === 0 && bits >= 40 && bits <= 128;
  const provider = (header.subarray(CRYPTO_HEADER_BYTES).toString('utf16le').split('\u0000')[0] ?? '').slice(0, 120);
  const salt = verifier.subarray(4, 20);
  return {
    visible: `${CIPHERS[algorithm] ?? `algorithm ${algorithm.toString(16)}`} with a key of ${bits} bits${provider === '' ? '' : ` by ${provider}`}`,
    cost: isOurs ? 10 : 0,
    keyBy(password) {
      if (!isOurs) return null;
      const base = hashed('sha1', salt, utf16(password));
      // A key of forty bits is filled up to 128 with zeros.
      const key: BlockKey = (block) => {
        const own = hashed('sha1', base, le32(block)).subarray(0, bits / 8);
        return bits === 40 ? Buffer.concat([own, Buffer.alloc(11)]) : own;
      };
      return fits(key, 'sha1', verifier.subarray(20, 36), verifier.subarray(40, 60)) ? key : null;
    },
  };
}

/** By what stands in a FILEPASS record, a table stream or a CryptSession10Container; null where it is damaged or of an unknown kind. */
export function rc4Lock(bytes: Uint8Array): LegacyLock<BlockKey> | null {
  const info = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (info.length < 4) return null;
  const [major, minor] = [info.readUInt16LE(0), info.readUInt16LE(2)];
  if (major === 1 && minor === 1) return oldLock(info);
  return major >= 2 && major <= 4 && minor === 2 ? providerLock(info) : null;
}

/** A stream whose blocks, counted from its beginning, have keys of their own. */
export function decipheredBlocks(bytes: Uint8Array, key: BlockKey, blockBytes: number): Uint8Array {
  const plain = new Uint8Array(bytes.length);
  for (let at = 0, block = 0; at < bytes.length; at += blockBytes, block++) plain.set(rc4(key(block), bytes.subarray(at, at + blockBytes)), at);
  return plain;
}
