import { type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readLrf } from '../structures/ebook/lrf.ts';
import { type FieldRow, fieldClaims, fieldRow } from '../structures/ooxml/fields.ts';
import { asTag, asText, asTime } from '../structures/ooxml/values.ts';
import { replayXml } from '../structures/xml.ts';

/** Name of the block in locators: it is packed and has no place of its own. */
const PART = 'info';

const ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'Title', inside: 'BookInfo', field: 'BookInfo/Title', attribute: 'name.title', read: asText }),
  fieldRow({ element: 'Author', inside: 'BookInfo', field: 'BookInfo/Author', attribute: 'party.author', read: asText }),
  fieldRow({ element: 'BookID', inside: 'BookInfo', field: 'BookInfo/BookID', attribute: 'id.document', read: asText }),
  fieldRow({ element: 'Language', inside: 'DocInfo', field: 'DocInfo/Language', attribute: 'locale.text', read: asTag }),
  fieldRow({ element: 'Creator', inside: 'DocInfo', field: 'DocInfo/Creator', attribute: 'tool.application', read: asText }),
  fieldRow({ element: 'CreationDate', inside: 'DocInfo', field: 'DocInfo/CreationDate', attribute: 'time.created', read: asTime }),
  fieldRow({ element: 'Producer', inside: 'DocInfo', field: 'DocInfo/Producer', attribute: 'tool.producer', read: asText }),
];

function* read(input: Input): Iterable<Extracted> {
  const { info, problem: trouble } = input.once(readLrf);
  if (trouble) yield problem(trouble.code, trouble.message);
  if (info === null) return;
  const { found, outcome } = fieldClaims(PART, info, ROWS, input.limits.maxClaims + 1);
  yield* found;
  if (outcome.error !== null) yield problem('malformed', `information block: ${outcome.error}`);
}

/** E-books of Sony's first readers: what their information block says. */
export const lrf: FormatReader = {
  id: 'lrf',
  version: 1,
  mediaTypes: ['application/x-sony-bbeb'],
  read,
  replay(input, locator) {
    const { info } = input.once(readLrf);
    return info === null || locator.in !== 'xml' || locator.part !== PART ? null : (replayXml(info, locator)?.slice(0, MAX_RAW) ?? null);
  },
};
