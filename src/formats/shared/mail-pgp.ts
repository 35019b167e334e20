import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import type { Limits } from '../../model/input.ts';
import type { Fact } from '../../structures/cms/facts.ts';
import type { Mime, Part } from '../../structures/mail/mime.ts';
import { carriedBytes } from '../../structures/mail/parts.ts';
import { readPgpKeys, readPgpSignature, readPgpText } from '../../structures/pgp/message.ts';
import { entityForms } from '../../structures/pgp/signed-forms.ts';

/** Of a block in a letter: what it says of signatures and keys. The program's name in its armor is not the letter's. */
const OF_LETTER = /^(?:signature\.(?!kind|remark)|pgp\.|time\.signed|certificate\.subject)/;
const MARK = '-----BEGIN PGP ';
/** More keys than an honest header carries (Autocrypt level 1, section 2.1). */
const MAX_KEYDATA = 1024 ** 2;

/** Nothing inside an encoded part has a place in the message: all is observed, at the part. */
function* observed(facts: Iterable<Fact>, locator: Locator, ofSignature: string | null): Iterable<Extracted> {
  for (const { attribute, field, raw, value } of facts) {
    if (!OF_LETTER.test(attribute)) continue;
    const named = ofSignature === null || attribute.startsWith('pgp.') ? field : `${ofSignature} ${field}`;
    yield { t: 'claim', claim: { basis: 'observed', attribute, field: named, raw: raw.slice(0, MAX_RAW), value, locator } };
  }
}

/** A signature beside what it signs (multipart/signed, RFC 3156 section 5): only the message has both. */
export function* detachedPgpClaims(mime: Mime, signed: Part, signature: Part): Iterable<Extracted> {
  const entity = mime.bytes.subarray(signed.header.offset, signed.body.offset + signed.body.length);
  const locator: Locator = { in: 'bytes', offset: signed.header.offset, length: entity.byteLength };
  const field = `OpenPGP signature ${signature.path}`;
  const facts = readPgpSignature(carriedBytes(mime, signature), entity.byteLength, () => entityForms(entity));
  if (facts.length === 0) return;
  const coverage = `part ${signed.path}, not the header of the message`;
  yield claim({ basis: 'observed', attribute: 'mark.signature-coverage', field, raw: coverage, value: coverage, locator });
  yield* observed(facts, locator, field);
}

/** Whether a text holds blocks of OpenPGP. */
export const holdsPgp = (text: string): boolean => text.includes(MARK);

/** Signed texts and keys written into a letter. `part`: a plain text that {@link holdsPgp}. */
export function* inlinePgpClaims(mime: Mime, part: Part, limits: Limits): Iterable<Extracted> {
  const { facts, problems } = readPgpText(carriedBytes(mime, part), limits);
  const locator: Locator = { in: 'bytes', offset: part.body.offset, length: part.body.length };
  if (facts.some((f) => f.attribute === 'pgp.signature')) {
    const coverage = `a text in the clear in part ${part.path || '1'}, not the header of the message`;
    yield claim({ basis: 'observed', attribute: 'mark.signature-coverage', field: 'OpenPGP signature', raw: coverage, value: coverage, locator });
  }
  yield* observed(facts, locator, 'OpenPGP');
  for (const p of problems) if (p.code !== 'encrypted' && p.code !== 'malformed') yield problem(p.code, p.message);
}

/** The key that programs put into each letter (Autocrypt level 1, section 2.1). */
export function* autocryptClaims(mime: Mime): Iterable<Extracted> {
  for (const f of mime.parts[0].fields) {
    if (f.key !== 'autocrypt' || f.value.length > MAX_KEYDATA) continue;
    const keydata = /(?:^|;)\s*keydata\s*=([^;]*)/i.exec(f.value)?.[1] ?? '';
    yield* observed(readPgpKeys(Buffer.from(keydata, 'base64')), { in: 'header', part: '', name: f.name, nth: f.nth }, null);
  }
}
