import { artifactRule } from '../../model/rule.ts';
import type { Claim } from '../../model/claim.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { MAILED_COPY, type MailedCopy, mailedCopies } from '../shared/mailed-copy.ts';
import { written } from '../shared/time.ts';

const isRecovered = (signed: Claim<'copy.signed'>): boolean => (signed.value ?? '').includes('key recovered');

function strengthOf({ signed, mailed }: MailedCopy): Strength {
  if (signed) return isRecovered(signed) ? 'strong' : 'very-strong';
  // Without a delivery by a server, the message is as loose as the file.
  return mailed?.claim.attribute === 'copy.mailed' && mailed.claim.field.startsWith('Received') ? 'moderate' : 'weak';
}

/** Catalogue L02. More than moderate only where the signature over the message that carries the attachment verifies. */
export const equalToAttachment = artifactRule(
  {
    id: 'equal-to-attachment',
    catalogue: ['L02'],
    version: 2,
    title: 'Loose file is equal, byte for byte, to an attachment of a message in the corpus',
    proposition: 'altered',
    direction: 'supports',
    strength: 'very-strong',
    grounds: 'cryptography',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: MAILED_COPY,
    innocent: [
      {
        id: 'both-changed',
        story: 'Whoever changed the loose file put the changed one into the mailbox, too; equality says nothing against that.',
        check: 'The signature of the message that carries it, once its key is at hand, covers the attachment.',
      },
      {
        id: 'message-made-up',
        story: 'The message that carries it is itself not what it seems, and was made around the file.',
        check: 'Look at the findings about that message, and for copies of it in other mailboxes.',
      },
    ],
    references: [
      { title: 'FIPS 180-4, Secure Hash Standard (SHA-256)', url: 'https://csrc.nist.gov/pubs/fips/180-4/upd1/final' },
      {
        title: 'RFC 6376, DomainKeys Identified Mail: the body hash covers attachments',
        section: '3.7',
        url: 'https://www.rfc-editor.org/rfc/rfc6376#section-3.7',
      },
    ],
  },
  function* (subject) {
    const equal = mailedCopies(subject).filter((c) => c.relation.value === 'same-bytes');
    const copy = equal.find((c) => c.signed !== undefined) ?? equal[0];
    if (!copy) return;
    const delivered = copy.mailed ? `delivered ${written(copy.mailed)}` : 'in the mail';
    yield {
      statement: `is equal, byte for byte, to an attachment ${delivered}${copy.signed ? `; the ${copy.signed.field.replace(/ over the mailed copy$/, '')} on the message that carries it verifies${isRecovered(copy.signed) ? ', by a key computed from messages of this corpus' : ''}` : ''}`,
      about: [subject.artifact.id],
      rootCause: `equal:${subject.artifact.sha256}`,
      strength: strengthOf(copy),
      evidence: [
        { claim: copy.relation, role: 'primary' },
        ...(copy.signed ? [{ claim: copy.signed, role: 'primary' as const }] : []),
        ...(copy.mailed ? [{ claim: copy.mailed.claim, role: 'context' as const }] : []),
      ],
    };
  },
);
