import type { Claim } from '../../model/claim.ts';
import { readSignature, signerOf } from '../../model/dkim.ts';
import type { Evidence, Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { isoDay } from '../../model/time.ts';
import { DAY_MS, instants, isMessage, latest } from '../shared/time.ts';
import { counted, quoted } from '../shared/wording.ts';

const READS = ['dkim.signer', 'dkim.signature', 'dkim.state', 'time.sent', 'time.received'] as const;
type Read = (typeof READS)[number];

/** Uses are counted by so much: a number for each stretch in which a key was used. */
const STRETCH_MS = 30 * DAY_MS;
/** So far from the message no other may bear its selector. */
const ALONE = 6;
/** So near to it other selectors of the domain are looked for. */
const NEAR = 1;
/** Messages with the selector at another time, and messages with others at this one. */
const LEAST = 5;
const MANY = 20;
/** Signers and stretches remembered. */
const MOST_COUNTS = 2_000_000;

type Uses = Map<number, number>;
const stretchOf = (at: number): number => Math.floor(at / STRETCH_MS);
const used = (uses: Uses | undefined, from: number, to: number): number => {
  let n = 0;
  for (let s = from; s <= to; s++) n += uses?.get(s) ?? 0;
  return n;
};

/** A signature and when the message was on its way, by the newest server, or by Date where none left a trace. */
interface Use {
  readonly signature: Claim<'dkim.signature'>;
  readonly state: Claim<'dkim.state'> | undefined;
  readonly value: string;
  readonly coversDate: boolean;
  readonly time: Claim<'time.sent' | 'time.received'>;
  readonly at: number;
}

function* usesIn(m: Subject<Read>, signer: string): Iterable<Use> {
  const [date] = instants(m.claims('time.sent'));
  const when = latest(instants(m.claims('time.received'))) ?? date;
  if (!isMessage(m) || !when) return;
  for (const signature of m.claims('dkim.signature')) {
    const record = readSignature(signature.value);
    if (record?.kind !== 'dkim' || signerOf(record) !== signer) continue;
    const place = JSON.stringify(signature.locator);
    const state = m.claims('dkim.state').find((c) => JSON.stringify(c.locator) === place);
    yield { signature, state, value: record.signature, coversDate: record.fields.includes('date'), time: when.claim, at: when.at };
  }
}

interface Census {
  readonly bySigner: ReadonlyMap<string, Uses>;
  readonly byDomain: ReadonlyMap<string, Uses>;
}

const add = (uses: Uses, stretch: number): void => void uses.set(stretch, (uses.get(stretch) ?? 0) + 1);
const domainIn = (signer: string): string => signer.slice(0, signer.indexOf(' '));

async function censusOf(evidence: Evidence<Read>): Promise<Census> {
  const bySigner = new Map<string, Uses>();
  const byDomain = new Map<string, Uses>();
  let counts = 0;
  for await (const group of evidence.groups('dkim.signer', 1)) {
    const own: Uses = new Map();
    const domain = byDomain.get(domainIn(group.value)) ?? new Map<number, number>();
    const seen = new Set<string>();
    for await (const m of group.members)
      for (const { value, at } of usesIn(m, group.value)) {
        // A copy bears the same signature.
        if (seen.has(value)) continue;
        seen.add(value);
        add(own, stretchOf(at));
        add(domain, stretchOf(at));
      }
    counts += own.size;
    if (counts > MOST_COUNTS) break;
    bySigner.set(group.value, own);
    byDomain.set(domainIn(group.value), domain);
  }
  return { bySigner, byDomain };
}

interface Lonely {
  readonly others: number;
  readonly side: 'later' | 'earlier';
  /** Of the nearest stretch in which the selector was used. */
  readonly nearest: number;
  readonly rivals: number;
}

/** Whether no other message near that time bears this selector, many of another time do, and many near that time bear others. */
function lonelyAt(at: number, own: Uses, domain: Uses | undefined): Lonely | null {
  const s = stretchOf(at);
  if (used(own, s - ALONE, s + ALONE) !== 1) return null;
  let [before, after] = [0, 0];
  let [last, next] = [-Infinity, Infinity];
  for (const [stretch, n] of own) {
    if (stretch < s) [before, last] = [before + n, Math.max(last, stretch)];
    if (stretch > s) [after, next] = [after + n, Math.min(next, stretch)];
  }
  const rivals = used(domain, s - NEAR, s + NEAR) - used(own, s - NEAR, s + NEAR);
  if ((before > 0 && after > 0) || before + after < LEAST || rivals < LEAST) return null;
  const later = after > 0;
  return { others: before + after, side: later ? 'later' : 'earlier', nearest: (later ? next : last + 1) * STRETCH_MS, rivals };
}

function findingOf(use: Use, l: Lonely, signer: string): FindingDraft {
  const rest = l.side === 'later' ? `are all of ${isoDay(l.nearest)} and later` : `are all older than ${isoDay(l.nearest)}`;
  return {
    statement:
      `bears a signature of ${quoted(signer)} and is of ${isoDay(use.at)}; ${counted(l.others, 'other message')} with that selector ${rest}, ` +
      `and ${l.rivals} of that domain near its own day bear other selectors`,
    strength: l.side === 'later' && l.others >= MANY && l.rivals >= MANY ? 'moderate' : 'weak',
    about: [use.signature.artifact],
    rootCause: `clock:${use.signature.artifact}`,
    evidence: [
      { claim: use.time, role: 'primary' },
      { claim: use.signature, role: 'contradicts', note: 'selector' },
    ],
  };
}

/** Catalogue G02. Two passes over the signatures; keeps a number for each selector and month. */
export const selectorOutOfItsTime = corpusRule(
  {
    id: 'selector-out-of-its-time',
    catalogue: ['G02'],
    version: 1,
    title: 'Key that signed a message is otherwise seen at another time only, when the domain used others',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'sent-later',
        story: 'An old message was sent again or imported, and signed on that later day.',
        check: 'A Received of the later day stands in it; then nothing is said here.',
      },
      {
        id: 'several-keys',
        story: 'The domain used several keys at once, for offices, services or newsletters, and this one was rare then.',
        check: 'Other messages by the same service have the same selector; the domain has many.',
      },
      {
        id: 'wrong-clock',
        story: "The sender's computer had a wrong date, and no server left a trace.",
        check: 'Other messages of that sender are wrong by as much.',
      },
    ],
    references: [
      { title: 'RFC 6376, DomainKeys Identified Mail: selectors', section: '3.1', url: 'https://www.rfc-editor.org/rfc/rfc6376#section-3.1' },
    ],
  },
  async function* (evidence) {
    const { bySigner, byDomain } = await censusOf(evidence);
    for await (const group of evidence.groups('dkim.signer', LEAST + 1)) {
      const own = bySigner.get(group.value);
      if (!own) continue;
      const told = new Set<string>();
      for await (const m of group.members)
        for (const use of usesIn(m, group.value)) {
          // With Date under a signature that verifies, the signer vouches for it.
          if (use.coversDate && use.state?.value?.startsWith('verified') === true) continue;
          const lonely = told.has(use.signature.artifact) ? null : lonelyAt(use.at, own, byDomain.get(domainIn(group.value)));
          if (!lonely) continue;
          told.add(use.signature.artifact);
          yield findingOf(use, lonely, group.value);
        }
    }
  },
);
