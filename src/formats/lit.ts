import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { litMarkup, type LitMarkup } from '../structures/ebook/lit-markup.ts';
import { type LitProtection, readLit } from '../structures/ebook/lit.ts';
import { type FieldRow, fieldClaims, fieldRow } from '../structures/ooxml/fields.ts';
import { asText, asTime } from '../structures/ooxml/values.ts';
import { OPF_ROWS, withoutRepeats } from '../structures/opf.ts';
import { LANGUAGE_TAGS } from '../structures/rtf/rtf.data.ts';
import { replayXml } from '../structures/xml.ts';
import { rawAt } from './shared/quote-bytes.ts';

const META = '/meta';
const BOOKPLATE = '/DRMStorage/DRMBookplate';
const MAX_META = 1024 ** 2;

/** calibre writes its own names with their namespace. */
const CALIBRE = '{http://calibre.kovidgoyal.net/2009/metadata}';
const meta = { element: 'meta', at: 'content', inside: 'metadata' } as const;
const ROWS: readonly FieldRow[] = [
  ...OPF_ROWS,
  fieldRow({ ...meta, where: ['name', 'calibre-version'], field: 'meta calibre-version', attribute: 'tool.version', read: asText }),
  fieldRow({ ...meta, where: ['name', `${CALIBRE}timestamp`], field: 'meta calibre:timestamp', attribute: 'time.hidden', read: asTime }),
];

const WHY: Readonly<Record<LitProtection, string>> = {
  sealed: 'with a key that lies sealed in the file',
  inscribed: 'with a key that lies in the file, and inscribed with its owner',
  'owner exclusive': "for its owner's readers alone",
};

/** The package document as XML; null where the file has none that can be read. */
function packageOf(input: Input): (LitMarkup & { readonly isCut: boolean }) | null {
  const place = input.once(readLit).placeOf(META);
  if (place === null) return null;
  return { ...litMarkup(input.bytes.slice(place.offset, Math.min(place.length, MAX_META))), isCut: place.length > MAX_META };
}

const said = (field: string, raw: string, offset: number, length: number): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
  basis: 'asserted',
  field,
  raw: raw.slice(0, MAX_RAW),
  locator: { in: 'bytes', offset, length },
});

/** What stands in the file by its place. */
function* placed(input: Input): Generator<ClaimDraft> {
  const { language, placeOf } = input.once(readLit);
  if (language)
    yield {
      ...said('ITSF language', language.id.toString(16), language.offset, 4),
      attribute: 'locale.created',
      value: LANGUAGE_TAGS[language.id]?.split('-')[0] ?? null,
    };
  const plate = placeOf(BOOKPLATE);
  if (plate === null || plate.length === 0) return;
  const length = Math.min(plate.length, 2 * MAX_RAW);
  const text = Buffer.from(input.bytes.slice(plate.offset, length)).toString('utf16le').split('\u0000')[0] ?? '';
  if (text.trim() !== '') yield { ...said('DRMBookplate', text, plate.offset, 2 * text.length), attribute: 'party.owner', value: text.trim() };
}

function* read(input: Input): Generator<Extracted> {
  const { problems, protection, entries } = input.once(readLit);
  for (const p of problems) yield problem(p.code, p.message);
  for (const draft of placed(input)) yield claim(draft);
  const document = packageOf(input);
  if (document) {
    const { found, outcome } = fieldClaims(META, document.xml, ROWS, input.limits.maxClaims + 1);
    yield* withoutRepeats(found);
    const error = document.error ?? outcome.error;
    if (document.isCut) yield problem('limit-exceeded', `${META} is longer than ${MAX_META} bytes; its beginning was read`);
    else if (error !== null) yield problem('malformed', `${META}: ${error}`);
  } else if (entries.size > 0) yield problem('malformed', `the package document '${META}' is missing, or lies behind the end of the file`);
  if (protection !== null) yield problem('encrypted', `its pages are encrypted ${WHY[protection]} (${protection})`);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'bytes') return rawAt(placed(input), locator);
  if (locator.in !== 'xml' || locator.part !== META) return null;
  const document = packageOf(input);
  return document === null ? null : (replayXml(document.xml, locator)?.slice(0, MAX_RAW) ?? null);
}

/** Books of Microsoft Reader: what the package document says, and to whom it was sold. What is not encrypted of its files are children. */
export const lit: FormatReader = { id: 'lit', version: 1, mediaTypes: ['application/x-ms-reader'], read, replay };
