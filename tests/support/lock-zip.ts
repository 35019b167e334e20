import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { buildZip, type MemberSpec } from './build-zip.ts';

export interface AesSpec {
  readonly name: string;
  readonly content: Uint8Array;
  readonly password: string | Uint8Array;
  readonly bits?: 128 | 192 | 256;
  /** 1 keeps the CRC-32, 2 does not. Default 2. */
  readonly version?: 1 | 2;
  readonly store?: boolean;
}

/** A member as WinZip locks it ("AES Encryption Information: Encryption Specification AE-1 and AE-2"). */
export function aesMember({ name, content, password, bits = 256, version = 2, store = false }: AesSpec): MemberSpec {
  const size = bits / 8;
  const salt = Buffer.alloc(size / 2, 7);
  const keys = pbkdf2Sync(password, salt, 1000, 2 * size + 2, 'sha1');
  const packed = store ? content : deflateRawSync(content);
  const locked = Buffer.from(packed);
  for (let at = 0, block = 1; at < locked.length; at += 16, block++) {
    const counter = Buffer.alloc(16);
    counter.writeUInt32LE(block);
    const stream = createCipheriv(`aes-${bits}-ecb`, keys.subarray(0, size), null).update(counter);
    for (let i = 0; i < 16 && at + i < locked.length; i++) locked[at + i] = (locked[at + i] ?? 0) ^ (stream[i] ?? 0);
  }
  const code = createHmac('sha1', keys.subarray(size, 2 * size))
    .update(locked)
    .digest()
    .subarray(0, 10);
  const extra = Buffer.from([version, 0, 0x41, 0x45, bits / 64 - 1, store ? 0 : 8, 0]);
  const crc = version === 2 ? { crc32: 0 } : {};
  return {
    name,
    content: Buffer.concat([salt, keys.subarray(2 * size), locked, code]),
    override: { method: 99, flags: 1, extra: [[0x9901, extra]], size: content.byteLength, ...crc },
  };
}

export const aesZip = (...members: readonly AesSpec[]): Uint8Array => buildZip(members.map(aesMember), '7-zip');

/** 'Bonjour, Claire.' in 'a.txt', locked by Info-ZIP 3.0 with 'geheim': ZipCrypto, with sizes behind the content. */
export const ZIP_CRYPTO = Buffer.from(
  'UEsDBAoACQAAAABge0rlPls6HQAAABEAAAAFAAAAYS50eHQV/chv1GFnQsyA3uIvOcQGFQWX8gOKjnTXZdltZVBLBwjlPls6HQAAABEAAABQSwECHgMKAAkAAAAAYHtK5T5bOh0AAAARAAAABQAAAAAAAAABAAAApIEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAAUAAAAAAA',
  'base64',
);
