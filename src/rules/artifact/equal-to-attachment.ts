import { artifactRule } from '../../model/rule.ts';
import { MAILED_COPY, mailedCopies } from '../shared/mailed-copy.ts';
import { written } from '../shared/time.ts';

/** Catalogue L02. At most moderate until the signature over the message that carries the attachment is verified. */
export const equalToAttachment = artifactRule(
  {
    id: 'equal-to-attachment',
    catalogue: ['L02'],
    version: 1,
    title: 'Loose file is equal, byte for byte, to an attachment of a message in the corpus',
    proposition: 'altered',
    direction: 'supports',
    strength: 'moderate',
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
    const copy = mailedCopies(subject).find((c) => c.relation.value === 'same-bytes');
    if (!copy) return;
    yield {
      statement: `is equal, byte for byte, to an attachment ${copy.mailed ? `delivered ${written(copy.mailed)}` : 'in the mail'}`,
      about: [subject.artifact.id],
      rootCause: `equal:${subject.artifact.sha256}`,
      // Without a delivery by a server, the message is as loose as the file.
      strength: copy.mailed?.claim.attribute === 'copy.mailed' && copy.mailed.claim.field.startsWith('Received') ? 'moderate' : 'weak',
      evidence: [{ claim: copy.relation, role: 'primary' }, ...(copy.mailed ? [{ claim: copy.mailed.claim, role: 'context' as const }] : [])],
    };
  },
);
