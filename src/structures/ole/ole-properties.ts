import type { Instant } from '../../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import { fromFiletime } from '../../model/time.ts';
import { type Cfb, streamOf } from './cfb.ts';
import { headingRuns, uiLanguageOfSheetName } from '../office-strings.ts';
import { PROPERTIES, type PropertyMeaning } from './ole-properties.data.ts';
import { parsePropertySet, type PropertySection, type PropertySet, type PropertyValue } from './oleps.ts';

export const SUMMARY_STREAM = '\u0005SummaryInformation';
export const DOCUMENT_SUMMARY_STREAM = '\u0005DocumentSummaryInformation';

/** The properties of a stream; null where there is none of that name. */
export function propertySetOf(cfb: Cfb, stream: string): PropertySet | null {
  const bytes = streamOf(cfb, stream);
  return bytes && parsePropertySet(bytes);
}

/** Code page of the file's other eight-bit strings: that of its properties, or 1252. */
export const oleCodePage = (cfb: Cfb): number => propertySetOf(cfb, SUMMARY_STREAM)?.sections[0]?.codePage ?? 1252;

/** A value as text, as it stands: ticks in decimal, a list joined by ', '; null where it was not decoded. */
export function rawProperty(value: PropertyValue): string | null {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
      return String(value.number);
    case 'filetime':
      return String(value.ticks);
    case 'vector':
      return value.items.map((item) => rawProperty(item) ?? '').join(', ');
    case 'blob':
      return value.text;
    case 'clip':
    case 'unread':
      return null;
  }
}

/** The raw value of one property, from its locator alone. */
export function replayProperty(cfb: Cfb, locator: Extract<Locator, { in: 'property' }>): string | null {
  const property = propertySetOf(cfb, locator.stream)?.sections[locator.section]?.properties.find((p) => p.id === locator.id);
  return property ? (rawProperty(property.value)?.slice(0, MAX_RAW) ?? null) : null;
}

/** What a stream of properties says about its document, and what was wrong with it. `ofWord`: Word keeps its times in minutes. */
export function* propertyClaims(stream: string, set: PropertySet, ofWord: boolean): Generator<Extracted> {
  for (const [section, s] of set.sections.entries()) {
    for (const meaning of PROPERTIES) {
      if (meaning.format !== s.format) continue;
      yield* propertyClaim(meaning, s, { in: 'property', stream, section, id: meaning.id }, ofWord);
    }
  }
  for (const p of set.problems) yield problem(p.code, p.message);
}

function* propertyClaim(meaning: PropertyMeaning, section: PropertySection, locator: Locator, ofWord: boolean): Generator<Extracted> {
  const value = section.properties.find((p) => p.id === meaning.id)?.value;
  const whole = value ? rawProperty(value) : null;
  if (!value || whole === null || saysNothing(meaning, whole)) return;
  const said = { basis: 'asserted', field: meaning.field, raw: whole.slice(0, MAX_RAW), locator } as const;
  switch (meaning.as) {
    case 'time':
      yield claim({ ...said, attribute: meaning.attribute, value: value.kind === 'filetime' ? timeOf(value.ticks, ofWord) : null });
      break;
    case 'count':
    case 'minutes':
    case 'code-page':
      yield claim({ ...said, attribute: meaning.attribute, value: numberIn(meaning.as, value) });
      break;
    case 'text':
    case 'path':
    case 'office-version':
    case 'headings':
    case 'titles': {
      const text = textIn(meaning.as, value, said.raw);
      // A template without a folder and a title that is no default name are nothing we failed to understand.
      if (text === null && (meaning.as === 'path' || meaning.as === 'titles')) return;
      yield claim({ ...said, attribute: meaning.attribute, value: text });
    }
  }
  if (whole.length > MAX_RAW) yield problem('limit-exceeded', `${meaning.field} is longer than ${MAX_RAW} characters; its beginning was kept`);
}

/** An empty text or a time of 0 ticks is how Office leaves a field out; 0 ticks of editing are a duration. */
const saysNothing = (meaning: PropertyMeaning, whole: string): boolean => whole === '' || (meaning.as === 'time' && whole === '0');

const MINUTE_TICKS = 600_000_000n;
/** No time, moved by somebody's zone: the first two days of 1601. */
const ZERO_IN_ANY_ZONE = 2n * 1440n * MINUTE_TICKS;

/** A whole minute in a Word document is precision, not a moment. */
function timeOf(ticks: bigint, ofWord: boolean): Instant | null {
  const time = ticks > ZERO_IN_ANY_ZONE ? fromFiletime(ticks) : null;
  return time && ofWord && ticks % MINUTE_TICKS === 0n ? { ...time, precisionMs: 60_000 } : time;
}

function numberIn(as: 'count' | 'minutes' | 'code-page', value: PropertyValue): number | null {
  if (as === 'minutes') return value.kind === 'filetime' ? Number(value.ticks / MINUTE_TICKS) : null;
  if (as === 'code-page') return value.kind === 'number' && value.number !== 0 ? value.number & 0xffff : null;
  // Revisions are kept as text: '7'.
  const n = value.kind === 'number' ? value.number : value.kind === 'text' && /^\d{1,9}$/.test(value.text) ? Number(value.text) : -1;
  return n >= 0 ? n : null;
}

const LOOKS_LIKE_A_PATH = /[\\/]|^[A-Za-z]:/;
const ON_THE_WEB = /^\s*https?:/i;

function textIn(as: 'text' | 'path' | 'office-version' | 'headings' | 'titles', value: PropertyValue, raw: string): string | null {
  switch (as) {
    case 'path':
      return LOOKS_LIKE_A_PATH.test(raw) && !ON_THE_WEB.test(raw) ? raw.trim() : null;
    case 'office-version':
      return value.kind === 'number' ? officeVersion(value.number) : null;
    case 'headings':
      // The program that saved last stands in front; Word keeps the words of older ones behind.
      return headingRuns(textsOf(value))[0]?.language ?? null;
    case 'titles':
      return (
        textsOf(value)
          .map(uiLanguageOfSheetName)
          .find((language) => language !== null) ?? null
      );
    case 'text':
      return raw.trim() || null;
  }
}

/** Major in the high half, minor in the low one, written as app.xml writes AppVersion: 0x000b270f is '11.9999'. [MS-OSHARED] 2.3.3.2.2.1. */
const officeVersion = (packed: number): string => `${packed >>> 16}.${String(packed & 0xffff).padStart(4, '0')}`;

/** The texts of a list, without the numbers between them. */
const textsOf = (value: PropertyValue): string[] =>
  value.kind === 'vector' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
