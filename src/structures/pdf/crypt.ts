import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from '../rc4.ts';
import { dictOf, isString, nameOf, numberOf, type PdfDict, type PdfValue } from './values.ts';

/** Deciphers what one object of an encrypted file holds. */
export interface PdfCipher {
  string(bytes: Uint8Array, object: number, generation: number): Uint8Array;
  stream(bytes: Uint8Array, object: number, generation: number): Uint8Array;
  /** False where the XMP packet stands in the clear. */
  readonly coversMetadata: boolean;
}

type Method = 'none' | 'rc4' | 'aes-128' | 'aes-256';

/** ISO 32000-2 7.6.4.3.2: what pads a password; an empty one is the padding alone. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

const md5 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('md5');
  for (const p of parts) hash.update(p);
  return hash.digest();
};

/** CBC with the IV in front. Padding is taken off where it is well-formed: files with a broken last block exist. */
function aes(key: Uint8Array, data: Uint8Array): Uint8Array {
  const whole = data.length - (data.length % 16);
  if (whole < 32) return new Uint8Array(0);
  const decipher = createDecipheriv(key.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc', key, data.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(data.subarray(16, whole)), decipher.final()]);
  const pad = plain.at(-1) ?? 0;
  return pad >= 1 && pad <= 16 ? plain.subarray(0, plain.length - pad) : plain;
}

interface Settings {
  readonly revision: number;
  /** Of the file key, in bytes. */
  readonly keyBytes: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  /** The file key, wrapped with the user's and with the owner's. */
  readonly userKey: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly permissions: number;
  readonly coversMetadata: boolean;
  readonly documentId: Uint8Array;
}

const EMPTY = new Uint8Array(0);
const LONGEST_PASSWORD = 127;

/** The first 32 bytes of a password and its padding. */
const padded = (password: Uint8Array): Buffer => Buffer.concat([password.subarray(0, 32), PADDING]).subarray(0, 32);

const xored = (key: Uint8Array, n: number): Uint8Array => key.map((b) => b ^ n);

/** ISO 32000-2 7.6.4.3.2 to 7.6.4.4.4 (algorithms 2, 4 to 6) with a user password; null where it does not open the file. */
function keyByMd5(s: Settings, password: Uint8Array): Uint8Array | null {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(s.permissions | 0);
  const tail = s.revision >= 4 && !s.coversMetadata ? Buffer.from('ffffffff', 'hex') : Buffer.alloc(0);
  let key = md5(padded(password), s.owner.subarray(0, 32), permissions, s.documentId, tail).subarray(0, s.keyBytes);
  if (s.revision >= 3) for (let i = 0; i < 50; i++) key = md5(key).subarray(0, s.keyBytes);
  if (s.revision < 3) return Buffer.compare(rc4(key, PADDING), s.user.subarray(0, 32)) === 0 ? key : null;
  let check: Uint8Array = rc4(key, md5(PADDING, s.documentId));
  for (let i = 1; i <= 19; i++) check = rc4(xored(key, i), check);
  return Buffer.compare(check.subarray(0, 16), s.user.subarray(0, 16)) === 0 ? key : null;
}

/** ISO 32000-2 7.6.4.4.6 (algorithm 7): an owner password deciphers the user's. */
function userPasswordOf(s: Settings, owner: Uint8Array): Uint8Array {
  let key = md5(padded(owner)).subarray(0, s.keyBytes);
  if (s.revision >= 3) for (let i = 0; i < 50; i++) key = md5(key).subarray(0, s.keyBytes);
  let user: Uint8Array = s.owner.subarray(0, 32);
  for (let i = s.revision >= 3 ? 19 : 0; i >= 0; i--) user = rc4(xored(key, i), user);
  return user;
}

const SHA = ['sha256', 'sha384', 'sha512'] as const;

/** ISO 32000-2 7.6.4.3.4 (algorithm 2.B); revision 5 is one SHA-256. `user` is the first 48 bytes of U for an owner password, else nothing. */
function hardenedHash(password: Uint8Array, salt: Uint8Array, user: Uint8Array, revision: number): Uint8Array {
  let k = createHash('sha256').update(password).update(salt).update(user).digest();
  if (revision < 6) return k;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const block = Buffer.concat(Array.from({ length: 64 }, () => [password, k, user]).flat());
    const e = createCipheriv('aes-128-cbc', k.subarray(0, 16), k.subarray(16, 32)).setAutoPadding(false).update(block);
    let sum = 0;
    for (const b of e.subarray(0, 16)) sum += b;
    k = createHash(SHA[sum % 3] as (typeof SHA)[number])
      .update(e)
      .digest();
    last = e.at(-1) ?? 0;
  }
  return k.subarray(0, 32);
}

/** ISO 32000-2 7.6.4.3.3 (algorithm 2.A): 48 bytes that prove a password and salt the key that wraps the file's. */
function unwrapped(s: Settings, password: Uint8Array, proof: Uint8Array, user: Uint8Array, wrapped: Uint8Array): Uint8Array | null {
  if (proof.length < 48 || wrapped.length < 32) return null;
  if (Buffer.compare(hardenedHash(password, proof.subarray(32, 40), user, s.revision), proof.subarray(0, 32)) !== 0) return null;
  const wrapping = hardenedHash(password, proof.subarray(40, 48), user, s.revision);
  const decipher = createDecipheriv('aes-256-cbc', wrapping, Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(wrapped.subarray(0, 32)), decipher.final()]);
}

/** The key of the file by one password, the user's or the owner's; null where it opens nothing. */
function keyBy(s: Settings, password: Uint8Array): Uint8Array | null {
  if (s.revision < 5) return keyByMd5(s, password) ?? (password.length === 0 ? null : keyByMd5(s, userPasswordOf(s, password)));
  const short = password.subarray(0, LONGEST_PASSWORD);
  return unwrapped(s, short, s.user, EMPTY, s.userKey) ?? unwrapped(s, short, s.owner, s.user.subarray(0, 48), s.ownerKey);
}

function methodOf(encrypt: PdfDict, filterKey: string, version: number): Method {
  if (version < 4) return 'rc4';
  const name = nameOf(encrypt.get(filterKey)) ?? 'Identity';
  const filter = name === 'Identity' ? null : dictOf(dictOf(encrypt.get('CF'))?.get(name));
  const cfm = nameOf(filter?.get('CFM'));
  return cfm === 'AESV3' ? 'aes-256' : cfm === 'AESV2' ? 'aes-128' : cfm === 'V2' ? 'rc4' : 'none';
}

/** ISO 32000-2 7.6.3.2 (algorithm 1) and 7.6.3.3 (algorithm 1.A). */
function decipherWith(method: Method, fileKey: Uint8Array, data: Uint8Array, object: number, generation: number): Uint8Array {
  if (method === 'none') return data;
  if (method === 'aes-256') return fileKey.length === 32 ? aes(fileKey, data) : data;
  const salt = Uint8Array.of(object, object >> 8, object >> 16, generation, generation >> 8);
  const key = md5(fileKey, salt, method === 'aes-128' ? Buffer.from('sAlT') : Buffer.alloc(0)).subarray(0, Math.min(16, fileKey.length + 5));
  return method === 'aes-128' ? aes(Buffer.concat([key], 16), data) : rc4(key, data);
}

const bytesAt = (dict: PdfDict, key: string): Uint8Array => {
  const v = dict.get(key);
  return isString(v) ? v.bytes : new Uint8Array(0);
};

/** Rounds of hashing that one password costs, by the revision of the handler. */
export const cipherCost = (encrypt: PdfDict): number => ((numberOf(encrypt.get('R')) ?? 0) >= 6 ? 10_000 : 300);

/**
 * The standard security handler, opened with a password, or the empty one of the user: such files (bank statements, forms with restricted
 * printing) open for everybody. Null where a password is needed or the handler is another one. `encrypt` has no references left.
 */
export function openCipher(encrypt: PdfDict, documentId: PdfValue | undefined, password: Uint8Array = EMPTY): PdfCipher | null {
  if (nameOf(encrypt.get('Filter')) !== 'Standard') return null;
  const version = numberOf(encrypt.get('V')) ?? 0;
  const revision = numberOf(encrypt.get('R')) ?? 0;
  if (version < 1 || version > 5 || version === 3 || revision < 2 || revision > 6) return null;
  const stated = numberOf(encrypt.get('Length')) ?? 40;
  const keyBytes =
    version === 1 || revision === 2 ? 5 : version === 4 ? 16 : Math.min(16, Math.max(5, Math.trunc(stated < 40 ? stated : stated / 8)));
  const settings: Settings = {
    revision,
    keyBytes,
    owner: bytesAt(encrypt, 'O'),
    user: bytesAt(encrypt, 'U'),
    userKey: bytesAt(encrypt, 'UE'),
    ownerKey: bytesAt(encrypt, 'OE'),
    permissions: numberOf(encrypt.get('P')) ?? 0,
    coversMetadata: encrypt.get('EncryptMetadata') !== false,
    documentId: isString(documentId) ? documentId.bytes : new Uint8Array(0),
  };
  const key = keyBy(settings, password);
  if (!key) return null;
  const strings = methodOf(encrypt, 'StrF', version);
  const streams = methodOf(encrypt, 'StmF', version);
  return {
    string: (bytes, object, generation) => decipherWith(strings, key, bytes, object, generation),
    stream: (bytes, object, generation) => decipherWith(streams, key, bytes, object, generation),
    coversMetadata: settings.coversMetadata,
  };
}
