import type { Claim } from '../model/claim.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Evidence, Subject } from '../model/evidence.ts';
import { examination, type ExaminedEvidence, type Observation } from '../model/examination.ts';
import type { ArtifactId } from '../model/provenance.ts';
import type { Locator } from '../model/claim.ts';
import { isForward, subjectKey } from '../model/mail-subject.ts';
import { type QuotedBlock, quotedBlocks } from './shared/quoted-blocks.ts';
import { addressesIn, headerFields } from './shared/quoted-header.ts';

const READS = ['name.title', 'party.from', 'party.delivered-to', 'time.received'] as const;
type Read = (typeof READS)[number];
type Message = Subject<Read>;

/** Forwards looked at, and messages of one title that are compared with them. */
const MOST_FORWARDS = 50_000;
/** Fewer messages make no mailbox. */
const LEAST_MESSAGES = 20;
const LEAST_WORDS = 8;

/** What a message repeats, by the header that it was given. */
interface Forward {
  readonly about: ArtifactId;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly address: Locator;
}

/** Null where the block's header does not name both ends and the subject. */
function forwardOf(message: Message, block: QuotedBlock): Forward | null {
  if (block.header === '' || block.words.length < LEAST_WORDS) return null;
  const fields = headerFields(block.header);
  const [from] = addressesIn(fields.from);
  const to = addressesIn(fields.to);
  const { subject } = fields;
  if (from === undefined || to.length === 0 || subject === null || subjectKey(subject) === '') return null;
  return { about: message.artifact.id, from, to, subject: subjectKey(subject), address: block.address };
}

async function forwardsOf(evidence: ExaminedEvidence<Read>): Promise<Forward[]> {
  const found: Forward[] = [];
  let before: ArtifactId | undefined;
  for await (const message of evidence.byValue('name.title')) {
    if (!isMessage(message) || message.artifact.id === before) continue;
    before = message.artifact.id;
    if (!message.claims('name.title').some((c) => isForward(c.value ?? ''))) continue;
    const [block] = quotedBlocks(await evidence.passages(message.artifact.id));
    const forward = block ? forwardOf(message, block) : null;
    if (forward && found.push(forward) === MOST_FORWARDS) break;
  }
  return found;
}

/** Addresses from which enough messages lie here that no server stamped: their owner's folder of sent mail does. */
async function sendersHere(evidence: Evidence<Read>): Promise<Set<string>> {
  const here = new Set<string>();
  for await (const group of evidence.groups('party.from', LEAST_MESSAGES)) {
    let filed = 0;
    for await (const m of group.members) if (isMessage(m) && m.claims('time.received').length === 0) filed += 1;
    if (filed >= LEAST_MESSAGES) here.add(group.value.mailbox);
  }
  return here;
}

async function receiversHere(evidence: Evidence<Read>): Promise<Set<string>> {
  const here = new Set<string>();
  for await (const group of evidence.groups('party.delivered-to', LEAST_MESSAGES)) here.add(group.value.mailbox);
  return here;
}

const mailboxes = (claims: readonly Claim<'party.from'>[]): string[] => claims.flatMap((c) => (c.value ? [c.value.mailbox] : []));

/** Sender and subject of the forwards of which some message lies here. */
async function filed(evidence: Evidence<Read>, wanted: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const message of evidence.byValue('name.title')) {
    for (const title of isMessage(message) ? message.claims('name.title') : [])
      for (const from of mailboxes(message.claims('party.from'))) {
        const key = `${from} ${subjectKey(title.value ?? '')}`;
        if (wanted.has(key)) found.add(key);
      }
  }
  return found;
}

const keyOf = (f: Forward): string => `${f.from} ${f.subject}`;

/**
 * Does a forwarded block name a message that is nowhere, although the mailboxes of both its ends are here? Emits quote.unfiled on the
 * message that forwards it, where the block's header names sender, recipient and subject, at least twenty sent messages of that
 * sender and twenty delivered to that recipient lie in the corpus, and none of that sender and subject. Holds the forwards only.
 */
export const forwardedMail = examination({
  id: 'forwarded-mail',
  version: 1,
  reads: READS,
  async *examine(evidence): AsyncIterable<Observation> {
    const forwards = await forwardsOf(evidence);
    if (forwards.length === 0) return;
    const [senders, receivers] = [await sendersHere(evidence), await receiversHere(evidence)];
    const both = forwards.filter((f) => senders.has(f.from) && f.to.some((t) => t !== f.from && receivers.has(t)));
    if (both.length === 0) return;
    const known = await filed(evidence, new Set(both.map(keyOf)));
    for (const f of both) {
      if (known.has(keyOf(f))) continue;
      const to = f.to.find((t) => t !== f.from && receivers.has(t)) ?? '';
      const value = `${f.from} to ${to}: ${f.subject}`.slice(0, 1024);
      yield {
        about: f.about,
        claim: { basis: 'observed', attribute: 'quote.unfiled', field: 'forwarded block', raw: value, value, locator: f.address },
      };
    }
  },
});
