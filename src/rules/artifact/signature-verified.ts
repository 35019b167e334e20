import { domainOf, isAligned } from '../../model/mail-domain.ts';
import { artifactRule } from '../../model/rule.ts';
import { oneLower, type Strength, strengthRank, weaker } from '../../model/rule-meta.ts';
import { type CheckedSignature, citing, SIGNATURE_CLAIMS, signaturesOf, signerWords } from '../shared/signatures.ts';

const LEAST_BITS = 1024;
/** The fields a reader goes by. */
const TOLD = ['from', 'to', 'cc', 'subject', 'date', 'message-id'];

const has = (s: CheckedSignature, start: string): boolean => s.notes.some((n) => n.startsWith(start));
const isRecovered = (s: CheckedSignature): boolean => has(s, 'key recovered');

function strengthOf(s: CheckedSignature, aligned: boolean): Strength {
  if (s.bits === null || (s.bits < LEAST_BITS && s.record.algorithm.startsWith('rsa'))) return 'weak';
  let strength: Strength = aligned ? 'very-strong' : 'moderately-strong';
  if (isRecovered(s)) strength = weaker(strength, 'strong');
  if (s.outcome !== 'verified' || has(s, 'covers')) return weaker(strength, 'moderate');
  return has(s, 'undone') ? oneLower(strength) : strength;
}

function statementOf(s: CheckedSignature): string {
  const fields = TOLD.filter((f) => s.record.fields.includes(f));
  const what = `${s.outcome === 'verified' ? 'body and ' : ''}${fields.length === 0 ? 'signed headers' : `headers (${fields.join(', ')})`}`;
  const qualified = s.notes.length === 0 ? '' : `; ${s.notes.join('; ')}`;
  if (isRecovered(s))
    return `has ${what} unchanged since the key of ${signerWords(s)} signed them, a key computed from messages of this corpus: one signer made them all; who that was, it does not say${qualified}`;
  return `has ${what} unchanged since ${signerWords(s)} signed them, with a key of ${s.bits ?? 0} bits${qualified}`;
}

/** Catalogue G01, L01. One finding a message: the strongest of its signatures that verify. */
export const signatureVerified = artifactRule(
  {
    id: 'signature-verified',
    catalogue: ['G01', 'L01'],
    version: 1,
    title: 'DKIM signature of a message verifies: it is unchanged since a server of that domain signed it',
    proposition: 'altered',
    direction: 'supports',
    strength: 'very-strong',
    grounds: 'cryptography',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: [...SIGNATURE_CLAIMS, 'party.from'],
    innocent: [
      {
        id: 'key-known-to-others',
        story: 'The private key was published, stolen, or too short to keep: then anyone could sign.',
        check: 'Length of the key, and whether the domain published its old keys.',
      },
      {
        id: 'not-the-author',
        story: 'The server signed what an intruder in the account, a form on a web site or a shared service sent.',
        check: 'A signature speaks of a server; look at how the message entered it.',
      },
      {
        id: 'not-all-is-signed',
        story: 'What was added stands in fields that are not signed, or behind the bytes that l= covers.',
        check: 'The list of signed fields, and the note on covered bytes.',
      },
    ],
    references: [
      { title: 'RFC 6376, DomainKeys Identified Mail', section: '6.1', url: 'https://www.rfc-editor.org/rfc/rfc6376#section-6.1' },
      {
        title: 'RFC 8301, Cryptographic Algorithm and Key Usage Update to DKIM',
        section: '3.2',
        url: 'https://www.rfc-editor.org/rfc/rfc8301#section-3.2',
      },
      { title: 'RFC 8463, Ed25519 for DKIM', url: 'https://www.rfc-editor.org/rfc/rfc8463' },
    ],
  },
  function* (subject) {
    const from = subject.claims('party.from').flatMap((c) => (c.value ? [c.value.mailbox] : []));
    const rated = signaturesOf(subject)
      .filter((s) => s.record.kind === 'dkim' && (s.outcome === 'verified' || s.outcome === 'headers verified, body absent'))
      .map((s) => ({ s, strength: strengthOf(s, from.length > 0 && from.every((m) => isAligned(s.record.domain, domainOf(m)))) }));
    const [best] = rated.sort((a, b) => strengthRank(b.strength) - strengthRank(a.strength));
    if (!best) return;
    yield {
      statement: statementOf(best.s),
      strength: best.strength,
      about: [subject.artifact.id],
      rootCause: `signature:${subject.artifact.id}`,
      evidence: citing(best.s),
    };
  },
);
