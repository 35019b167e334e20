import type { Passage } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { type ArtifactId, sha256Of } from '../../model/provenance.ts';
import { signedWhole } from '../../model/signed-whole.ts';
import type { Quotation } from './quotation.ts';

export const REPLIER_READS = ['id.message', 'party.from', 'place.folder', 'time.sent', 'dkim.state'] as const;
type Read = (typeof REPLIER_READS)[number];

/** Whose words a message that quotes another one are, and where it lies. */
export interface Replier {
  readonly about: ArtifactId;
  /** '' where nobody is named. */
  readonly sender: string;
  readonly folder: string;
  /** A DKIM signature verifies over all of it. */
  readonly signed: boolean;
  readonly id: string;
  /** The Date as written. */
  readonly sent: string;
}

/** A message with what it quotes of each version of another one. */
export interface Reply extends Replier {
  /** Equal for copies of one message, whoever it names as its sender: by its id, or by its text and the time it was sent. */
  readonly marks: readonly string[];
  readonly quotations: readonly (Quotation | null)[];
}

export const senderOf = (m: Pick<Subject<'party.from'>, 'claims'>): string =>
  m.claims('party.from').find((c) => c.value !== null && c.value.mailbox !== '')?.value?.mailbox ?? '';

export const replierOf = (m: Subject<Read>): Replier => ({
  about: m.artifact.id,
  sender: senderOf(m),
  folder: m.claims('place.folder')[0]?.value ?? '',
  signed: signedWhole(m) !== undefined,
  id: m.claims('id.message')[0]?.value ?? '',
  sent: m.claims('time.sent')[0]?.raw ?? '',
});

export function marksOf({ id, sent }: Replier, passages: readonly Passage[]): string[] {
  const said = passages.filter((p) => p.role === 'body').map((p) => p.text.replace(/\s+/g, ' '));
  const text = sent === '' ? [] : [sha256Of([sent, ...said].join('\n'))];
  return id === '' ? text : [`id ${id}`, ...text];
}

/** How many people something holds of, by their replies, and how many of them by one that is signed. */
export interface Witnesses {
  readonly all: number;
  readonly signed: number;
}

/** Each sender once, and each message: a copy under another name is no second witness. The nameless count for nobody. */
export function witnesses(replies: readonly Reply[], holds: (r: Reply) => boolean): Witnesses {
  const found = replies.filter((r) => r.sender !== '' && holds(r));
  const owner = new Map<string, string>();
  for (const r of found) for (const mark of r.marks) if (!owner.has(mark)) owner.set(mark, r.sender);
  const own = found.filter((r) => r.marks.every((mark) => owner.get(mark) === r.sender));
  const senders = (list: readonly Reply[]): number => new Set(list.map((r) => r.sender)).size;
  return { all: senders(own), signed: senders(own.filter((r) => r.signed)) };
}
