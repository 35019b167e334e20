import type { PgpAlgorithm } from '../../model/pgp.ts';

/** RFC 9580 section 9.5, as node:crypto calls them. */
export const DIGESTS: Readonly<Record<number, string>> = {
  1: 'md5',
  2: 'sha1',
  3: 'ripemd160',
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
  11: 'sha224',
  12: 'sha3-256',
  14: 'sha3-512',
};

/** RFC 9580 section 9.1: those that sign. 2 may only encrypt and is none of them. */
export const SIGNING: Readonly<Record<number, PgpAlgorithm>> = {
  1: 'rsa',
  3: 'rsa',
  17: 'dsa',
  19: 'ecdsa',
  22: 'eddsa',
  27: 'ed25519',
  28: 'ed448',
};

/** How many multiprecision integers a public key and a signature have; octets where they have none (RFC 9580 sections 5.2.3 and 5.5.5). */
export const SHAPES: Readonly<
  Record<PgpAlgorithm, { readonly key: number; readonly signature: number; readonly curve?: true; readonly octets?: true }>
> = {
  rsa: { key: 2, signature: 1 },
  dsa: { key: 4, signature: 2 },
  ecdsa: { key: 1, signature: 2, curve: true },
  eddsa: { key: 1, signature: 2, curve: true },
  ed25519: { key: 32, signature: 64, octets: true },
  ed448: { key: 57, signature: 114, octets: true },
  '': { key: 0, signature: 0 },
};
