import { MONTHS } from './attribution.data.ts';

/*
 * Lines that mail programs put in front of what they repeat: who wrote it, and when. No standard says how; these are the forms of Outlook,
 * Gmail, Thunderbird and Apple Mail in English, French, German, Spanish, Italian, Russian, Portuguese, Dutch and Polish.
 */

/** Longer lines are text. */
const LONGEST = 300;
/** Ends with a verb of writing and a colon, or has the verb before the name: 'Am 3. April 2017 um 10:12 schrieb A. Person:'. */
const WRITTEN =
  /(?:wrote|writes|écrit|escribió|schrieb|scrisse|ha scritto|escreveu|пишет|писал\(?а?\)?|написал\(?а?\)?|geschreven|schreef|napisał\(?a?\)?|pisze)\s?:?\s*$|\d.{0,80}\b(?:schrieb|schreef)\s.{2,150}:\s*$/i;
/** Gmail in Russian has no verb: 'пн, 3 апр. 2017 г. в 10:12, A. Person <a@example.org>:'. */
const TIMED = /\d{1,2}:\d{2}.{0,120}<[^<>\s]{3,100}@[^<>\s]{3,100}>\s?:\s*$/;
const BEGINS = /^(?:On|Le|Am|Den|El|Il|Op|Em|W dniu|Dnia|Den)\b/;

/** Whether a line, without the marks in front of it, says whose words follow. */
export const isAttribution = (line: string): boolean => line.length <= LONGEST && (WRITTEN.test(line) || TIMED.test(line));

/** Whether a line is the first half of such a line that was wrapped: 'On Monday, 27 March 2017, at 14:41,'. */
export const beginsAttribution = (line: string): boolean => line !== '' && line.length < 200 && BEGINS.test(line);

/** Minutes since 1970-01-01T00:00 of a clock whose zone is not known: its face, read as if it were UTC. */
export type WallMinutes = number;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const NAMES: readonly (readonly string[])[] = MONTHS.map((names) => names.map(bare));

/** 1 to 12; null where the word is no month, or the beginning of two. */
function monthOf(word: string): number | null {
  const name = bare(word);
  if (name.length < 3) return null;
  const found = NAMES.flatMap((names, i) => (names.some((n) => n.startsWith(name)) ? [i + 1] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

const isDay = ({ year, month, day }: Day): boolean =>
  year >= 1980 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

const DAY_FIRST = /(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+|d')?(\p{L}{3,12})\.?,?\s+(?:de\s+)?(\d{4})(?!\d)/u;
const MONTH_FIRST = /(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/u;
const YEAR_FIRST = /(?<!\d)(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)/;
const NUMBERS = /(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/** The days that a text may name, and the text without them: '03/04/2017' is two, by the custom of the country. */
function daysIn(text: string): { readonly days: readonly Day[]; readonly rest: string } {
  const without = (m: RegExpExecArray): string => `${text.slice(0, m.index)} ${text.slice(m.index + m[0].length)}`;
  const found = (m: RegExpExecArray, days: readonly (Day | null)[]): { days: readonly Day[]; rest: string } => ({
    days: days.filter((d): d is Day => d !== null && isDay(d)),
    rest: without(m),
  });
  const named = (year: string | undefined, word: string | undefined, day: string | undefined): Day | null => {
    const month = monthOf(word ?? '');
    return month === null ? null : { year: Number(year), month, day: Number(day) };
  };
  const dayFirst = DAY_FIRST.exec(text);
  const a = dayFirst && named(dayFirst[3], dayFirst[2], dayFirst[1]);
  if (dayFirst && a) return found(dayFirst, [a]);
  const monthFirst = MONTH_FIRST.exec(text);
  const b = monthFirst && named(monthFirst[3], monthFirst[1], monthFirst[2]);
  if (monthFirst && b) return found(monthFirst, [b]);
  const iso = YEAR_FIRST.exec(text);
  if (iso) return found(iso, [{ year: Number(iso[1]), month: Number(iso[3]), day: Number(iso[4]) }]);
  const numbers = NUMBERS.exec(text);
  if (!numbers) return { days: [], rest: text };
  const [first, second, year] = [Number(numbers[1]), Number(numbers[3]), fullYear(numbers[4] ?? '')];
  const days = [{ year, month: second, day: first }, ...(first !== second ? [{ year, month: first, day: second }] : [])];
  return found(numbers, days);
}

const CLOCK = /(?<![\d:])(\d{1,2})(?::|\s?h\s?)(\d{2})(?!\d)(?::\d{2})?\s?(a\.?\s?m\b|p\.?\s?m\b)?/i;

function minutesIn(text: string): number | null {
  const m = CLOCK.exec(text);
  if (!m) return null;
  const [hour, minute] = [Number(m[1]), Number(m[2])];
  if (hour > 23 || minute > 59 || (m[3] !== undefined && (hour === 0 || hour > 12))) return null;
  const half = m[3] === undefined ? hour : (hour % 12) + (/^p/i.test(m[3]) ? 12 : 0);
  return half * 60 + minute;
}

/**
 * The times that a line may name, to the minute, of a clock whose zone is not known; [] without a day with its year and a time
 * of day. A zone written behind it is not read.
 */
export function attributedTimes(line: string): WallMinutes[] {
  const { days, rest } = daysIn(line.slice(0, LONGEST));
  const minutes = days.length > 0 ? minutesIn(rest) : null;
  return minutes === null ? [] : days.map((d) => Date.UTC(d.year, d.month - 1, d.day) / 60_000 + minutes);
}
