import { createCipheriv, createHash } from 'node:crypto';
import { buildCfb } from './build-cfb.ts';

const le32 = (n: number): Buffer => Buffer.from(Uint32Array.of(n).buffer);
const hash = (algorithm: string, ...parts: Uint8Array[]): Buffer => createHash(algorithm).update(Buffer.concat(parts)).digest();
const filled = (bytes: Uint8Array, unit: number): Buffer => Buffer.concat([bytes, Buffer.alloc((unit - (bytes.length % unit)) % unit)]);
const locked = (mode: 'cbc' | 'ecb', key: Buffer, iv: Buffer | null, bytes: Uint8Array): Buffer =>
  createCipheriv(`aes-${key.length * 8}-${mode}`, key, iv)
    .setAutoPadding(false)
    .update(filled(bytes, 16));

const sized = (content: Uint8Array): Buffer => Buffer.concat([le32(content.byteLength), le32(0)]);

/** As Office 2010 and later lock a document: AES-256 by segments, SHA-512 ([MS-OFFCRYPTO] 2.3.4.10). */
export function buildAgile(content: Uint8Array, password: string, rounds = 100): Uint8Array {
  const [salt, dataSalt, key] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2), Buffer.alloc(32, 3)];
  let spun = hash('sha512', salt, Buffer.from(password, 'utf16le'));
  for (let i = 0; i < rounds; i++) spun = hash('sha512', le32(i), spun);
  const sealed = (block: string, bytes: Uint8Array): string =>
    locked('cbc', hash('sha512', spun, Buffer.from(block, 'hex')).subarray(0, 32), salt, bytes).toString('base64');
  const input = Buffer.alloc(16, 4);
  const common = `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"`;
  const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData ${common} saltValue="${dataSalt.toString('base64')}"/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="${rounds}" ${common} saltValue="${salt.toString('base64')}" encryptedVerifierHashInput="${sealed('fea7d2763b4b9e79', input)}" encryptedVerifierHashValue="${sealed('d7aa0f6d3061344e', hash('sha512', input))}" encryptedKeyValue="${sealed('146e0be7abacd0d6', key)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const segments: Buffer[] = [];
  for (let at = 0, i = 0; at < content.byteLength; at += 4096, i++)
    segments.push(locked('cbc', key, hash('sha512', dataSalt, le32(i)).subarray(0, 16), content.subarray(at, at + 4096)));
  return buildCfb({
    streams: {
      EncryptionInfo: Buffer.concat([Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]), Buffer.from(xml)]),
      EncryptedPackage: Buffer.concat([sized(content), ...segments]),
    },
  });
}

/** As Office 2007 locks a document: AES-128 without chaining, 50,000 rounds of SHA-1 ([MS-OFFCRYPTO] 2.3.4.5). */
export function buildStandard(content: Uint8Array, password: string): Uint8Array {
  const salt = Buffer.alloc(16, 1);
  let spun = hash('sha1', salt, Buffer.from(password, 'utf16le'));
  for (let i = 0; i < 50_000; i++) spun = hash('sha1', le32(i), spun);
  const last = filled(hash('sha1', spun, le32(0)), 64);
  const key = hash('sha1', Buffer.from(last.map((b) => b ^ 0x36))).subarray(0, 16);
  const input = Buffer.alloc(16, 4);
  const provider = Buffer.from('Invented Provider\u0000', 'utf16le');
  const header = Buffer.concat([le32(0x24), le32(0), le32(0x660e), le32(0x8004), le32(128), le32(0x18), le32(0), le32(0), provider]);
  const verifier = Buffer.concat([le32(16), salt, locked('ecb', key, null, input), le32(20), locked('ecb', key, null, hash('sha1', input))]);
  return buildCfb({
    streams: {
      EncryptionInfo: Buffer.concat([Buffer.from([3, 0, 2, 0]), le32(0x24), le32(header.length), header, verifier]),
      EncryptedPackage: Buffer.concat([sized(content), locked('ecb', key, null, content)]),
    },
  });
}
