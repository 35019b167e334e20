import type { Input } from '../model/input.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import type { PlacedTag } from '../structures/placed.ts';
import { asciiAt } from '../structures/placed-text.ts';
import type { TagRow, TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

/** FITS 4.0 section 4.1: cards of 80 characters up to END. */
const CARD = 80;
const MAX_CARDS = 10_000;
const STRING = /^'((?:[^']|'')*)'/;

const REMARKS: TagRow = { remark: 'comment of the picture' };
/** FITS 4.0 section 4.4.2; SOFTWARE, PROGRAM and CREATOR are customs. DATE is UTC by the standard; writers before 2016 seldom say. */
const TAGS: TagTable = new Map<string, TagRow>([
  ['DATE', { attribute: 'time.created', time: writtenTime }],
  ['DATE-OBS', { attribute: 'time.captured', time: writtenTime }],
  ['AUTHOR', { attribute: 'party.author' }],
  ['OBSERVER', { attribute: 'party.author' }],
  ['ORIGIN', { attribute: 'party.company' }],
  ['INSTRUME', { attribute: 'tool.camera' }],
  ['SOFTWARE', { attribute: 'tool.application' }],
  ['PROGRAM', { attribute: 'tool.application' }],
  ['CREATOR', { attribute: 'tool.application' }],
  ['OBJECT', { attribute: 'name.title' }],
  ['COMMENT', REMARKS],
  ['HISTORY', REMARKS],
]);

function carry({ bytes }: Input): Carried {
  const tags: PlacedTag[] = [];
  for (let n = 0; n < MAX_CARDS; n++) {
    const card = asciiAt(bytes, n * CARD, CARD);
    const key = card.slice(0, 8).trimEnd();
    if (key === 'END') return { tags };
    if (card.length < CARD) return { tags, problems: [{ code: 'truncated', message: 'FITS: its header has no end' }] };
    if (!TAGS.has(key)) continue;
    if (TAGS.get(key) === REMARKS) tags.push({ key, raw: card.slice(8).trimEnd(), offset: n * CARD + 8, length: CARD - 8 });
    const text = card.slice(8, 10) === '= ' ? STRING.exec(card.slice(10).trimStart()) : null;
    if (text?.[1] === undefined) continue;
    const at = card.indexOf("'") + 1;
    tags.push({ key, raw: text[1], offset: n * CARD + at, length: text[1].length });
  }
  return { tags, problems: [{ code: 'limit-exceeded', message: `FITS: more than ${MAX_CARDS} cards, the rest is not read` }] };
}

/** FITS (IAU FITS 4.0): the cards of the first header. The pixels are not read. */
export const fits = taggedFileReader({ id: 'fits', version: 1, mediaTypes: ['image/fits'], carry, tags: TAGS });
