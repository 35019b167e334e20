import { type Extracted, type Locator, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import { readSvg, type SvgValue } from '../structures/image/svg.ts';
import { replayXmp, xmpClaims } from '../structures/xmp.ts';
import { said } from './shared/exif-claims.ts';
import { toolInRemark } from './shared/remark-tools.ts';
import { replayTag, tagClaims, type TagTable } from './shared/tag-claims.ts';

const COMMENTS: TagTable = new Map([['comment', { attribute: 'tool.application', say: toolInRemark }]]);

function* valueClaims(v: SvgValue): Iterable<Extracted> {
  const text = v.raw.trim();
  if (text === '') return;
  const locator: Locator = { in: 'xml', part: '', element: v.element, ...(v.attribute === undefined ? {} : { attribute: v.attribute }), nth: v.nth };
  const found = { field: v.key, raw: v.raw, locator };
  if (v.key === 'dc:date') yield* said('time.created', writtenTime(text), found);
  else if (v.key === 'dc:creator') yield* said('party.author', text, found);
  else if (v.key === 'inkscape:version') yield* said('tool.application', `Inkscape ${text}`, found);
  else if (v.key === 'inkscape:export-filename') yield* said('machine.path', text, found);
  else yield* said('name.title', text, found);
}

function* read(input: Input): Iterable<Extracted> {
  if (input.bytes.size > input.limits.maxTextBytes) {
    yield problem('limit-exceeded', `SVG: ${input.bytes.size} bytes, not read`);
    return;
  }
  const { text, values, comments, error } = input.once(readSvg);
  yield* tagClaims(input, { tags: comments, problems: [] }, COMMENTS);
  for (const v of values) yield* valueClaims(v);
  for (const item of xmpClaims(text, '')) {
    // The same document, walked once more: an error in it is told once.
    if (item.t !== 'problem' || item.problem.code !== 'malformed') yield item;
  }
  if (error !== null) yield problem('malformed', `SVG: ${error}`);
}

function replay(input: Input, locator: Locator): string | null {
  if (input.bytes.size > input.limits.maxTextBytes) return null;
  if (locator.in === 'bytes') return replayTag(input.once(readSvg).comments, locator);
  return locator.in === 'xml' && locator.part === '' ? replayXmp(input.once(readSvg).text, locator) : null;
}

/** SVG 1.1 and 2: title, the comment its program signs with, Inkscape's marks and description, XMP. Drawings and their words are not read. */
export const svg: FormatReader = { id: 'svg', version: 1, mediaTypes: ['image/svg+xml'], read, replay };
