import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { eachMessageOnce } from '../shared/message-once.ts';
import { instants } from '../shared/time.ts';
import { programOf, WAY_CLAIMS, wayOf } from '../shared/ways.ts';
import { quoted } from '../shared/wording.ts';

const READS = [...WAY_CLAIMS, 'party.from', 'mark.header-order', 'time.sent'] as const;
type Read = (typeof READS)[number];

/** Messages that have both fields, the other way round. */
const LEAST_SIBLINGS = 10;
const MANY_SIBLINGS = 30;
/** So many may share an order and still be odd. */
const MOST_ODD = 3;
/** Siblings before and after it: else the program may have been changed for good. */
const LEAST_AROUND = 3;
/** Beyond these a sender has no habits, or is not one. */
const MOST_WAYS = 200;
const MOST_ORDERS = 300;
const MOST_IDS = 50_000;

interface Arranged {
  readonly order: Claim<'mark.header-order'>;
  readonly from: Claim<'party.from'>;
  readonly at: number;
  readonly way: string;
  readonly program: string;
}

/** One order: how many messages have it, and the first of them. */
interface Order {
  readonly fields: readonly string[];
  n: number;
  readonly first: Arranged[];
}

interface Way {
  readonly program: string;
  readonly orders: Map<string, Order>;
  readonly times: number[];
  /** More orders than can be a habit. */
  irregular: boolean;
}

function note(way: Way, one: Arranged): void {
  const value = one.order.value ?? '';
  const known = way.orders.get(value);
  if (!known && way.orders.size >= MOST_ORDERS) {
    way.irregular = true;
    return;
  }
  const entry = known ?? { fields: value.split(' '), n: 0, first: [] };
  entry.n += 1;
  if (entry.first.length < MOST_ODD) entry.first.push(one);
  way.orders.set(value, entry);
  way.times.push(one.at);
}

function arrangedBy(sender: string, m: Subject<Read>): Arranged | null {
  const order = m.claims('mark.header-order')[0];
  const from = m.claims('party.from').find((c) => c.value?.mailbox === sender);
  const [sent] = instants(m.claims('time.sent'));
  return order && from && sent ? { order, from, at: sent.at, way: wayOf(m), program: programOf(m) } : null;
}

async function waysOf(members: AsyncIterable<Subject<Read>>, sender: string): Promise<Map<string, Way>> {
  const ways = new Map<string, Way>();
  for await (const one of eachMessageOnce(members, MOST_IDS, (m) => arrangedBy(sender, m))) {
    const way = ways.get(one.way) ?? { program: one.program, orders: new Map(), times: [], irregular: false };
    if (!ways.has(one.way) && ways.size >= MOST_WAYS) continue;
    ways.set(one.way, way);
    note(way, one);
  }
  return ways;
}

const pairKey = (a: string, b: string): string => `${a} ${b}`;

/** Each two fields of an order, the upper first. */
function* pairsOf(fields: readonly string[]): Iterable<readonly [string, string]> {
  for (const [i, a] of fields.entries()) for (const b of fields.slice(i + 1)) yield [a, b];
}

function countPairs(orders: Iterable<Order>): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const { fields, n } of orders) for (const [a, b] of pairsOf(fields)) pairs.set(pairKey(a, b), (pairs.get(pairKey(a, b)) ?? 0) + n);
  return pairs;
}

const isAmid = (at: number, times: readonly number[]): boolean =>
  times.filter((t) => t < at).length >= LEAST_AROUND && times.filter((t) => t > at).length >= LEAST_AROUND;

function* findingsOf({ program, orders, times, irregular }: Way): Iterable<FindingDraft> {
  if (irregular || times.length <= LEAST_SIBLINGS) return;
  const pairs = countPairs(orders.values());
  for (const { fields, n, first } of orders.values()) {
    // One of ten, two of thirty, three of fifty.
    if (n > MOST_ODD || (2 * n - 1) * LEAST_SIBLINGS > times.length) continue;
    let best: readonly [string, string, number] | null = null;
    for (const [a, b] of pairsOf(fields)) {
      const against = pairs.get(pairKey(b, a)) ?? 0;
      if (pairs.get(pairKey(a, b)) === n && against >= LEAST_SIBLINGS && against > (best?.[2] ?? 0)) best = [a, b, against];
    }
    if (best === null) continue;
    for (const odd of first) if (isAmid(odd.at, times)) yield findingOf(odd, best, program);
  }
}

const findingOf = ({ order, from }: Arranged, [a, b, siblings]: readonly [string, string, number], program: string): FindingDraft => ({
  statement:
    `has '${a}' above '${b}' in its header; ${siblings} other messages of ${quoted(from.value?.mailbox ?? '')}` +
    `${program === '' ? '' : ` by ${quoted(program)}`} that came over the same servers have them the other way round, before it and after it`,
  strength: siblings >= MANY_SIBLINGS && program !== '' ? 'moderate' : 'weak',
  about: [order.artifact],
  rootCause: `client:${order.artifact}`,
  evidence: [
    { claim: order, role: 'primary' },
    { claim: from, role: 'context', note: 'the sender whose messages it was compared with' },
  ],
});

/** Catalogue G05. One sender in memory at a time: the orders of its messages, each once, and a number a message. */
export const headerOrderOutlier = corpusRule(
  {
    id: 'header-order-outlier',
    catalogue: ['G05'],
    version: 1,
    title: "Header fields stand in an order that none of the sender's other messages by the same program has",
    proposition: 'fabricated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'program-changed',
        story: 'The program was updated and writes its fields in another order since, or did before.',
        check: 'All messages after a day, or before it, have the one order; its version differs.',
      },
      {
        id: 'other-device',
        story: 'The sender wrote it on another device or on the pages of the provider, which name no program.',
        check: 'The form of its Message-ID, its Content-Type and its Received differ from the others.',
      },
      {
        id: 'rewritten-on-the-way',
        story: 'A list, a gateway or a server that forwards took the header apart and wrote it anew.',
        check: 'Their marks stand in the header; other messages on that way have the same order.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: the order of fields should be kept',
        section: '3.6',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6',
      },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('party.from', LEAST_SIBLINGS + 1)) {
      if (group.value.mailbox === '') continue;
      for (const way of (await waysOf(group.members, group.value.mailbox)).values()) yield* findingsOf(way);
    }
  },
);
