import { claim, type Extracted, MAX_RAW } from '../../model/claim.ts';
import { latestOf, type PdfFile } from '../../structures/pdf/file.ts';
import { type PdfLocator, rawOf } from '../../structures/pdf/lookup.ts';
import { SIGNATURE_ENTRIES, signatureFacts } from '../../structures/pdf/signature-contents.ts';
import { type PdfSignature, signaturesOf } from '../../structures/pdf/signatures.ts';
import { cleanText, parsePdfDate } from '../../structures/pdf/strings.ts';
import { claimsOfFacts, quoteOfFacts } from './placed-facts.ts';

const fieldOf =
  ({ field }: PdfSignature) =>
  (name: string): string =>
    `${`signature ${field}`.trim().slice(0, 160)} ${name}`;

/** The key of another entry of the same dictionary. */
const beside = ({ key }: PdfSignature, entry: string): string => key.replace(/ByteRange$/, entry);

function* entryClaims(pdf: PdfFile, signature: PdfSignature, at: (key: string) => PdfLocator): Iterable<Extracted> {
  const { view } = latestOf(pdf);
  for (const [entry, attribute] of SIGNATURE_ENTRIES) {
    const whole = rawOf(view.resolve(signature.dict.get(entry)));
    if (whole === null || cleanText(whole) === '') continue;
    const said = {
      basis: 'asserted',
      field: fieldOf(signature)(entry),
      raw: whole.slice(0, MAX_RAW),
      locator: at(beside(signature, entry)),
    } as const;
    if (attribute === 'time.signed') yield claim({ ...said, attribute, value: parsePdfDate(whole) });
    else if (attribute === 'signature.kind') yield claim({ ...said, attribute, value: 'pdf' });
    else yield claim({ ...said, attribute, value: cleanText(whole) });
  }
}

/** What the signatures of the newest revision cover, what they say (ISO 32000-2 12.8), and what checking them came to. */
export function* signatureClaims(pdf: PdfFile, signatures: readonly PdfSignature[]): Iterable<Extracted> {
  for (const signature of signatures) {
    const { object, generation, key, field, range, coverage } = signature;
    const at = (k: string): PdfLocator => ({ in: 'pdf', revision: latestOf(pdf).number, object, generation, key: k });
    yield claim({
      basis: 'observed',
      attribute: 'mark.signature-coverage',
      field: `signature ${field}`.trim().slice(0, 200),
      raw: range,
      value: coverage,
      locator: at(key),
    });
    yield* entryClaims(pdf, signature, at);
    for (const fact of signatureFacts(pdf, signature, fieldOf(signature)))
      yield* claimsOfFacts([fact], ({ offset, length }) => at(`${beside(signature, fact.entry)}@${offset}+${length}`));
  }
}

/** '…Contents@120+34': bytes inside the encoded signature. */
const INSIDE = /^(.*?)(Contents|Cert)@(\d{1,12})\+(\d{1,12})$/;

/** The value at a place inside a signature; undefined where the locator names none of that kind. */
export function quoteSignature(pdf: PdfFile, locator: PdfLocator): string | null | undefined {
  const m = INSIDE.exec(locator.key);
  if (!m) return undefined;
  const [, prefix = '', entry, offset, length] = m;
  if (locator.revision !== latestOf(pdf).number) return null;
  for (const signature of signaturesOf(pdf)) {
    if (signature.object !== locator.object || signature.key !== `${prefix}ByteRange`) continue;
    const facts = signatureFacts(pdf, signature, fieldOf(signature)).filter((f) => f.entry === entry);
    return quoteOfFacts(facts, { offset: Number(offset), length: Number(length) });
  }
  return null;
}
