import type { Attribute } from '../model/attribute.ts';
import { claim, type ClaimDraft, type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { type ExthRecord, PALM_FIELD, palmTime, readPalm } from '../structures/ebook/palm.ts';
import { rawAt } from './shared/quote-bytes.ts';

/** EXTH types (mobileread.com wiki, MOBI). */
const NOTES: Readonly<
  Record<number, readonly [field: string, attribute: Extract<Attribute, 'party.author' | 'id.document' | 'name.title' | 'locale.text'>]>
> = {
  100: ['EXTH author', 'party.author'],
  112: ['EXTH source', 'id.document'],
  503: ['EXTH title', 'name.title'],
  524: ['EXTH language', 'locale.text'],
};
/** When the book was published, which says nothing of the file; and who helped with it: calibre writes its own name there. */
const PUBLISHED = 106;
const CONTRIBUTOR = 108;

const digits = (seconds: number): string => seconds.toString(16).padStart(8, '0');

function* noteDrafts({ type, text, offset, length }: ExthRecord): Iterable<ClaimDraft> {
  const raw = text.slice(0, MAX_RAW);
  const said = { basis: 'asserted', raw, locator: { in: 'bytes', offset, length } } as const;
  if (type === PUBLISHED) yield { ...said, field: 'EXTH publishing date', attribute: 'property.custom', value: raw.trim() || null };
  if (type === CONTRIBUTOR && /^calibre\b/i.test(raw)) yield { ...said, field: 'EXTH contributor', attribute: 'tool.application', value: raw.trim() };
  const [field, attribute] = NOTES[type] ?? [];
  if (field !== undefined && attribute !== undefined) yield { ...said, field, attribute, value: raw.trim() || null };
}

function* drafts(input: Input): Iterable<ClaimDraft> {
  const book = input.once(readPalm);
  for (const field of ['created', 'modified'] as const) {
    const seconds = book[field];
    if (seconds === 0) continue;
    const locator = { in: 'bytes', offset: PALM_FIELD[field], length: 4 } as const;
    const said = { basis: 'asserted', field: `PDB ${field}`, raw: digits(seconds), locator } as const;
    yield { ...said, attribute: field === 'created' ? 'time.created' : 'time.modified', value: palmTime(seconds) };
  }
  if (book.title) {
    const { text, offset, length } = book.title;
    const raw = text.slice(0, MAX_RAW);
    yield {
      basis: 'asserted',
      attribute: 'name.title',
      field: 'MOBI full name',
      raw,
      value: raw.trim() || null,
      locator: { in: 'bytes', offset, length },
    };
  }
  for (const note of book.notes) yield* noteDrafts(note);
}

function* read(input: Input): Iterable<Extracted> {
  for (const draft of drafts(input)) yield claim(draft);
  for (const p of input.once(readPalm).problems) yield problem(p.code, p.message);
}

/** E-books in a Palm database: PalmDOC, Mobipocket, Kindle (AZW, AZW3). */
export const mobi: FormatReader = {
  id: 'mobi',
  version: 1,
  mediaTypes: ['application/vnd.palm', 'application/x-mobipocket-ebook'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? rawAt(drafts(input), locator) : null),
};
