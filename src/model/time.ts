import type { Instant, TimeValue, WallTime } from './attribute.ts';

/** 100 ns ticks between 1601-01-01 and 1970-01-01 (MS-DTYP 2.3.3). */
const FILETIME_EPOCH = 116_444_736_000_000_000n;

/** FILETIME: 100 ns ticks since 1601-01-01T00:00Z. Null for zero, negative and beyond year 9999. */
export function fromFiletime(ticks: bigint): Instant | null {
  if (ticks <= 0n) return null;
  const epochMs = Number((ticks - FILETIME_EPOCH) / 10_000n);
  if (epochMs < -11_644_473_600_000 || epochMs > 253_402_300_799_999) return null;
  return { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs: 1 };
}

/** Days in a month, 1-based. */
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Checks the parts of a date; null where no calendar holds it (31 February, 25 o'clock). Second 60 is kept as 59. */
function epochOf(y: number, mo: number, d: number, h: number, mi: number, s: number, ms: number): number | null {
  if (mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || s > 60 || y < 1 || y > 9999) return null;
  if (d > daysIn(y, mo)) return null;
  const date = new Date(Date.UTC(2000, mo - 1, d, h, mi, Math.min(s, 59), ms));
  date.setUTCFullYear(y, mo - 1, d);
  return date.getTime();
}

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond?: number;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** A time whose zone is written: `offsetMinutes` east of UTC. Null where the parts are no date or the offset exceeds ±18 h. */
export function instantOf(p: DateParts, offsetMinutes: number, precisionMs = 1000): Instant | null {
  const utc = epochOf(p.year, p.month, p.day, p.hour, p.minute, p.second, p.millisecond ?? 0);
  if (utc === null || Math.abs(offsetMinutes) > 18 * 60) return null;
  return { kind: 'instant', epochMs: utc - offsetMinutes * 60_000, offsetMinutes, precisionMs };
}

/** A time whose zone nobody wrote. */
export function wallOf(p: DateParts, precisionMs = 1000): WallTime | null {
  const utc = epochOf(p.year, p.month, p.day, p.hour, p.minute, p.second, p.millisecond ?? 0);
  if (utc === null) return null;
  const fraction = p.millisecond ? `.${pad(p.millisecond, 3)}` : '';
  const local = `${pad(p.year, 4)}-${pad(p.month)}-${pad(p.day)}T${pad(p.hour)}:${pad(p.minute)}:${pad(Math.min(p.second, 59))}${fraction}`;
  return { kind: 'wall', local, precisionMs };
}

/** The wall time read as if it were UTC, in ms: for differences between wall times, never against an instant. */
export const wallMs = (w: WallTime): number => Date.parse(`${w.local}Z`);

/** What a clock without a zone shows that counts from its own 1970-01-01T00:00, to the second: {@link wallMs} undone. Null where that is no date. */
export function wallAt(ms: number): WallTime | null {
  const d = new Date(ms);
  return wallOf({
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
  });
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?$/;

/** W3CDTF / ISO 8601 / xsd:dateTime, with or without a zone; a bare date is a wall time of one day's precision. */
export function parseIso(text: string): TimeValue | null {
  const m = ISO.exec(text.trim());
  if (!m) return null;
  const [, y, mo, d, h, mi, s, f, zone] = m;
  const parts = {
    year: Number(y),
    month: Number(mo),
    day: Number(d),
    hour: Number(h ?? 0),
    minute: Number(mi ?? 0),
    second: Number(s ?? 0),
    millisecond: f ? Math.trunc(Number(`0.${f}`) * 1000) : 0,
  };
  const precisionMs = h === undefined ? 86_400_000 : s === undefined ? 60_000 : f === undefined ? 1000 : 1;
  if (zone === undefined) return wallOf(parts, precisionMs);
  return instantOf(parts, offsetMinutesOf(zone), precisionMs);
}

/** 'Z', '+02:00', '+0200', '-05' as minutes east of UTC. */
export function offsetMinutesOf(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const m = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!m) return NaN;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0));
}

/** '2017-03-27T12:41:05Z' for an instant, in UTC; the local text for a wall time, marked as such. Stable and zone-free. */
export function renderTime(t: TimeValue): string {
  if (t.kind === 'wall') return `${t.local} (no zone)`;
  return isoSeconds(t.epochMs);
}

/** ISO 8601 in UTC to the second: '2017-03-27T12:41:05Z'. */
export const isoSeconds = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** '2017-03-27' in UTC. */
export const isoDay = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** 'UTC+02:00'. */
export function renderOffset(minutes: number): string {
  const a = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${pad(Math.trunc(a / 60))}:${pad(a % 60)}`;
}

/** A duration a person reads: '40 s', '12 min', '26.0 h', '24 d'. */
export function renderDuration(ms: number): string {
  const a = Math.abs(ms);
  if (a < 120_000) return `${Math.round(a / 1000)} s`;
  if (a < 2 * 3_600_000) return `${Math.round(a / 60_000)} min`;
  if (a < 4 * 86_400_000) return `${(a / 3_600_000).toFixed(1)} h`;
  return `${Math.round(a / 86_400_000)} d`;
}
