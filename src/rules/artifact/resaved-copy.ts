import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { lastSaving, MAILED_COPY, mailedCopies } from '../shared/mailed-copy.ts';
import { MINUTE_MS, savingOf, written } from '../shared/time.ts';
import { counted } from '../shared/wording.ts';

const TOLERANCE_MS = 10 * MINUTE_MS;

/** Catalogue J03, the other half: opened and saved by somebody, and nothing in it changed. */
export const resavedCopy = artifactRule(
  {
    id: 'resaved-copy',
    catalogue: ['J03'],
    version: 1,
    title: 'Loose file holds the same content as the copy of it that was sent by mail, and records a later saving by another',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: MAILED_COPY,
    innocent: [
      {
        id: 'opened-and-saved',
        story: 'The owner or an assistant opened the file later and the program saved it again when it was closed.',
        check: 'The last author is known in the corpus; other files of the folder were saved on other days, one by one.',
      },
      {
        id: 'collected',
        story: 'Whoever collected the files converted or labelled them, and the tool saved each again.',
        check: 'The times lie after the dump was acquired; the same tool stands in all of them.',
      },
    ],
    references: [
      {
        title: 'C. Doman, MacronLeaks: a timeline of events (spreadsheets re-saved within minutes)',
        url: 'https://cybersecurity.att.com/blogs/labs-research/macronleaks-a-timeline-of-events',
      },
      {
        title: 'ECMA-376 Part 2, Open Packaging Conventions: core properties',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
    ],
  },
  function* (subject) {
    const copies = mailedCopies(subject);
    if (copies.some((c) => c.relation.value === 'same-bytes')) return;
    const copy = copies.find((c) => c.relation.value === 'same-content');
    const { moment, author, words } = lastSaving(subject);
    if (!copy?.mailed || !moment || moment.at - copy.mailed.at <= TOLERANCE_MS) return;
    // Saved again by the hand that saved the mailed one is everyday life.
    if (author !== undefined && author.value === copy.savedBy?.value) return;
    const evidence: [Cited, ...Cited[]] = [
      { claim: moment.claim, role: 'primary' },
      { claim: copy.mailed.claim, role: 'contradicts' },
      { claim: copy.relation, role: 'context', note: 'the contents are equal' },
    ];
    if (author) evidence.push({ claim: author, role: 'context' });
    yield {
      statement: `holds the same ${counted(copy.equal, 'passage')} of content as the copy mailed ${written(copy.mailed)}, and is ${words}`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength: author === undefined ? 'weak' : 'moderate',
      evidence,
    };
  },
);
