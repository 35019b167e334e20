import type { TimeValue } from '../../model/attribute.ts';
import { type DateParts, instantOf, wallOf } from '../../model/time.ts';
import { MONTHS, WEEKDAYS, ZONES } from './rfc5322.data.ts';

/** A date as a header writes it. */
export interface MailDate {
  /** Null where no calendar date can be made of it. A wall time where no zone, an unknown one or '-0000' is written. */
  readonly value: TimeValue | null;
  /** 'Mon' … 'Sun' as the text claims; null where it names none in English. */
  readonly weekday: string | null;
  /** Whether the day of the week is that of the date as written, in its own zone; null where there is nothing to compare. */
  readonly weekdayMatches: boolean | null;
  /** The zone as written: '+0200', 'EST', '-0000'; null where none is. */
  readonly zoneText: string | null;
}

const NO_DATE: MailDate = { value: null, weekday: null, weekdayMatches: null, zoneText: null };

/** Longer texts are no dates. */
const MAX_DATE = 400;

/** Comments out, their length kept as blanks, so that positions stay true. RFC 5322 section 3.2.2. */
export function maskComments(text: string): string {
  if (!text.includes('(')) return text;
  let out = '';
  let depth = 0;
  let kept = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\' && depth > 0) i++;
    else if (c === '(' && depth++ === 0) out += text.slice(kept, i);
    else if (c === ')' && depth > 0 && --depth === 0) {
      kept = i + 1;
      out = out.padEnd(kept);
    }
  }
  // A parenthesis that never closes is no comment.
  return depth === 0 ? out + text.slice(kept) : text;
}

const CLOCK = String.raw`(?<hour>\d{1,2})[:.](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s?(?<half>[AaPp])[Mm]\b)?`;
const DAY_NAME = String.raw`(?:(?<weekday>[A-Za-z]{2,9})\.?(?:\s?,\s?|\s))?`;
const ZONE = String.raw`(?:\s?(?<zone>(?:GMT|UTC|UT)?[+-]\d{1,2}:?\d{2}\b|[A-Za-z]{1,5}\b))?`;

const FORMS: readonly RegExp[] = [
  // RFC 5322 section 3.3 and 4.3: 'Mon, 27 Mar 2017 14:41:05 +0200'; also '27-Mar-17'.
  new RegExp(String.raw`^${DAY_NAME}(?<day>\d{1,2})[\s-](?<month>[A-Za-z]{3,9})\.?,?[\s-](?<year>\d{2,4}),?\s(?:at\s)?${CLOCK}${ZONE}`),
  // asctime(3), with a zone in front of or behind the year: 'Mon Mar 27 14:41:05 CEST 2017'.
  new RegExp(
    String.raw`^${DAY_NAME}(?<month>[A-Za-z]{3,9})\.?\s(?<day>\d{1,2}),?\s${CLOCK}(?:\s(?<inner>[+-]\d{4}|[A-Za-z]{1,5}))?\s(?<year>\d{4})${ZONE}`,
  ),
  // 'Mon, Mar 27, 2017 2:41:05 PM'.
  new RegExp(String.raw`^${DAY_NAME}(?<month>[A-Za-z]{3,9})\.?,?\s(?<day>\d{1,2}),?\s(?<year>\d{4}),?\s(?:at\s)?${CLOCK}${ZONE}`),
  // ISO 8601 and Go: '2017-03-27 12:41:05.123456789 +0000 UTC m=+349867'.
  new RegExp(String.raw`^${DAY_NAME}(?<year>\d{4})-(?<number>\d{2})-(?<day>\d{2})[\sT]\s?${CLOCK}${ZONE}`),
];

/** RFC 5322 section 4.3: 00-49 are 2000-2049, 50-99 and three digits count from 1900. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length >= 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

/** Minutes east of UTC; null where the text is no zone that means one offset. '-0000' says that the zone is not known. */
function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const numeric = /^(?:GMT|UTC|UT)?([+-])(\d{1,2}):?(\d{2})$/.exec(zone);
  if (!numeric) return ZONES[zone.toUpperCase()] ?? null;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  if (Number(numeric[3]) > 59 || (numeric[1] === '-' && minutes === 0)) return null;
  return numeric[1] === '-' ? -minutes : minutes;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function partsOf(g: Readonly<Record<string, string | undefined>>): DateParts | null {
  const month = g['number'] === undefined ? MONTHS[(g['month'] ?? '').slice(0, 3).toLowerCase()] : Number(g['number']);
  if (month === undefined) return null;
  return {
    year: fullYear(g['year'] ?? ''),
    month,
    day: Number(g['day']),
    hour: hourOf(Number(g['hour']), g['half']),
    minute: Number(g['minute']),
    second: Number(g['second'] ?? 0),
    millisecond: g['fraction'] === undefined ? 0 : Math.trunc(Number(`0.${g['fraction']}`) * 1000),
  };
}

/** 0 is Sunday. */
const dayOfWeek = (p: DateParts): number => (((Math.floor(Date.UTC(p.year, p.month - 1, p.day) / 86_400_000) + 4) % 7) + 7) % 7;

/** Date, Resent-Date, the end of a Received, an envelope's time. Never throws, never asks this machine's clock or zone. */
export function parseDate(text: string): MailDate {
  if (text.length > MAX_DATE) return NO_DATE;
  const clean = maskComments(text).replace(/\s+/g, ' ').trim();
  for (const form of FORMS) {
    const g = form.exec(clean)?.groups as Readonly<Record<string, string | undefined>> | undefined;
    const parts = g && partsOf(g);
    if (!g || !parts) continue;
    const weekday = WEEKDAYS.find((d) => d.toLowerCase() === g['weekday']?.slice(0, 3).toLowerCase()) ?? null;
    const zoneText = g['inner'] ?? g['zone'] ?? null;
    const offset = zoneMinutes(zoneText ?? undefined);
    const precisionMs = g['second'] === undefined ? 60_000 : g['fraction'] === undefined ? 1000 : 1;
    const value = (offset === null ? null : instantOf(parts, offset, precisionMs)) ?? wallOf(parts, precisionMs);
    if (value === null) return { value, weekday, weekdayMatches: null, zoneText };
    return { value, weekday, weekdayMatches: weekday === null ? null : weekday === WEEKDAYS[dayOfWeek(parts)], zoneText };
  }
  return NO_DATE;
}

/** What one server wrote when it took the message. Clauses are as written, comments included; null where there is none. */
export interface Received {
  readonly from: string | null;
  readonly by: string | null;
  readonly via: string | null;
  readonly with: string | null;
  readonly id: string | null;
  readonly for: string | null;
  readonly time: TimeValue | null;
  /** The part that was read as the time. */
  readonly timeText: string | null;
}

const CLAUSE = /(?:^|\s)(from|by|via|with|id|for)\s/gi;
/** Where a server forgets the ';': SendGrid writes Go's default form at the end. */
const LOOSE_TIME =
  /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4} \d{1,2}:\d{2}/;

/**
 * As {@link parseDate}, but '-0000' counts as Universal Time, which RFC 5322 section 3.3 says it also indicates: qmail and
 * others stamp UTC that way. In a Date it is left open, for a program there may not have known its zone at all.
 */
function serverTime(text: string): TimeValue | null {
  const { value, zoneText } = parseDate(text);
  return value?.kind === 'wall' && zoneText === '-0000' ? parseDate(maskComments(text).replace('-0000', '+0000')).value : value;
}

function timeOf(value: string, masked: string): { time: TimeValue; text: string; at: number } | null {
  const semicolon = masked.lastIndexOf(';');
  if (semicolon !== -1) {
    const text = value.slice(semicolon + 1).trim();
    const time = serverTime(text);
    if (time) return { time, text, at: semicolon };
  }
  const loose = LOOSE_TIME.exec(masked);
  if (!loose) return null;
  const text = value.slice(loose.index).trim();
  const time = serverTime(text.slice(0, MAX_DATE));
  return time ? { time, text, at: loose.index } : null;
}

/** RFC 5321 section 4.4, and what servers write in its place. */
export function parseReceived(value: string): Received {
  const masked = maskComments(value);
  const stamp = timeOf(value, masked);
  const end = stamp ? stamp.at : masked.lastIndexOf(';') === -1 ? value.length : masked.lastIndexOf(';');
  const clauses = new Map<string, string>();
  const marks = [...masked.slice(0, end).matchAll(CLAUSE)];
  for (const [i, m] of marks.entries()) {
    const key = (m[1] ?? '').toLowerCase();
    const text = value.slice(m.index + m[0].length, marks[i + 1]?.index ?? end).trim();
    if (!clauses.has(key) && text !== '') clauses.set(key, text);
  }
  const clause = (key: string): string | null => clauses.get(key) ?? null;
  return {
    from: clause('from'),
    by: clause('by'),
    via: clause('via'),
    with: clause('with'),
    id: clause('id'),
    for: clause('for'),
    time: stamp?.time ?? null,
    timeText: stamp?.text ?? null,
  };
}
