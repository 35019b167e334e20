import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { lastSaving, MAILED_COPY, mailedCopies } from '../shared/mailed-copy.ts';
import { MINUTE_MS, savingOf, written } from '../shared/time.ts';

/** Mail clients save an attachment and send it within the minute; clocks of the two machines differ. */
const TOLERANCE_MS = 10 * MINUTE_MS;

/** Catalogue J03: what separates a document that was altered from one that was only handled. */
export const looseCopyDiffers = artifactRule(
  {
    id: 'loose-copy-differs',
    catalogue: ['J03'],
    version: 1,
    title: 'Loose file differs in content from the copy of it that was sent by mail, and was saved later',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: MAILED_COPY,
    innocent: [
      {
        id: 'later-version',
        story: 'The document went on being worked on after it was mailed: the loose file is a later version of the same author.',
        check:
          'The last author is one who saved the mailed copy too; a later message carries the newer version; the changes read like work, not like one number.',
      },
      {
        id: 'mailed-again',
        story: 'The changed version was mailed as well, in another message.',
        check: 'Another copy in the mail says the same as the loose file.',
      },
      {
        id: 'filled-in-template',
        story: 'Both are filled-in copies of one form or template, about different things.',
        check: 'Most of the values differ, and what is equal are the labels.',
      },
    ],
    references: [
      {
        title:
          'WikiLeaks, AlienVault and others on the spreadsheets of May 2017: re-saved is not yet changed (C. Doman, MacronLeaks: a timeline of events)',
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
    if (copies.length === 0 || copies.some((c) => c.relation.value !== 'different-content')) return;
    const { moment, author, words } = lastSaving(subject);
    if (!moment) return;
    // The latest mailing before the saving is the version that was at hand.
    const [copy] = copies
      .filter((c) => c.mailed !== null && moment.at - c.mailed.at > TOLERANCE_MS)
      .sort((a, b) => (b.mailed?.at ?? 0) - (a.mailed?.at ?? 0) || b.equal - a.equal);
    if (!copy?.mailed || !copy.difference) return;
    const byTheSame = author !== undefined && author.value === copy.savedBy?.value;
    const evidence: [Cited, ...Cited[]] = [
      { claim: copy.difference, role: 'primary' },
      { claim: copy.mailed.claim, role: 'contradicts' },
      { claim: moment.claim, role: 'context' },
    ];
    if (author) evidence.push({ claim: author, role: 'context' });
    if (copy.savedBy) evidence.push({ claim: copy.savedBy, role: 'context' });
    yield {
      statement: `differs from the copy mailed ${written(copy.mailed)} in ${copy.difference.value ?? ''}; ${words}`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      // Work that goes on under one name is the ordinary case.
      strength: byTheSame ? 'weak' : 'moderate',
      evidence,
      ruledOut: [{ innocent: 'mailed-again', because: 'no copy in the mail says the same as the loose file' }],
    };
  },
);
