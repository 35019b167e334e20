import { claim, type Extracted, type Passage, passage } from '../../model/claim.ts';
import { sha256Of } from '../../model/provenance.ts';

/**
 * The text of a document as passages, and the digest that equal texts share whatever the format: an .xls, an .xlsx and an .ods
 * with the same cells meet in it, so all of them write it here. `whole`: false where the text was cut or is damaged; the digest of
 * a part would differ from that of all of it, and say that the content does.
 */
export function* documentContent(passages: readonly Passage[], whole: boolean): Generator<Extracted> {
  for (const p of passages) yield passage(p);
  // Notes of speakers are not read of every format.
  const text = passages.filter((p) => p.role !== 'note');
  const [first] = text;
  if (!first || !whole) return;
  const digest = sha256Of(text.map((p) => (p.role === 'cell' ? `${p.label}\t${p.text}` : p.text)).join('\n'));
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'text', raw: digest, value: digest, locator: first.address });
}
