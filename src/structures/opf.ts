import type { Extracted } from '../model/claim.ts';
import { type FieldRow, fieldRow } from './ooxml/fields.ts';
import { asTag, asText, asTime } from './ooxml/values.ts';

const inside = 'metadata';
const meta = (
  name: string,
): { readonly element: 'meta'; readonly at: 'content'; readonly where: readonly ['name', string]; readonly field: string } => ({
  element: 'meta',
  at: 'content',
  where: ['name', name],
  field: `meta ${name}`,
});

/** Metadata of a package document (EPUB 3.3, 5.5; OPF 2.0.1, 2.2). dc:date without an event is that of publication; more telling rows come first. */
export const OPF_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'creator', inside, field: 'dc:creator', attribute: 'party.author', read: asText }),
  fieldRow({ element: 'title', inside, field: 'dc:title', attribute: 'name.title', read: asText }),
  fieldRow({ element: 'language', inside, field: 'dc:language', attribute: 'locale.text', read: asTag }),
  fieldRow({ element: 'identifier', inside, field: 'dc:identifier', attribute: 'id.document', read: asText }),
  fieldRow({
    element: 'date',
    inside,
    where: ['event', 'modification'],
    field: 'dc:date modification',
    attribute: 'time.modified',
    read: asTime,
  }),
  fieldRow({ element: 'date', inside, field: 'dc:date', attribute: 'time.created', read: asTime }),
  fieldRow({ element: 'meta', inside, where: ['property', 'dcterms:modified'], field: 'dcterms:modified', attribute: 'time.modified', read: asTime }),
  // 'bkp' is who made the book's files: calibre writes its own name there.
  fieldRow({ element: 'contributor', inside, where: ['role', 'bkp'], field: 'dc:contributor bkp', attribute: 'tool.application', read: asText }),
  fieldRow({ ...meta('generator'), attribute: 'tool.application', read: asText }),
  fieldRow({ ...meta('Sigil version'), attribute: 'tool.version', read: asText }),
  // When the book came into a calibre library.
  fieldRow({ ...meta('calibre:timestamp'), attribute: 'time.hidden', read: asTime }),
];

/** The first claim of each place: a date is told once, by the row that knows most of it. */
export function* withoutRepeats(found: readonly Extracted[]): Generator<Extracted> {
  const dates = new Set<string>();
  for (const item of found) {
    const locator = item.t === 'claim' && item.claim.field.startsWith('dc:date') ? item.claim.locator : null;
    const place = locator?.in === 'xml' ? `${locator.element}#${locator.nth}` : null;
    if (place !== null && dates.has(place)) continue;
    if (place !== null) dates.add(place);
    yield item;
  }
}
