import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { domainOf, isAligned } from '../../model/mail-domain.ts';
import { corpusRule } from '../../model/rule.ts';
import { eachMessageOnce } from '../shared/message-once.ts';
import { DAY_MS, instants, latest } from '../shared/time.ts';
import { WAY_CLAIMS, wayOf } from '../shared/ways.ts';
import { counted, quoted } from '../shared/wording.ts';

const READS = [...WAY_CLAIMS, 'party.from', 'dkim.body', 'dkim.signer', 'time.received'] as const;
type Read = (typeof READS)[number];

/** The week around the message. */
const SPAN_MS = 3.5 * DAY_MS;
const LEAST_SIGNED = 5;
const MANY_SIGNED = 15;
/** Messages remembered of one sender. */
const MOST_MESSAGES = 100_000;

interface Delivered {
  readonly at: number;
  /** Absent on a message that is signed. */
  readonly unsigned: Claim<'dkim.body'> | null;
  readonly from: Claim<'party.from'>;
  readonly hop: Claim<'time.received'>;
}

/** By the author's domain, or one above or below it; null where only others signed, which says nothing of what that domain does. */
function unsignedOf(m: Subject<Read>, domain: string): { readonly unsigned: Claim<'dkim.body'> | null } | null {
  const unsigned = m.claims('dkim.body').find((c) => c.value === 'unsigned');
  if (unsigned) return { unsigned };
  const signers = m.claims('dkim.signer').map((c) => (c.value ?? '').split(' ')[0] ?? '');
  return signers.some((s) => isAligned(s, domain)) ? { unsigned: null } : null;
}

/** What its sender keeps was never signed: a server must have stamped it. */
function deliveredFrom(sender: string, m: Subject<Read>): { readonly way: string; readonly one: Delivered } | null {
  const from = m.claims('party.from').find((c) => c.value?.mailbox === sender);
  const arrived = latest(instants(m.claims('time.received')));
  if (!from || !arrived) return null;
  const state = unsignedOf(m, domainOf(sender));
  return state && { way: wayOf(m), one: { at: arrived.at, ...state, from, hop: arrived.claim } };
}

async function byWay(members: AsyncIterable<Subject<Read>>, sender: string): Promise<Map<string, Delivered[]>> {
  const ways = new Map<string, Delivered[]>();
  for await (const { way, one } of eachMessageOnce(members, MOST_MESSAGES, (m) => deliveredFrom(sender, m))) {
    const known = ways.get(way);
    if (known) known.push(one);
    else ways.set(way, [one]);
  }
  return ways;
}

function* findingsOf(all: readonly Delivered[], sender: string): Iterable<FindingDraft> {
  const sorted = [...all].sort((a, b) => a.at - b.at);
  let from = 0;
  let to = 0;
  let bare = 0;
  for (const one of sorted) {
    for (let s = sorted[to]; s && s.at <= one.at + SPAN_MS; s = sorted[++to]) if (s.unsigned) bare++;
    for (let s = sorted[from]; s && s.at < one.at - SPAN_MS; s = sorted[++from]) if (s.unsigned) bare--;
    const signed = to - from - bare;
    if (one.unsigned && bare === 1 && signed >= LEAST_SIGNED) yield findingOf(one.unsigned, one, signed, sender);
  }
}

const findingOf = (unsigned: Claim<'dkim.body'>, { from, hop }: Delivered, signed: number, sender: string): FindingDraft => ({
  statement:
    `bears no DKIM signature; ${signed === 1 ? 'the other' : `all ${counted(signed, 'other message')}`} that ${quoted(sender)} sent in that week ` +
    `by the same program over the same servers are signed by the sender's domain`,
  strength: signed >= MANY_SIGNED ? 'moderate' : 'weak',
  about: [unsigned.artifact],
  rootCause: `untraced:${unsigned.artifact}`,
  evidence: [
    { claim: unsigned, role: 'primary' },
    { claim: hop, role: 'context', note: 'when it arrived' },
    { claim: from, role: 'context', note: 'the sender whose messages it was compared with' },
  ],
});

/** Catalogue G01, G13. One sender in memory at a time. */
export const unsignedAmongSigned = corpusRule(
  {
    id: 'unsigned-among-signed',
    catalogue: ['G01', 'G13'],
    version: 1,
    title: "Message bears no DKIM signature, where the sender's other messages of that week are all signed",
    proposition: 'fabricated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'kept-by-sender',
        story: "It is the sender's own copy, which no server signs.",
        check: 'No Received stands in it, or it lies in a folder of sent messages.',
      },
      {
        id: 'other-route',
        story: 'It went by another server of the sender, a copier, a shop or a colleague abroad, which does not sign.',
        check: 'The oldest Received names another host than those of the signed messages.',
      },
      {
        id: 'signer-failed',
        story: "The signing part of the sender's server stood still for an hour.",
        check: 'Messages of the same domain to others at that hour are unsigned, too.',
      },
      {
        id: 'taken-out',
        story: 'A list or a gateway that rewrote the message took the signature out.',
        check: 'Their marks stand in the header; other messages on that way have none, either.',
      },
    ],
    references: [
      { title: 'RFC 6376, DomainKeys Identified Mail: unsigned messages', section: '6.1', url: 'https://www.rfc-editor.org/rfc/rfc6376#section-6.1' },
      { title: 'RFC 6377, DKIM and Mailing Lists', section: '5', url: 'https://www.rfc-editor.org/rfc/rfc6377#section-5' },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('party.from', LEAST_SIGNED + 1)) {
      if (group.value.mailbox === '') continue;
      for (const way of (await byWay(group.members, group.value.mailbox)).values()) yield* findingsOf(way, group.value.mailbox);
    }
  },
);
