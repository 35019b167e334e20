import type { Claim } from '../../model/claim.ts';
import type { Evidence, Subject } from '../../model/evidence.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { domainOf } from '../../model/mail-domain.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { corpusRule } from '../../model/rule.ts';
import { isFilledByProgram } from '../shared/mail-folders.ts';
import { idsBefore, senderOf, THREAD_CLAIMS, type ThreadAround, ThreadSearch } from '../shared/thread-around.ts';
import { isMessage, written } from '../shared/time.ts';
import { counted, quoted } from '../shared/wording.ts';

const READS = [...THREAD_CLAIMS, 'place.folder', 'mark.relayed', 'party.delivered-to'] as const;
type Read = (typeof READS)[number];

/** Fewer replies say nothing about what a mailbox keeps. */
const LEAST_REPLIES = 50;
/** A mailbox that lacks more of what its replies answer is not complete, and one more missing means nothing. */
const MOST_MISSING = 0.02;
const MOST_FINDINGS = 20;

/** A reply to a message that is nowhere, in a folder that a program fills. */
interface Orphan {
  readonly about: ArtifactId;
  readonly folder: string;
  readonly id: string;
  readonly missing: Claim<'thread.missing'>;
  readonly sender: string;
  /** To whom it was delivered; null for a copy that its writer kept, '' where the servers did not write it down. */
  readonly mailbox: string | null;
  readonly before: readonly string[];
}

const isListed = (m: Subject<Read>): boolean => m.claims('mark.relayed').some((c) => c.value === 'list' || c.value === 'resent');
const folderOf = (m: Subject<Read>): string => m.claims('place.folder')[0]?.value ?? '';

const orphanOf = (m: Subject<Read>, missing: Claim<'thread.missing'>): Orphan => ({
  about: m.artifact.id,
  folder: folderOf(m),
  id: m.claims('id.message')[0]?.value ?? '',
  missing,
  sender: senderOf(m),
  mailbox: m.claims('time.received').length === 0 ? null : (m.claims('party.delivered-to')[0]?.value?.mailbox ?? ''),
  before: idsBefore(m, missing.value ?? ''),
});

/** The received ones of a folder and those that their writer kept are counted apart. */
const sideOf = (o: Orphan): string => `${o.mailbox === null ? 'kept' : 'received'} ${o.folder}`;

/** All of them by their folders and sides; of a side that has too many, enough to see that. */
async function orphansOf(evidence: Evidence<Read>): Promise<ReadonlyMap<string, readonly Orphan[]>> {
  const sides = new Map<string, Orphan[]>();
  for await (const group of evidence.groups('thread.missing', 1)) {
    for await (const m of group.members) {
      const missing = m.claims('thread.missing').find((c) => c.value === group.value);
      if (!missing || !isMessage(m) || isListed(m) || !isFilledByProgram(folderOf(m))) continue;
      const orphan = orphanOf(m, missing);
      const side = sides.get(sideOf(orphan));
      if (!side) sides.set(sideOf(orphan), [orphan]);
      else if (side.length <= MOST_FINDINGS) side.push(orphan);
    }
  }
  return sides;
}

/** Catalogue G12. Keeps some twenty orphans a folder, and the ids of their threads; looks once through all messages, and not at all without an orphan. */
export const orphanReplies = corpusRule(
  {
    id: 'orphan-replies',
    catalogue: ['G12'],
    version: 2,
    title: 'Reply answers a message that is nowhere in the corpus, in a mailbox whose other replies have theirs',
    proposition: 'context',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'deleted-by-owner',
        story: 'The owner deleted the message that was answered, as people do.',
        check: 'What the reply quotes of it; gaps in the same folder on the same days.',
      },
      {
        id: 'deleted-by-both',
        story: 'Writer and recipient both deleted it, each for reasons of their own or because they agreed to.',
        check: 'Ask both; other messages of that thread or day that both lack.',
      },
      {
        id: 'sent-elsewhere',
        story: 'The message answered was written on another account or program, whose sent mail is not in the corpus.',
        check: 'The domain in the missing Message-ID, against those that the owner uses.',
      },
      {
        id: 'numbered-anew',
        story: 'A service on the way gave the message another Message-ID than the copy at hand bears.',
        check: 'A message by the one who was answered, of the time between, with the words that the reply quotes.',
      },
      {
        id: 'incomplete-store',
        story: 'The store was taken in parts, or expired by a rule: many such messages are missing.',
        check: 'How many replies of the folder lack theirs, and whether these lie close together.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: identification fields',
        section: '3.6.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4',
      },
    ],
  },
  async function* (evidence) {
    const sides = [...(await orphansOf(evidence)).values()].filter((side) => side.length <= MOST_FINDINGS);
    const before = new Map<string, readonly string[]>();
    for (const o of sides.flat()) if (!before.get(o.missing.value ?? '')?.length) before.set(o.missing.value ?? '', o.before);
    if (before.size === 0) return;
    const search = new ThreadSearch(before);
    const found = new Map<string, number>();
    for await (const m of evidence.byValue('place.folder')) {
      if (!isMessage(m)) continue;
      search.see(m);
      if (m.claims('thread.parent').length > 0 && !isListed(m)) found.set(folderOf(m), (found.get(folderOf(m)) ?? 0) + 1);
    }
    const isComplete = (side: readonly Orphan[]): boolean => {
      const replies = found.get(side[0]?.folder ?? '') ?? 0;
      return replies >= LEAST_REPLIES && side.length / replies <= MOST_MISSING;
    };
    const orphans = new Map<string, Orphan[]>();
    for (const o of sides.filter(isComplete).flat()) orphans.set(o.missing.value ?? '', [...(orphans.get(o.missing.value ?? '') ?? []), o]);
    for (const [id, list] of orphans) {
      const draft = finding(id, list, search.around(id), found);
      if (draft) yield draft;
    }
  },
);

/**
 * The reply as its writer kept it and as it was delivered to somebody else, who later named the missing message from a system that
 * numbers as the missing one is numbered: writer and recipient of the missing message both lack it.
 */
function bothSides(id: string, orphans: readonly Orphan[], { ancestor, witnesses, otherAnswers }: ThreadAround): readonly Orphan[] | null {
  if (!ancestor) return null;
  for (const kept of orphans.filter((o) => o.mailbox === null)) {
    const numbersAlike = (writer: string): boolean =>
      [...witnesses].some(([w, sender]) => sender === writer && domainOf(w).toLowerCase() === domainOf(id).toLowerCase());
    const delivered = orphans.find((o) => o.id === kept.id && o.mailbox && o.mailbox !== kept.sender && numbersAlike(o.mailbox));
    // Whoever wrote it may have answered under another number.
    if (delivered && !otherAnswers.has(delivered.mailbox ?? '')) return [kept, delivered];
  }
  return null;
}

function threadWords({ ancestor, witnesses }: ThreadAround, told: readonly Orphan[]): string {
  const after = ancestor ? `; in its thread it stood after ${quoted(ancestor.id)}${ancestor.moment ? ` of ${written(ancestor.moment)}` : ''}` : '';
  const ids = new Set(told.map((o) => o.id));
  const others = [...witnesses].filter(([id]) => !ids.has(id));
  const by = counted(new Set(others.map(([, sender]) => sender)).size, 'sender');
  const names = others.length === 1 ? 'one more message names it' : `${others.length} more messages by ${by} name it`;
  return others.length === 0 ? after : `${after}${after === '' ? ';' : ', and'} ${names}`;
}

function finding(id: string, orphans: readonly Orphan[], around: ThreadAround, found: ReadonlyMap<string, number>): FindingDraft | null {
  const replies = (o: Orphan | undefined): number => found.get(o?.folder ?? '') ?? 0;
  const both = bothSides(id, orphans, around);
  const received = orphans.filter((o) => o.mailbox !== null);
  // Of the owner's own replies the message answered came from outside and is anybody's to delete, unless others of the thread are here.
  const isWithin = around.ancestor !== null && new Set(around.witnesses.values()).size >= 2;
  const told = both ?? (received.length > 0 ? received : isWithin ? orphans : []);
  const [first, ...others] = told.slice(0, MOST_FINDINGS);
  if (!first) return null;
  const { ancestor } = around;
  const evidence: [Cited, ...Cited[]] = [{ claim: first.missing, role: 'primary' }];
  for (const o of others) evidence.push({ claim: o.missing, role: 'context' });
  if (ancestor) evidence.push({ claim: ancestor.moment?.claim ?? ancestor.claim, role: 'context', note: 'the message before it' });
  const delivered = both ? `, and so are those that ${replies(others[0])} others answer in the folder to which the answer was delivered` : '';
  return {
    statement:
      `answers the message ${quoted(id)}, which is nowhere in the corpus; those that ${replies(first)} other replies in the folder answer are there${delivered}` +
      threadWords(around, told),
    about: [first.about, ...others.map((o) => o.about)],
    rootCause: `missing:${id}`,
    strength: both ? 'moderate' : 'weak',
    evidence,
  };
}
