import type { Claim } from '../../model/claim.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Subject } from '../../model/evidence.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { DAY_MS, instants, isMessage, latest, type Moment, written } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

const READS = [
  'thread.later',
  'thread.answered-sent',
  'thread.branch',
  'time.received',
  'time.sent',
  'time.hidden',
  'id.message',
  'id.in-reply-to',
  'mark.relayed',
] as const;
type Read = (typeof READS)[number];

/** By how much the message referred to is later: by more than a day, or a fault of clocks and queues is likelier. */
function strengthOf(subject: Subject<Read>, gap: number): Strength {
  const stamps = instants(subject.claims('time.received'));
  return gap > DAY_MS && stamps.length >= 2 ? 'moderate' : 'weak';
}

function lastOf(subject: Subject<Read>): Moment<Claim<'time.received'>> | Moment<Claim<'time.sent'>> | null {
  return latest(instants(subject.claims('time.received'))) ?? latest(instants(subject.claims('time.sent')));
}

function futureReference(subject: Subject<Read>): FindingDraft | null {
  const referred = latest(instants(subject.claims('thread.later')));
  const last = lastOf(subject);
  if (!referred || !last) return null;
  const evidence: [Cited, ...Cited[]] = [
    { claim: referred.claim, role: 'contradicts', note: 'first server of the message referred to' },
    { claim: last.claim, role: 'primary' },
  ];
  const clock = last.claim.attribute === 'time.received' ? 'was last stamped by a server' : 'says it was sent, no server having stamped it,';
  return {
    statement: `refers to a message that reached its first server ${written(referred)}, but ${clock} ${written(last)}`,
    about: [subject.artifact.id],
    rootCause: `clock:${subject.artifact.id}`,
    strength: strengthOf(subject, referred.at - last.at),
    evidence,
  };
}

/** Outlook notes in Thread-Index when an answer is begun; what it answers was sent, or first had by a server, more than a day after. */
function begunBefore(subject: Subject<Read>): FindingDraft | null {
  const sent = latest(instants(subject.claims('thread.answered-sent')));
  const begun = instants(subject.claims('time.hidden')).find((m) => m.claim.field === 'Thread-Index of the answer');
  if (!sent || !begun) return null;
  const stamped = sent.claim.field === 'Received';
  return {
    statement: `was begun, by its Thread-Index, ${written(begun)}, but the message that it answers ${stamped ? 'reached its first server' : 'says it was sent'} ${written(sent)}`,
    about: [subject.artifact.id],
    rootCause: `clock:${subject.artifact.id}`,
    strength: stamped ? 'moderate' : 'weak',
    evidence: [
      { claim: begun.claim, role: 'primary' },
      { claim: sent.claim, role: 'contradicts', note: 'the message answered' },
    ],
  };
}

function otherBranch(subject: Subject<Read>): FindingDraft | null {
  const [branch] = subject.claims('thread.branch');
  const [named] = subject.claims('id.in-reply-to');
  if (!branch || !named) return null;
  return {
    statement: `names ${quoted(named.value ?? '')} as the message that it answers, but its Thread-Index goes on from that of another one in the conversation, ${quoted(branch.value ?? '')}`,
    about: [subject.artifact.id],
    rootCause: `thread:${subject.artifact.id}`,
    strength: 'weak',
    evidence: [
      { claim: named, role: 'primary' },
      { claim: branch, role: 'contradicts' },
    ],
  };
}

function selfReference(subject: Subject<Read>): FindingDraft | null {
  const [id] = subject.claims('id.message');
  const answered = subject.claims('id.in-reply-to').find((c) => c.value !== null && c.value === id?.value && c.value.includes('@'));
  if (!id || !answered) return null;
  return {
    statement: `names itself, ${quoted(id.value ?? '')}, as the message that it answers`,
    about: [subject.artifact.id],
    rootCause: `thread:${subject.artifact.id}`,
    strength: 'weak',
    evidence: [
      { claim: answered, role: 'primary' },
      { claim: id, role: 'contradicts' },
    ],
  };
}

/** Catalogue G12. */
export const threadContradiction = artifactRule(
  {
    id: 'thread-contradiction',
    catalogue: ['G08', 'G12'],
    version: 2,
    title: 'Message answers one that did not exist yet, by their servers or its Thread-Index, or another one than it names',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'sent-again',
        story: 'The message referred to was sent again under its old Message-ID, and the copies at hand are of the second sending.',
        check: 'Resent headers, or a Date long before the first Received of the message referred to.',
      },
      {
        id: 'server-clock',
        story: "The clock of one side's mail server was wrong in those days.",
        check: 'Other messages through the same server are off by the same amount.',
      },
      {
        id: 'imported',
        story: 'One of the two was copied into another system later, which stamped it anew.',
        check: 'An importing host in Received; many messages stamped on one day.',
      },
      {
        id: 'id-assigned-twice',
        story: 'A program gives the same Message-ID to several messages, such as notices of one kind, or a draft and what was sent of it.',
        check: 'Other messages bear the id of the message referred to; for a message that names itself, others of that program do so too.',
      },
      {
        id: 'index-copied',
        story: 'A telephone, or a program beside Outlook, wrote the Thread-Index of another message of the conversation into this one.',
        check: 'Other messages of the same program; its X-Mailer or User-Agent is not that of Outlook.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: identification fields',
        section: '3.6.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4',
      },
      {
        title: '[MS-OXOMSG] PidTagConversationIndex',
        section: '2.2.1.3',
        url: 'https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxomsg/9e994fbb-b839-495f-84e3-2c8c02c7dd9b',
      },
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
    ],
  },
  function* (subject) {
    if (!isMessage(subject) || subject.claims('mark.relayed').some((c) => c.value === 'resent')) return;
    const found = futureReference(subject) ?? begunBefore(subject) ?? selfReference(subject) ?? otherBranch(subject);
    if (found) yield found;
  },
);
