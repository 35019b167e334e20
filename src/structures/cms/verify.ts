import { constants, createHash, createVerify, type Hash, type KeyObject, verify } from 'node:crypto';
import { childrenOf, type Der, type Element, encodedOf, isContext, octetsOf, oidOf } from '../asn1/der.ts';
import { DIGEST_OF_OID, SCHEME_OF_OID, type SignatureScheme } from '../asn1/oids.data.ts';
import { type Certificate, publicKeyOf } from './certificate.ts';
import { type SignedData, signedContent, type Signer, type Stamp } from './signed-data.ts';

/** What a check came to. The five of a signature, and two where there was nothing to check it on. */
export type SignatureState =
  | 'verified'
  | 'content changed'
  | 'signature does not fit'
  | 'certificate not inside'
  | 'algorithm not supported'
  /** The signature fits what the signer says of the content, which is not at hand. */
  | 'content not inside'
  | 'not checked';

/** What is signed, piece by piece: a PDF's byte range is never joined. Digests are computed once, whoever asks. */
export interface Content {
  pieces(): Iterable<Uint8Array>;
  readonly digests: Map<string, Buffer | null>;
  /** Signers without attributes sign the content itself: each costs a pass. */
  passesLeft: number;
}

const MAX_PASSES = 4;

export const contentOf = (pieces: () => Iterable<Uint8Array>): Content => ({ pieces, digests: new Map(), passesLeft: MAX_PASSES });
export const contentIn = (bytes: Uint8Array): Content => contentOf(() => [bytes]);

/** Null where the algorithm is not known here. */
export function digestOf(content: Content, algorithm: string): Buffer | null {
  const known = content.digests.get(algorithm);
  if (known !== undefined) return known;
  const hash = hashOf(algorithm);
  if (hash) for (const piece of content.pieces()) hash.update(piece);
  const digest = hash?.digest() ?? null;
  content.digests.set(algorithm, digest);
  return digest;
}

function hashOf(algorithm: string): Hash | null {
  try {
    return createHash(algorithm);
  } catch {
    return null;
  }
}

interface Scheme {
  readonly kind: SignatureScheme['kind'];
  readonly digest: string | null;
}

/** RFC 4055 section 3.1: the hash algorithm is [0] of the parameters, SHA-1 where it is left out. */
function pssDigest(der: Der, parameters: Element | undefined): string | null {
  const hash = childrenOf(der, parameters).find((e) => isContext(e, 0));
  if (!hash) return 'sha1';
  return DIGEST_OF_OID.get(oidOf(der, childrenOf(der, childrenOf(der, hash)[0])[0]) ?? '') ?? null;
}

function schemeOf(der: Der, signer: Signer): Scheme | null {
  const [oid, parameters] = childrenOf(der, signer.algorithm);
  const known = SCHEME_OF_OID.get(oidOf(der, oid) ?? '');
  if (!known) return null;
  if (known.kind === 'pss') return { kind: 'pss', digest: pssDigest(der, parameters) };
  return { kind: known.kind, digest: known.digest ?? signer.digest };
}

const KEYS: Readonly<Record<SignatureScheme['kind'], RegExp>> = {
  pkcs1: /^rsa$/,
  pss: /^rsa(?:-pss)?$/,
  ecdsa: /^ec$/,
  dsa: /^dsa$/,
  eddsa: /^ed(?:25519|448)$/,
};

/** A key that is made for PSS says how long its salt is, and OpenSSL insists on that; other keys leave it to the signature. */
export const pssOf = (key: KeyObject): { key: KeyObject; padding: number; saltLength: number } => ({
  key,
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: key.asymmetricKeyDetails?.saltLength ?? constants.RSA_PSS_SALTLEN_AUTO,
});

/** Null where the algorithm is not known here, or is none for that key. */
function fits({ kind, digest }: Scheme, key: KeyObject, pieces: Iterable<Uint8Array>, signature: Buffer): boolean | null {
  if (!KEYS[kind].test(key.asymmetricKeyType ?? '') || (kind !== 'eddsa' && (digest === null || !hashOf(digest)))) return null;
  const options = kind === 'pss' ? pssOf(key) : { key };
  try {
    if (kind === 'eddsa') return verify(null, Buffer.concat([...pieces]), key, signature);
    const check = createVerify(digest ?? '');
    for (const piece of pieces) check.update(piece);
    return check.verify(options, signature);
  } catch {
    // OpenSSL throws at a signature that has not even the form of one.
    return false;
  }
}

/** RFC 5652 section 5.4: signed is the SET OF, not the [0] that stands for it; sorted, where the writer did not. */
function* attributeForms(der: Der, attributes: Element): Iterable<Buffer> {
  const written = Buffer.from(encodedOf(der, attributes));
  written[0] = 0x31;
  yield written;
  const sorted = childrenOf(der, attributes)
    .map((e) => encodedOf(der, e))
    .sort((a, b) => Buffer.compare(a, b));
  const body = Buffer.concat(sorted);
  yield Buffer.concat([lengthened(0x31, body.byteLength), body]);
}

function lengthened(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  const digits = length.toString(16);
  const octets = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.byteLength]), octets]);
}

/**
 * Checks one signer against the content, null where that is not at hand. First whether the signature fits what was signed,
 * then whether that is this content. Whose key it is, and whether anybody trusts it, is another question.
 */
export function stateOf(data: SignedData, signer: Signer, content: Content | null): SignatureState {
  const { der } = data;
  if (!signer.certificate) return 'certificate not inside';
  const key = publicKeyOf(signer.certificate);
  const scheme = schemeOf(der, signer);
  if (!key || !scheme) return 'algorithm not supported';
  const signature = octetsOf(der, signer.signature);
  if (!signer.signedAttributes) {
    if (!content) return 'content not inside';
    if (content.passesLeft-- <= 0) return 'not checked';
    // Without attributes a changed content and a wrong signature look the same.
    const result = fits(scheme, key, content.pieces(), signature);
    return result === null ? 'algorithm not supported' : result ? 'verified' : 'signature does not fit';
  }
  let fitting: boolean | null = null;
  for (const form of attributeForms(der, signer.signedAttributes)) if (fitting !== true) fitting = fits(scheme, key, [form], signature);
  if (fitting === null) return 'algorithm not supported';
  if (!fitting || !signer.messageDigest) return 'signature does not fit';
  if (!content) return 'content not inside';
  const digest = signer.digest === null ? null : digestOf(content, signer.digest);
  if (!digest) return 'algorithm not supported';
  return digest.equals(signer.messageDigest) ? 'verified' : 'content changed';
}

/** Checks a stamp: its own signature over its own statement, then whether that is about `stamped`; 'not checked' where that is null. */
export function stampState({ token, digest, imprint }: Stamp, stamped: Content | null): SignatureState {
  const inside = signedContent(token);
  const [signer] = token.signers;
  if (!signer || !inside) return 'not checked';
  const own = stateOf(token, signer, contentIn(inside));
  if (own !== 'verified') return own === 'content changed' ? 'signature does not fit' : own;
  if (!stamped) return 'not checked';
  const hash = digest === null ? null : digestOf(stamped, digest);
  if (!hash) return 'algorithm not supported';
  return hash.equals(imprint) ? 'verified' : 'content changed';
}

/** A bare PKCS #1 signature over some content, by any of the digests that were in use. */
export function bareState(certificate: Certificate, signature: Buffer, content: Content | null): SignatureState {
  const key = publicKeyOf(certificate);
  if (key?.asymmetricKeyType !== 'rsa') return 'algorithm not supported';
  if (!content) return 'not checked';
  for (const digest of ['sha1', 'sha256', 'sha384', 'sha512', 'md5'])
    if (fits({ kind: 'pkcs1', digest }, key, content.pieces(), signature)) return 'verified';
  return 'signature does not fit';
}
