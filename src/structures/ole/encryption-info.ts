import { createDecipheriv, createHash } from 'node:crypto';
import { decodeXml, scanXml, type XmlElement } from '../xml.ts';
import { le32 } from '../little-endian.ts';

/** How an Office document is locked, as its EncryptionInfo stream says ([MS-OFFCRYPTO] 2.3.4). */
export interface PackageLock {
  /** What stands there to be seen: 'AES-256, SHA512, 100000 rounds, agile encryption'. */
  readonly visible: string;
  /** Rounds of hashing that one password costs; 0 where this lock is not opened here. */
  readonly cost: number;
  /** The key of the package by one password; null where it is not the one. */
  keyBy(password: string): PackageKey | null;
}

export interface PackageKey {
  /** Deciphers the content of EncryptedPackage behind the eight bytes of its size. */
  decipher(content: Uint8Array): Uint8Array;
}

/** [MS-OFFCRYPTO] 2.3.4.11: more is not allowed, and a hostile file would ask for it. */
const MOST_ROUNDS = 10_000_000;
const STANDARD_ROUNDS = 50_000;
const SEGMENT = 4096;
const PAD = 0x36;
/** [MS-OFFCRYPTO] 2.3.4.13: each block key makes another key of one password. */
const VERIFIER_INPUT = Buffer.from('fea7d2763b4b9e79', 'hex');
const VERIFIER_VALUE = Buffer.from('d7aa0f6d3061344e', 'hex');
const KEY_VALUE = Buffer.from('146e0be7abacd0d6', 'hex');
const HASHES: Readonly<Record<string, string>> = { SHA1: 'sha1', SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512', MD5: 'md5' };
/** [MS-OFFCRYPTO] 2.3.2, AlgID. */
export const CIPHERS: Readonly<Record<number, string>> = { 0x6801: 'RC4', 0x660e: 'AES-128', 0x660f: 'AES-192', 0x6610: 'AES-256' };

const hashed = (algorithm: string, ...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The password hashed with its salt, and again with a counter in front, as often as the lock says. */
function spun(algorithm: string, salt: Uint8Array, password: string, rounds: number): Buffer {
  let hash = hashed(algorithm, salt, Buffer.from(password, 'utf16le'));
  const counter = Buffer.alloc(4);
  for (let i = 0; i < rounds; i++) {
    counter.writeUInt32LE(i);
    hash = createHash(algorithm).update(counter).update(hash).digest();
  }
  return hash;
}

/** Cut, or filled up with 0x36. */
const sized = (bytes: Uint8Array, size: number): Buffer => Buffer.concat([bytes, Buffer.alloc(size, PAD)]).subarray(0, size);

function aes(mode: 'ecb' | 'cbc', key: Uint8Array, iv: Uint8Array | null, content: Uint8Array): Buffer {
  const whole = content.subarray(0, content.length - (content.length % 16));
  const decipher = createDecipheriv(`aes-${key.length * 8}-${mode}`, key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(whole), decipher.final()]);
}

const isKeySize = (bits: number): boolean => bits === 128 || bits === 192 || bits === 256;

/** [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9: AES without chaining. */
function standardLock(info: Buffer): PackageLock | null {
  if (info.length < 12 + 32) return null;
  const headerSize = info.readUInt32LE(8);
  const header = info.subarray(12, 12 + headerSize);
  const verifier = info.subarray(12 + headerSize);
  if (header.length < 32 || verifier.length < 72) return null;
  const bits = header.readUInt32LE(16);
  const cipher = CIPHERS[header.readUInt32LE(8)] ?? `algorithm ${header.readUInt32LE(8).toString(16)}`;
  const provider = (header.subarray(32).toString('utf16le').split('\u0000')[0] ?? '').slice(0, 120);
  const isOurs = cipher.startsWith('AES') && isKeySize(bits);
  return {
    visible: `${cipher}, ${STANDARD_ROUNDS} rounds of SHA1, standard encryption${provider === '' ? '' : ` by ${provider}`}`,
    cost: isOurs ? STANDARD_ROUNDS : 0,
    keyBy(password) {
      if (!isOurs) return null;
      const hash = hashed('sha1', spun('sha1', verifier.subarray(4, 20), password, STANDARD_ROUNDS), le32(0));
      const mixed = [0x36, 0x5c].map((fill) => {
        const block = Buffer.alloc(64, fill);
        for (const [i, b] of hash.entries()) block[i] = (block[i] ?? 0) ^ b;
        return hashed('sha1', block);
      });
      const key = Buffer.concat(mixed).subarray(0, bits / 8);
      const said = aes('ecb', key, null, verifier.subarray(20, 36));
      const fits = Buffer.compare(hashed('sha1', said), aes('ecb', key, null, verifier.subarray(40, 72)).subarray(0, 20)) === 0;
      return fits ? { decipher: (content) => aes('ecb', key, null, content) } : null;
    },
  };
}

interface AgileData {
  readonly hash: string;
  readonly blockSize: number;
  readonly bits: number;
  readonly salt: Buffer;
  readonly isOurs: boolean;
}

const attributeOf = (e: XmlElement, name: string): string => e.attributes.find((a) => a.local === name)?.value ?? '';
const bytesOf = (e: XmlElement, name: string): Buffer => Buffer.from(attributeOf(e, name), 'base64');

function agileData(e: XmlElement): AgileData {
  const hash = HASHES[attributeOf(e, 'hashAlgorithm').replace('-', '')] ?? '';
  const [bits, blockSize] = [Number(attributeOf(e, 'keyBits')), Number(attributeOf(e, 'blockSize'))];
  const isAes = attributeOf(e, 'cipherAlgorithm') === 'AES' && attributeOf(e, 'cipherChaining') === 'ChainingModeCBC';
  return { hash, bits, blockSize, salt: bytesOf(e, 'saltValue'), isOurs: isAes && hash !== '' && isKeySize(bits) && blockSize === 16 };
}

function agileKey(data: AgileData, key: Uint8Array): PackageKey {
  return {
    decipher(content) {
      const parts: Buffer[] = [];
      for (let at = 0, segment = 0; at < content.length; at += SEGMENT, segment++) {
        const iv = sized(hashed(data.hash, data.salt, le32(segment)), data.blockSize);
        parts.push(aes('cbc', key, iv, content.subarray(at, at + SEGMENT)));
      }
      return Buffer.concat(parts);
    },
  };
}

/** [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15: described in XML, AES with chaining by segments of 4 KiB. */
function agileLock(xml: Uint8Array): PackageLock | null {
  let keyData: XmlElement | null = null;
  let encryptor: XmlElement | null = null;
  scanXml(decodeXml(xml), {
    open(e) {
      if (e.local === 'keyData') keyData ??= e;
      else if (e.local === 'encryptedKey' && attributeOf(e, 'spinCount') !== '') encryptor ??= e;
    },
  });
  return keyData && encryptor ? agileLockOf(keyData, encryptor) : null;
}

function agileLockOf(keyData: XmlElement, encryptor: XmlElement): PackageLock {
  const [data, own] = [agileData(keyData), agileData(encryptor)];
  const rounds = Number(attributeOf(encryptor, 'spinCount'));
  const isOurs = data.isOurs && own.isOurs && Number.isSafeInteger(rounds) && rounds >= 0 && rounds <= MOST_ROUNDS;
  const shown = (name: string): string => attributeOf(encryptor, name).slice(0, 40);
  return {
    visible: `${shown('cipherAlgorithm')}-${shown('keyBits')}, ${shown('spinCount')} rounds of ${shown('hashAlgorithm')}, agile encryption`,
    cost: isOurs ? Math.max(1, rounds) : 0,
    keyBy(password) {
      if (!isOurs) return null;
      const hash = spun(own.hash, own.salt, password, rounds);
      const iv = sized(own.salt, own.blockSize);
      const opened = (block: Uint8Array, name: string): Buffer =>
        aes('cbc', sized(hashed(own.hash, hash, block), own.bits / 8), iv, bytesOf(encryptor, name));
      const proof = hashed(own.hash, opened(VERIFIER_INPUT, 'encryptedVerifierHashInput').subarray(0, own.salt.length));
      const value = opened(VERIFIER_VALUE, 'encryptedVerifierHashValue').subarray(0, proof.length);
      if (Buffer.compare(proof, value) !== 0) return null;
      const key = opened(KEY_VALUE, 'encryptedKeyValue').subarray(0, data.bits / 8);
      return key.length === data.bits / 8 ? agileKey(data, key) : null;
    },
  };
}

/** Null where the stream is damaged or of a kind that is not known. Never throws over bytes. */
export function packageLock(stream: Uint8Array): PackageLock | null {
  const info = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  if (info.length < 8) return null;
  const [major, minor] = [info.readUInt16LE(0), info.readUInt16LE(2)];
  if (major === 4 && minor === 4) return agileLock(info.subarray(8));
  return minor === 2 ? standardLock(info) : null;
}
