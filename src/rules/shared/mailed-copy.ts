import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { instants, latest, type Moment, written } from './time.ts';

/** What the rules about a loose file and its mailed copy read. */
export const MAILED_COPY = [
  'copy.relation',
  'copy.difference',
  'copy.equal-passages',
  'copy.mailed',
  'copy.saved',
  'copy.saved-by',
  'copy.signed',
  'time.modified',
  'party.last-author',
  'event.save',
] as const;
export type MailedCopyRead = (typeof MAILED_COPY)[number];

/** The field that the examination of documents writes; messages are compared by another one. */
const DOCUMENT_COPY = 'copy of document';

export interface MailedCopy {
  readonly relation: Claim<'copy.relation'>;
  readonly difference: Claim<'copy.difference'> | undefined;
  readonly equal: number;
  /** When the mail delivered the other copy; null where its message says nothing usable. */
  readonly mailed: Moment | null;
  readonly saved: Moment | null;
  readonly savedBy: Claim<'copy.saved-by'> | undefined;
  /** Where the signature of the message that carries it verifies over the whole. */
  readonly signed: Claim<'copy.signed'> | undefined;
}

const sameOther = (a: Claim, b: Claim): boolean => a.other?.artifact === b.other?.artifact;

/** Every mailed copy that this loose document was compared with, in the order in which they lie in the corpus. */
export function mailedCopies(subject: Subject<MailedCopyRead>): MailedCopy[] {
  const relations = subject.claims('copy.relation').filter((c) => c.field === DOCUMENT_COPY && c.other !== undefined);
  return relations.map((relation): MailedCopy => {
    // An examination writes what it says of one pair in one go: between this relation and the next.
    const next = relations.find((r) => r.seq > relation.seq)?.seq ?? Infinity;
    const ofPair = <C extends Claim>(claims: readonly C[]): C[] => claims.filter((c) => c.seq > relation.seq && c.seq < next);
    return {
      relation,
      difference: ofPair(subject.claims('copy.difference')).find((c) => sameOther(c, relation)),
      equal: ofPair(subject.claims('copy.equal-passages'))[0]?.value ?? 0,
      mailed: instants(ofPair(subject.claims('copy.mailed')))[0] ?? null,
      saved: instants(ofPair(subject.claims('copy.saved')))[0] ?? null,
      savedBy: ofPair(subject.claims('copy.saved-by'))[0],
      signed: ofPair(subject.claims('copy.signed'))[0],
    };
  });
}

/** "last saved 2017-03-27T12:41:00Z by 'X'": what the loose one records of itself. */
export function lastSaving(subject: Subject<MailedCopyRead>): {
  moment: Moment<Claim<'time.modified'>> | null;
  author: Claim<'party.last-author'> | undefined;
  words: string;
} {
  const moment = latest(instants(subject.claims('time.modified')));
  const author = subject.claims('party.last-author').find((c) => c.value !== null);
  const words = `${moment ? `last saved ${written(moment)}` : 'with no time of saving'}${author ? ` by '${author.value ?? ''}'` : ', by nobody it names'}`;
  return { moment, author, words };
}
