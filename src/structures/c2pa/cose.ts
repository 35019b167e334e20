import { verify } from 'node:crypto';
import { type Cbor, entryOf, membersOf, readCbor, untagged } from '../cbor.ts';
import { type Certificate, publicKeyOf, readCertificate } from '../cms/certificate.ts';
import { pssOf, type SignatureState } from '../cms/verify.ts';

/** A certificate of the chain and where it begins in the bytes the signature was read from. */
export interface ChainedCertificate {
  readonly certificate: Certificate;
  readonly at: number;
}

/** COSE_Sign1 (RFC 9052 section 4.2) as C2PA uses it: the payload is the claim and stands elsewhere. */
export interface CoseSignature {
  readonly protectedBytes: Buffer;
  readonly unprotected: Cbor;
  readonly signature: Buffer;
  /** The whole item. */
  readonly offset: number;
  readonly length: number;
  /** RFC 9053; null where it is missing. */
  readonly algorithm: number | null;
  /** x5chain (RFC 9360), the signer's first. */
  readonly chain: readonly ChainedCertificate[];
}

const ALGORITHM = 1;
const X5CHAIN = 33;
const MAX_CHAIN = 20;

interface CoseScheme {
  readonly digest: string | null;
  readonly key: RegExp;
  readonly pss?: true;
}

/** RFC 9053 section 2, RFC 8230. */
const SCHEMES: ReadonlyMap<number, CoseScheme> = new Map<number, CoseScheme>([
  [-7, { digest: 'sha256', key: /^ec$/ }],
  [-35, { digest: 'sha384', key: /^ec$/ }],
  [-36, { digest: 'sha512', key: /^ec$/ }],
  [-37, { digest: 'sha256', key: /^rsa/, pss: true }],
  [-38, { digest: 'sha384', key: /^rsa/, pss: true }],
  [-39, { digest: 'sha512', key: /^rsa/, pss: true }],
  [-8, { digest: null, key: /^ed/ }],
]);

export const digestOfAlgorithm = (algorithm: number): string | null => SCHEMES.get(algorithm)?.digest ?? null;

/** `base`: where the map was read from, its own offsets counting from there. */
function chainIn(map: Cbor | null, base: number): ChainedCertificate[] {
  const value = entryOf(map, X5CHAIN) ?? entryOf(map, 'x5chain');
  const strings = value?.kind === 'bytes' ? [value] : membersOf(value);
  return strings.slice(0, MAX_CHAIN).flatMap((s) => {
    const certificate = s.kind === 'bytes' ? readCertificate(s.bytes) : null;
    return certificate ? [{ certificate, at: base + s.from }] : [];
  });
}

/** The signature that an item is, tagged or not; null where it is none. */
export function coseOf(item: Cbor | null): CoseSignature | null {
  const array = untagged(item);
  const [head, unprotected, , signature] = membersOf(array);
  if (!array || head?.kind !== 'bytes' || unprotected?.kind !== 'map' || signature?.kind !== 'bytes') return null;
  const header = head.bytes.byteLength === 0 ? null : readCbor(head.bytes);
  const algorithm = entryOf(header, ALGORITHM)?.value;
  const chain = [...chainIn(header, head.from), ...chainIn(unprotected, 0)];
  return {
    protectedBytes: head.bytes,
    unprotected,
    signature: signature.bytes,
    offset: array.offset,
    length: array.length,
    algorithm: typeof algorithm === 'number' ? algorithm : null,
    chain,
  };
}

function byteString(bytes: Buffer): Buffer {
  const size = bytes.byteLength;
  const head = Buffer.alloc(size < 24 ? 1 : size < 0x100 ? 2 : size < 0x10000 ? 3 : 5);
  head[0] = 0x40 | (size < 24 ? size : size < 0x100 ? 24 : size < 0x10000 ? 25 : 26);
  if (head.byteLength > 1) head.writeUIntBE(size, 1, head.byteLength - 1);
  return Buffer.concat([head, bytes]);
}

/** ["Signature1", protected, no further data, payload] (RFC 9052 section 4.4). */
const signedBytes = (cose: CoseSignature, payload: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x84, 0x6a]), Buffer.from('Signature1'), byteString(cose.protectedBytes), Buffer.from([0x40]), byteString(payload)]);

/** Whether the signature fits this payload. A changed payload and a wrong signature look the same. */
export function coseState(cose: CoseSignature, payload: Buffer): SignatureState {
  const [signer] = cose.chain;
  if (!signer) return 'certificate not inside';
  const scheme = SCHEMES.get(cose.algorithm ?? 0);
  const key = publicKeyOf(signer.certificate);
  if (!scheme || !key || !scheme.key.test(key.asymmetricKeyType ?? '')) return 'algorithm not supported';
  const options = scheme.pss ? pssOf(key) : { key, dsaEncoding: 'ieee-p1363' as const };
  try {
    return verify(scheme.digest, signedBytes(cose, payload), options, cose.signature) ? 'verified' : 'signature does not fit';
  } catch {
    // OpenSSL throws at a signature that has not even the form of one.
    return 'signature does not fit';
  }
}
