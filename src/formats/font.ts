import type { AttributeOf } from '../model/attribute.ts';
import { type Extracted, type Locator, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { type FontValue, HEAD_CREATED, HEAD_MODIFIED, readSfnt } from '../structures/font/sfnt.ts';
import { seconds1904 } from '../structures/media/media-times.ts';
import { said } from './shared/exif-claims.ts';

/** OpenType 1.9, 'name': name IDs. */
const NAMES: ReadonlyMap<number, readonly [field: string, attribute: AttributeOf<'text'>]> = new Map([
  [4, ['full name', 'font.name']],
  [5, ['version', 'font.version']],
  [8, ['manufacturer', 'party.company']],
  [9, ['designer', 'party.author']],
]);
const FAMILY = 1;
const FULL_NAME = 4;
const DESCRIPTION = 10;

function* nameClaims(v: FontValue, all: readonly FontValue[]): Iterable<Extracted> {
  const locator: Locator = { in: 'tag', block: v.block, tag: v.tag };
  const text = v.raw.trim();
  const row = NAMES.get(v.tag);
  // Subsets that a PDF or a package embeds keep the family's name only.
  const standsIn = v.tag === FAMILY && !all.some((o) => o.tag === FULL_NAME && o.block.split('name')[0] === v.block.split('name')[0]);
  if (text === '') return;
  if (row) yield* said(row[1], text, { field: row[0], raw: v.raw, locator });
  else if (standsIn) yield* said('font.name', text, { field: 'family', raw: v.raw, locator });
  else if (v.tag === DESCRIPTION) yield passage({ role: 'note', address: locator, label: 'description of the font', text });
}

function* read(input: Input): Iterable<Extracted> {
  const { values, problems } = input.once(readSfnt);
  for (const v of values) {
    const locator: Locator = { in: 'tag', block: v.block, tag: v.tag };
    if (!v.block.endsWith('head')) yield* nameClaims(v, values);
    else if (v.tag === HEAD_CREATED) yield* said('time.created', seconds1904(v.raw), { field: 'head created', raw: v.raw, locator });
    else if (v.tag === HEAD_MODIFIED) yield* said('time.modified', seconds1904(v.raw), { field: 'head modified', raw: v.raw, locator });
  }
  for (const p of problems) yield problem(p.code, p.message);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in !== 'tag') return null;
  return input.once(readSfnt).values.find((v) => v.block === locator.block && v.tag === locator.tag)?.raw ?? null;
}

/** TrueType, OpenType, collections and WOFF: names and the clocks of 'head', UTC since 1904. Outlines are not read. */
export const font: FormatReader = {
  id: 'font',
  version: 1,
  mediaTypes: ['font/collection', 'font/otf', 'font/ttf', 'font/woff', 'font/woff2'],
  read,
  replay,
};
