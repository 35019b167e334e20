import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { isDraftsFolder } from './mail-folders.ts';
import { instants, MINUTE_MS } from './time.ts';

export const COPY_ATTRIBUTES = [
  'id.message',
  'copy.relation',
  'copy.difference',
  'place.folder',
  'time.sent',
  'time.received',
  'party.from',
  'party.to',
  'mark.relayed',
  'dkim.state',
] as const;
type Read = (typeof COPY_ATTRIBUTES)[number];
export type Message = Subject<Read>;

/** The claims of the examination that compares copies of messages; others compare documents. */
const MESSAGE_COPY = 'copy of message';
/** A sender who numbers carelessly makes many different messages of one id: more than these, and at least half of the group. */
const CARELESS = 3;

/** A copy that says something else than the one compared with. */
export interface Odd {
  readonly message: Message;
  readonly relation: Claim<'copy.relation'>;
  readonly difference: Claim<'copy.difference'>;
}

/** Folder or mailbox, so that copies in two places can be told from one copy filed twice. */
export const placeOf = (m: Message): string => m.claims('place.folder')[0]?.value ?? m.artifact.parent ?? m.artifact.id;
const relationOf = (m: Message): Claim<'copy.relation'> | undefined => m.claims('copy.relation').find((c) => c.field === MESSAGE_COPY);

const marks = (m: Message): string =>
  m
    .claims('mark.relayed')
    .map((c) => c.value)
    .sort()
    .join();
const recipients = (m: Message): string =>
  // A sender's own copy names the blind recipients; the others' copies do not.
  m
    .claims('party.to')
    .filter((c) => !/^bcc/i.test(c.field))
    .map((c) => c.value?.mailbox ?? '')
    .sort()
    .join();

/** Whether two copies went the same way, so that honest transport explains no other words. */
export function comparable(a: Message, b: Message): boolean {
  if (marks(a) !== marks(b) || marks(a).split(',').includes('list')) return false;
  if (isDraftsFolder(placeOf(a)) || isDraftsFolder(placeOf(b))) return false;
  if ((a.claims('party.from')[0]?.value?.mailbox ?? '') !== (b.claims('party.from')[0]?.value?.mailbox ?? '')) return false;
  const [toA, toB] = [recipients(a), recipients(b)];
  if (toA !== '' && toB !== '' && toA !== toB) return false;
  const [sentA, sentB] = [instants(a.claims('time.sent'))[0], instants(b.claims('time.sent'))[0]];
  return !sentA || !sentB || Math.abs(sentA.at - sentB.at) <= 2 * MINUTE_MS;
}

export interface Sides {
  /** The one compared with comes first. */
  readonly agreeing: readonly [Message, ...Message[]];
  readonly odd: readonly Odd[];
}

/**
 * The copies of one message: those that agree with the one compared with, and those that do not.
 * Null where nothing was compared, or a careless sender gave the id to many texts.
 */
export function sides(members: readonly Message[]): Sides | null {
  const target = members.map((m) => relationOf(m)?.other?.artifact).find((id) => id !== undefined);
  const from = members.find((m) => m.artifact.id === target);
  if (!from) return null;
  const agreeing: [Message, ...Message[]] = [from];
  const odd: Odd[] = [];
  for (const message of members) {
    const relation = relationOf(message);
    if (relation?.value !== 'different-content') {
      if (relation?.value) agreeing.push(message);
      continue;
    }
    const difference = message.claims('copy.difference').find((c) => c.field === MESSAGE_COPY);
    if (difference) odd.push({ message, relation, difference });
  }
  return odd.length > CARELESS && odd.length >= agreeing.length ? null : { agreeing, odd };
}
