import type { Claim } from '../model/claim.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type Observation } from '../model/examination.ts';
import { joined } from './shared/joined.ts';

const READS = ['id.message', 'id.in-reply-to', 'id.reference', 'time.received', 'time.sent'] as const;
type Read = (typeof READS)[number];
type Message = Subject<Read>;
type Link = 'id.in-reply-to' | 'id.reference';

/** Copies of one message looked at; more bear one id only where a sender numbers carelessly. */
const MOST_COPIES = 200;
/** Clocks of two servers may differ by so much; the clock of a person's computer by more. */
const SERVERS_MS = 5 * 60_000;
const COMPUTERS_MS = 86_400_000;

interface Stamp {
  readonly at: number;
  readonly claim: Claim<'time.received' | 'time.sent'>;
}

const stampsOf = (m: Message, attribute: 'time.received' | 'time.sent'): Stamp[] =>
  m.claims(attribute).flatMap((claim) => (claim.value?.kind === 'instant' ? [{ at: claim.value.epochMs, claim }] : []));

const extreme = (stamps: readonly Stamp[], beats: (a: number, b: number) => boolean): Stamp | null => {
  let found: Stamp | null = null;
  for (const s of stamps) if (found === null || beats(s.at, found.at)) found = s;
  return found;
};
const earliest = (stamps: readonly Stamp[]): Stamp | null => extreme(stamps, (a, b) => a < b);
const latest = (stamps: readonly Stamp[]): Stamp | null => extreme(stamps, (a, b) => a > b);

/** What the corpus knows of a message that others refer to. */
interface Parent {
  readonly copy: Message;
  readonly id: Claim<'id.message'>;
  /** When a server first had any copy of it; null where none stamped one. */
  readonly first: Stamp | null;
  /** Its own Date, the earliest of its copies. */
  readonly sent: Stamp | null;
}

async function parentOf(id: string, messages: AsyncIterable<Message>): Promise<Parent | null> {
  let found: { copy: Message; id: Claim<'id.message'> } | null = null;
  const received: Stamp[] = [];
  const sent: Stamp[] = [];
  let copies = 0;
  for await (const copy of messages) {
    const claim = isMessage(copy) ? copy.claims('id.message').find((c) => c.value === id) : undefined;
    if (!claim) continue;
    found ??= { copy, id: claim };
    received.push(...stampsOf(copy, 'time.received'));
    sent.push(...stampsOf(copy, 'time.sent'));
    if ((copies += 1) === MOST_COPIES) return null; // an id of everybody's: it tells nothing
  }
  return found && { ...found, first: earliest(received), sent: earliest(sent) };
}

/** The message it answers, by its own header: In-Reply-To, and where that is absent the last of References. */
const answered = (m: Message): Claim<Link> | undefined => m.claims('id.in-reply-to')[0] ?? m.claims('id.reference').at(-1);

/** A reference to what no server had yet when the last one stamped this message. */
function later(m: Message, parent: Parent): Stamp | null {
  const { first, sent } = parent;
  // The parent's own clocks must agree that it is the later one.
  if (!first || !sent) return null;
  const own = stampsOf(m, 'time.received').concat(stampsOf(m, 'time.sent'));
  const last = latest(own);
  if (!last) return null;
  const slack = own.some((s) => s.claim.attribute === 'time.received') ? SERVERS_MS : COMPUTERS_MS;
  return first.at - last.at > slack && sent.at - last.at > slack ? first : null;
}

function* observed(m: Message, link: Claim<Link>, parent: Parent | null): Iterable<Observation> {
  const about = m.artifact.id;
  const said = { basis: 'observed', field: link.field, raw: link.raw, locator: link.locator } as const;
  if (link === answered(m)) {
    const place = parent ? { other: { artifact: parent.copy.artifact.id, locator: parent.id.locator } } : {};
    yield { about, claim: { ...said, attribute: parent ? 'thread.parent' : 'thread.missing', value: link.value }, ...place };
  }
  const stamp = parent && later(m, parent);
  if (!stamp) return;
  yield {
    about,
    claim: { ...said, attribute: 'thread.later', field: stamp.claim.field, raw: stamp.claim.raw, value: stamp.claim.value },
    other: { artifact: stamp.claim.artifact, locator: stamp.claim.locator },
  };
}

/**
 * Which message does each reply answer, and was it there in time? Emits thread.parent where a copy of the message answered lies
 * in the corpus, thread.missing where none does, and thread.later where a message referred to reached its first server after the
 * last stamp of the one that refers to it. Streams: the copies of one message at a time.
 */
export const threads = examination({
  id: 'threads',
  version: 1,
  reads: READS,
  async *examine(evidence) {
    for (const link of ['id.in-reply-to', 'id.reference'] as const) {
      for await (const { value, left, right } of joined<Read>(evidence, link, 'id.message')) {
        if (!value.includes('@')) continue;
        const parent = right ? await parentOf(value, right) : null;
        if (right && !parent) continue;
        for await (const m of left) {
          // What In-Reply-To names too was told by it.
          if (!isMessage(m) || (link === 'id.reference' && m.claims('id.in-reply-to').some((c) => c.value === value))) continue;
          const claim = m.claims(link).find((c) => c.value === value);
          if (claim) yield* observed(m, claim, parent);
        }
      }
    }
  },
});
