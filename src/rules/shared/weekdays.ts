import type { TimeValue } from '../../model/attribute.ts';
import { wallMs } from '../../model/time.ts';
import { DAY_MS, MINUTE_MS } from './time.ts';

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const NAMED = /^\s*(Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]{0,6}\.?,?\s/i;

/** 0 is Sunday: of the day that begins at, or holds, this moment, read as UTC. */
const dayOfWeek = (ms: number): number => (((Math.floor(ms / DAY_MS) + 4) % 7) + 7) % 7;

/** On the calendar of whoever wrote it: with its own offset. */
export const weekdayOf = (time: TimeValue): number => dayOfWeek(time.kind === 'wall' ? wallMs(time) : time.epochMs + time.offsetMinutes * MINUTE_MS);

/** The same moment's day in Universal Time; null where the zone is unknown. */
export const utcWeekdayOf = (time: TimeValue): number | null => (time.kind === 'instant' ? dayOfWeek(time.epochMs) : null);

/** The day of the week a Date, or what stands behind the last ';' of a Received, begins with; null where it names none in English. RFC 5322 section 3.3. */
export function weekdayNamed(raw: string): number | null {
  const name = NAMED.exec(raw.slice(raw.lastIndexOf(';') + 1))?.[1]?.toLowerCase();
  const index = name === undefined ? -1 : NAMES.findIndex((n) => n.toLowerCase().startsWith(name));
  return index === -1 ? null : index;
}

export const weekdayName = (index: number): string => NAMES[index] ?? '';
