import type { FindingDraft } from '../../model/finding.ts';
import type { Evidence, Subject } from '../../model/evidence.ts';
import { corpusRule } from '../../model/rule.ts';
import { renderDuration } from '../../model/time.ts';
import { type Handover, HOP_ATTRIBUTES, handoversOf } from '../shared/hops.ts';
import { isMessage, isZoneMultiple, MINUTE_MS, written } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

const READS = [...HOP_ATTRIBUTES, 'time.sent'] as const;
type Read = (typeof READS)[number];

/** Servers that nobody sets are minutes off. */
const SKEW_MS = 15 * MINUTE_MS;
/** Handovers in which a host kept the order, before its clock counts as right. */
const LEAST_KEPT = 5;
/** One handover in so many may be out of order for other reasons. */
const ONE_IN = 20;
/** Hosts remembered; with more the corpus has no regular ones. */
const MOST_HOSTS = 500_000;

/** How a host's clock stood to its neighbours' over the corpus. */
interface Record {
  kept: number;
  off: number;
}

const hostOf = (hop: Handover['later']): string => hop.host.value ?? '';

async function* messages(evidence: Evidence<Read>): AsyncIterable<Subject<Read>> {
  let before = '';
  for await (const message of evidence.byValue('time.sent')) {
    // Once for each claim: a second Date of the same message follows the first or lies apart, and then counts twice.
    if (message.artifact.id === before || !isMessage(message)) continue;
    before = message.artifact.id;
    yield message;
  }
}

function note(records: Map<string, Record>, host: string, isOff: boolean): void {
  const known = records.get(host);
  if (!known && records.size >= MOST_HOSTS) return;
  const record = known ?? { kept: 0, off: 0 };
  if (isOff) record.off += 1;
  else record.kept += 1;
  records.set(host, record);
}

/** Kept the order in nearly all of its handovers, this one among the others. */
function isReliable(record: Record | undefined): boolean {
  return record !== undefined && record.kept >= LEAST_KEPT && record.off <= Math.max(1, (record.kept + record.off) / ONE_IN);
}

function findingOf(message: Subject<Read>, { earlier, later, backMs }: Handover, records: ReadonlyMap<string, Record>): FindingDraft | null {
  const one = hostOf(earlier) === hostOf(later);
  const there = records.get(hostOf(earlier));
  const here = records.get(hostOf(later));
  if (!isReliable(there) || !isReliable(here)) return null;
  const kept = Math.min(there?.kept ?? 0, here?.kept ?? 0);
  const who = one ? `${quoted(hostOf(later))} twice, the second time` : `${quoted(hostOf(later))} from ${quoted(hostOf(earlier))},`;
  return {
    statement:
      `was taken over by ${who} ${renderDuration(backMs)} before it had been there (${written(later.time)} after ${written(earlier.time)}), ` +
      `where ${one ? 'that server' : 'each of the two servers'} kept the order in ${kept} other messages or more`,
    about: [message.artifact.id],
    rootCause: `clock:${message.artifact.id}`,
    evidence: [
      { claim: later.time.claim, role: 'primary' },
      { claim: earlier.time.claim, role: 'contradicts' },
      { claim: later.host, role: 'context' },
      { claim: earlier.host, role: 'context' },
    ],
  };
}

/** Catalogue G03, G13. Two passes over the messages; keeps two numbers a host. */
export const impossibleHopOrder = corpusRule(
  {
    id: 'impossible-hop-order',
    catalogue: ['G03', 'G13'],
    version: 1,
    title: 'Message records that a server had it before the server that handed it on',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'wrong-clock',
        story: 'The clock of one of the two servers was wrong.',
        check: 'Other messages that it handled about that time are off by as much.',
      },
      {
        id: 'zone-multiple',
        story: 'A server writes its zone wrongly; its clock was right.',
        check: 'The difference is a whole multiple of 15 minutes, at most 14 hours.',
      },
      {
        id: 'out-of-place',
        story: 'A program put its header below others instead of on top, or a collector sorted the headers.',
        check: 'Read in another order the times rise; other messages of that route are in the same order.',
      },
    ],
    references: [
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information is put in front of what is there',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
    ],
  },
  async function* (evidence) {
    const records = new Map<string, Record>();
    for await (const message of messages(evidence)) {
      for (const h of handoversOf(message)) {
        const isOff = h.backMs > SKEW_MS;
        for (const host of new Set([hostOf(h.earlier), hostOf(h.later)])) note(records, host, isOff);
      }
    }
    for await (const message of messages(evidence)) {
      const back = handoversOf(message).filter((h) => h.backMs > SKEW_MS && !isZoneMultiple(h.backMs));
      const found = back.map((h) => findingOf(message, h, records)).find((f) => f !== null);
      if (found) yield found;
    }
  },
);
