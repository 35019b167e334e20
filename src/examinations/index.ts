import type { Examination } from '../model/examination.ts';
import { conversations } from './conversations.ts';
import { documentCopies } from './document-copies.ts';
import { forwardedMail } from './forwarded-mail.ts';
import { identities } from './identities.ts';
import { keptAttachments } from './kept-attachments.ts';
import { mailboxEnds } from './mailbox-ends.ts';
import { messageCopies } from './message-copies.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { pgpSignatures } from './pgp-signatures.ts';
import { quotedReplies } from './quoted-replies.ts';
import { saveEvents } from './save-events.ts';
import { signatures } from './signatures.ts';
import { threads } from './threads.ts';

/** In the order in which they run: an examination may read what those before it observed (save-events reads identities). */
export const EXAMINATIONS: readonly Examination[] = [
  identities,
  saveEvents,
  mailboxEnds,
  keptAttachments,
  signatures,
  pgpSignatures,
  messageCopies,
  documentCopies,
  nearDuplicates,
  quotedReplies,
  threads,
  conversations,
  forwardedMail,
];
