import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { PgpKeyRecord, PgpSignatureRecord } from '../../model/pgp.ts';
import { inverse, leftmost, verifiesOnCurve } from './elliptic.ts';
import { bigintOf, bitsOf, isDigestName, modPow, rsaKey, signedDigest, signsSome } from './rsa.ts';

/** Beyond these nobody uses a key, and checking one takes long. */
const MOST_RSA_BITS = 16_384;
const MOST_EXPONENT_BITS = 64;
const MOST_DSA_BITS = 4096;
const MOST_ORDER_BITS = 512;
/** RFC 9580 section 9.2: the curve of the older form of Ed25519. */
const ED25519_LEGACY = '2B06010401DA470F01';

/** What a key says to a signature: which of its digests it signs, or that it signs some other one, or none. Null: cannot be checked here. */
export type Fit = number | 'other digest' | 'none' | null;

const octets = (hex: string): Buffer => Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
const number = (hex: string | undefined): bigint => (hex ? BigInt(`0x${hex}`) : 0n);
const padded = (hex: string | undefined, size: number): Buffer => octets((hex ?? '').padStart(2 * size, '0'));

function rsaFit(s: PgpSignatureRecord, k: PgpKeyRecord, digests: readonly Buffer[]): Fit {
  const key = rsaKey(number(k.numbers[0]), number(k.numbers[1]));
  if (!isDigestName(s.hash) || key.bits > MOST_RSA_BITS || bitsOf(key.e) > MOST_EXPONENT_BITS || key.e < 3n || (key.n & 1n) === 0n) return null;
  const signature = octets(s.numbers[0] ?? '');
  const nth = signedDigest(key, signature, s.hash, digests);
  if (nth !== -1) return nth;
  return signsSome(key, signature, s.hash) ? 'other digest' : 'none';
}

/** FIPS 186-4 section 4.7: node:crypto would hash the digest once more. */
function dsaFit(s: PgpSignatureRecord, k: PgpKeyRecord, digests: readonly Buffer[]): Fit {
  const [p, q, g, y] = k.numbers.map(number);
  const [sr, ss] = [number(s.numbers[0]), number(s.numbers[1])];
  if (!p || !q || !g || !y || bitsOf(p) > MOST_DSA_BITS || bitsOf(q) > MOST_ORDER_BITS || (p & 1n) === 0n) return null;
  if (sr <= 0n || ss <= 0n || sr >= q || ss >= q || y <= 1n || y >= p - 1n || g <= 1n || g >= p) return 'none';
  const w = inverse(ss, q);
  const fits = (digest: Buffer): boolean => {
    const u1 = (leftmost(digest, q) * w) % q;
    return ((modPow(g, u1, p) * modPow(y, (sr * w) % q, p)) % p) % q === sr;
  };
  const nth = w === 0n ? -1 : digests.findIndex(fits);
  return nth === -1 ? 'none' : nth;
}

function ecdsaFit(s: PgpSignatureRecord, k: PgpKeyRecord, digests: readonly Buffer[]): Fit {
  const [r, t] = [number(s.numbers[0]), number(s.numbers[1])];
  for (const [i, digest] of digests.entries()) {
    const fits = verifiesOnCurve(k.curve, k.numbers[0] ?? '', digest, r, t);
    if (fits === null) return null;
    if (fits) return i;
  }
  return 'none';
}

function edwardsKey(crv: 'Ed25519' | 'Ed448', point: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv, x: point.toString('base64url') }, format: 'jwk' });
  } catch {
    return null;
  }
}

/** RFC 9580 section 5.2.3.3: signed is the digest. */
function edwardsFit(s: PgpSignatureRecord, k: PgpKeyRecord, digests: readonly Buffer[]): Fit {
  const isLegacy = k.algorithm === 'eddsa';
  if (isLegacy && k.curve !== ED25519_LEGACY) return null;
  const [first = '', second] = s.numbers;
  const point = octets(k.numbers[0] ?? '').subarray(isLegacy ? 1 : 0);
  const key = edwardsKey(k.algorithm === 'ed448' ? 'Ed448' : 'Ed25519', point);
  if (!key) return null;
  const signature = isLegacy ? Buffer.concat([padded(first, 32), padded(second, 32)]) : octets(first);
  const nth = digests.findIndex((d) => verify(null, d, key, signature));
  return nth === -1 ? 'none' : nth;
}

/** Checks a signature with one key. Whose key it is, is another question. */
export function pgpFit(s: PgpSignatureRecord, k: PgpKeyRecord): Fit {
  if (s.algorithm !== k.algorithm || s.numbers.length === 0) return null;
  const digests = s.digests.map((d) => Buffer.from(d.digest, 'base64'));
  if (digests.length === 0) return null;
  if (k.algorithm === 'rsa') return rsaFit(s, k, digests);
  if (k.algorithm === 'dsa') return dsaFit(s, k, digests);
  if (k.algorithm === 'ecdsa') return ecdsaFit(s, k, digests);
  return k.algorithm === '' ? null : edwardsFit(s, k, digests);
}

/** Of the number that makes a key hard: the modulus, the prime of DSA, the field of a curve. */
export function pgpKeyBits({ algorithm, numbers }: PgpKeyRecord): number {
  if (algorithm === 'rsa' || algorithm === 'dsa') return bitsOf(bigintOf(octets(numbers[0] ?? '')));
  if (algorithm === 'eddsa' || algorithm === 'ed25519') return 256;
  return algorithm === 'ed448' ? 456 : ((numbers[0] ?? '').length - 2) * 2;
}
