export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last Sunday of a month, 01:00 UTC: when summer time begins and ends in the European Union. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 0, 1);
  return last - new Date(last).getUTCDay() * DAY;
}

/** Minutes east of UTC where everybody here lives. */
export function offsetAt(epochMs: number): number {
  const year = new Date(epochMs).getUTCFullYear();
  return epochMs >= lastSunday(year, 3) && epochMs < lastSunday(year, 10) ? 120 : 60;
}

/** '2022-03-01T09:12:05Z'. */
export const iso = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
/** In whole minutes, as Word writes its times. */
export const isoMinute = (epochMs: number): string => iso(epochMs - (epochMs % MINUTE));

/** An hour and a minute by the clock on the wall, of the day that begins at `day` (UTC midnight). */
export function localTime(day: number, hour: number, minute: number): number {
  const utc = day + hour * HOUR + minute * MINUTE;
  return utc - offsetAt(utc) * MINUTE;
}

/** Offices are shut at weekends, from 20 December to 7 January and from 15 July to 31 August. */
export function isWorkday(day: number): boolean {
  const date = new Date(day);
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  const isWeekend = date.getUTCDay() % 6 === 0;
  return !isWeekend && monthDay < 1220 && monthDay > 107 && (monthDay < 715 || monthDay > 831);
}

/** UTC midnights of the working days from `from` to `to`, both '2021-04-12'. */
export function workdays(from: string, to: string): number[] {
  const days: number[] = [];
  for (let day = Date.parse(from); day <= Date.parse(to); day += DAY) if (isWorkday(day)) days.push(day);
  return days;
}
