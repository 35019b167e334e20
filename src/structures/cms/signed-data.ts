import { childrenOf, contentsOf, type Der, type Element, elementAt, hexOf, isContext, isUniversal, octetsOf, oidOf, TAG } from '../asn1/der.ts';
import { ATTRIBUTE, CMS, DIGEST_OF_OID, SCHEME_OF_OID, STAMP_OF_OID } from '../asn1/oids.data.ts';
import { type Certificate, certificateAt, hasIssuer } from './certificate.ts';

/** A time-stamp token (RFC 3161 section 2.4.2) somewhere in a signature. */
export interface Stamp {
  /** 'signature time stamp', 'archive time stamp'; '' where the whole is nothing else. */
  readonly over: string;
  readonly token: SignedData;
  readonly genTime: Element;
  /** Name of the digest in OpenSSL; null where it is not known. */
  readonly digest: string | null;
  readonly imprint: Buffer;
}

/** RFC 5652 section 5.3. */
export interface Signer {
  readonly whole: Element;
  readonly certificate: Certificate | null;
  /** Who it says it is where no certificate of it lies inside: issuer and serial, or a key identifier. */
  readonly issuer: Element | null;
  readonly serial: string | null;
  readonly keyId: string | null;
  readonly digestOid: Element | null;
  readonly digest: string | null;
  readonly signedAttributes: Element | null;
  readonly messageDigest: Buffer | null;
  readonly signingTime: Element | null;
  readonly algorithm: Element | null;
  readonly signature: Element;
  readonly stamps: readonly Stamp[];
}

/** RFC 5652 section 5.1. */
export interface SignedData {
  readonly der: Der;
  readonly whole: Element;
  readonly contentType: string | null;
  /** What is signed, where it is inside; its kind is OCTET STRING but in PKCS #7 1.5, where it may be anything. */
  readonly content: Element | null;
  readonly certificates: readonly Certificate[];
  readonly signers: readonly Signer[];
}

const MAX_SIGNERS = 100;
const MAX_CERTIFICATES = 500;
/** A token holds a signer, whose stamps hold tokens. */
const MAX_STAMP_DEPTH = 3;
const MAX_STAMPS = 50;

interface Attribute {
  readonly oid: string | null;
  readonly values: readonly Element[];
}

function attributesOf(der: Der, list: Element | undefined): Attribute[] {
  return childrenOf(der, list).map((attribute) => {
    const [type, values] = childrenOf(der, attribute);
    return { oid: oidOf(der, type), values: childrenOf(der, values) };
  });
}

const valueOf = (attributes: readonly Attribute[], oid: string): Element | null => attributes.find((a) => a.oid === oid)?.values[0] ?? null;

/** The content of a ContentInfo and what it is. */
export function contentInfoAt(der: Der, e: Element | null | undefined): { readonly type: string; readonly content: Element | null } | null {
  if (!isUniversal(e, TAG.sequence)) return null;
  const [typeElement, explicit] = childrenOf(der, e);
  const type = oidOf(der, typeElement);
  if (type === null) return null;
  return { type, content: isContext(explicit, 0) ? (childrenOf(der, explicit)[0] ?? null) : null };
}

/** The stamp that a token is; null where the signed content is no TSTInfo. */
export function stampOf(token: SignedData, over = ''): Stamp | null {
  const { der, content, contentType } = token;
  if (contentType !== CMS.tstInfo || !isUniversal(content, TAG.octetString)) return null;
  // In segments it would have no place of its own in the file; no authority writes it so.
  const info = content.constructed ? null : elementAt(der, content.from, content.to);
  const [, , imprint, , genTime] = childrenOf(der, info);
  const [algorithm, hash] = childrenOf(der, imprint);
  if (!isUniversal(genTime, TAG.generalizedTime) || !isUniversal(hash, TAG.octetString)) return null;
  const digest = DIGEST_OF_OID.get(oidOf(der, childrenOf(der, algorithm)[0]) ?? '') ?? null;
  return { over, token, genTime, digest, imprint: octetsOf(der, hash) };
}

function* stampsIn(der: Der, attributes: readonly Attribute[], depth: number): Generator<Stamp> {
  for (const { oid, values } of attributes) {
    const over = STAMP_OF_OID.get(oid ?? '');
    if (over === undefined || depth >= MAX_STAMP_DEPTH) continue;
    for (const value of values) {
      const info = contentInfoAt(der, value);
      const token = info?.type === CMS.signed ? signedDataAt(der, info.content, depth + 1) : null;
      const stamp = token && stampOf(token, over);
      if (stamp) yield stamp;
    }
  }
}

/** Some writers put the algorithm of the signature where that of the digest belongs. */
const digestNamed = (oid: string): string | null => DIGEST_OF_OID.get(oid) ?? SCHEME_OF_OID.get(oid)?.digest ?? null;

function signerAt(der: Der, whole: Element, certificates: readonly Certificate[], depth: number): Signer | null {
  const [, sid, digestAlgorithm, ...rest] = childrenOf(der, whole);
  const signedAttributes = isContext(rest[0], 0) ? rest[0] : null;
  const [algorithm, signature, unsigned] = signedAttributes ? rest.slice(1) : rest;
  if (!sid || !isUniversal(signature, TAG.octetString)) return null;
  const [issuer, number] = isUniversal(sid, TAG.sequence) ? childrenOf(der, sid) : [];
  const serial = hexOf(der, number);
  const keyId = isContext(sid, 0) ? octetsOf(der, sid).toString('hex') : null;
  const certificate =
    certificates.find((c) => (issuer && serial !== null ? c.serial === serial && hasIssuer(c, der, issuer) : keyId !== null && c.keyId === keyId)) ??
    null;
  const attributes = attributesOf(der, signedAttributes ?? undefined);
  const all = [...attributes, ...attributesOf(der, isContext(unsigned, 1) ? unsigned : undefined)];
  const digestOid = childrenOf(der, digestAlgorithm)[0] ?? null;
  const messageDigest = valueOf(attributes, ATTRIBUTE.messageDigest);
  const stamps: Stamp[] = [];
  for (const stamp of stampsIn(der, all, depth)) if (stamps.push(stamp) >= MAX_STAMPS) break;
  return {
    whole,
    certificate,
    issuer: issuer ?? null,
    serial,
    keyId,
    digestOid,
    digest: digestNamed(oidOf(der, digestOid) ?? ''),
    signedAttributes,
    messageDigest: isUniversal(messageDigest, TAG.octetString) ? octetsOf(der, messageDigest) : null,
    signingTime: valueOf(attributes, ATTRIBUTE.signingTime),
    algorithm: algorithm ?? null,
    signature,
    stamps,
  };
}

/** The SignedData that an element is; null where it is none. */
export function signedDataAt(der: Der, whole: Element | null | undefined, depth = 0): SignedData | null {
  if (!isUniversal(whole, TAG.sequence)) return null;
  const [version, digests, encapsulated, ...rest] = childrenOf(der, whole);
  if (!isUniversal(version, TAG.integer) || !isUniversal(digests, TAG.set) || !isUniversal(encapsulated, TAG.sequence)) return null;
  const [typeElement, explicit] = childrenOf(der, encapsulated);
  const certificates: Certificate[] = [];
  for (const e of childrenOf(
    der,
    rest.find((r) => isContext(r, 0)),
  )) {
    const certificate = certificates.length < MAX_CERTIFICATES ? certificateAt(der, e) : null;
    if (certificate) certificates.push(certificate);
  }
  const signers = childrenOf(
    der,
    rest.find((r) => isUniversal(r, TAG.set)),
  )
    .slice(0, MAX_SIGNERS)
    .flatMap((e) => signerAt(der, e, certificates, depth) ?? []);
  return {
    der,
    whole,
    contentType: oidOf(der, typeElement),
    content: isContext(explicit, 0) ? (childrenOf(der, explicit)[0] ?? null) : null,
    certificates,
    signers,
  };
}

/** The bytes that are signed, where they are inside: a string's octets, or the contents of whatever PKCS #7 1.5 put there. */
export const signedContent = ({ der, content }: SignedData): Buffer | null =>
  content === null ? null : isUniversal(content, TAG.octetString) ? octetsOf(der, content) : contentsOf(der, content);
