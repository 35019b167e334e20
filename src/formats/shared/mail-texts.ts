import { claim, type Extracted, type Locator, passage, problem } from '../../model/claim.ts';
import { sha256Of } from '../../model/provenance.ts';
import { MAX_QUOTATIONS, quotationsOf } from '../../structures/mail/quotes.ts';
import { foldedText } from '../../structures/mail/text.ts';

/** The quotations in what a message says, and the digest over it. `field` and `address` are those of the body it stands in. */
export function* saidText(text: string, field: string, address: Locator): Iterable<Extracted> {
  const quotations = quotationsOf(text);
  if (quotations.length > MAX_QUOTATIONS) yield problem('limit-exceeded', `more than ${MAX_QUOTATIONS} quotations; the rest is not compared`);
  for (const [i, q] of quotations.slice(0, MAX_QUOTATIONS).entries()) {
    yield passage({ role: 'quoted', address, label: q.attribution || `quotation ${i + 1}`, text: q.text });
  }
  const digest = sha256Of(foldedText(text));
  yield claim({ basis: 'observed', attribute: 'content.text', field, raw: digest, value: digest, locator: address });
}
