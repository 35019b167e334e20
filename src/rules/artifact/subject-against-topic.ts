import type { Subject } from '../../model/evidence.ts';
import { subjectKey } from '../../model/mail-subject.ts';
import { artifactRule } from '../../model/rule.ts';
import { isMessage } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

const READS = ['name.title', 'name.topic', 'id.in-reply-to', 'id.reference', 'id.conversation-index', 'mark.relayed'] as const;

/** Hex digits of a Thread-Index without answers. */
const FIRST = 44;

/** Letters and digits alone: signs and blanks change on the way. */
const letters = (text: string): string =>
  subjectKey(text)
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '');
/** Marks of text that was read in the wrong character set: then the two cannot be compared. */
const BROKEN = /[\ufffd?]|=\?/;

/** An answer may change the subject, and keeps the topic then. A message that begins a conversation gives it its own. */
function beginsConversation(subject: Subject<(typeof READS)[number]>): boolean {
  if (subject.claims('id.in-reply-to').length + subject.claims('id.reference').length > 0) return false;
  return subject.claims('id.conversation-index').some((c) => c.value?.length === FIRST);
}

/** Catalogue G08. */
export const subjectAgainstTopic = artifactRule(
  {
    id: 'subject-against-topic',
    catalogue: ['G08'],
    version: 1,
    title: 'Message that begins a conversation has another subject than Outlook gave the conversation',
    proposition: 'altered',
    direction: 'against',
    strength: 'weak',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'edited-by-owner',
        story: 'Outlook lets the owner of a mailbox change the subject of a message received, as people do who file by subject.',
        check: 'Only the copy in that mailbox differs; other messages there were given subjects of the same manner.',
      },
      {
        id: 'sent-again',
        story: 'An old message was sent again under a new subject, or the message was made from a template that had one.',
        check: 'Its Thread-Index began long before Date; a message of that subject and sender lies elsewhere.',
      },
      {
        id: 'rewritten-on-the-way',
        story: 'A gateway, a translator or a ticket system wrote a subject of its own.',
        check: 'Other mail on that way has such subjects; the topic stands in none of them.',
      },
    ],
    references: [
      {
        title: '[MS-OXCMAIL] Conversation Topic',
        section: '2.2.3.2.7',
        url: 'https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxcmail/0c6ea518-0f18-414d-a8cb-38a0dd7e693a',
      },
    ],
  },
  function* (subject) {
    const [topic] = subject.claims('name.topic');
    const titles = subject.claims('name.title');
    const [title] = titles;
    if (!isMessage(subject) || !topic?.value || !title?.value || !beginsConversation(subject)) return;
    if (subject.claims('mark.relayed').some((c) => c.value === 'list' || c.value === 'resent')) return;
    const kept = letters(topic.value);
    const agrees = (text: string | null): boolean => {
      const now = letters(text ?? '');
      // Tags are put in front, and long topics are cut.
      return text === null || BROKEN.test(text) || now.includes(kept) || kept.includes(now);
    };
    if (kept === '' || BROKEN.test(topic.value) || titles.some((t) => agrees(t.value))) return;
    yield {
      statement: `has the subject ${quoted(title.value)}, but begins a conversation whose subject, kept beside it by Outlook, is ${quoted(topic.value)}`,
      about: [subject.artifact.id],
      rootCause: `subject:${subject.artifact.id}`,
      evidence: [
        { claim: title, role: 'primary' },
        { claim: topic, role: 'contradicts' },
      ],
    };
  },
);
