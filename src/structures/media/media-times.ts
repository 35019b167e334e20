import type { TimeValue } from '../../model/attribute.ts';
import { instantOf, parseIso, wallOf } from '../../model/time.ts';
import { exifTime, visibleText } from '../image/exif.ts';

/** Seconds between 1904-01-01 and 1970-01-01. */
const EPOCH_1904 = 2_082_844_800;
/** 2001-01-01T00:00Z in ms since 1970. */
const EPOCH_2001_MS = 978_307_200_000;
const YEAR_10000_MS = 253_402_300_800_000;
const DAY_MS = 86_400_000;

function instantAt(epochMs: number, precisionMs: number): TimeValue | null {
  return Number.isFinite(epochMs) && epochMs >= 0 && epochMs < YEAR_10000_MS ? { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs } : null;
}

/**
 * Seconds since 1904-01-01T00:00Z in decimal (ISO/IEC 14496-12 8.2.2). UTC by the standard; cheap cameras count in their
 * local time, which nothing in the field tells. Null for 0, which writers put where they do not say, and for what lies
 * before 1970: writers that count from 1970 by mistake land there.
 */
export const seconds1904 = (raw: string): TimeValue | null => instantAt((Number(raw) - EPOCH_1904) * 1000, 1000);

/** Nanoseconds since 2001-01-01T00:00Z in decimal, signed (RFC 9559 section 5.1.2.10: DateUTC). */
export const nanoseconds2001 = (raw: string): TimeValue | null => instantAt(EPOCH_2001_MS + Math.floor(Number(raw) / 1e6), 1);

const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function asctime(text: string): TimeValue | null {
  const m = ASCTIME.exec(text);
  if (!m) return null;
  const [, month, day, hour, minute, second, year] = m;
  return wallOf({
    year: Number(year),
    month: MONTHS.indexOf(month ?? '') + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  });
}

const PARTIAL = /^(\d{4})(?:-(\d\d)(?:-(\d\d)[T ](\d\d))?)?$/;

/** '2005', '2005-03', '2005-03-04T11': as precise as written. */
function partial(text: string): TimeValue | null {
  const m = PARTIAL.exec(text);
  if (!m) return null;
  const [, year, month, day, hour] = m;
  const parts = { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1), hour: Number(hour ?? 0), minute: 0, second: 0 };
  return wallOf(parts, hour !== undefined ? 3_600_000 : month !== undefined ? 31 * DAY_MS : 366 * DAY_MS);
}

const RUN_TOGETHER = /^(\d{4})[-:/._ ](\d\d)[-:/._ ](\d\d)(\d\d)[-:/._ ](\d\d)[-:/._ ](\d\d)$/;

/** Date and time of a broadcast wave, ten characters and eight: any of '-_:/. ' may part the numbers (EBU Tech 3285 section 2.3). No zone. */
export function broadcastTime(raw: string): TimeValue | null {
  const m = RUN_TOGETHER.exec(visibleText(raw));
  if (!m) return null;
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number);
  return wallOf({ year: year ?? 0, month: month ?? 0, day: day ?? 0, hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0 });
}

/** 'UTC 2010-01-01 10:20:30', as mkvmerge spells it in its tags. */
function namedUtc(text: string): TimeValue | null {
  const m = /^(?:UTC )?(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?: UTC)?$/.exec(text);
  if (!m || !text.includes('UTC')) return null;
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number);
  return instantOf({ year: year ?? 0, month: month ?? 0, day: day ?? 0, hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0 }, 0);
}

/**
 * A date in a text tag, whichever way its writer spells dates: ISO 8601 whole or cut short, Exif's colons, C's asctime.
 * Without a zone it stays a wall time, also where ID3v2.4 says UTC: few writers know.
 */
export function writtenTime(raw: string): TimeValue | null {
  const text = visibleText(raw);
  return parseIso(text) ?? partial(text) ?? namedUtc(text) ?? exifTime(text, null, null) ?? asctime(text);
}

/** Seconds since 1970 in decimal of a camera's own clock, whose zone nobody wrote: a wall time. Null for 0. */
export function wallSeconds1970(raw: string): TimeValue | null {
  const at = /^\d{1,11}$/.test(raw) ? instantAt(Number(raw) * 1000, 1000) : null;
  if (at?.kind !== 'instant' || at.epochMs === 0) return null;
  return parseIso(new Date(at.epochMs).toISOString().slice(0, 19));
}
