import type { TimeValue } from '../../model/attribute.ts';
import { parseIso } from '../../model/time.ts';
import { type FieldRow, fieldRow } from './fields.ts';
import { asText } from './values.ts';

const MINUTE_MS = 60_000;

/** Office writes the wall clock and 'Z' behind it: which zone, nobody knows ([MS-OI29500] 2.1.502, w:date). */
export function asReviewTime(raw: string): TimeValue | null {
  const time = parseIso(raw.trim().replace(/(?:Z|[+-]\d\d:?\d\d)$/i, ''));
  return time && /T\d\d:\d\d:00$/.test(raw.trim().replace(/Z$/, '')) ? { ...time, precisionMs: Math.max(time.precisionMs, MINUTE_MS) } : time;
}

/** 'S::claire@campagne.example::<guid>' of an account in a directory; a name where there is none. */
const asAccount = (raw: string): string | null => /^S::([^:]+)::/.exec(raw.trim())?.[1] ?? (raw.trim() || null);

const reviewer = (element: string, at: string, prefix: string): FieldRow =>
  fieldRow({ element, at, field: `${prefix}:${element}@${at}`, attribute: 'party.reviewer', read: asText });
const account = (element: string, prefix: string): FieldRow =>
  fieldRow({
    element,
    at: 'userId',
    where: ['providerId', 'AD'],
    field: `${prefix}:${element}@userId`,
    attribute: 'party.reviewer',
    read: asAccount,
  });
const wall = (element: string, at: string, prefix: string): FieldRow =>
  fieldRow({ element, at, field: `${prefix}:${element}@${at}`, attribute: 'time.reviewed', read: asReviewTime });
/** Newer parts hold true UTC. */
const utc = (element: string, at: string, prefix: string): FieldRow =>
  fieldRow({ element, at, field: `${prefix}:${element}@${at}`, attribute: 'time.reviewed', read: parseIso });

/** Parts with comments and people by the type of the relationship that leads to them: ECMA-376-1, [MS-DOCX], [MS-XLSX], [MS-PPTX]. */
export const REVIEW_ROWS: Readonly<Record<string, readonly FieldRow[]>> = {
  comments: [
    reviewer('comment', 'author', 'w'),
    wall('comment', 'date', 'w'),
    utc('comment', 'dateUtc', 'w16du'),
    fieldRow({ element: 'author', field: 'author', attribute: 'party.reviewer', read: asText }),
    wall('cm', 'dt', 'p'),
    wall('cm', 'created', 'p188'),
  ],
  commentsExtensible: [utc('commentExtensible', 'dateUtc', 'w16cex')],
  people: [reviewer('person', 'author', 'w15'), account('presenceInfo', 'w15')],
  person: [reviewer('person', 'displayName', 'xltc'), account('person', 'xltc')],
  threadedComment: [wall('threadedComment', 'dT', 'xltc')],
  commentAuthors: [reviewer('cmAuthor', 'name', 'p')],
  authors: [reviewer('author', 'name', 'p188'), account('author', 'p188')],
  revisionHeaders: [reviewer('header', 'userName', 'x'), wall('header', 'dateTime', 'x')],
  usernames: [reviewer('userInfo', 'name', 'x'), wall('userInfo', 'dateTime', 'x')],
};

/** Parts that hold them, one below the main part. */
export const REVIEWED_PARTS = new Set(['worksheet', 'slide']);
