import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { counted, signedReplies } from '../shared/wording.ts';

const COUNTS = ['quote.with-original', 'quote.with-quotation', 'quote.with-original-signed', 'quote.with-quotation-signed'] as const;
const READS = ['quote.of', 'quote.relation', 'quote.difference', ...COUNTS, 'party.from'] as const;
type Read = (typeof READS)[number];
type Message = Subject<Read>;

/** Replies to one message looked at; the examination compares two hundred. */
const MOST_MEMBERS = 200;
/** Findings about one original: more are told by the claims. */
const MOST_FINDINGS = 5;
const AGREES: ReadonlySet<string | null> = new Set(['verbatim', 'trimmed', 'reworded']);

interface Odd {
  readonly reply: Message;
  readonly difference: Claim<'quote.difference'>;
  /** Senders who quote that place as the original has it, and as this reply has it. */
  readonly kept: number;
  readonly alike: number;
  /** Those of either whose message bears a signature that verifies. */
  readonly keptSigned: number;
  readonly alikeSigned: number;
  /** It quotes another copy of the same message as that copy stands. */
  readonly agreesElsewhere: boolean;
}

/** What it quotes of the copies of one message: it may quote others besides. */
function* oddOf(reply: Message, id: string): Iterable<Odd> {
  const copies = new Set(reply.claims('quote.of').map((c) => (c.value === id ? c.other?.artifact : undefined)));
  const relations = reply.claims('quote.relation').filter((c) => copies.has(c.other?.artifact));
  const agreesElsewhere = relations.some((c) => AGREES.has(c.value));
  for (const difference of reply.claims('quote.difference').filter((c) => copies.has(c.other?.artifact))) {
    const count = (attribute: (typeof COUNTS)[number]): number =>
      reply.claims(attribute).find((c) => c.other?.artifact === difference.other?.artifact)?.value ?? 0;
    yield {
      reply,
      difference,
      kept: count('quote.with-original'),
      alike: count('quote.with-quotation'),
      keptSigned: count('quote.with-original-signed'),
      alikeSigned: count('quote.with-quotation-signed'),
      agreesElsewhere,
    };
  }
}

type Verdict = Pick<FindingDraft, 'statement' | 'about' | 'strength'>;

/** Which of the two stands alone: the copy of the original, the quotation, or nobody knows. */
function verdictOf(odd: Odd, original: NonNullable<Claim['other']>['artifact']): Verdict {
  const { reply, difference, kept, alike, keptSigned, alikeSigned, agreesElsewhere } = odd;
  const words = difference.value ?? '';
  // What a server signed nobody changed afterwards: it counts for two.
  const many = (n: number, signed: number): Strength => (n + signed >= 2 ? 'moderate' : 'weak');
  if (agreesElsewhere)
    return {
      statement: `differs from another copy of the same message, which ${counted(alike, 'sender')} quoted in a reply as that copy stands: ${words}${signedReplies(alikeSigned)}`,
      about: [original],
      strength: many(alike, alikeSigned),
    };
  if (kept > 0 && alike < 2)
    return {
      statement: `quotes a message otherwise than that message and ${kept === 1 ? 'another reply has' : `${kept} other people have`} it: ${words}${signedReplies(keptSigned)}`,
      about: [reply.artifact.id],
      strength: many(kept, keptSigned),
    };
  if (alike >= 2 && kept === 0)
    return {
      statement: `differs from what ${alike} people quote of it in their replies, all alike: ${words}${signedReplies(alikeSigned)}`,
      about: [original],
      strength: 'moderate',
    };
  return {
    statement: `is one of two that differ, a message and one that quotes it: ${words}${alikeSigned > 0 ? '; the signature of the one that quotes it verifies' : ''}`,
    about: [original, reply.artifact.id],
    strength: 'weak',
  };
}

function finding(id: string, odd: Odd): FindingDraft | null {
  const { reply, difference } = odd;
  if (!difference.other) return null;
  const counts = COUNTS.flatMap((a) => reply.claims(a).filter((c) => c.other?.artifact === difference.other?.artifact));
  return {
    ...verdictOf(odd, difference.other.artifact),
    rootCause: `twin:${id}`,
    evidence: [{ claim: difference, role: 'primary' }, ...counts.map((claim): Cited => ({ claim, role: 'context' }))],
  };
}

/** Catalogue G11. Rests on the examination `quoted-replies`. */
export const quotedOtherwise = corpusRule(
  {
    id: 'quoted-otherwise',
    catalogue: ['G11'],
    version: 2,
    title: 'Message quotes another one with another number, sum, date, name or negation than that one has',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'inline-answer',
        story: 'The replier wrote into the quotation: corrected a figure, filled in a date, answered between the lines.',
        check: 'The text above the quotation speaks of the change, or colour and initials mark it in the HTML part.',
      },
      {
        id: 'trimmed-or-rewrapped',
        story: 'The quotation was shortened, wrapped anew, or lost its signature and footers.',
        check: 'Words are missing or broken at line ends, and none is another one.',
      },
      {
        id: 'other-version',
        story: 'The replier answered another version: a corrected message sent again, or a draft that went out.',
        check: 'A second message of the same sender within minutes, with nearly the same text.',
      },
      {
        id: 'translated',
        story: 'A program translated the quotation, or wrote numbers and dates in the style of its user.',
        check: 'Dates and decimals differ in form only; the whole quotation is in another language.',
      },
    ],
    references: [
      {
        title: 'RFC 3676, The Text/Plain Format and DelSp Parameters: quoting',
        section: '4.5',
        url: 'https://www.rfc-editor.org/rfc/rfc3676#section-4.5',
      },
      {
        title: 'RFC 5322, Internet Message Format: identification fields',
        section: '3.6.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4',
      },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('quote.of', 1)) {
      const seen = new Set<string>();
      let members = 0;
      for await (const reply of group.members) {
        if ((members += 1) > MOST_MEMBERS || seen.size >= MOST_FINDINGS) break;
        for (const odd of oddOf(reply, group.value)) {
          // Copies of one reply, and replies that agree, say the same thing once.
          const key = `${odd.difference.other?.artifact ?? ''} ${odd.difference.value ?? ''}`;
          const found = seen.has(key) ? null : finding(group.value, odd);
          seen.add(key);
          if (found) yield found;
        }
      }
    }
  },
);
