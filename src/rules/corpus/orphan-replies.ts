import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { isFilledByProgram } from '../shared/mail-folders.ts';
import { isMessage } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

const READS = ['place.folder', 'thread.parent', 'thread.missing', 'mark.relayed', 'time.received'] as const;
type Read = (typeof READS)[number];

/** Fewer replies say nothing about what a mailbox keeps. */
const LEAST_REPLIES = 50;
/** A mailbox that lacks more of what its replies answer is not complete, and one more missing means nothing. */
const MOST_MISSING = 0.02;
const MOST_FINDINGS = 20;

interface Orphan {
  readonly message: Subject<Read>;
  readonly missing: Claim<'thread.missing'>;
}

const isListed = (m: Subject<Read>): boolean => m.claims('mark.relayed').some((c) => c.value === 'list' || c.value === 'resent');

/** Catalogue G12. Keeps the orphans of one folder at a time. */
export const orphanReplies = corpusRule(
  {
    id: 'orphan-replies',
    catalogue: ['G12'],
    version: 1,
    title: 'Reply answers a message that is nowhere in the corpus, in a mailbox whose other replies have theirs',
    proposition: 'context',
    direction: 'against',
    strength: 'weak',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'deleted-by-owner',
        story: 'The owner deleted the message that was answered, as people do.',
        check: 'What the reply quotes of it; gaps in the same folder on the same days.',
      },
      {
        id: 'sent-elsewhere',
        story: 'The message answered was written on another account or program, whose sent mail is not in the corpus.',
        check: 'The domain in the missing Message-ID, against those that the owner uses.',
      },
      {
        id: 'incomplete-store',
        story: 'The store was taken in parts, or expired by a rule: many such messages are missing.',
        check: 'How many replies of the folder lack theirs, and whether these lie close together.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: identification fields',
        section: '3.6.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4',
      },
    ],
  },
  async function* (evidence) {
    for await (const folder of evidence.groups('place.folder', LEAST_REPLIES)) {
      if (!isFilledByProgram(folder.value)) continue;
      let found = 0;
      const orphans: Orphan[] = [];
      for await (const message of folder.members) {
        if (!isMessage(message) || isListed(message)) continue;
        if (message.claims('thread.parent').length > 0) found += 1;
        const [missing] = message.claims('thread.missing');
        // Of the owner's own replies the message answered came from outside and is anybody's to delete.
        if (missing && message.claims('time.received').length > 0 && orphans.length <= MOST_FINDINGS) orphans.push({ message, missing });
      }
      if (found < LEAST_REPLIES || orphans.length > MOST_FINDINGS || orphans.length / found > MOST_MISSING) continue;
      for (const orphan of orphans) yield finding(orphan, found);
    }
  },
);

function finding({ message, missing }: Orphan, found: number): FindingDraft {
  return {
    statement: `answers the message ${quoted(missing.value ?? '')}, which is nowhere in the corpus; those that ${found} other replies in the folder answer are there`,
    about: [message.artifact.id],
    rootCause: `missing:${missing.value ?? ''}`,
    evidence: [{ claim: missing, role: 'primary' }],
  };
}
