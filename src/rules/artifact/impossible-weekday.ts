import type { TimeValue } from '../../model/attribute.ts';
import type { Claim } from '../../model/claim.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { isoDay, wallMs } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { DAY_MS, earliest, instants, isMessage, MINUTE_MS, type Moment, written } from '../shared/time.ts';
import { utcWeekdayOf, weekdayName, weekdayNamed, weekdayOf } from '../shared/weekdays.ts';
import { counted } from '../shared/wording.ts';

/** Programs that count years wrongly (0102, 100) write the weekday of the right year. */
const FIRST_MS = Date.UTC(1980, 0, 1);
/** Headers cited; the sentence counts all. */
const MOST_CITED = 5;

interface Odd {
  readonly claim: Claim<'time.sent' | 'time.received'>;
  readonly time: TimeValue;
  readonly named: number;
}

const faceOf = (time: TimeValue): number => (time.kind === 'wall' ? wallMs(time) : time.epochMs + time.offsetMinutes * MINUTE_MS);

/** A header whose weekday is neither that of its own calendar nor of the same moment in Universal Time. */
function oddIn(claim: Claim<'time.sent' | 'time.received'>): Odd[] {
  const time = claim.value;
  const named = weekdayNamed(claim.raw);
  if (time === null || named === null || faceOf(time) < FIRST_MS || isTemplateTime(faceOf(time))) return [];
  return weekdayOf(time) === named || utcWeekdayOf(time) === named ? [] : [{ claim, time, named }];
}

/** A server that had the message on such a weekday, days away from the date written. */
function witnessOf({ time, named }: Odd, first: Moment | null): Moment | null {
  if (first === null || Math.abs(first.at - faceOf(time)) < 2 * DAY_MS) return null;
  const value = first.claim.value;
  return value !== null && weekdayOf(value) === named ? first : null;
}

/** Catalogue G14. One finding a message. */
export const impossibleWeekday = artifactRule(
  {
    id: 'impossible-weekday',
    catalogue: ['G14'],
    version: 1,
    title: 'Header names a day of the week that its date did not have',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderately-strong',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['time.sent', 'time.received'],
    innocent: [
      {
        id: 'home-made-program',
        story: 'A home-made program puts the date together from pieces, and takes the weekday from a wrong one.',
        check: 'Other messages made by the same program name wrong weekdays, too.',
      },
      {
        id: 'zone-slip',
        story: 'The weekday was taken from the clock in Universal Time, the date from the local one, or the other way round.',
        check: 'The weekday is that of the day before or after, and the time is near midnight.',
      },
      {
        id: 'years-counted-wrongly',
        story: 'The program counts years from 1900 and writes 0102 or 102 for 2002; the weekday is that of the right year.',
        check: 'The weekday fits the same day of a year a hundred or nineteen hundred years later.',
      },
      {
        id: 'dates-shifted',
        story: 'An archive or a publisher shifted all dates to hide when the messages were sent, and left the weekdays.',
        check: 'All messages of the collection are shifted by the same amount; whoever published it says so.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: the day-of-week MUST be the day implied by the date',
        section: '3.3',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.3',
      },
    ],
  },
  function* (subject) {
    if (!isMessage(subject)) return;
    const received = subject.claims('time.received');
    const odd = [...subject.claims('time.sent'), ...received].flatMap(oddIn);
    const [first, ...others] = odd;
    if (!first) return;
    const sound = received.filter((c) => !odd.some((o) => o.claim === c));
    const witness = witnessOf(first, earliest(instants(sound)));
    const day = isoDay(faceOf(first.time));
    const off = (weekdayOf(first.time) - first.named + 7) % 7;
    const strength: Strength = witness ? 'moderately-strong' : off === 1 || off === 6 ? 'weak' : 'moderate';
    yield {
      statement:
        `says ${weekdayName(first.named)} in ${first.claim.field} for ${day}, which was a ${weekdayName(weekdayOf(first.time))}` +
        (others.length > 0 ? `; ${counted(others.length, 'other header')} likewise` : '') +
        (witness ? `; the first server handled it on such a ${weekdayName(first.named)}, ${written(witness)}` : ''),
      strength,
      about: [subject.artifact.id],
      rootCause: `clock:${subject.artifact.id}`,
      evidence: [
        { claim: first.claim, role: 'primary' },
        ...(witness ? [{ claim: witness.claim, role: 'contradicts', note: 'first server' } satisfies Cited] : []),
        ...others.slice(0, MOST_CITED).map((o): Cited => ({ claim: o.claim, role: 'context' })),
      ],
    };
  },
);
