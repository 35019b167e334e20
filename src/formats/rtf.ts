import { claim, type Extracted, type Locator, MAX_RAW, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { uiLanguageOfStyleIds, uiLanguageOfStyleName } from '../structures/office-strings.ts';
import { readRtf } from '../structures/rtf/rtf.ts';
import { RTF_ROWS } from '../structures/rtf/claims.data.ts';
import { LANGUAGE_TAGS } from '../structures/rtf/rtf.data.ts';
import type { Rtf, RtfRange, RtfValue } from '../structures/rtf/document.ts';
import { latin1 } from '../structures/rtf/scan.ts';

const isTime = (name: string): boolean => name.endsWith('tim');
const locatorOf = ({ from, to }: RtfRange): Locator => ({ in: 'bytes', offset: from, length: to - from });

function* read(input: Input): Generator<Extracted> {
  const rtf = input.once(readRtf);
  for (const value of rtf.values) yield* valueClaims(input, value);
  yield* styleClaims(input, rtf);
  yield* content(rtf);
  for (const p of rtf.problems) yield problem(p.code, p.message);
}

/** Bytes as characters of the same numbers: the raw value, with its escapes. */
function rawOf(input: Input, { from, to }: RtfRange): string {
  return latin1(input.bytes.slice(from, Math.min(to - from, MAX_RAW)), 0, Math.min(to - from, MAX_RAW, Math.max(0, input.bytes.size - from)));
}

function* valueClaims(input: Input, v: RtfValue): Generator<Extracted> {
  const row = RTF_ROWS.get(v.name);
  const raw = rawOf(input, v);
  if (!row || (v.number === null && raw.trim() === '')) return;
  const value = row.read((v.number !== null ? String(v.number) : isTime(v.name) ? raw : v.text).slice(0, MAX_RAW));
  // Word leaves the times of what never happened at zeros.
  if (value === undefined || (isTime(v.name) && /\\yr0(?!\d)/.test(raw))) return;
  yield claim({ basis: 'asserted', attribute: row.attribute, field: row.field, raw, value, locator: locatorOf(v) });
  if (v.to - v.from > MAX_RAW) yield problem('limit-exceeded', `${row.field} is longer than ${MAX_RAW} characters; its beginning was kept`);
}

/** The default styles and the first heading, as the program that created the file named them. Word's own ids are such names without blanks and letters beyond ASCII. */
function* styleClaims(input: Input, rtf: Rtf): Generator<Extracted> {
  const own = rtf.styles.filter((s) => ['s0', 's1', 'cs10', 'ts11'].includes(s.id) && s.text !== '').slice(0, 8);
  const ids = own.map((s) => s.text.replace(/[^A-Za-z0-9-]/g, ''));
  const latin = LANGUAGE_TAGS[rtf.values.find((v) => v.name === 'deflang')?.number ?? 0] ?? '';
  const byName = own.find((s) => s.id === 's0' && uiLanguageOfStyleName(s.text) !== null);
  const byId = uiLanguageOfStyleIds(ids, { latin, eastAsia: '', bidi: '' });
  const style = byName ?? (byId ? own[ids.indexOf(byId.id)] : undefined);
  const value = byName ? uiLanguageOfStyleName(byName.text) : byId?.language;
  if (style && value)
    yield claim({
      basis: 'asserted',
      attribute: 'locale.created',
      field: '\\stylesheet',
      raw: rawOf(input, style),
      value,
      locator: locatorOf(style),
    });
}

/** As the readers of other documents fold it, so that a copy in another format compares. */
function* content(rtf: Rtf): Generator<Extracted> {
  const lines: string[] = [];
  let first: Locator | null = null;
  for (const p of rtf.paragraphs) {
    const text = p.text.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    lines.push(text);
    first ??= locatorOf(p);
    yield passage({ role: 'paragraph', address: locatorOf(p), label: `paragraph ${lines.length}`, text });
  }
  if (!first || !rtf.complete) return;
  const digest = sha256Of(lines.join('\n'));
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'text', raw: digest, value: digest, locator: first });
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in !== 'bytes') return null;
  const { offset, length } = locator;
  return offset >= 0 && length >= 0 && offset + length <= input.bytes.size ? rawOf(input, { from: offset, to: offset + length }) : null;
}

/** Rich Text Format (RTF 1.9.1) of Word, WordPad, TextEdit and LibreOffice. Raw values are the file's bytes, escapes and all. */
export const rtf: FormatReader = { id: 'rtf', version: 1, mediaTypes: ['application/rtf'], read, replay };
