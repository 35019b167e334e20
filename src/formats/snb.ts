import { type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readSnb } from '../structures/ebook/snb.ts';
import { type FieldRow, fieldClaims, fieldRow } from '../structures/ooxml/fields.ts';
import { asTag, asText, asTime } from '../structures/ooxml/values.ts';
import { replayXml } from '../structures/xml.ts';

/** Name of the file in locators: it is packed with others and has no place of its own. */
const PART = 'snbf/book.snbf';
const inside = 'head';

const ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'name', inside, field: 'head/name', attribute: 'name.title', read: asText }),
  fieldRow({ element: 'author', inside, field: 'head/author', attribute: 'party.author', read: asText }),
  fieldRow({ element: 'language', inside, field: 'head/language', attribute: 'locale.text', read: asTag }),
  fieldRow({ element: 'generator', inside, field: 'head/generator', attribute: 'tool.application', read: asText }),
  fieldRow({ element: 'created', inside, field: 'head/created', attribute: 'time.created', read: asTime }),
];

async function* read(input: Input): AsyncIterable<Extracted> {
  const { book, problem: trouble } = await input.once(readSnb);
  if (trouble) yield problem(trouble.code, trouble.message);
  if (book === null) return;
  const { found, outcome } = fieldClaims(PART, book, ROWS, input.limits.maxClaims + 1);
  yield* found;
  if (outcome.error !== null) yield problem('malformed', `${PART}: ${outcome.error}`);
}

/** E-books of the Bambook reader: what their book.snbf says. */
export const snb: FormatReader = {
  id: 'snb',
  version: 1,
  mediaTypes: ['application/x-snb-ebook'],
  read,
  async replay(input, locator) {
    if (locator.in !== 'xml' || locator.part !== PART) return null;
    const { book } = await input.once(readSnb);
    return book === null ? null : (replayXml(book, locator)?.slice(0, MAX_RAW) ?? null);
  },
};
