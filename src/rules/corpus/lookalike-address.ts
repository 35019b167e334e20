import type { Claim } from '../../model/claim.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { chosenName, isOneSlipApart, oneLess, skeletonOf } from '../shared/lookalikes.ts';
import { isMessage } from '../shared/time.ts';
import { counted, quoted } from '../shared/wording.ts';

const READS = ['party.from', 'party.to'] as const;

/** Messages from a domain before it counts as a correspondent's. */
const LEAST_MESSAGES = 10;
/** Messages of a domain that others may be mistaken for: more, and it is a correspondent of its own. */
const MOST_MESSAGES = 3;
/** Domains remembered, and long names left out of the comparison. */
const MOST_DOMAINS = 500_000;
const LONGEST = 63;

interface Domain {
  readonly domain: string;
  messages: number;
  writtenTo: number;
  /** Of the first few messages from it. */
  readonly from: Claim<'party.from'>[];
}

const domainOf = (claim: Claim<'party.from' | 'party.to'>): string => {
  const mailbox = claim.value?.mailbox ?? '';
  const at = mailbox.lastIndexOf('@');
  return at === -1 ? '' : mailbox.slice(at + 1).toLowerCase();
};

async function domainsOf(evidence: Evidence<(typeof READS)[number]>): Promise<Map<string, Domain>> {
  const domains = new Map<string, Domain>();
  const noted = (name: string): Domain | null => {
    const known = domains.get(name);
    if (known || name === '' || domains.size >= MOST_DOMAINS) return known ?? null;
    const domain: Domain = { domain: name, messages: 0, writtenTo: 0, from: [] };
    domains.set(name, domain);
    return domain;
  };
  for await (const message of evidence.byValue('party.from')) {
    const [from] = message.claims('party.from');
    if (!from || !isMessage(message)) continue;
    const sender = noted(domainOf(from));
    if (sender) {
      sender.messages += 1;
      if (sender.from.length < MOST_MESSAGES) sender.from.push(from);
    }
    for (const to of new Set(message.claims('party.to').map(domainOf))) {
      const recipient = noted(to);
      if (recipient) recipient.writtenTo += 1;
    }
  }
  return domains;
}

interface Known {
  readonly domain: Domain;
  readonly name: string;
  readonly frame: string;
}

const nameOf = (domain: Domain): Known | null => {
  const chosen = domain.domain.length > 4 * LONGEST ? null : chosenName(domain.domain);
  return chosen && chosen.name.length <= LONGEST ? { domain, ...chosen } : null;
};

/** Correspondents by all that they could be mistaken for: linear in the letters. */
function lexicon(correspondents: readonly Known[]): Map<string, Known[]> {
  const found = new Map<string, Known[]>();
  const put = (key: string, known: Known): void => {
    const list = found.get(key);
    if (list) list.push(known);
    else found.set(key, [known]);
  };
  for (const c of correspondents) for (const key of new Set([...oneLess(c.name), `=${skeletonOf(c.name)}`])) put(key, c);
  return found;
}

function likenessOf(stranger: Known, known: Known): 'looks like' | 'is one letter from' | null {
  if (stranger.name === known.name) return null;
  if (skeletonOf(stranger.name) === skeletonOf(known.name)) return 'looks like';
  return stranger.frame === known.frame && isOneSlipApart(stranger.name, known.name) ? 'is one letter from' : null;
}

function findingOf(stranger: Known, known: Known, likeness: string): FindingDraft | null {
  const [first, ...rest] = stranger.domain.from;
  const [honest] = known.domain.from;
  if (!first || !honest) return null;
  return {
    statement:
      `comes from ${quoted(stranger.domain.domain)}, which ${likeness} ${quoted(known.domain.domain)}, ` +
      `from where ${counted(known.domain.messages, 'other message')} came; nobody here wrote to the former`,
    strength: likeness === 'looks like' ? 'moderate' : 'weak',
    about: [first.artifact, ...rest.map((c) => c.artifact)],
    rootCause: `lookalike:${stranger.domain.domain}`,
    evidence: [
      { claim: first, role: 'primary' },
      { claim: honest, role: 'contradicts', note: 'the address it resembles' },
      ...rest.map((claim) => ({ claim, role: 'context' }) as const),
    ],
  };
}

/** Catalogue A04, G18. One pass; keeps two numbers a domain, and compares by letters left out instead of pair by pair. */
export const lookalikeAddress = corpusRule(
  {
    id: 'lookalike-address',
    catalogue: ['A04', 'G18'],
    version: 1,
    title: 'Message comes from a domain that differs by a hair from that of a correspondent',
    proposition: 'context',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'lure',
        story: 'Somebody outside took such a domain to deceive the recipients: the message is what arrived, and not what it says it is.',
        check: 'Servers that the recipient trusts delivered it; it asks for money, a password or a click.',
      },
      {
        id: 'typing-error',
        story: 'The sender mistyped the own address while setting up a program.',
        check: 'The text before the @ and the name are the same; the message left through the servers of the right domain.',
      },
      {
        id: 'another-house',
        story: 'Two houses have names that are alike by chance.',
        check: 'The domain has its own pages, people and subjects.',
      },
    ],
    references: [
      {
        title: 'Unicode UTS #39, Unicode Security Mechanisms: confusable detection',
        section: '4',
        url: 'https://www.unicode.org/reports/tr39/#Confusable_Detection',
      },
    ],
  },
  async function* (evidence) {
    const domains: Known[] = [];
    for (const domain of (await domainsOf(evidence)).values()) {
      const known = nameOf(domain);
      if (known) domains.push(known);
    }
    const known = lexicon(domains.filter((d) => d.domain.messages >= LEAST_MESSAGES));
    const strangers = domains.filter((d) => d.domain.messages > 0 && d.domain.messages <= MOST_MESSAGES && d.domain.writtenTo === 0);
    for (const stranger of strangers) {
      const near = [`=${skeletonOf(stranger.name)}`, ...oneLess(stranger.name)].flatMap((key) => known.get(key) ?? []);
      for (const candidate of near) {
        const likeness = likenessOf(stranger, candidate);
        const found = likeness && findingOf(stranger, candidate, likeness);
        if (!found) continue;
        yield found;
        break;
      }
    }
  },
);
