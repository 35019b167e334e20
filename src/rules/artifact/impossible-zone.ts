import type { Claim } from '../../model/claim.ts';
import { artifactRule } from '../../model/rule.ts';
import { renderOffset } from '../../model/time.ts';
import { isMessage } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';
import { isOffsetOfAPlace, ZONE_NAMES } from '../shared/zones.data.ts';

/** A name in a comment at the end: '+0200 (CEST)'. */
const NAME_AT_END = /[+-]\d{4}\s*\(\s*"?([A-Z]{3,5})"?\s*\)\s*$/;
/** By the face of the clock itself, in the zone that it says. */
const WINTER_MONTHS: ReadonlySet<number> = new Set([12, 1, 2]);

function statementOf({ raw, value }: Claim<'time.sent'>): string | null {
  if (value?.kind !== 'instant') return null;
  const { offsetMinutes } = value;
  const offset = renderOffset(offsetMinutes);
  if (!isOffsetOfAPlace(offsetMinutes)) return `says in Date that the sender's clock stood at ${offset}, where no place's has stood since 1970`;
  const name = NAME_AT_END.exec(raw)?.[1] ?? '';
  const zone = ZONE_NAMES.get(name);
  if (!zone) return null;
  if (!zone.offsets.includes(offsetMinutes))
    return `says in Date ${quoted(name)} and ${offset}; that zone stands at ${zone.offsets.map(renderOffset).join(' or ')}`;
  const month = new Date(value.epochMs + offsetMinutes * 60_000).getUTCMonth() + 1;
  if (!zone.summer || !WINTER_MONTHS.has(month)) return null;
  return `says in Date ${quoted(name)}, a summer time, on a day of ${MONTHS.get(month) ?? ''}`;
}

const MONTHS: ReadonlyMap<number, string> = new Map([
  [12, 'December'],
  [1, 'January'],
  [2, 'February'],
]);

/** Catalogue G14. What the one header says of its zone cannot be true of any place. */
export const impossibleZone = artifactRule(
  {
    id: 'impossible-zone',
    catalogue: ['G14'],
    version: 1,
    title: 'Date of a message names a zone that no place had, or had at that season',
    proposition: 'misdated',
    direction: 'against',
    strength: 'weak',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['time.sent'],
    innocent: [
      {
        id: 'written-into-the-program',
        story: 'The program that sent it has its zone as a fixed text, summer and winter: a script, a shop, a copier.',
        check: 'Other messages of that sender name the same zone all the year.',
      },
      {
        id: 'wrong-setting',
        story: 'Summer time was never switched off on that computer, or its zone was set by hand.',
        check: 'Other messages of that computer and those weeks have the same zone.',
      },
      {
        id: 'wrongly-reckoned',
        story: 'The program makes its offset of two clocks that differ by minutes, or writes hours for minutes.',
        check: 'Minutes of the offset differ from message to message.',
      },
    ],
    references: [
      { title: 'RFC 5322, Internet Message Format: the zone', section: '3.3', url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.3' },
      { title: 'IANA Time Zone Database', url: 'https://www.iana.org/time-zones' },
    ],
  },
  function* (subject) {
    const date = isMessage(subject) ? subject.claims('time.sent').find((c) => c.value?.kind === 'instant') : undefined;
    const statement = date ? statementOf(date) : null;
    if (!date || statement === null) return;
    yield { statement, about: [subject.artifact.id], rootCause: `clock:${subject.artifact.id}`, evidence: [{ claim: date, role: 'primary' }] };
  },
);
