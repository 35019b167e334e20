import { isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type ExaminationProblem, type ExaminedEvidence, type Observation } from '../model/examination.ts';
import { type ArtifactId, type Sha256, sha256Of } from '../model/provenance.ts';
import { answeredId, type Attributed, ATTRIBUTED_READS, attributedOriginals } from './shared/attributed-originals.ts';
import { attributedSections, blockOf } from './shared/attributed-sections.ts';
import { firstOf } from './shared/first-of.ts';
import { joined } from './shared/joined.ts';
import { observedOf, type Version, vouchedFor } from './shared/quote-observations.ts';
import { marksOf, type Replier, replierOf, REPLIER_READS, type Reply } from './shared/quote-witnesses.ts';
import { type QuotableBody, quotableBodies, type QuotedBlock, quotedBlocks } from './shared/quoted-blocks.ts';
import { quotationOf } from './shared/quotation.ts';

const READS = [...new Set([...ATTRIBUTED_READS, ...REPLIER_READS])];
type Read = (typeof READS)[number];
type Message = Subject<Read>;

/** Replies to one message that are compared with it, and copies of it that say different things. */
const MOST_REPLIES = 200;
const MOST_COPIES = 200;
const MOST_VERSIONS = 4;

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

/** What quotes an original: a reply as a whole, or those of its sections that name it. */
interface Quoter {
  readonly replier: Replier;
  /** Null: all that it quotes. */
  readonly sections: readonly number[] | null;
}

async function replyOf(evidence: ExaminedEvidence<Read>, { replier, sections }: Quoter, versions: readonly Version[]): Promise<Reply | null> {
  const passages = await evidence.passages(replier.about);
  const named = sections === null ? null : attributedSections(passages);
  const blocks: QuotedBlock[] =
    named === null ? quotedBlocks(passages) : named.filter((_, i) => sections?.includes(i)).map((section) => blockOf(section));
  if (blocks.length === 0) return null;
  let bodies: readonly QuotableBody[] | undefined;
  const quotations = versions.map((v) => quotationOf(blocks, () => (bodies ??= quotableBodies(passages)), v.bodies));
  return quotations.every((q) => q === null) ? null : { ...replier, marks: marksOf(replier, passages), quotations };
}

const tooMany = (about: ArtifactId, what: string): ExaminationProblem => ({ about, problem: { code: 'limit-exceeded', message: what } });

async function* compared(
  evidence: ExaminedEvidence<Read>,
  id: string,
  quoters: readonly Quoter[],
  originals: AsyncIterable<Message>,
): AsyncIterable<Observation | ExaminationProblem> {
  const [about] = quoters.map((q) => q.replier.about);
  if (about === undefined) return;
  const copies = await firstOf(originals, MOST_COPIES, isMessage);
  if (copies.more) yield tooMany(about, `more than ${MOST_COPIES} copies of the message answered; the first ${MOST_COPIES} were compared`);
  const versions = await versionsOf(evidence, id, copies.kept);
  const read: Reply[] = [];
  for (const quoter of versions.length > 0 ? quoters : []) {
    const reply = await replyOf(evidence, quoter, versions);
    if (reply) read.push(reply);
  }
  for (const reply of read) for (const [nth, version] of versions.entries()) yield* observedOf(reply, nth, version, read);
  for (const [nth, version] of versions.entries()) yield* vouchedFor(nth, version, read);
}

/** Those that name one original in their sections, each message once, and none that is compared as a reply anyway. */
function quotersOf(attributed: readonly Attributed[], before: readonly Quoter[]): Quoter[] {
  const replies = new Set(before.map((q) => q.replier.about));
  const byMessage = new Map<ArtifactId, { replier: Replier; sections: number[] }>();
  for (const { replier, section } of attributed) {
    if (replies.has(replier.about)) continue;
    const known = byMessage.get(replier.about);
    if (known) known.sections.push(section);
    else if (byMessage.size < MOST_REPLIES) byMessage.set(replier.about, { replier, sections: [section] });
  }
  return [...byMessage.values()];
}

/**
 * Does a message repeat what another one says? Finds the original of a reply by In-Reply-To, or the last of References; that of a forward, of a
 * reply without them, and of what a quotation quotes in its turn by the line or header that names its writer and time. Ties the
 * quotation to every version of it that the copies bear, and emits on the message that quotes quote.of, quote.relation and, where a number,
 * sum, date, name or negation is another one or words were put in, quote.difference and how many senders quote that place either
 * way; on the original, how many others quote it unchanged. Holds one message and its replies at a time, and of messages that name
 * others a line.
 */
export const quotedReplies = examination({
  id: 'quoted-replies',
  version: 2,
  reads: READS,
  async *examine(evidence) {
    const { originals, problem } = await attributedOriginals(evidence);
    if (problem) yield problem;
    for (const link of ['id.in-reply-to', 'id.reference'] as const) {
      for await (const { value, left, right } of joined<Read>(evidence, link, 'id.message')) {
        if (!right || !value.includes('@')) continue;
        // Each reply once: by In-Reply-To where it has one.
        const isReply = (m: Message): boolean =>
          isMessage(m) &&
          answeredId(m) === value &&
          (link === 'id.in-reply-to') === m.claims('id.in-reply-to').length > 0 &&
          m.claims('id.message')[0]?.value !== value;
        const replies = await firstOf(left, MOST_REPLIES, isReply);
        const quoters: Quoter[] = replies.kept.map((m) => ({ replier: replierOf(m), sections: null }));
        const [reply] = quoters;
        if (!reply) continue;
        if (replies.more)
          yield tooMany(reply.replier.about, `more than ${MOST_REPLIES} replies to one message; the first ${MOST_REPLIES} were compared with it`);
        quoters.push(...quotersOf(originals.get(value) ?? [], quoters));
        originals.delete(value);
        yield* compared(evidence, value, quoters, right);
      }
    }
    if (originals.size === 0) return;
    for await (const group of evidence.groups('id.message', 1)) {
      const attributed = originals.get(group.value);
      if (attributed) yield* compared(evidence, group.value, quotersOf(attributed, []), group.members);
    }
  },
});
