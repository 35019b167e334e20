import { createHash } from 'node:crypto';
import { AUTHORITY, buildCertificate, CLAIRE } from './build-cms.ts';

export interface XmlReferenceSpec {
  readonly uri: string;
  /** What is digested; the digest is right unless `digest` is given. */
  readonly bytes: Uint8Array;
  readonly transforms?: readonly string[];
}

export interface XmlSignatureSpec {
  readonly references?: readonly XmlReferenceSpec[];
  /** xades:SigningTime as written. */
  readonly signingTime?: string;
  /** SignatureComments of Office. */
  readonly comments?: string;
  /** What stands around it: '' for a document that is nothing else. */
  readonly enveloped?: boolean;
}

const reference = ({ uri, bytes, transforms = [] }: XmlReferenceSpec): string =>
  `<ds:Reference URI="${uri}">${transforms.length === 0 ? '' : `<ds:Transforms>${transforms.map((t) => `<ds:Transform Algorithm="${t}"/>`).join('')}</ds:Transforms>`}` +
  `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${createHash('sha256').update(bytes).digest('base64')}</ds:DigestValue></ds:Reference>`;

/** A Signature with XAdES properties (XMLDSIG, ETSI TS 101 903); its value is a dummy. The issuer's certificate stands first. */
export function buildXmlSignature(spec: XmlSignatureSpec = {}): string {
  const certificates = [AUTHORITY, CLAIRE].map((c) => `<ds:X509Certificate>${buildCertificate(c).toString('base64')}</ds:X509Certificate>`).join('');
  const time = spec.signingTime === undefined ? '' : `<xades:SigningTime>${spec.signingTime}</xades:SigningTime>`;
  const comments = spec.comments === undefined ? '' : `<SignatureComments xmlns="urn:office">${spec.comments}</SignatureComments>`;
  const signature =
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
    `${(spec.references ?? []).map(reference).join('')}</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data>${certificates}</ds:X509Data></ds:KeyInfo>` +
    `<ds:Object>${comments}<xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">${time}</xades:QualifyingProperties></ds:Object></ds:Signature>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${spec.enveloped ? `<lettre>Bonjour${signature}</lettre>` : signature}`;
}
