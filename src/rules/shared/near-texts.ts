import type { Claim } from '../../model/claim.ts';
import { carrierOf, isMessage } from '../../model/enclosing.ts';
import type { Subject } from '../../model/evidence.ts';
import { COPY_ATTRIBUTES } from './message-copies.ts';
import { earliest, instants, latest, type Moment } from './time.ts';

export const NEAR_ATTRIBUTES = [
  ...COPY_ATTRIBUTES,
  'near.family',
  'near.text',
  'near.difference',
  'near.edit',
  'near.places',
  'near.words',
  'name.file',
  'id.document',
  'time.created',
  'time.modified',
  'party.author',
  'party.last-author',
  'event.save',
] as const;
type Read = (typeof NEAR_ATTRIBUTES)[number];
export type Holder = Subject<Read>;

/** One text of a family, with those who hold it. */
export interface Text {
  readonly key: string;
  readonly holders: readonly [Holder, ...Holder[]];
}

/** The few places in which one text differs from another, as one of the two tells it. */
export interface Edited {
  readonly difference: Claim<'near.difference'>;
  readonly kinds: ReadonlySet<string>;
  readonly places: number;
  readonly words: number;
}

export function textsOf(members: readonly Holder[]): Text[] {
  const texts = new Map<string, [Holder, ...Holder[]]>();
  for (const m of members) {
    const key = m.claims('near.text')[0]?.value;
    if (key === undefined || key === null) continue;
    const holders = texts.get(key);
    if (holders) holders.push(m);
    else texts.set(key, [m]);
  }
  return [...texts].map(([key, holders]) => ({ key, holders }));
}

/** What `here` says of how it differs from `there`; null where the two were not found to differ in few places. */
export function editedFrom(here: Text, there: Text): Edited | null {
  const ids = new Set(there.holders.map((h) => h.artifact.id));
  const toThem = (c: Claim): boolean => c.other !== undefined && ids.has(c.other.artifact);
  for (const h of here.holders) {
    const difference = h.claims('near.difference').find(toThem);
    if (!difference) continue;
    return {
      difference,
      kinds: new Set(
        h
          .claims('near.edit')
          .filter(toThem)
          .map((c) => c.value ?? ''),
      ),
      places: h.claims('near.places').find(toThem)?.value ?? Infinity,
      words: h.claims('near.words').find(toThem)?.value ?? 0,
    };
  }
  return null;
}

/** What vouches for a holder: a signature over the message, servers that passed it on, a message without either, nothing. */
export type Anchor = 'signed' | 'delivered' | 'mailed' | 'loose';
const ANCHORS: readonly Anchor[] = ['loose', 'mailed', 'delivered', 'signed'];
export const anchorRank = (a: Anchor): number => ANCHORS.indexOf(a);

const messageOf = (h: Holder): Holder | null => (isMessage(h) ? h : carrierOf(h));

export function anchorOf(h: Holder): Anchor {
  const message = messageOf(h);
  if (message === null) return 'loose';
  if (message.claims('dkim.state').some((c) => c.value?.startsWith('verified') === true)) return 'signed';
  return instants(message.claims('time.received')).length > 0 ? 'delivered' : 'mailed';
}

/** The holder that most vouches for a text; the first of equals. */
export function bestOf({ holders }: Text): Holder {
  let [best] = holders;
  for (const h of holders) if (anchorRank(anchorOf(h)) > anchorRank(anchorOf(best))) best = h;
  return best;
}

/** When the mail had it: the first server, or its Date where no server stamped it. */
export function mailedAt(h: Holder): Moment | null {
  const message = messageOf(h);
  if (message === null) return null;
  return earliest(instants(message.claims('time.received'))) ?? instants(message.claims('time.sent'))[0] ?? null;
}

export const savedAt = (h: Holder): Moment | null => latest(instants(h.claims('time.modified')));

const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

/** Whoever had a hand in it by its own account or by its message's. */
export function peopleOf(holders: readonly Holder[]): Set<string> {
  const people = new Set<string>();
  for (const h of holders) {
    for (const c of [...h.claims('party.author'), ...h.claims('party.last-author')]) if (c.value) people.add(folded(c.value));
    const message = messageOf(h);
    for (const c of message ? [...message.claims('party.from'), ...message.claims('party.to')] : [])
      for (const name of [c.value?.name ?? '', c.value?.mailbox ?? '']) if (name !== '') people.add(folded(name));
  }
  return people;
}

/** Who left the document so: its last author, or the author where it names no other. */
export const handOf = (h: Holder): Claim<'party.last-author' | 'party.author'> | undefined =>
  h.claims('party.last-author').find((c) => c.value) ?? h.claims('party.author').find((c) => c.value);

export const isHandOf = (hand: Claim | undefined, people: ReadonlySet<string>): boolean =>
  typeof hand?.value === 'string' && people.has(folded(hand.value));

const stemOf = (name: string): string => folded(name.replace(/\.\w{1,5}$/, ''));
const named = (h: Holder): string[] => h.claims('name.file').flatMap((c) => (c.value ? [stemOf(c.value)] : []));
const moments = (h: Holder): string[] => instants(h.claims('time.created')).map((m) => String(m.at));
const ids = (h: Holder): string[] => h.claims('id.document').flatMap((c) => (c.value ? [c.value] : []));
const meet = (a: readonly string[], b: readonly string[]): boolean => a.some((x) => b.includes(x));

/** What besides the text says that two files are one document; 'origin' is a document id or a time of creation in common. */
export function tiesOf(a: Holder, b: Holder): { readonly name: boolean; readonly origin: boolean } {
  return { name: meet(named(a), named(b)), origin: meet(ids(a), ids(b)) || meet(moments(a), moments(b)) };
}
