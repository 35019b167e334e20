/** Attribute types of names: RFC 4514 section 3, RFC 4519, RFC 2985 section 5.2.1, ETSI EN 319 412-1. */
export const NAME_OF_ATTRIBUTE: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.65', 'pseudonym'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
]);

/** Digests by their names in OpenSSL: RFC 5754, RFC 8702, RFC 1321, TeleTrusT. */
export const DIGEST_OF_OID: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
  ['1.3.36.3.2.1', 'ripemd160'],
]);

/** How a signature was made; `digest` null: that of the signer's digest algorithm. 'pss' takes its digest from its parameters. */
export interface SignatureScheme {
  readonly kind: 'pkcs1' | 'pss' | 'ecdsa' | 'dsa' | 'eddsa';
  readonly digest: string | null;
}

/** RFC 3279, RFC 4055, RFC 5758, RFC 8419, FIPS 202 identifiers. */
export const SCHEME_OF_OID: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  ['1.2.840.113549.1.1.1', { kind: 'pkcs1', digest: null }],
  ['1.2.840.113549.1.1.4', { kind: 'pkcs1', digest: 'md5' }],
  ['1.2.840.113549.1.1.5', { kind: 'pkcs1', digest: 'sha1' }],
  ['1.3.14.3.2.29', { kind: 'pkcs1', digest: 'sha1' }],
  ['1.2.840.113549.1.1.14', { kind: 'pkcs1', digest: 'sha224' }],
  ['1.2.840.113549.1.1.11', { kind: 'pkcs1', digest: 'sha256' }],
  ['1.2.840.113549.1.1.12', { kind: 'pkcs1', digest: 'sha384' }],
  ['1.2.840.113549.1.1.13', { kind: 'pkcs1', digest: 'sha512' }],
  ['2.16.840.1.101.3.4.3.14', { kind: 'pkcs1', digest: 'sha3-256' }],
  ['2.16.840.1.101.3.4.3.15', { kind: 'pkcs1', digest: 'sha3-384' }],
  ['2.16.840.1.101.3.4.3.16', { kind: 'pkcs1', digest: 'sha3-512' }],
  ['1.2.840.113549.1.1.10', { kind: 'pss', digest: null }],
  ['1.2.840.10045.2.1', { kind: 'ecdsa', digest: null }],
  ['1.2.840.10045.4.1', { kind: 'ecdsa', digest: 'sha1' }],
  ['1.2.840.10045.4.3.1', { kind: 'ecdsa', digest: 'sha224' }],
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', digest: 'sha256' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', digest: 'sha384' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', digest: 'sha512' }],
  ['1.2.840.10040.4.1', { kind: 'dsa', digest: null }],
  ['1.2.840.10040.4.3', { kind: 'dsa', digest: 'sha1' }],
  ['2.16.840.1.101.3.4.3.1', { kind: 'dsa', digest: 'sha224' }],
  ['2.16.840.1.101.3.4.3.2', { kind: 'dsa', digest: 'sha256' }],
  ['1.3.101.112', { kind: 'eddsa', digest: null }],
  ['1.3.101.113', { kind: 'eddsa', digest: null }],
]);

/** Ciphers of contents: RFC 3370 section 5, RFC 3565, RFC 5084, RFC 3058, RFC 3657. */
export const CIPHER_OF_OID: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.7', 'DES-CBC'],
  ['1.2.840.113549.3.2', 'RC2-CBC'],
  ['1.2.840.113549.3.4', 'RC4'],
  ['1.2.840.113549.3.7', '3DES-CBC'],
  ['2.16.840.1.101.3.4.1.2', 'AES-128-CBC'],
  ['2.16.840.1.101.3.4.1.22', 'AES-192-CBC'],
  ['2.16.840.1.101.3.4.1.42', 'AES-256-CBC'],
  ['2.16.840.1.101.3.4.1.6', 'AES-128-GCM'],
  ['2.16.840.1.101.3.4.1.26', 'AES-192-GCM'],
  ['2.16.840.1.101.3.4.1.46', 'AES-256-GCM'],
  ['1.3.6.1.4.1.188.7.1.1.2', 'IDEA-CBC'],
  ['1.2.840.113533.7.66.10', 'CAST5-CBC'],
  ['1.2.392.200011.61.1.1.1.2', 'Camellia-128-CBC'],
  ['1.2.392.200011.61.1.1.1.4', 'Camellia-256-CBC'],
]);

/** Content types of CMS: RFC 5652, RFC 3274, RFC 5083, RFC 5544, RFC 3161. */
export const CMS = {
  data: '1.2.840.113549.1.7.1',
  signed: '1.2.840.113549.1.7.2',
  enveloped: '1.2.840.113549.1.7.3',
  encrypted: '1.2.840.113549.1.7.6',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  compressed: '1.2.840.113549.1.9.16.1.9',
  authEnveloped: '1.2.840.113549.1.9.16.1.23',
  timeStamped: '1.2.840.113549.1.9.16.1.31',
  zlib: '1.2.840.113549.1.9.16.3.8',
} as const;

/** Attributes of a signer: RFC 5652 section 11, RFC 3161 appendix A, RFC 5126, ETSI EN 319 122-1. */
export const ATTRIBUTE = {
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const;

/** Attributes that hold a time-stamp token, and what it stamps. */
export const STAMP_OF_OID: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.9.16.2.14', 'signature time stamp'],
  ['1.2.840.113549.1.9.16.2.20', 'content time stamp'],
  ['1.2.840.113549.1.9.16.2.25', 'validation data time stamp'],
  ['1.2.840.113549.1.9.16.2.26', 'references time stamp'],
  ['1.2.840.113549.1.9.16.2.27', 'archive time stamp'],
  ['1.2.840.113549.1.9.16.2.48', 'archive time stamp'],
  ['0.4.0.1733.2.4', 'archive time stamp'],
  ['1.3.6.1.4.1.311.3.3.1', 'signature time stamp'],
]);

/** Extensions of certificates: RFC 5280 section 4.2.1. */
export const EXTENSION = { subjectKey: '2.5.29.14', subjectNames: '2.5.29.17' } as const;
