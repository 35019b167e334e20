import type { Attribute, ValueOf } from '../../model/attribute.ts';
import { claim, type Extracted, MAX_RAW, passage, problem } from '../../model/claim.ts';
import { sha256Of } from '../../model/provenance.ts';
import type { ContentLine } from '../../structures/content-lines.ts';

/** One claim of one line, whose raw value is the line as it stands. */
export function* lineClaim<A extends Attribute>(line: ContentLine, attribute: A, field: string, value: ValueOf<A> | null): Iterable<Extracted> {
  const locator = { in: 'bytes', offset: line.offset, length: line.length } as const;
  yield claim({ basis: 'asserted', attribute, field, raw: line.raw.slice(0, MAX_RAW), value, locator });
  if (line.raw.length > MAX_RAW) yield problem('limit-exceeded', `${field} is longer than ${MAX_RAW} characters; its beginning was kept`);
}

/** The lines that a person wrote, as passages, and the digest that equal files share, whenever and by whatever program they were exported. */
export function* writtenText(lines: readonly ContentLine[]): Iterable<Extracted> {
  const texts = lines.map((line) => ({ line, text: `${line.name}: ${line.value.normalize('NFC').replace(/\s+/g, ' ').trim()}` }));
  const [first] = texts;
  if (!first) return;
  for (const { line, text } of texts) {
    const label = `${line.inside[line.inside.length - 1] ?? ''} ${line.component} ${line.name}`.trim();
    yield passage({ role: 'paragraph', address: { in: 'bytes', offset: line.offset, length: line.length }, label, text });
  }
  const digest = sha256Of(texts.map((t) => t.text).join('\n'));
  const locator = { in: 'bytes', offset: first.line.offset, length: first.line.length } as const;
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'text', raw: digest, value: digest, locator });
}
