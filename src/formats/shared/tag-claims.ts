import type { ProblemDraft } from '../../model/artifact.ts';
import type { AttributeOf, TimeValue } from '../../model/attribute.ts';
import { type Extracted, type Locator, passage, problem } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { visibleText } from '../../structures/image/exif.ts';
import type { PlacedTag } from '../../structures/placed.ts';
import { said } from './exif-claims.ts';

/** What a format's key says in the shared vocabulary. A remark is kept as a note: it is nobody's field, but somebody wrote it. */
export type TagRow =
  | { readonly attribute: AttributeOf<'text'>; readonly say?: (text: string, all: readonly PlacedTag[]) => string | null }
  | { readonly attribute: AttributeOf<'time'>; readonly time: (raw: string, all: readonly PlacedTag[]) => TimeValue | null }
  | { readonly remark: string };

export interface TaggedFile {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

export type TagTable = ReadonlyMap<string, TagRow>;

/** Claims and notes of a file's tags, in their order, then what was wrong. Keys outside the table say nothing we know; blank text says nothing. */
export function* tagClaims(input: Input, { tags, problems }: TaggedFile, table: TagTable): Iterable<Extracted> {
  for (const tag of tags) {
    const row = table.get(tag.key);
    const text = visibleText(tag.raw);
    if (row === undefined || text === '') continue;
    const locator = { in: 'bytes', offset: tag.offset, length: tag.length } as const;
    const found = { field: tag.key, raw: tag.raw, locator };
    if ('time' in row) yield* said(row.attribute, row.time(tag.raw, tags), found);
    else if ('remark' in row) {
      const kept = text.slice(0, input.limits.maxTextBytes);
      yield passage({ role: 'note', address: locator, label: row.remark, text: kept });
      if (kept.length < text.length) yield problem('limit-exceeded', `${row.remark}: ${text.length} characters, the first ${kept.length} kept`);
    } else {
      const value = row.say ? row.say(text, tags) : text;
      if (value !== null) yield* said(row.attribute, value, found);
    }
  }
  for (const p of problems) yield problem(p.code, p.message);
}

/** The raw value of the tag that stands exactly there. */
export function replayTag(tags: readonly PlacedTag[], locator: Locator): string | null {
  if (locator.in !== 'bytes') return null;
  return tags.find((t) => t.offset === locator.offset && t.length === locator.length)?.raw ?? null;
}

/** A camera's model with its make in front, as in Exif: 'Apple iPhone 6'; most models of other makers repeat it. */
export const withMake =
  (makeKey: string) =>
  (model: string, all: readonly PlacedTag[]): string => {
    const make = visibleText(all.find((t) => t.key === makeKey)?.raw ?? '');
    return make === '' || model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
  };
