import type { Claim } from '../model/claim.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type ExaminedEvidence, type Observation } from '../model/examination.ts';
import { type Sha256, sha256Of } from '../model/provenance.ts';
import { signedWhole } from '../model/signed-whole.ts';
import { firstOf } from './shared/first-of.ts';
import { bodiesOf, type Bodies, compare, type Compared } from './shared/message-bodies.ts';

const READS = ['id.message', 'content.attachments', 'dkim.state'] as const;
type Read = (typeof READS)[number];

/** Copies of one message compared with one another; more bear one id only where a sender numbers carelessly. */
const MOST_COPIES = 50;
/** The attribute's field, by which rules tell these claims from those of other examinations. */
const MESSAGE_COPY = 'copy of message';

interface Copy {
  readonly message: Subject<Read>;
  readonly id: Claim<'id.message'>;
  /** Equal for copies with equal bodies and attachments. */
  readonly key: string;
}

const attachmentsOf = (m: Subject<Read>): string => m.claims('content.attachments')[0]?.value ?? '';

/** Digests instead of texts: fifty copies may be fifty times 16 MiB. */
async function copyOf(evidence: ExaminedEvidence<Read>, message: Subject<Read>, value: string, known: Map<Sha256, string>): Promise<Copy | null> {
  const id = message.claims('id.message').find((c) => c.value === value);
  if (!id) return null;
  let key = known.get(message.artifact.sha256);
  if (key === undefined) {
    const bodies = bodiesOf(await evidence.passages(message.artifact.id));
    key = [...bodies]
      .map(([kind, body]) => `${kind}=${sha256Of(body.text)}`)
      .concat(attachmentsOf(message))
      .join('|');
    known.set(message.artifact.sha256, key);
  }
  return { message, id, key };
}

/** A copy whose signature verifies; where there is none, the first of those that most copies agree with. */
function representative(copies: readonly Copy[]): Copy | undefined {
  const signed = copies.find((copy) => signedWhole(copy.message) !== undefined);
  if (signed) return signed;
  const counts = new Map<string, number>();
  for (const { key } of copies) counts.set(key, (counts.get(key) ?? 0) + 1);
  let best: Copy | undefined;
  for (const copy of copies) if (!best || (counts.get(copy.key) ?? 0) > (counts.get(best.key) ?? 0)) best = copy;
  return best;
}

function* observations(copy: Copy, from: Copy, compared: Compared): Iterable<Observation> {
  const about = copy.message.artifact.id;
  const other = from.message.artifact.id;
  yield {
    about,
    claim: {
      basis: 'observed',
      attribute: 'copy.relation',
      field: MESSAGE_COPY,
      raw: compared.relation,
      value: compared.relation,
      locator: copy.id.locator,
    },
    other: { artifact: other, locator: from.id.locator },
  };
  if (compared.difference === undefined) return;
  yield {
    about,
    claim: {
      basis: 'observed',
      attribute: 'copy.difference',
      field: MESSAGE_COPY,
      raw: compared.difference,
      value: compared.difference,
      locator: compared.here ?? copy.id.locator,
    },
    other: { artifact: other, locator: compared.there ?? from.id.locator },
  };
}

/**
 * Copies of one message, found by Message-ID: does each say what most of them say, or what the one says whose signature
 * verifies? Emits copy.relation on every copy but the
 * one compared with, and copy.difference where words, attachments or the lines around the text differ. What transport
 * changes is folded first; see shared/message-text.ts. Holds two messages at a time.
 */
export const messageCopies = examination({
  id: 'message-copies',
  version: 3,
  reads: READS,
  async *examine(evidence) {
    for await (const group of evidence.groups('id.message', 2)) {
      // RFC 5322 section 3.6.4: an id has two sides. What has not is a program's blunder, shared by strangers.
      if (!group.value.includes('@')) continue;
      const { kept: messages, more } = await firstOf(group.members, MOST_COPIES, isMessage);
      const [first] = messages;
      if (!first || messages.length < 2) continue;
      if (more)
        yield {
          about: first.artifact.id,
          problem: {
            code: 'limit-exceeded',
            message: `more than ${MOST_COPIES} messages bear one Message-ID; the first ${MOST_COPIES} were compared`,
          },
        };
      const known = new Map<Sha256, string>();
      const copies: Copy[] = [];
      for (const message of messages) {
        const copy = await copyOf(evidence, message, group.value, known);
        if (copy) copies.push(copy);
      }
      const from = representative(copies);
      if (from) yield* compareAll(evidence, from, copies);
    }
  },
});

async function* compareAll(evidence: ExaminedEvidence<Read>, from: Copy, copies: readonly Copy[]): AsyncIterable<Observation> {
  let there: Bodies | undefined;
  for (const copy of copies) {
    if (copy === from) continue;
    if (copy.key === from.key) {
      yield* observations(copy, from, { relation: copy.message.artifact.sha256 === from.message.artifact.sha256 ? 'same-bytes' : 'same-content' });
      continue;
    }
    there ??= bodiesOf(await evidence.passages(from.message.artifact.id));
    const here = bodiesOf(await evidence.passages(copy.message.artifact.id));
    const compared = compare(there, here, [attachmentsOf(from.message), attachmentsOf(copy.message)]);
    if (compared) yield* observations(copy, from, compared);
  }
}
