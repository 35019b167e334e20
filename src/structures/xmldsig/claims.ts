import { createHash } from 'node:crypto';
import type { Attribute, ValueOf } from '../../model/attribute.ts';
import { type Basis, claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import { parseIso } from '../../model/time.ts';
import { parseTime, timeText } from '../asn1/values.ts';
import { contentsOf } from '../asn1/der.ts';
import { type Certificate, issuerOf, mailText, readCertificate, subjectOf, trustOf } from '../cms/certificate.ts';
import type { SignatureState } from '../cms/verify.ts';
import { readSignatures, type XmlReference, type XmlSignature, type XmlValue } from './signature.ts';

/** XMLDSIG 1.1 section 6.2, RFC 6931. */
const DIGESTS: readonly (readonly [RegExp, string])[] = [
  [/#sha1$/, 'sha1'],
  [/#sha224$/, 'sha224'],
  [/#sha256$/, 'sha256'],
  [/#sha384$/, 'sha384'],
  [/#sha512$/, 'sha512'],
];
const digestOf = (uri: string): string | null => DIGESTS.find(([pattern]) => pattern.test(uri))?.[1] ?? null;
const CANONICAL = /(?:xml-c14n|xml-exc-c14n)/;

/** The bytes of a part of the package around the signature; null where they cannot be had, 'missing' where there is no such part. */
export type PartBytes = (name: string) => Uint8Array | 'missing' | null;

/** Name of the member that a reference means: '/word/document.xml?ContentType=…'. Null for what is inside the signature. */
function partNamed(uri: string): string | null {
  const path = uri.replace(/[?#].*$/s, '').replace(/^\.?\//, '');
  if (path === '' || /^[a-z]+:/i.test(path)) return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Null where it cannot be told without doing the transforms. */
function isUnchanged(r: XmlReference, bytes: Uint8Array): boolean | null {
  const algorithm = digestOf(r.digestMethod);
  if (algorithm === null || r.transforms.some((t) => !CANONICAL.test(t))) return null;
  const same = createHash(algorithm).update(bytes).digest('base64') === r.digest.replace(/\s/g, '');
  // A part that is canonical already has the digest of its bytes; of another, the bytes tell nothing.
  return same || r.transforms.length === 0 ? same : null;
}

interface Parts {
  readonly covered: readonly string[];
  readonly checked: number;
  readonly changed: readonly string[];
}

function partsOf(s: XmlSignature, bytesOf: PartBytes): Parts {
  const covered = new Set<string>();
  const changed: string[] = [];
  let checked = 0;
  for (const reference of s.references) {
    const name = partNamed(reference.uri);
    if (name === null) continue;
    covered.add(name);
    const bytes = bytesOf(name);
    const unchanged = bytes === null ? null : bytes === 'missing' ? false : isUnchanged(reference, bytes);
    if (unchanged !== null) checked++;
    if (unchanged === false) changed.push(name);
  }
  return { covered: [...covered], checked, changed };
}

/** The signer's: the one that issued none of the others. */
function signerOf(all: readonly { value: XmlValue; certificate: Certificate }[]): { value: XmlValue; certificate: Certificate } | undefined {
  const isIssuer = (c: Certificate): boolean =>
    all.some((o) => o.certificate !== c && contentsOf(o.certificate.der, o.certificate.issuer).equals(contentsOf(c.der, c.subject)));
  return all.find((c) => !isIssuer(c.certificate)) ?? all[0];
}

type Say = <A extends Attribute>(attribute: A, field: string, at: XmlValue, raw: string, value: ValueOf<A> | null, basis?: Basis) => Extracted;

function* signerClaims(s: XmlSignature, say: Say): Iterable<Extracted> {
  const all = s.certificates.flatMap((value) => {
    const certificate = readCertificate(Buffer.from(value.text, 'base64'));
    return certificate ? [{ value, certificate }] : [];
  });
  const signer = signerOf(all);
  if (!signer) return;
  const { value, certificate } = signer;
  yield say('signature.signer', 'X509Certificate subject', value, value.text, subjectOf(certificate) || null);
  for (const mail of certificate.mails)
    yield say('signature.signer', 'X509Certificate e-mail', value, value.text, mailText(certificate, mail).toLowerCase() || null);
  yield say('signature.issuer', 'X509Certificate issuer', value, value.text, issuerOf(certificate) || null);
  for (const [attribute, e] of [
    ['time.valid-from', certificate.notBefore],
    ['time.valid-until', certificate.notAfter],
  ] as const) {
    const text = timeText(certificate.der, e);
    if (text !== null)
      yield say(attribute, `X509Certificate ${attribute === 'time.valid-from' ? 'notBefore' : 'notAfter'}`, value, text, parseTime(text), 'observed');
  }
  const trust = trustOf(
    certificate,
    all.map((c) => c.certificate),
  );
  yield say('signature.trust', 'certificate', value, trust, trust, 'observed');
}

const listed = (names: readonly string[]): string => names.slice(0, 40).join(', ') + (names.length > 40 ? ` and ${names.length - 40} more` : '');

function partsState({ covered, checked, changed }: Parts): SignatureState | 'unchanged where checked' {
  if (changed.length > 0) return 'content changed';
  if (checked === 0) return 'not checked';
  return checked === covered.length ? 'verified' : 'unchanged where checked';
}

function* coverageClaims(s: XmlSignature, say: Say, at: XmlValue, bytesOf: PartBytes | null): Iterable<Extracted> {
  const parts = partsOf(s, bytesOf ?? (() => null));
  const coverage = parts.covered.length === 0 ? 'what stands in the same document' : `${parts.covered.length} parts`;
  const raw = parts.covered.length === 0 ? coverage : listed(parts.covered);
  yield say('mark.signature-coverage', 'references', at, raw, coverage, 'observed');
  if (bytesOf && parts.covered.length > 0) {
    const state = partsState(parts);
    const what = parts.changed.length > 0 ? listed(parts.changed) : `${parts.checked} of ${parts.covered.length} parts compared`;
    yield say('signature.state', 'parts', at, what, state, 'observed');
  }
  // Its value is over canonical XML, which is not made here.
  yield say('signature.state', 'signature value', at, 'not checked', 'not checked', 'observed');
}

/**
 * What the signatures of an XML document say (XMLDSIG, XAdES, ECMA-376-2 section 12, OpenDocument 1.3 part 2 section 5). `part` names
 * the document in its package, '' where it stands alone; `bytesOf` gives the parts beside it that it signs.
 */
export function* xmlSignatureClaims(text: string, part: string, bytesOf: PartBytes | null): Iterable<Extracted> {
  const { signatures, error } = readSignatures(text);
  const shown = part === '' ? '' : `${part.slice(0, 100)} `;
  for (const [i, s] of signatures.entries()) {
    const number = signatures.length > 1 ? `${i + 1} ` : '';
    const say: Say = (attribute, field, { element, attribute: name, nth }, raw, value, basis = 'asserted') => {
      const locator: Locator = { in: 'xml', part, element, nth, ...(name === undefined ? {} : { attribute: name }) };
      return claim({ basis, attribute, field: `signature ${shown}${number}${field}`, raw: raw.slice(0, MAX_RAW), value, locator });
    };
    if (!s.method) continue;
    yield say('signature.kind', 'SignatureMethod', s.method, s.method.text, 'xml');
    yield* signerClaims(s, say);
    for (const t of s.times) yield say('time.signed', t.element, t, t.text, parseIso(t.text));
    for (const r of s.remarks) yield say('signature.remark', r.element, r, r.text, r.text.trim());
    for (const v of s.versions) yield say('signature.remark', v.element, v, v.text, v.text.trim());
    const digest = digestOf(s.references[0]?.digestMethod ?? '');
    if (digest !== null) yield say('signature.digest', 'DigestMethod', s.method, digest, digest, 'observed');
    yield* coverageClaims(s, say, s.method, bytesOf);
  }
  if (error !== null) yield problem('malformed', `${part === '' ? 'XML' : part}: ${error}`);
}
