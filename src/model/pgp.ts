/** Public-key algorithms that sign (RFC 9580 section 9.1), by what checks them; '' for one that is not known here. */
export type PgpAlgorithm = 'rsa' | 'dsa' | 'ecdsa' | 'eddsa' | 'ed25519' | 'ed448' | '';

/** A digest of content and signature data, in base64; `undone` names in words what was put back to get it, '' for the content as it stands. */
export interface PgpDigest {
  readonly undone: string;
  readonly digest: string;
}

/**
 * All that a later verification needs of one OpenPGP signature over a document: with a key, and without the document. Written
 * as compact JSON into `pgp.signature`. Numbers, identifiers and fingerprints are hexadecimal, upper case.
 */
export interface PgpSignatureRecord {
  /** 3, 4 or 6. */
  readonly version: number;
  readonly algorithm: PgpAlgorithm;
  /** As node:crypto calls it: 'sha256'; '' where it is not known here. */
  readonly hash: string;
  /** Seconds since 1970, UTC, by the signer's clock; null where none is written. */
  readonly created: number | null;
  /** Key ID, 16 digits; zeros where the signature names no key. */
  readonly issuer: string;
  /** Of the key, '' where the signature gives the key ID alone. */
  readonly fingerprint: string;
  /** The first 16 bits of the signed digest, by the signature's own account. */
  readonly check: string;
  /** RSA: s. DSA, ECDSA, EdDSA: r and s. Ed25519, Ed448: the signature. */
  readonly numbers: readonly string[];
  /** The first is of the content as it stands. */
  readonly digests: readonly PgpDigest[];
}

/** One public key that can sign, with what stands beside it. Written as compact JSON into `pgp.key`. */
export interface PgpKeyRecord {
  readonly fingerprint: string;
  readonly algorithm: PgpAlgorithm;
  /** Seconds since 1970, UTC, by the clock of who made it. */
  readonly created: number;
  /** Object identifier of the curve, its encoded octets; '' for none. */
  readonly curve: string;
  /** RSA: n, e. DSA: p, q, g, y. The others: the point, as written. */
  readonly numbers: readonly string[];
  /** Fingerprint of the key that it is a subkey of, by where it stands; '' for a primary key. */
  readonly primary: string;
  /** User IDs that stand behind its primary key: what whoever made the block wrote there. */
  readonly userIds: readonly string[];
}

/** What a signature that names no key is listed under (RFC 9580 section 5.1.1 uses it for recipients). */
export const NO_KEY_ID = '0000000000000000';

export const writePgp = (record: PgpSignatureRecord | PgpKeyRecord): string => JSON.stringify(record);

/** Of a claim's value; null for what is no record of ours. */
const readPgp = (value: unknown): unknown => (typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : null);
export const readPgpSignature = (value: unknown): PgpSignatureRecord | null => readPgp(value) as PgpSignatureRecord | null;
export const readPgpKey = (value: unknown): PgpKeyRecord | null => readPgp(value) as PgpKeyRecord | null;

/** The low 64 bits of a version 4 fingerprint, the high ones of version 6 (RFC 9580 section 5.5.4). */
export const keyIdOf = (fingerprint: string): string => (fingerprint.length === 64 ? fingerprint.slice(0, 16) : fingerprint.slice(-16));

/** Of a key; one with a fingerprint of 32 digits is of version 3, named by the low 64 bits of its modulus (RFC 4880 section 12.2). */
export const idOfKey = ({ fingerprint, numbers }: Pick<PgpKeyRecord, 'fingerprint' | 'numbers'>): string =>
  fingerprint.length === 32 ? (numbers[0] ?? '').slice(-16).padStart(16, '0') : keyIdOf(fingerprint);
