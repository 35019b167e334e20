import type { WallTime } from '../model/attribute.ts';
import { wallAt } from '../model/time.ts';

const DAY = 86_400;
/** Days between 1904-01-01, where the Macintosh began to count, and 1970-01-01. */
const DAYS = 24_107;

/** Seconds since 1904-01-01T00:00 on the clock of the machine (Inside Macintosh: Operating System Utilities): no zone. Null for 0. */
export const macWallTime = (seconds: number): WallTime | null => (seconds === 0 ? null : wallAt((seconds - DAYS * DAY) * 1000));
