import { DAY_MS } from './time.ts';

/** Days are numbered from 1970-01-01 UTC. */
export const dayOf = (epochMs: number): number => Math.floor(epochMs / DAY_MS);

export interface Day {
  readonly day: number;
  readonly messages: number;
}

export interface Gap {
  /** Index of the last day before it, among the days given. */
  readonly after: number;
  /** Days without a message. */
  readonly silentDays: number;
  /** Messages a day around it. */
  readonly ratePerDay: number;
  /** Messages one would have expected in it, holidays left out. */
  readonly expected: number;
}

/** Eight weeks on either side tell how busy the mailbox was then. */
const WINDOW_DAYS = 56;
/** A gap needs a mailbox around it: messages before, and after. */
const LEAST_AROUND = 20;
/** Shorter silences are a leave. */
const LEAST_SILENT_DAYS = 7;
/** A mailbox used now and then has many gaps; one that is not three times the next says nothing. */
const TIMES_THE_NEXT = 3;
/** Catalogue A09. */
const MOST_LIKELY = 1e-6;

/** Northern summer and the turn of the year, when offices fall silent: nothing is expected then. */
function isHoliday(day: number): boolean {
  const date = new Date(day * DAY_MS);
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return (monthDay >= 715 && monthDay <= 831) || monthDay >= 1220 || monthDay <= 107;
}

/** 1970-01-01 was a Thursday; only equality matters. */
const weekday = (day: number): number => ((day % 7) + 7) % 7;

/** Seven shares that add up to one: which part of its mail a mailbox has on each day of the week. */
function weekdayShares(days: readonly Day[]): readonly number[] {
  const counts: number[] = [0, 0, 0, 0, 0, 0, 0];
  let total = 0;
  for (const d of days) {
    counts[weekday(d.day)] = (counts[weekday(d.day)] ?? 0) + d.messages;
    total += d.messages;
  }
  return counts.map((n) => n / Math.max(1, total));
}

interface Rate {
  readonly mean: number;
  /** Variance over mean, at least 1: mail comes in bursts, not as a Poisson process. */
  readonly dispersion: number;
}

function rateIn(days: readonly Day[], from: number, to: number): Rate {
  const length = Math.max(1, to - from + 1);
  const counts = days.filter((d) => d.day >= from && d.day <= to).map((d) => d.messages);
  const mean = counts.reduce((sum, n) => sum + n, 0) / length;
  const squares = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) + (length - counts.length) * mean ** 2;
  return { mean, dispersion: mean === 0 ? 1 : Math.max(1, squares / length / mean) };
}

/** Silent days between two days, without holidays. */
function workingDays(from: number, to: number, shares: readonly number[]): { days: number; weight: number } {
  let days = 0;
  let weight = 0;
  for (let day = from + 1; day < to; day += 1) {
    if (isHoliday(day)) continue;
    days += 1;
    weight += 7 * (shares[weekday(day)] ?? 0);
  }
  return { days, weight };
}

/**
 * The one silence of a mailbox that its own rate makes very unlikely (p < 1e-6 with the number of days tried, for arrivals as
 * irregular as those around it), or null. `days` ascend and hold at least one message each; at most some ten thousand.
 */
export function unlikelyGap(days: readonly Day[]): Gap | null {
  const shares = weekdayShares(days);
  const total = days.reduce((sum, d) => sum + d.messages, 0);
  let before = 0;
  let widest: { after: number; from: number; to: number; days: number; weight: number } | null = null;
  let next = 0;
  for (const [index, { day, messages }] of days.entries()) {
    before += messages;
    const to = days[index + 1]?.day;
    if (to === undefined || to - day <= 1 || before < LEAST_AROUND || total - before < LEAST_AROUND) continue;
    const silent = workingDays(day, to, shares);
    if (silent.days > (widest?.days ?? 0)) {
      next = widest?.days ?? 0;
      widest = { after: index, from: day, to, ...silent };
    } else next = Math.max(next, silent.days);
  }
  if (widest === null || widest.days < LEAST_SILENT_DAYS || widest.days < TIMES_THE_NEXT * next) return null;
  const sides = [
    rateIn(days, Math.max(days[0]?.day ?? 0, widest.from - WINDOW_DAYS + 1), widest.from),
    rateIn(days, widest.to, Math.min(days.at(-1)?.day ?? 0, widest.to + WINDOW_DAYS - 1)),
  ];
  const ratePerDay = Math.min(...sides.map((r) => r.mean));
  const expected = ratePerDay * widest.weight;
  const likelihood = days.length * Math.exp(-expected / Math.max(...sides.map((r) => r.dispersion)));
  return likelihood < MOST_LIKELY ? { after: widest.after, silentDays: widest.to - widest.from - 1, ratePerDay, expected } : null;
}
