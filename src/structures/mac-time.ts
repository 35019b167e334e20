import type { WallTime } from '../model/attribute.ts';
import { wallOf } from '../model/time.ts';

const DAY = 86_400;
/** Days between 1904-01-01, where the Macintosh began to count, and 1970-01-01. */
const DAYS = 24_107;

/** Seconds since 1904-01-01T00:00 on the clock of the machine (Inside Macintosh: Operating System Utilities): no zone. Null for 0. */
export function macWallTime(seconds: number): WallTime | null {
  if (seconds === 0) return null;
  const d = new Date((seconds - DAYS * DAY) * 1000);
  return wallOf({
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
  });
}
