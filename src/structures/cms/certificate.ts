import { type KeyObject, X509Certificate } from 'node:crypto';
import {
  childrenOf,
  contentsOf,
  type Der,
  derOf,
  type Element,
  elementAt,
  encodedOf,
  hexOf,
  isContext,
  isUniversal,
  octetsOf,
  oidOf,
  TAG,
} from '../asn1/der.ts';
import { EXTENSION } from '../asn1/oids.data.ts';
import { nameOf } from '../asn1/values.ts';

/** A certificate (RFC 5280 section 4.1) inside some bytes; elements count from their start. */
export interface Certificate {
  readonly der: Der;
  readonly whole: Element;
  /** Hexadecimal. */
  readonly serial: string;
  readonly issuer: Element;
  readonly subject: Element;
  readonly notBefore: Element;
  readonly notAfter: Element;
  /** Hexadecimal; null where the extension is missing. */
  readonly keyId: string | null;
  /** rfc822Name of subjectAltName, as they stand. */
  readonly mails: readonly Element[];
}

/** Certificates of one file; an honest chain has five. */
const MAX_MAILS = 20;

function extensionsOf(der: Der, list: Element | undefined): { keyId: string | null; mails: Element[] } {
  let keyId: string | null = null;
  const mails: Element[] = [];
  for (const extension of childrenOf(der, childrenOf(der, list)[0])) {
    const parts = childrenOf(der, extension);
    const oid = oidOf(der, parts[0]);
    const value = parts.at(-1);
    if (!isUniversal(value, TAG.octetString)) continue;
    const inner = elementAt(der, value.from, value.to);
    if (oid === EXTENSION.subjectKey && isUniversal(inner, TAG.octetString)) keyId = contentsOf(der, inner).toString('hex');
    if (oid === EXTENSION.subjectNames)
      for (const name of childrenOf(der, inner)) if (isContext(name, 1) && mails.length < MAX_MAILS) mails.push(name);
  }
  return { keyId, mails };
}

/** The certificate that an element is; null where it is none. */
export function certificateAt(der: Der, whole: Element | null | undefined): Certificate | null {
  if (!isUniversal(whole, TAG.sequence)) return null;
  const parts = childrenOf(der, childrenOf(der, whole)[0]);
  const [serialElement, , issuer, validity, subject] = isContext(parts[0], 0) ? parts.slice(1) : parts;
  const serial = hexOf(der, serialElement);
  const [notBefore, notAfter] = childrenOf(der, validity);
  if (serial === null || !isUniversal(issuer, TAG.sequence) || !isUniversal(subject, TAG.sequence) || !notBefore || !notAfter) return null;
  const extensions = parts.find((e) => isContext(e, 3));
  return { der, whole, serial, issuer, subject, notBefore, notAfter, ...extensionsOf(der, extensions) };
}

/** A certificate that is all of some bytes. */
export function readCertificate(bytes: Uint8Array): Certificate | null {
  const der = derOf(bytes);
  return certificateAt(der, elementAt(der, 0));
}

export const subjectOf = (c: Certificate): string => nameOf(c.der, c.subject);
export const issuerOf = (c: Certificate): string => nameOf(c.der, c.issuer);
export const mailText = (c: Certificate, mail: Element): string => octetsOf(c.der, mail).toString('latin1');
export const hasIssuer = (c: Certificate, der: Der, issuer: Element): boolean => contentsOf(c.der, c.issuer).equals(contentsOf(der, issuer));

const parsed = new WeakMap<Certificate, X509Certificate | null>();

function x509Of(c: Certificate): X509Certificate | null {
  let known = parsed.get(c);
  if (known === undefined) {
    try {
      known = new X509Certificate(encodedOf(c.der, c.whole));
    } catch {
      // OpenSSL refuses keys and encodings that it does not know.
      known = null;
    }
    parsed.set(c, known);
  }
  return known;
}

/** Null where the kind of key is not supported. */
export function publicKeyOf(c: Certificate): KeyObject | null {
  try {
    return x509Of(c)?.publicKey ?? null;
  } catch {
    return null;
  }
}

function isSignedBy(c: Certificate, issuer: Certificate): boolean {
  const key = publicKeyOf(issuer);
  try {
    return key !== null && (x509Of(c)?.verify(key) ?? false);
  } catch {
    return false;
  }
}

/** Whether a certificate vouches for itself, and whether one that lies beside it made it. Nobody's trust is assumed. */
export function trustOf(c: Certificate, beside: readonly Certificate[]): string {
  if (contentsOf(c.der, c.issuer).equals(contentsOf(c.der, c.subject)))
    return isSignedBy(c, c) ? 'self-signed' : 'names itself as issuer; its own key did not sign it';
  const issuers = beside.filter((b) => b !== c && contentsOf(b.der, b.subject).equals(contentsOf(c.der, c.issuer)));
  if (issuers.length === 0) return 'issuer not inside, trust not checked';
  return issuers.slice(0, 8).some((i) => isSignedBy(c, i)) ? 'signed by the issuer inside, trust not checked' : 'not signed by the issuer inside';
}
