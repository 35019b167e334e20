import type { Claim } from '../../model/claim.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { FIELDS, IN_RECEIVED, MAILERS, THUNDERBIRD } from '../shared/header-years.data.ts';
import { DAY_MS, instants, isMessage, latest, type Moment, walls, written } from '../shared/time.ts';

/** Clocks this near to their epoch were never set. */
const FIRST_MAIL_MS = Date.UTC(1995, 0, 1);

/** Something that was not there before a day. */
interface Thing {
  readonly what: string;
  readonly from: string;
  readonly source: string;
  readonly claim: Claim;
}

const startOf = (thing: Pick<Thing, 'from'>): number => Date.parse(`${thing.from}T00:00:00Z`);
const isBefore = (m: Moment, thing: Thing): boolean => m.at >= FIRST_MAIL_MS && !isTemplateTime(m.at) && m.at < startOf(thing) - DAY_MS;

/** A server's own header names what its own time is too old for. */
function inReceived(claim: Claim<'time.received'>): { thing: Thing; moment: Moment } | null {
  const [moment] = instants([claim]);
  if (!moment) return null;
  for (const { what, from, source, pattern } of IN_RECEIVED) {
    const thing = { what, from, source, claim };
    if (isBefore(moment, thing) && pattern.test(claim.raw)) return { thing, moment };
  }
  return null;
}

function mailerThing(claim: Claim<'tool.mailer'>): Thing | null {
  const name = claim.value ?? '';
  const known = MAILERS.find(({ pattern }) => pattern.test(name));
  if (known) return { what: `the name of ${known.what} in ${claim.field}`, from: known.from, source: known.source, claim };
  const major = Number(/\bThunderbird\/(\d{1,3})\./.exec(name)?.[1] ?? 0);
  const version = THUNDERBIRD.findLast(([from]) => major >= from);
  return version
    ? { what: `the name of Thunderbird ${major} in ${claim.field}`, from: version[1], source: 'seven months before the release', claim }
    : null;
}

function fieldThing(claim: Claim<'mark.dated-header'>): Thing | null {
  const known = FIELDS.get(claim.value ?? '');
  return known ? { ...known, what: `the header ${claim.field}`, claim } : null;
}

/** Catalogue G15. One finding a message. */
export const headerNewerThanDate = artifactRule(
  {
    id: 'header-newer-than-date',
    catalogue: ['G15', 'K02'],
    version: 2,
    title: 'Header was written by something that did not exist at the time the message says',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderately-strong',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['time.sent', 'time.received', 'tool.mailer', 'mark.dated-header', 'mark.relayed'],
    innocent: [
      {
        id: 'wrong-clock',
        story: "The computer's clock had never been set, or was years behind.",
        check: 'Other messages of that computer are wrong by as much; the day is near 1 January of a round year.',
      },
      {
        id: 'added-later',
        story: 'A server that handled an old message years later put the header on top: an import, a forwarding, a second sending.',
        check: 'A Received header of that later time stands above it; a header without one was added by a program that leaves no trace.',
      },
      {
        id: 'early-build',
        story: 'Its maker ran the program or the protocol before anybody else could.',
        check: 'Sender or server belongs to the maker; the difference is weeks, not years.',
      },
    ],
    references: [
      {
        title: 'RFC 8446, The Transport Layer Security Protocol Version 1.3',
        url: 'https://www.rfc-editor.org/rfc/rfc8446',
      },
      { title: 'RFC 8617, The Authenticated Received Chain', url: 'https://www.rfc-editor.org/rfc/rfc8617' },
      { title: 'Thunderbird: all releases', url: 'https://www.thunderbird.net/en-US/thunderbird/releases/' },
    ],
  },
  function* (subject) {
    if (!isMessage(subject)) return;
    const received = subject.claims('time.received');
    const about = [subject.artifact.id] as const;
    const rootCause = `clock:${subject.artifact.id}`;
    const hop = received.map(inReceived).find((f) => f !== null);
    if (hop) {
      const { thing, moment } = hop;
      yield {
        statement: `carries a Received header of ${written(moment)} that names ${thing.what}, which nobody had before ${thing.from} (${thing.source})`,
        about: [...about],
        rootCause,
        evidence: [{ claim: thing.claim, role: 'primary' }],
      } satisfies FindingDraft;
      return;
    }
    // Whoever handled it last may have added it: the newest of its clocks must be too old. A wall time may be any zone's.
    const own = subject.claims('time.sent');
    const newest = latest<Moment>([...instants(own), ...walls(own), ...instants(received)]);
    if (newest === null || subject.claims('mark.relayed').some((c) => c.value === 'export')) return;
    const things = [...subject.claims('tool.mailer').map(mailerThing), ...subject.claims('mark.dated-header').map(fieldThing)];
    const thing = things.find((t) => t !== null && isBefore(newest, t));
    if (!thing) return;
    yield {
      statement: `is of ${written(newest)} by the newest of its times, and carries ${thing.what}, which nobody had before ${thing.from} (${thing.source})`,
      strength: received.length > 0 ? 'moderately-strong' : 'moderate',
      about: [...about],
      rootCause,
      evidence: [
        { claim: newest.claim, role: 'primary' },
        { claim: thing.claim, role: 'contradicts' },
      ],
    } satisfies FindingDraft;
  },
);
