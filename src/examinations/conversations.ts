import type { Claim } from '../model/claim.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Group, Subject } from '../model/evidence.ts';
import { examination, type Observation } from '../model/examination.ts';
import type { ArtifactId } from '../model/provenance.ts';

const READS = ['id.conversation', 'id.conversation-index', 'id.message', 'id.in-reply-to', 'time.sent', 'time.received', 'time.hidden'] as const;
type Read = (typeof READS)[number];
type Message = Subject<Read>;
type Times = 'time.sent' | 'time.received' | 'time.hidden';

/** Messages of one conversation looked at; more bear one number only where a program gives it to everything. */
const MOST_MESSAGES = 2_000;
/** The clocks of two computers may differ by so much. */
const COMPUTERS_MS = 86_400_000;
/** Hex digits of an index without answers, and of one answer. */
const HEADER = 44;
const BLOCK = 10;
const OWN_TIME = 'Thread-Index of the answer';

interface Stamp {
  readonly at: number;
  readonly claim: Claim<Times>;
}

/** What is kept of one message of a conversation. */
interface Member {
  readonly about: ArtifactId;
  readonly id: string;
  readonly index: Claim<'id.conversation-index'>;
  readonly answers: Claim<'id.in-reply-to'> | undefined;
  readonly sent: Stamp | null;
  readonly received: Stamp | null;
  readonly begun: Stamp | null;
}

/** All messages with one index: copies of one, or one sent again. */
interface Place {
  readonly first: Member;
  readonly ids: ReadonlySet<string>;
  readonly sent: Stamp | null;
  readonly received: Stamp | null;
}

function earliest(stamps: readonly (Stamp | null)[]): Stamp | null {
  let found: Stamp | null = null;
  for (const s of stamps) if (s && (found === null || s.at < found.at)) found = s;
  return found;
}
const stamps = (m: Message, attribute: Times): Stamp[] =>
  m.claims(attribute).flatMap((claim) => (claim.value?.kind === 'instant' ? [{ at: claim.value.epochMs, claim }] : []));

function memberOf(m: Message, conversation: string): Member | null {
  const index = m.claims('id.conversation-index').find((c) => c.value?.slice(12, HEADER) === conversation);
  if (!index) return null;
  return {
    about: m.artifact.id,
    id: m.claims('id.message')[0]?.value ?? '',
    index,
    answers: m.claims('id.in-reply-to')[0],
    sent: earliest(stamps(m, 'time.sent')),
    received: earliest(stamps(m, 'time.received')),
    begun: stamps(m, 'time.hidden').find((s) => s.claim.field === OWN_TIME) ?? null,
  };
}

async function membersOf(group: Group<'id.conversation', Read>): Promise<{ members: Member[]; more: boolean }> {
  const members: Member[] = [];
  for await (const message of group.members) {
    const member = isMessage(message) ? memberOf(message, group.value) : null;
    if (!member) continue;
    if (members.length === MOST_MESSAGES) return { members, more: true };
    members.push(member);
  }
  return { members, more: false };
}

function placesOf(members: readonly Member[]): Map<string, Place> {
  const lists = new Map<string, Member[]>();
  for (const m of members) {
    const key = m.index.value ?? '';
    const list = lists.get(key);
    if (list) list.push(m);
    else lists.set(key, [m]);
  }
  const places = new Map<string, Place>();
  for (const [key, list] of lists) {
    const [first] = list;
    if (!first) continue;
    places.set(key, {
      first,
      ids: new Set(list.map((m) => m.id)),
      sent: earliest(list.map((m) => m.sent)),
      received: earliest(list.map((m) => m.received)),
    });
  }
  return places;
}

/** The answer was begun before what it answers was sent; where a server stamped that, it must say so too. */
function sentLater(m: Member, { sent, received }: Place): Stamp | null {
  const { begun } = m;
  if (!begun || !sent || sent.at - begun.at <= COMPUTERS_MS) return null;
  if (received && received.at - begun.at <= COMPUTERS_MS) return null;
  // A computer whose clock was wrong wrote both times, and a server the right one.
  if (m.sent && Math.abs(m.sent.at - begun.at) <= COMPUTERS_MS && m.received && m.received.at > sent.at) return null;
  return received ?? sent;
}

/** In-Reply-To names one message of the conversation, and the index goes on from another, on another branch. */
function onOtherBranch(m: Member, above: Place, indexes: ReadonlyMap<string, readonly string[]>): boolean {
  const named = indexes.get(m.answers?.value ?? '');
  const own = m.index.value ?? '';
  return named !== undefined && !above.ids.has('') && !above.ids.has(m.answers?.value ?? '') && !named.some((index) => own.startsWith(index));
}

function* observed(members: readonly Member[]): Iterable<Observation> {
  const places = placesOf(members);
  const indexes = new Map<string, string[]>();
  for (const m of members) if (m.id !== '') indexes.set(m.id, [...(indexes.get(m.id) ?? []).slice(0, 8), m.index.value ?? '']);
  for (const m of members) {
    const own = m.index.value ?? '';
    const above = own.length > HEADER ? places.get(own.slice(0, -BLOCK)) : undefined;
    if (!above) continue;
    const said = { basis: 'observed', raw: m.index.raw, locator: m.index.locator } as const;
    const later = sentLater(m, above);
    if (later)
      yield {
        about: m.about,
        claim: { ...said, attribute: 'thread.answered-sent', field: later.claim.field, raw: later.claim.raw, value: later.claim.value },
        other: { artifact: later.claim.artifact, locator: later.claim.locator },
      };
    if (onOtherBranch(m, above, indexes))
      yield {
        about: m.about,
        claim: { ...said, attribute: 'thread.branch', field: m.index.field, value: above.first.id },
        other: { artifact: above.first.about, locator: above.first.index.locator },
      };
  }
}

/**
 * Conversations of Outlook, by the number in their Thread-Index: is each answer begun after what it answers was sent, and does its
 * index go on from the message that it names? The message answered is the one whose index is that of the answer without its last
 * block ([MS-OXOMSG] 2.2.1.3). Emits thread.answered-sent and thread.branch. An index that fits nothing here says nothing: Exchange
 * makes new ones, and telephones copy that of the message answered. Holds a few values of one conversation at a time.
 */
export const conversations = examination({
  id: 'conversations',
  version: 1,
  reads: READS,
  async *examine(evidence) {
    for await (const group of evidence.groups('id.conversation', 2)) {
      const { members, more } = await membersOf(group);
      const [first] = members;
      if (!first) continue;
      if (more) {
        const message = `more than ${MOST_MESSAGES} messages of one conversation; the first ${MOST_MESSAGES} were compared`;
        yield { about: first.about, problem: { code: 'limit-exceeded', message } };
      }
      yield* observed(members);
    }
  },
});
