import { artifactRule } from '../../model/rule.ts';
import { isMessage } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

/** Catalogue G19. */
export const forwardedAsText = artifactRule(
  {
    id: 'forwarded-as-text',
    catalogue: ['G19'],
    version: 1,
    title: 'Message is known only as text inside another one, though the mailboxes of both its ends are in the corpus',
    proposition: 'context',
    direction: 'against',
    strength: 'weak',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['quote.unfiled'],
    innocent: [
      {
        id: 'deleted-by-both',
        story: 'Sender and recipient deleted it, or a retention rule did.',
        check: 'Other messages of those days are missing as well; replies elsewhere answer it.',
      },
      {
        id: 'other-account',
        story: 'It went from or to another account of the same people, or was left in a folder that was not taken.',
        check: 'The addresses in the block, and whether all folders of both mailboxes are in the corpus.',
      },
      {
        id: 'subject-changed',
        story: 'Whoever passed it on wrote another subject into the block, or the program translated or cut it.',
        check: 'Search both mailboxes for a sentence of the text, and for the day that the block names.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: forwarding is a new message; what it repeats is text',
        section: '3.6.6',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.6',
      },
    ],
  },
  function* (subject) {
    const [claim] = isMessage(subject) ? subject.claims('quote.unfiled') : [];
    if (!claim) return;
    yield {
      statement: `repeats as text a message, ${quoted(claim.value ?? '')}, of which neither mailbox holds a copy`,
      about: [subject.artifact.id],
      rootCause: `unfiled:${subject.artifact.id}`,
      evidence: [{ claim, role: 'primary' }],
    };
  },
);
