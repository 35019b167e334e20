import type { Instant, TimeValue } from '../../model/attribute.ts';
import { instantOf, offsetMinutesOf, parseIso } from '../../model/time.ts';
import { exifTime } from './exif.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const RFC_1123 = /^(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (GMT|UTC?|[+-]\d{4})$/;

/** PNG's 'Creation Time': RFC 1123 section 5.2.14 is suggested (PNG 11.3.3.2); ISO 8601 and Exif's form are met too. Null where it is none of them. */
export function creationTime(text: string): TimeValue | null {
  const trimmed = text.trim();
  const m = RFC_1123.exec(trimmed);
  // '2017-03-27 12:41:05' is Exif's form with another separator.
  if (!m) return parseIso(trimmed) ?? exifTime(trimmed, null, null);
  const [, day, month, year, hour, minute, second, zone] = m;
  const parts = {
    year: Number(year),
    month: MONTHS.indexOf((month ?? '').toLowerCase()) + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
  };
  return instantOf(parts, /^[GU]/.test(zone ?? '') ? 0 : offsetMinutesOf(zone ?? ''), second === undefined ? 60_000 : 1000);
}

const pad = (n: number | undefined, width: number): string => String(n ?? 0).padStart(width, '0');

/** tIME's numbers as a person reads them: '2017-03-27 12:41:05', whether or not a calendar holds them. */
export const renderTimeChunk = ([year, month, day, hour, minute, second]: readonly number[]): string =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)} ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`;

/** tIME is UTC by definition. Null where no calendar holds it. */
export const timeChunkInstant = ([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]): Instant | null =>
  instantOf({ year, month, day, hour, minute, second }, 0);
