/** An RSA public key. */
export interface RsaKey {
  readonly n: bigint;
  readonly e: bigint;
  readonly bits: number;
}

/** Larger keys and exponents are in no DNS record. */
const MOST_BITS = 16_384;
const MOST_EXPONENT_BITS = 64;

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;

/** One DER element: its tag, and where its content lies. Null where it does not fit. */
function element(bytes: Uint8Array, at: number, end: number): { tag: number; from: number; to: number } | null {
  const tag = bytes[at] ?? 0;
  let length = bytes[at + 1] ?? 0;
  let from = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 3) return null;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[from++] ?? 0);
  }
  return from > end || from + length > end ? null : { tag, from, to: from + length };
}

export const bigintOf = (bytes: Uint8Array): bigint => (bytes.byteLength === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`));

export const bitsOf = (n: bigint): number => (n === 0n ? 0 : n.toString(16).length * 4 - Math.clz32(parseInt(n.toString(16).charAt(0), 16)) + 28);

export const rsaKey = (n: bigint, e: bigint): RsaKey => ({ n, e, bits: bitsOf(n) });

/** A SubjectPublicKeyInfo (RFC 5280 section 4.1) or a bare RSAPublicKey (RFC 8017 appendix A.1.1), in DER; null for anything else. */
export function readRsaKey(der: Uint8Array): RsaKey | null {
  const outer = element(der, 0, der.byteLength);
  if (outer?.tag !== SEQUENCE) return null;
  const first = element(der, outer.from, outer.to);
  if (!first) return null;
  if (first.tag === SEQUENCE) {
    const key = element(der, first.to, outer.to);
    return key?.tag === BIT_STRING && der[key.from] === 0 ? readPair(der, element(der, key.from + 1, key.to)) : null;
  }
  return readPair(der, outer);
}

function readPair(der: Uint8Array, pair: ReturnType<typeof element>): RsaKey | null {
  const n = pair?.tag === SEQUENCE ? element(der, pair.from, pair.to) : null;
  const e = pair && n ? element(der, n.to, pair.to) : null;
  if (n?.tag !== INTEGER || e?.tag !== INTEGER || n.to - n.from > MOST_BITS / 8 + 1 || e.to - e.from > MOST_EXPONENT_BITS / 8 + 1) return null;
  const key = rsaKey(bigintOf(der.subarray(n.from, n.to)), bigintOf(der.subarray(e.from, e.to)));
  return key.n > 1n && key.e > 1n && (key.n & 1n) === 1n ? key : null;
}

/** base ** exponent mod modulus. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  const bits = exponent.toString(2);
  for (const bit of bits) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

/** DigestInfo up to the digest (RFC 8017 section 9.2, note 1; RFC 9580 section 5.2.2; NIST's identifiers for SHA-3). */
const DIGEST_INFO = {
  md5: '3020300c06082a864886f70d020505000410',
  ripemd160: '3021300906052b2403020105000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
  'sha3-256': '3031300d060960864801650304020805000420',
  'sha3-512': '3051300d060960864801650304020a05000440',
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
} as const;

export type DigestName = keyof typeof DIGEST_INFO;
export const isDigestName = (name: string): name is DigestName => Object.hasOwn(DIGEST_INFO, name);

/** EMSA-PKCS1-v1_5 of a digest for a modulus of that many bytes (RFC 8017 section 9.2); null where it does not fit in. */
export function encodeDigest(digest: Uint8Array, algorithm: DigestName, bytes: number): bigint | null {
  const info = DIGEST_INFO[algorithm] + Buffer.from(digest).toString('hex');
  const padding = bytes - info.length / 2 - 3;
  return padding < 8 ? null : BigInt(`0x0001${'ff'.repeat(padding)}00${info}`);
}

/** Whether a signature is over some digest of that kind, whichever: the key made it, for other content. */
export function signsSome(key: RsaKey, signature: Uint8Array, algorithm: DigestName): boolean {
  const s = bigintOf(signature);
  if (s >= key.n) return false;
  const size = Number.parseInt(DIGEST_INFO[algorithm].slice(-2), 16);
  const nothing = encodeDigest(Buffer.alloc(size), algorithm, Math.ceil(key.bits / 8));
  return nothing !== null && modPow(s, key.e, key.n) >> BigInt(8 * size) === nothing >> BigInt(8 * size);
}

/** Which of the digests the signature signs, -1 for none. RFC 8017 section 8.2.2, by comparing whole encodings. */
export function signedDigest(key: RsaKey, signature: Uint8Array, algorithm: DigestName, digests: readonly Uint8Array[]): number {
  const s = bigintOf(signature);
  if (s >= key.n) return -1;
  const message = modPow(s, key.e, key.n);
  const bytes = Math.ceil(key.bits / 8);
  return digests.findIndex((d) => encodeDigest(d, algorithm, bytes) === message);
}
