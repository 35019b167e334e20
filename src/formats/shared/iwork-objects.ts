import { claim, type Extracted, type Locator, MAX_RAW, passage, problem } from '../../model/claim.ts';
import type { Instant } from '../../model/attribute.ts';
import type { Input } from '../../model/input.ts';
import { type IworkComment, iworkObjects, type IworkRevision, type IworkString } from '../../structures/iwork-text.ts';
import { BudgetSpent, textSink } from '../../structures/ooxml/text-sink.ts';
import { documentContent } from './document-content.ts';

type XmlLocator = Extract<Locator, { in: 'xml' }>;

const EPOCH_2001_MS = Date.UTC(2001, 0, 1);
const YEAR_10000_MS = 253_402_300_800_000;
/** Where a picture or a table stands in the text. */
const OBJECT = /\ufffc/g;
const LINE = /[\n\r\u2028\u2029]/;

const at = ({ part, element, nth }: IworkString): XmlLocator => ({ in: 'xml', part, element, nth });

/** Seconds since 2001-01-01T00:00Z, as the programs store them: with a fraction. */
function secondsOf({ text }: IworkString): Instant | null {
  const epochMs = Math.floor(EPOCH_2001_MS + Number(text) * 1000);
  return epochMs > 0 && epochMs < YEAR_10000_MS ? { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs: 1 } : null;
}

type Authors = ReadonlyMap<number, IworkString>;

function* reviewed(authorField: string, author: number | null, authors: Authors, timeField: string, time: IworkString | null): Generator<Extracted> {
  const name = author === null ? undefined : authors.get(author);
  if (name && name.text.trim() !== '')
    yield claim({
      basis: 'asserted',
      attribute: 'party.reviewer',
      field: authorField,
      raw: name.text.slice(0, MAX_RAW),
      value: name.text.trim().slice(0, MAX_RAW),
      locator: at(name),
    });
  if (time)
    yield claim({ basis: 'asserted', attribute: 'time.reviewed', field: timeField, raw: time.text, value: secondsOf(time), locator: at(time) });
}

/** A session of tracked changes says who made them and when it was begun, a change when it was made. */
const revisionClaims = ({ what, date, author }: IworkRevision, authors: Authors): Generator<Extracted> =>
  what === 'session'
    ? reviewed('change session author', author, authors, 'change session date', date)
    : reviewed(`${what} author`, null, authors, `${what} date`, date);

function* commentClaims({ text, created, author }: IworkComment, authors: Authors): Generator<Extracted> {
  yield* reviewed('comment author', author, authors, 'comment creation_date', created);
  if (text && text.text.trim() !== '') yield passage({ role: 'note', address: at(text), label: 'comment', text: text.text.normalize('NFC').trim() });
}

/** Paragraphs of the document, strings of its tables, comments and tracked changes with author and time (2013 and later). */
export function* objectClaims(input: Input): Generator<Extracted> {
  const { texts, comments, revisions, authors, problems } = input.once(iworkObjects);
  for (const p of problems) yield problem(p.code, p.message);
  for (const c of comments) yield* commentClaims(c, authors);
  for (const r of revisions) yield* revisionClaims(r, authors);
  const sink = textSink(input, { text: () => ({ text: null, problem: null }) });
  let whole = problems.length === 0;
  try {
    for (const string of texts)
      for (const line of string.text.replace(OBJECT, '').split(LINE)) sink.add('paragraph', (n) => `paragraph ${n}`, line, at(string));
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    whole = false;
    yield problem('limit-exceeded', error.message);
  }
  yield* documentContent(sink.passages, whole);
}

/** The string at a place of the document's objects. */
export const quoteObject = (input: Input, { part, element, nth }: XmlLocator): string | null =>
  input
    .once(iworkObjects)
    .strings.find((s) => s.part === part && s.element === element && s.nth === nth)
    ?.text.slice(0, MAX_RAW) ?? null;
