import type { Claim } from '../model/claim.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type ExaminationProblem, type ExaminedEvidence, type Observation } from '../model/examination.ts';
import { type Sha256, sha256Of } from '../model/provenance.ts';
import { joined } from './shared/joined.ts';
import { differenceInWords } from './shared/quote-difference.ts';
import { type QuotableBody, quotableBodies, quotedBlocks } from './shared/quoted-blocks.ts';
import { type Quotation, quotationOf } from './shared/quotation.ts';

const READS = ['id.message', 'id.in-reply-to', 'id.reference', 'party.from', 'place.folder'] as const;
type Read = (typeof READS)[number];
type Message = Subject<Read>;

/** Replies to one message that are compared with it, and copies of it that say different things. */
const MOST_REPLIES = 200;
const MOST_COPIES = 200;
const MOST_VERSIONS = 4;
/** Share of the original's own words that must be repeated for a quotation to vouch for it. */
const MOST_OF_IT = 0.8;
/** Too few words to vouch for. */
const LEAST_OWN_WORDS = 12;

/** The field by which rules tell these claims from those of other examinations. */
const FIELD = 'quotation';

/** One text that copies of the original bear, the first of them at the head. */
interface Version {
  readonly message: Message;
  readonly id: Claim<'id.message'>;
  readonly copies: Message[];
  readonly bodies: readonly QuotableBody[];
}

interface Reply {
  readonly message: Message;
  readonly sender: string;
  readonly quotations: readonly (Quotation | null)[];
}

const senderOf = (m: Message): string => m.claims('party.from').find((c) => c.value !== null && c.value.mailbox !== '')?.value?.mailbox ?? '';

/** The message it answers: In-Reply-To, and where that is absent the last of References (RFC 5322 section 3.6.4). */
const parentOf = (m: Message): string | null => (m.claims('id.in-reply-to')[0] ?? m.claims('id.reference').at(-1))?.value ?? null;

async function first(messages: AsyncIterable<Message>, most: number, wanted: (m: Message) => boolean): Promise<{ kept: Message[]; more: boolean }> {
  const kept: Message[] = [];
  for await (const m of messages) {
    if (!isMessage(m) || !wanted(m)) continue;
    if (kept.length === most) return { kept, more: true };
    kept.push(m);
  }
  return { kept, more: false };
}

async function versionsOf(evidence: ExaminedEvidence<Read>, id: string, messages: readonly Message[]): Promise<Version[]> {
  const bySha = new Map<Sha256, Version>();
  const byText = new Map<string, Version>();
  const versions: Version[] = [];
  for (const message of messages) {
    const same = bySha.get(message.artifact.sha256);
    if (same) {
      same.copies.push(message);
      continue;
    }
    const claim = message.claims('id.message').find((c) => c.value === id);
    const bodies = quotableBodies(await evidence.passages(message.artifact.id));
    if (!claim || bodies.every((b) => b.words.length === 0)) continue;
    const text = sha256Of(bodies.map((b) => `${b.kind} ${b.words.map((w) => w.key).join(' ')}`).join('\n'));
    let version = byText.get(text);
    if (version) version.copies.push(message);
    else if (versions.length < MOST_VERSIONS) versions.push((version = { message, id: claim, copies: [message], bodies }));
    else continue;
    byText.set(text, version);
    bySha.set(message.artifact.sha256, version);
  }
  return versions;
}

async function replyOf(evidence: ExaminedEvidence<Read>, message: Message, versions: readonly Version[]): Promise<Reply | null> {
  const passages = await evidence.passages(message.artifact.id);
  const blocks = quotedBlocks(passages);
  if (blocks.length === 0) return null;
  const bodies = quotableBodies(passages);
  const quotations = versions.map((v) => quotationOf(blocks, bodies, v.bodies));
  return quotations.every((q) => q === null) ? null : { message, sender: senderOf(message), quotations };
}

/** Senders of the replies of whom something holds, each once; the nameless count for nobody. */
function senders(replies: readonly Reply[], holds: (r: Reply) => boolean): Set<string> {
  return new Set(replies.filter((r) => r.sender !== '' && holds(r)).map((r) => r.sender));
}

function* observedOf(reply: Reply, nth: number, version: Version, replies: readonly Reply[]): Iterable<Observation> {
  const quotation = reply.quotations[nth];
  if (!quotation) return;
  const at = { about: reply.message.artifact.id, other: { artifact: version.message.artifact.id, locator: quotation.there } };
  const said = { basis: 'observed', field: FIELD, locator: quotation.here } as const;
  const { relation, differences } = quotation;
  yield { ...at, claim: { ...said, attribute: 'quote.relation', raw: relation, value: relation } };
  const [difference] = differences;
  if (!difference) return;
  const words = differenceInWords(difference);
  yield { ...at, claim: { ...said, attribute: 'quote.difference', raw: words, value: words } };
  const kept = senders(replies, ({ quotations: all }) => {
    const q = all[nth];
    return q?.kind === quotation.kind && q.covers(difference.at);
  }).size;
  const alike = senders(replies, ({ quotations: all }) => all[nth]?.differences.some((d) => differenceInWords(d) === words) ?? false).size;
  yield { ...at, claim: { ...said, attribute: 'quote.with-original', raw: String(kept), value: kept } };
  yield { ...at, claim: { ...said, attribute: 'quote.with-quotation', raw: String(alike), value: alike } };
}

function* vouchedFor(nth: number, version: Version, replies: readonly Reply[]): Iterable<Observation> {
  if (!version.bodies.some((b) => b.words.filter((w) => w.own).length >= LEAST_OWN_WORDS)) return;
  const author = senderOf(version.message);
  const vouches = (r: Reply): boolean => {
    const q = r.quotations[nth];
    return (
      r.sender !== author && q !== null && q !== undefined && (q.relation === 'verbatim' || q.relation === 'trimmed') && q.coverage >= MOST_OF_IT
    );
  };
  const found = senders(replies, vouches).size;
  const example = replies.find((r) => r.sender !== '' && vouches(r));
  if (!example) return;
  const folders = new Set(replies.filter((r) => r.sender !== '' && vouches(r)).map((r) => r.message.claims('place.folder')[0]?.value ?? ''));
  const at = {
    other: { artifact: example.message.artifact.id, locator: example.quotations[nth]?.here ?? version.id.locator },
  };
  for (const copy of version.copies) {
    const id = copy.claims('id.message').find((c) => c.value === version.id.value) ?? version.id;
    const said = { basis: 'observed', field: FIELD, locator: id.locator } as const;
    const about = copy.artifact.id;
    yield { ...at, about, claim: { ...said, attribute: 'quote.verbatim-by', raw: String(found), value: found } };
    yield { ...at, about, claim: { ...said, attribute: 'quote.verbatim-in', raw: String(folders.size), value: folders.size } };
  }
}

const tooMany = (message: Message, what: string): ExaminationProblem => ({
  about: message.artifact.id,
  problem: { code: 'limit-exceeded', message: what },
});

async function* compared(
  evidence: ExaminedEvidence<Read>,
  id: string,
  replies: readonly Message[],
  copies: readonly Message[],
): AsyncIterable<Observation> {
  const versions = await versionsOf(evidence, id, copies);
  const read: Reply[] = [];
  for (const message of versions.length > 0 ? replies : []) {
    const reply = await replyOf(evidence, message, versions);
    if (reply) read.push(reply);
  }
  for (const reply of read) {
    const here = reply.quotations.find((q) => q !== null)?.here;
    if (here)
      yield {
        about: reply.message.artifact.id,
        claim: { basis: 'observed', attribute: 'quote.of', field: FIELD, raw: id.slice(0, 1024), value: id, locator: here },
      };
    for (const [nth, version] of versions.entries()) yield* observedOf(reply, nth, version, read);
  }
  for (const [nth, version] of versions.entries()) yield* vouchedFor(nth, version, read);
}

/**
 * Does a reply repeat what the message that it answers says? Finds the original by In-Reply-To, or the last of References, ties
 * the quotation to every version of it that the copies bear, and emits on the reply quote.of, quote.relation and, where a number,
 * sum, date, name or negation is another one or words were put in, quote.difference and how many senders quote that place either
 * way; on the original, how many others quote it unchanged. Holds one message and its replies at a time.
 */
export const quotedReplies = examination({
  id: 'quoted-replies',
  version: 1,
  reads: READS,
  async *examine(evidence) {
    for (const link of ['id.in-reply-to', 'id.reference'] as const) {
      for await (const { value, left, right } of joined<Read>(evidence, link, 'id.message')) {
        if (!right || !value.includes('@')) continue;
        // Each reply once: by In-Reply-To where it has one.
        const isReply = (m: Message): boolean =>
          parentOf(m) === value &&
          (link === 'id.in-reply-to') === m.claims('id.in-reply-to').length > 0 &&
          m.claims('id.message')[0]?.value !== value;
        const replies = await first(left, MOST_REPLIES, isReply);
        const [reply] = replies.kept;
        if (!reply) continue;
        const copies = await first(right, MOST_COPIES, () => true);
        if (replies.more) yield tooMany(reply, `more than ${MOST_REPLIES} replies to one message; the first ${MOST_REPLIES} were compared with it`);
        if (copies.more) yield tooMany(reply, `more than ${MOST_COPIES} copies of the message answered; the first ${MOST_COPIES} were compared`);
        yield* compared(evidence, value, replies.kept, copies.kept);
      }
    }
  },
});
