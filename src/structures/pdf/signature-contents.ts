import { derOf, elementAt, isUniversal, octetsOf, TAG } from '../asn1/der.ts';
import { CMS } from '../asn1/oids.data.ts';
import { type Certificate, readCertificate, trustOf } from '../cms/certificate.ts';
import { certificateFacts, type Fact, factOf, signedFacts } from '../cms/facts.ts';
import { contentInfoAt, type SignedData, signedContent, signedDataAt, stampOf } from '../cms/signed-data.ts';
import { bareState, type Content, contentIn, contentOf, digestOf, type SignatureState, stampState } from '../cms/verify.ts';
import { latestOf, type PdfFile } from './file.ts';
import type { PdfSignature } from './signatures.ts';
import { note } from './source.ts';
import { isArray, isString, nameOf } from './values.ts';

/** What stands in the cryptographic part of a PDF signature; `entry` is the key that holds the encoded bytes. */
export interface SignatureFact extends Fact {
  readonly entry: 'Contents' | 'Cert';
}

/** Bytes that all signatures of a file may cost together: each reads what it covers once or a few times. */
const HASHED_BYTES = 2 * 1024 ** 3;
const CHUNK = 1024 ** 2;
const left = new WeakMap<PdfFile, number>();

/** What the byte range covers (ISO 32000-2 12.8.1); null where it is none, or too much was read already. */
function covered(pdf: PdfFile, { numbers, field }: PdfSignature): Content | null {
  const { bytes } = pdf.source;
  const runs: { from: number; size: number }[] = [];
  let end = 0;
  let total = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [from, size] = [numbers[i], numbers[i + 1]];
    if (from == null || size == null || from < end || size < 0 || from + size > bytes.size) return null;
    runs.push({ from, size });
    end = from + size;
    total += size;
  }
  const remaining = (left.get(pdf) ?? HASHED_BYTES) - total;
  if (remaining < 0) {
    note(
      pdf.source,
      'limit-exceeded',
      `signature '${field.slice(0, 60)}' and what follows are not checked: more than ${HASHED_BYTES} bytes are signed`,
    );
    return null;
  }
  left.set(pdf, remaining);
  return contentOf(function* () {
    for (const { from, size } of runs) for (let at = 0; at < size; at += CHUNK) yield bytes.slice(from + at, Math.min(CHUNK, size - at));
  });
}

/** /Contents is never enciphered (ISO 32000-2 7.6.2): in an enciphered file it is taken from the gap of the byte range. */
function contentsOf(pdf: PdfFile, { numbers, coverage, dict }: PdfSignature): Uint8Array | null {
  const [, length, from2] = numbers;
  if (pdf.encryption === 'open' && coverage !== null && length != null && from2 != null) {
    const hex = Buffer.from(pdf.source.bytes.slice(length + 1, from2 - length - 2)).toString('latin1');
    return Buffer.from(hex.replace(/[^0-9A-Fa-f]/g, ''), 'hex');
  }
  const value = latestOf(pdf).view.resolve(dict.get('Contents'));
  return isString(value) ? value.bytes : null;
}

/** adbe.x509.rsa_sha1: the certificate is a string of its own, the first of them the signer's. */
function certificatesOf(pdf: PdfFile, { dict }: PdfSignature): Certificate[] {
  const { view } = latestOf(pdf);
  const value = view.resolve(dict.get('Cert'));
  const strings = isArray(value) ? value.slice(0, 20).map((v) => view.resolve(v)) : [value];
  return strings.flatMap((s) => (isString(s) ? (readCertificate(s.bytes) ?? []) : []));
}

const observed = (field: string, place: { offset: number; length: number }, state: SignatureState): SignatureFact => ({
  ...factOf('signature.state', field, place, state, state, 'observed'),
  entry: 'Contents',
});

function* bareFacts(pdf: PdfFile, signature: PdfSignature, bytes: Uint8Array, field: (name: string) => string): Iterable<SignatureFact> {
  const der = derOf(bytes);
  const whole = elementAt(der, 0);
  const certificates = certificatesOf(pdf, signature);
  const [signer] = certificates;
  if (!isUniversal(whole, TAG.octetString)) return;
  if (!signer) {
    yield observed(field('signature'), whole, 'certificate not inside');
    return;
  }
  // Only a lone certificate has a place that a key names.
  if (certificates.length === 1) for (const fact of certificateFacts(signer, 'signature.signer', field)) yield { ...fact, entry: 'Cert' };
  yield observed(field('signature'), whole, bareState(signer, octetsOf(der, whole), covered(pdf, signature)));
  const trust = trustOf(signer, certificates);
  yield { ...factOf('signature.trust', field('certificate'), whole, trust, trust, 'observed'), entry: 'Contents' };
}

/** What the signature signs: the range, or (adbe.pkcs7.sha1, ETSI.RFC3161) a statement about the range, which lies inside. */
function* cmsFacts(signed: SignedData, range: Content | null, isDetached: boolean, field: (name: string) => string): Iterable<SignatureFact> {
  // A detached one has no content inside; where something lies there all the same, it is not what is signed.
  const inside = isDetached ? null : signedContent(signed);
  for (const fact of signedFacts(signed, inside ? contentIn(inside) : range, field)) {
    // Without its content nobody can tell: the range is unusable here, not somewhere else.
    const isUnchecked = fact.attribute === 'signature.state' && fact.value === 'content not inside';
    yield { ...(isUnchecked ? { ...fact, raw: 'not checked', value: 'not checked' } : fact), entry: 'Contents' };
  }
  if (!inside || !range) return;
  const stamp = stampOf(signed);
  if (stamp) yield observed(field('time-stamped content'), signed.whole, stampState(stamp, range));
  else yield observed(field('digest of the byte range'), signed.whole, digestOf(range, 'sha1')?.equals(inside) ? 'verified' : 'content changed');
}

function* factsOf(pdf: PdfFile, signature: PdfSignature, field: (name: string) => string): Iterable<SignatureFact> {
  const bytes = contentsOf(pdf, signature);
  if (!bytes || bytes.byteLength === 0) return;
  const form = nameOf(latestOf(pdf).view.resolve(signature.dict.get('SubFilter'))) ?? '';
  if (form === 'adbe.x509.rsa_sha1') {
    yield* bareFacts(pdf, signature, bytes, field);
    return;
  }
  const der = derOf(bytes);
  const info = contentInfoAt(der, elementAt(der, 0));
  const signed = info?.type === CMS.signed ? signedDataAt(der, info.content) : null;
  if (signed) yield* cmsFacts(signed, covered(pdf, signature), /detached$/i.test(form), field);
  else if (bytes.some((b) => b !== 0))
    note(pdf.source, 'malformed', `signature '${signature.field.slice(0, 60)}' holds no signed data that can be read`);
}

const known = new WeakMap<PdfFile, Map<string, readonly SignatureFact[]>>();

/** Facts inside one signature, checked once. `field` gives a name its place: 'signature Sig1 subject'. */
export function signatureFacts(pdf: PdfFile, signature: PdfSignature, field: (name: string) => string): readonly SignatureFact[] {
  const all = known.get(pdf) ?? new Map<string, readonly SignatureFact[]>();
  known.set(pdf, all);
  const key = `${signature.object} ${signature.key}`;
  const facts = all.get(key) ?? [...factsOf(pdf, signature, field)];
  all.set(key, facts);
  return facts;
}

/** Entries of the dictionary that a signer's program writes in the clear. */
export const SIGNATURE_ENTRIES = [
  ['Name', 'signature.signer'],
  ['Reason', 'signature.remark'],
  ['Location', 'signature.remark'],
  ['ContactInfo', 'signature.remark'],
  ['M', 'time.signed'],
  ['SubFilter', 'signature.kind'],
] as const;
