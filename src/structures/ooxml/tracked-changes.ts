import { type Extracted, problem } from '../../model/claim.ts';
import { parseIso } from '../../model/time.ts';
import { type FieldRow, textClaim } from './fields.ts';
import { asReviewTime } from './review.data.ts';
import { asText } from './values.ts';
import type { XmlAttribute, XmlElement, XmlVisitor } from '../xml.ts';

/** Distinct pairs of author and time that are told of one document. */
const MOST = 2_000;

/** Who changed a text with tracking on, and when. */
export interface TrackedChanges {
  /** To be shown a part; changes nothing. */
  readonly visitor: (part: string) => XmlVisitor;
  /** Each name once, each time once a name; grows as it visits. */
  readonly found: readonly Extracted[];
}

/** Every element of WordprocessingML that has an author is a change: CT_TrackChange, ECMA-376-1 17.13.5. */
const isChange = (e: XmlElement): boolean => e.uri.includes('/wordprocessingml/');

/** Word writes its own clock with a 'Z' behind it, and since 2023 the true time beside it ([MS-DOCX] 2.5.5, w16du:dateUtc). */
const TIMES = [
  ['date', 'w', asReviewTime],
  ['dateUtc', 'w16du', parseIso],
] as const;

export function trackedChanges(): TrackedChanges {
  const found: Extracted[] = [];
  const seen = new Set<string>();
  const names = new Set<string>();
  const take = (row: Pick<FieldRow, 'attribute' | 'field' | 'read'>, e: XmlElement, attribute: XmlAttribute, part: string): void => {
    if (attribute.value.trim() === '') return;
    found.push(...textClaim(row, attribute.value, { in: 'xml', part, element: e.name, attribute: attribute.name, nth: e.nth }));
  };
  const change = (e: XmlElement, author: XmlAttribute, part: string): void => {
    const times = TIMES.flatMap(([local, prefix, read]) => {
      const attribute = e.attributes.find((a) => a.local === local);
      return attribute ? [{ attribute, read, field: `${prefix}:${local}` }] : [];
    });
    const key = JSON.stringify([author.value, times.map((t) => t.attribute.value)]);
    if (seen.has(key) || seen.size > MOST) return;
    seen.add(key);
    if (seen.size > MOST) {
      found.push(problem('limit-exceeded', `more than ${MOST} tracked changes of different times; the rest was not told`));
      return;
    }
    if (!names.has(author.value)) take({ attribute: 'party.reviewer', field: `w:${e.local}@w:author`, read: asText }, e, author, part);
    names.add(author.value);
    for (const { attribute, read, field } of times) take({ attribute: 'time.reviewed', field: `w:${e.local}@${field}`, read }, e, attribute, part);
  };
  return {
    found,
    visitor: (part) => ({
      open(e) {
        const author = isChange(e) ? e.attributes.find((a) => a.local === 'author') : undefined;
        if (author) change(e, author, part);
      },
    }),
  };
}
