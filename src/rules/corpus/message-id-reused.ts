import type { Claim } from '../../model/claim.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { signedWhole } from '../../model/signed-whole.ts';
import { comparable, COPY_ATTRIBUTES, type Message, type Odd, placeOf, sides } from '../shared/message-copies.ts';

/**
 * How the examination puts it. Line ends, added pictures and repacking change attachments on honest ways; other words such
 * software does not write. So attachments count only against a majority, and never more than weakly.
 */
const OTHER_ATTACHMENTS = 'attachments differ in their bytes';
/** Members of one group looked at; the examination compares fifty. */
const MOST_MEMBERS = 200;

/**
 * The copy compared with is as it was signed, so the other one is not. One that no server stamped was filed by its sender, before
 * the sender's own server could put in a disclaimer and sign.
 */
function againstSigned(id: Claim<'id.message'>, { message, relation, difference }: Odd, signature: Claim<'dkim.state'>): FindingDraft {
  const words = difference.value ?? '';
  return {
    statement: `differs from a copy of the message ${(id.value ?? '').slice(0, 120)} whose signature verifies: ${words}`,
    about: [message.artifact.id],
    rootCause: `twin:${id.value ?? ''}`,
    strength: words === OTHER_ATTACHMENTS || message.claims('time.received').length === 0 ? 'moderate' : 'moderately-strong',
    evidence: [
      { claim: difference, role: 'primary' },
      { claim: signature, role: 'contradicts', note: 'the copy compared with' },
      { claim: relation, role: 'context' },
    ],
  };
}

function finding(
  id: Claim<'id.message'>,
  { message, relation, difference }: Odd,
  agreeing: readonly [Message, ...Message[]],
  majority: boolean,
): FindingDraft | null {
  const name = (id.value ?? '').slice(0, 120);
  const words = difference.value ?? '';
  const outnumbered = majority && new Set(agreeing.map(placeOf)).size >= 2;
  const onlyAttachments = words === OTHER_ATTACHMENTS;
  if (onlyAttachments && !outnumbered) return null;
  return {
    statement: outnumbered
      ? `differs from ${agreeing.length} other copies of the message ${name}, which agree with each other: ${words}`
      : `is one of two copies of the message ${name} that differ: ${words}`,
    about: outnumbered ? [message.artifact.id] : [agreeing[0].artifact.id, message.artifact.id],
    rootCause: `twin:${id.value ?? ''}`,
    strength: outnumbered && !onlyAttachments ? 'moderate' : 'weak',
    evidence: [
      { claim: difference, role: 'primary' },
      { claim: id, role: 'contradicts', note: 'the copy compared with' },
      { claim: relation, role: 'context' },
    ],
  };
}

/** Catalogue G10. Beyond moderate only where the signature of the other copy verifies. Rests on the examination `message-copies`, which folds what transport changes. */
export const messageIdReused = corpusRule(
  {
    id: 'message-id-reused',
    catalogue: ['G10'],
    version: 2,
    title: 'Copies of one message, by its Message-ID, say different things',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderately-strong',
    grounds: 'cryptography',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: COPY_ATTRIBUTES,
    innocent: [
      {
        id: 'footer-added',
        story: 'A list or a gateway put a footer, a disclaimer or a banner on one copy.',
        check: 'The same text stands unbroken in both copies; other mail on that way carries the same lines.',
      },
      {
        id: 'relayed',
        story: 'One copy went through a list, a gateway or an export that rewrites bodies.',
        check: 'List-Id, gateway or export headers on one copy only.',
      },
      {
        id: 'added-before-signing',
        story: "The sender's own server put in a disclaimer or a signature, and signed; the copy that the sender filed has not got it.",
        check: 'The odd copy lies in a folder of sent mail, bears no Received, and lacks words instead of having others.',
      },
      {
        id: 'draft-and-sent',
        story: 'A draft and the message sent from it keep one Message-ID.',
        check: 'One copy lies in a folder of drafts, or their Dates differ.',
      },
      {
        id: 'mail-merge',
        story: 'A program gave one Message-ID to a series of letters.',
        check: 'The recipients differ, and so do the names within the text.',
      },
      {
        id: 'careless-sender',
        story: 'A broken program sends all its messages with one Message-ID.',
        check: 'Many messages bear the id, on different days.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: a Message-ID belongs to one version of one message',
        section: '3.6.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4',
      },
      { title: 'RFC 5598, Internet Mail Architecture: what mediators change', section: '5', url: 'https://www.rfc-editor.org/rfc/rfc5598#section-5' },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('id.message', 2)) {
      const members: Message[] = [];
      for await (const member of group.members) {
        if (members.push(member) >= MOST_MEMBERS) break;
      }
      const both = sides(members);
      const from = both?.agreeing[0];
      const id = from?.claims('id.message').find((c) => c.value === group.value);
      if (!both || !from || !id) continue;
      const signature = signedWhole(from);
      const odd = both.odd.filter((o) => comparable(o.message, from));
      const majority = both.agreeing.length >= 2 && both.odd.length < both.agreeing.length;
      for (const o of odd) {
        const found = signature ? againstSigned(id, o, signature) : finding(id, o, both.agreeing, majority);
        if (found) yield found;
      }
    }
  },
);
