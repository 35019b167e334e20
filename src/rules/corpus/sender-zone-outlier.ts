import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { renderDuration, renderOffset } from '../../model/time.ts';
import { eachMessageOnce } from '../shared/message-once.ts';
import { DAY_MS, HOUR_MS } from '../shared/time.ts';
import { WAY_CLAIMS, wayOf } from '../shared/ways.ts';
import { quoted } from '../shared/wording.ts';

const READS = [...WAY_CLAIMS, 'party.from', 'time.sent'] as const;
type Read = (typeof READS)[number];

/** So far around the message its sender's other zones are looked for. */
const SPAN_MS = 30 * DAY_MS;
const LEAST_AROUND = 10;
/** The message before and the one after it. */
const NEAR_MS = DAY_MS;
/** Nobody leaves a zone and comes back within that. */
const NO_JOURNEY_MS = 4 * HOUR_MS;
/** Messages remembered of one sender; one with more of them is a machine. */
const MOST_MESSAGES = 50_000;

interface Sent {
  readonly at: number;
  readonly offset: number;
  readonly way: string;
  readonly date: Claim<'time.sent'>;
}

function sentAs(m: Subject<Read>): Sent | null {
  const date = m.claims('time.sent').find((c) => c.value?.kind === 'instant');
  return date?.value?.kind === 'instant' ? { at: date.value.epochMs, offset: date.value.offsetMinutes, way: wayOf(m), date } : null;
}

async function sentBy(members: AsyncIterable<Subject<Read>>): Promise<Sent[]> {
  const sent: Sent[] = [];
  for await (const one of eachMessageOnce(members, MOST_MESSAGES + 1, sentAs)) sent.push(one);
  return sent.length > MOST_MESSAGES ? [] : sent.sort((a, b) => a.at - b.at);
}

interface Usual {
  readonly before: Sent;
  readonly after: Sent;
  readonly around: number;
}

/** How often each zone occurs among messages that are neither older nor younger than so much, moved along with the message looked at. */
class Window {
  readonly #counts = new Map<number, number>();
  #from = 0;
  #to = 0;
  readonly #all: readonly Sent[];

  constructor(all: readonly Sent[]) {
    this.#all = all;
  }

  moveTo(at: number): void {
    for (let s = this.#all[this.#to]; s && s.at <= at + SPAN_MS; s = this.#all[++this.#to]) this.#add(s.offset, 1);
    for (let s = this.#all[this.#from]; s && s.at < at - SPAN_MS; s = this.#all[++this.#from]) this.#add(s.offset, -1);
  }

  of(offset: number): number {
    return this.#counts.get(offset) ?? 0;
  }

  get size(): number {
    return this.#to - this.#from;
  }

  #add(offset: number, n: number): void {
    this.#counts.set(offset, this.of(offset) + n);
  }
}

/** For each message the place of the one before it that came the same way; -1 where there is none. Read backwards, the one after it. */
function sameWayBefore(all: readonly Sent[]): number[] {
  const last = new Map<string, number>();
  return all.map(({ way }, i) => {
    const found = last.get(way) ?? -1;
    last.set(way, i);
    return found;
  });
}

/** The zone before and after it is one and the same, and the message's own is used by no other of those weeks, whatever way it came. */
function usualAround(before: Sent | undefined, one: Sent, after: Sent | undefined, window: Window): Usual | null {
  if (!before || !after || before.offset !== after.offset || one.offset === before.offset) return null;
  // Universal Time is what servers and programs write that know no zone.
  if (one.offset === 0 || one.at - before.at > NEAR_MS || after.at - one.at > NEAR_MS) return null;
  if (window.of(one.offset) > 1 || window.size <= LEAST_AROUND) return null;
  return { before, after, around: window.size - 1 };
}

function findingOf(one: Sent, { before, after, around }: Usual, sender: string): FindingDraft {
  const between = after.at - before.at;
  return {
    statement:
      `says in Date that the sender's clock stood at ${renderOffset(one.offset)}; the messages of ${quoted(sender)} by the same program before and after it, ` +
      `${renderDuration(between)} apart, say ${renderOffset(before.offset)}, and none of ${around} others within 30 days says ${renderOffset(one.offset)}`,
    strength: between <= NO_JOURNEY_MS ? 'moderate' : 'weak',
    about: [one.date.artifact],
    rootCause: `clock:${one.date.artifact}`,
    evidence: [
      { claim: one.date, role: 'primary' },
      { claim: before.date, role: 'contradicts', note: 'the message before it' },
      { claim: after.date, role: 'contradicts', note: 'the message after it' },
    ],
  };
}

/** Catalogue G14. One sender in memory at a time: a time and a zone a message. */
export const senderZoneOutlier = corpusRule(
  {
    id: 'sender-zone-outlier',
    catalogue: ['G14', 'G04'],
    version: 1,
    title: 'Date names a zone that the sender uses in no other message of those weeks',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'journey',
        story: 'The sender travelled, and wrote one message there.',
        check: 'The messages before and after it are many hours apart; tickets, calendars and the sending host tell of a journey.',
      },
      {
        id: 'other-device',
        story: 'Another device or another person with the same account wrote it, with a zone of its own.',
        check: 'Its Message-ID, its program and its Received differ from those of the others.',
      },
      {
        id: 'summer-time',
        story: 'The clocks were put forward or back between two messages.',
        check: 'The difference is an hour, and all messages after that day have the new zone.',
      },
      {
        id: 'date-by-server',
        story: 'A server wrote Date, in its own zone, because the message came without.',
        check: 'Date has the zone of the first server.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: the zone is the offset of the local time',
        section: '3.3',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.3',
      },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('party.from', LEAST_AROUND + 1)) {
      if (group.value.mailbox === '') continue;
      const all = await sentBy(group.members);
      const window = new Window(all);
      const before = sameWayBefore(all);
      const after = sameWayBefore([...all].reverse()).reverse();
      for (const [i, one] of all.entries()) {
        window.moveTo(one.at);
        // Counted from the end.
        const next = after[i] ?? -1;
        const usual = usualAround(all[before[i] ?? -1], one, next === -1 ? undefined : all[all.length - 1 - next], window);
        if (usual) yield findingOf(one, usual, group.value.mailbox);
      }
    }
  },
);
