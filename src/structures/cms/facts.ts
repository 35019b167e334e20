import type { Attribute, ValueOf } from '../../model/attribute.ts';
import type { Basis } from '../../model/claim.ts';
import { type Der, type Element, octetsOf, oidOf } from '../asn1/der.ts';
import { nameOf, parseTime, timeText } from '../asn1/values.ts';
import { type Certificate, issuerOf, mailText, subjectOf, trustOf } from './certificate.ts';
import { type SignedData, type Signer, type Stamp, stampOf } from './signed-data.ts';
import { type Content, contentIn, stampState, stateOf } from './verify.ts';

/** A claim whose place counts from the start of the encoded bytes; the reader knows where those stand. */
export interface Fact<A extends Attribute = Attribute> {
  readonly basis: Basis;
  readonly attribute: A;
  readonly field: string;
  readonly raw: string;
  readonly value: ValueOf<A> | null;
  readonly offset: number;
  readonly length: number;
}

/** Checks the value's type against the attribute at the place of writing. */
export const factOf = <A extends Attribute>(
  attribute: A,
  field: string,
  { offset, length }: Pick<Element, 'offset' | 'length'>,
  raw: string,
  value: ValueOf<A> | null,
  basis: Basis = 'asserted',
): Fact => ({ basis, attribute, field, raw, value, offset, length });

function* timeFact(der: Der, attribute: 'time.signed' | 'time.valid-from' | 'time.valid-until', field: string, e: Element | null): Iterable<Fact> {
  const raw = timeText(der, e);
  if (e && raw !== null) yield factOf(attribute, field, e, raw, parseTime(raw));
}

/** Who, by whom, from when until when. Fields 'subject', 'issuer', 'notBefore', 'notAfter', 'e-mail'. */
export function* certificateFacts(
  c: Certificate,
  attribute: 'signature.signer' | 'certificate.subject',
  field: (name: string) => string,
): Iterable<Fact> {
  const subject = subjectOf(c);
  yield factOf(attribute, field('subject'), c.subject, subject, subject || null);
  for (const mail of c.mails) yield factOf(attribute, field('e-mail'), mail, mailText(c, mail), mailText(c, mail).toLowerCase() || null);
  yield factOf('signature.issuer', field('issuer'), c.issuer, issuerOf(c), issuerOf(c) || null);
  yield* timeFact(c.der, 'time.valid-from', field('notBefore'), c.notBefore);
  yield* timeFact(c.der, 'time.valid-until', field('notAfter'), c.notAfter);
}

/** A signer whose certificate is not inside: what it is referred to by. */
function* referenceFacts(der: Der, s: Signer, field: (name: string) => string): Iterable<Fact> {
  if (s.issuer) {
    const issuer = nameOf(der, s.issuer);
    yield factOf('signature.issuer', field('issuer'), s.issuer, issuer, issuer || null);
  }
}

const STAMPED = 'signature time stamp';

function* stampFacts(der: Der, stamp: Stamp, stamped: Content | null, field: (name: string) => string): Iterable<Fact> {
  const { token, over, genTime } = stamp;
  yield* timeFact(der, 'time.signed', field(over === '' ? 'genTime' : over), genTime);
  const authority = token.signers[0]?.certificate;
  if (over === '' || !token.signers[0]) return;
  if (authority) yield factOf('signature.signer', field(`${over}, authority`), authority.subject, subjectOf(authority), subjectOf(authority) || null);
  const state = stampState(stamp, stamped);
  yield factOf('signature.state', field(over), token.signers[0].whole, state, state, 'observed');
}

function* signerFacts(data: SignedData, s: Signer, content: Content | null, field: (name: string) => string): Iterable<Fact> {
  const { der } = data;
  if (s.certificate) yield* certificateFacts(s.certificate, 'signature.signer', field);
  else yield* referenceFacts(der, s, field);
  yield* timeFact(der, 'time.signed', field('signingTime'), s.signingTime);
  const digest = oidOf(der, s.digestOid);
  if (s.digestOid && digest !== null) yield factOf('signature.digest', field('digestAlgorithm'), s.digestOid, digest, s.digest);
  const state = stateOf(data, s, content);
  yield factOf('signature.state', field('signature'), s.signature, state, state, 'observed');
  if (s.certificate) {
    const trust = trustOf(s.certificate, data.certificates);
    yield factOf('signature.trust', field('certificate'), s.certificate.whole, trust, trust, 'observed');
  }
  const signature = contentIn(octetsOf(der, s.signature));
  for (const stamp of s.stamps) {
    const stamped = stamp.over === STAMPED ? signature : stamp.over === 'content time stamp' ? content : null;
    yield* stampFacts(der, stamp, stamped, field);
  }
}

/**
 * What a SignedData says and what checking it came to. `content`: what it signs, null where that is not at hand.
 * `field` gives a name its place among others: 'signature Sig1 subject'.
 */
export function* signedFacts(data: SignedData, content: Content | null, field: (name: string) => string = (name) => name): Iterable<Fact> {
  const stamp = stampOf(data);
  if (stamp) yield* stampFacts(data.der, stamp, null, field);
  for (const [i, signer] of data.signers.entries())
    yield* signerFacts(data, signer, content, i === 0 ? field : (name) => field(`${name} of signer ${i + 1}`));
  // A bundle of certificates is a SignedData that nobody signed (RFC 5652 section 5.2).
  if (data.signers.length === 0) {
    for (const [i, c] of data.certificates.slice(0, 50).entries())
      yield* certificateFacts(c, 'certificate.subject', (name) => field(i === 0 ? name : `${name} of certificate ${i + 1}`));
  }
}
