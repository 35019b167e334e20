import type { ArtifactId } from '../../model/provenance.ts';
import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { domainOf } from '../../model/mail-domain.ts';
import { corpusRule } from '../../model/rule.ts';
import { isDraftsFolder } from '../shared/mail-folders.ts';
import { instants, written } from '../shared/time.ts';
import { counted, percent, quoted } from '../shared/wording.ts';

const READS = [
  'place.folder',
  'place.label',
  'time.received',
  'time.sent',
  'party.return-path',
  'party.delivered-to',
  'party.from',
  'party.to',
] as const;
type Read = (typeof READS)[number];

const LEAST_MESSAGES = 50;
/** So few may lack a trace before their lacking it is odd. */
const MOST_SHARE = 0.02;
/** From so many messages on, with so few of them untraced, it is told louder. */
const MANY_MESSAGES = 200;
const SMALL_SHARE = 0.005;
/** Addresses counted while looking for the owner's. */
const MOST_ADDRESSES = 20_000;
/** Untraced messages kept of one folder; one with more of them has other reasons. */
const MOST_CANDIDATES = 2000;

/** What Gmail calls what never went through a server, in the languages of accounts that are common. */
const OWN_LABEL =
  /^(?:sent(?: mail)?|drafts?|chats?|hangouts?|messages envoyés|envoyés|brouillons?|gesendet|entwürfe|отправленные|черновики|чаты|enviados?|borradores)$/iu;

interface Untraced {
  readonly message: ArtifactId;
  readonly folder: Claim<'place.folder'>;
  readonly sent: Claim<'time.sent'>;
  readonly at: number;
  readonly from: string;
}

interface Folder {
  messages: number;
  untraced: number;
  /** Candidates among the untraced: dated, addressed, not labelled as sent. */
  readonly candidates: Untraced[];
  /** To whom the traced ones were delivered or addressed. */
  readonly recipients: Map<string, number>;
  /** Where another message of the folder has the same sender and a trace. */
  readonly senders: Set<string>;
  /** The oldest Date of a message that has a trace. */
  oldestTraced: number;
}

const isTraced = (m: Subject<Read>): boolean =>
  m.claims('time.received').length > 0 || m.claims('party.return-path').length > 0 || m.claims('party.delivered-to').length > 0;

const mailboxesOf = (claims: readonly Claim<'party.to' | 'party.delivered-to' | 'party.from'>[]): string[] =>
  claims.flatMap((c) => (c.value && c.value.mailbox !== '' ? [c.value.mailbox] : []));

function candidateOf(m: Subject<Read>): Untraced | null {
  const folder = m.claims('place.folder')[0];
  const [sent] = instants(m.claims('time.sent'));
  const [from] = mailboxesOf(m.claims('party.from'));
  if (!folder || !sent || from === undefined || mailboxesOf(m.claims('party.to')).length === 0) return null;
  if (m.claims('place.label').some((c) => OWN_LABEL.test(c.value ?? ''))) return null;
  return { message: m.artifact.id, folder, sent: sent.claim, at: sent.at, from };
}

function add(folder: Folder, m: Subject<Read>): void {
  folder.messages += 1;
  if (!isTraced(m)) {
    folder.untraced += 1;
    const candidate = folder.candidates.length < MOST_CANDIDATES ? candidateOf(m) : null;
    if (candidate) folder.candidates.push(candidate);
    return;
  }
  const [sent] = instants(m.claims('time.sent'));
  if (sent) folder.oldestTraced = Math.min(folder.oldestTraced, sent.at);
  const delivered = mailboxesOf(m.claims('party.delivered-to'));
  for (const to of new Set(delivered.length > 0 ? delivered : mailboxesOf(m.claims('party.to')))) {
    const n = folder.recipients.get(to);
    if (n !== undefined || folder.recipients.size < MOST_ADDRESSES) folder.recipients.set(to, (n ?? 0) + 1);
  }
  for (const from of mailboxesOf(m.claims('party.from'))) if (folder.senders.size < MOST_ADDRESSES) folder.senders.add(from);
}

/** Whose folder it is: the address that half of what was delivered went to; null where there is none. */
function ownerOf(folder: Folder): string | null {
  let best: [string, number] | null = null;
  for (const entry of folder.recipients) if (best === null || entry[1] > best[1]) best = entry;
  return best && best[1] * 2 >= folder.messages - folder.untraced ? best[0] : null;
}

function* findingsOf(folder: Folder): Iterable<FindingDraft> {
  const owner = ownerOf(folder);
  const share = folder.untraced / folder.messages;
  if (folder.messages < LEAST_MESSAGES || share > MOST_SHARE || owner === null) return;
  for (const c of folder.candidates) {
    // Colleagues on one server may leave no trace, the owner's own messages never do; older than all is what was moved in once.
    if (domainOf(c.from) === domainOf(owner) || c.at < folder.oldestTraced) continue;
    const known = folder.senders.has(c.from);
    yield {
      statement:
        `lies among ${counted(folder.messages, 'message')} that servers delivered, all but ${percent(share)} of them with a trace of it, and has none: ` +
        `no Received, no Return-Path, no Delivered-To; it says ${quoted(c.from)} sent it ${written({ claim: c.sent })}` +
        (known ? `, from whom other messages of the folder came through servers` : ''),
      strength: folder.messages >= MANY_MESSAGES && share <= SMALL_SHARE && known ? 'moderate' : 'weak',
      about: [c.message],
      rootCause: `untraced:${c.message}`,
      evidence: [
        { claim: c.sent, role: 'primary' },
        { claim: c.folder, role: 'context', note: 'the folder it was compared with' },
      ],
    };
  }
}

/** Catalogue G13, first half. One folder in memory at a time: counts, and its few untraced messages. */
export const absentServerTrace = corpusRule(
  {
    id: 'absent-server-trace',
    catalogue: ['G13'],
    version: 1,
    title: 'Message among delivered ones bears no trace of any server',
    proposition: 'fabricated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'own-message',
        story: 'The owner wrote it and filed it there, or it is a draft.',
        check: "From is the owner's address, or another one that the owner uses.",
      },
      {
        id: 'same-server',
        story: 'Sender and recipient have their mailboxes on one server, which hands messages over without a trace.',
        check: 'Both addresses are of one domain; other messages between them have no trace, either.',
      },
      {
        id: 'moved-in',
        story: 'It came from an older mailbox or program that threw headers away.',
        check: 'The untraced messages are the oldest of the folder, or of one time.',
      },
      {
        id: 'no-mail',
        story: 'A calendar, a chat, a fax machine or a form on the same server put it there.',
        check: 'Sender and subject are those of a machine; labels and further headers say so.',
      },
      {
        id: 'stripped',
        story: 'Somebody saved the message by hand from a program that drops the trace, and put it back.',
        check: 'Its other headers are as reduced as the trace.',
      },
    ],
    references: [
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: each server that accepts a message MUST insert trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
      {
        title: 'RFC 9051, IMAP4rev2: APPEND stores a message without sending it',
        section: '6.3.12',
        url: 'https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12',
      },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('place.folder', LEAST_MESSAGES)) {
      if (isDraftsFolder(group.value)) continue;
      const folder: Folder = { messages: 0, untraced: 0, candidates: [], recipients: new Map(), senders: new Set(), oldestTraced: Infinity };
      // Not every message: an item of Outlook's own store keeps the servers' headers only where the mail came from outside (PidTagTransportMessageHeaders).
      for await (const member of group.members) if (member.artifact.mediaType === 'message/rfc822') add(folder, member);
      yield* findingsOf(folder);
    }
  },
);
