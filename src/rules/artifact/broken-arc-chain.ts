import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { isMessage } from '../shared/time.ts';
import { listed } from '../shared/wording.ts';

/** Faults told in one sentence; all of them are cited. */
const MOST_TOLD = 3;

const instanceIn = (field: string): string => /(?<!\d)\d+$/.exec(field)?.[0] ?? '?';

/** Catalogue G01. What the sets say of each other, before any key is asked. */
export const brokenArcChain = artifactRule(
  {
    id: 'broken-arc-chain',
    catalogue: ['G01'],
    version: 1,
    title: 'ARC sets of a message are no chain, or one of its servers says that they were none',
    proposition: 'context',
    direction: 'against',
    strength: 'weak',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['arc.verdict', 'arc.fault'],
    innocent: [
      {
        id: 'changed-by-a-list',
        story: 'A list or gateway that knows nothing of ARC changed the text between two servers that do.',
        check: 'Marks of a list stand in the header; the DKIM signature fails with the same server.',
      },
      {
        id: 'fields-taken-out',
        story: 'A gateway or an exporter took out some of the fields, as too long or as its own affair.',
        check: 'Other messages of the same store lack the same fields.',
      },
      {
        id: 'young-software',
        story: 'A server followed an early draft of the protocol, in which the rules were others.',
        check: 'The message is of the years before 2019; other messages by that server are alike.',
      },
    ],
    references: [
      {
        title: 'RFC 8617, The Authenticated Received Chain: validator actions',
        section: '5.2',
        url: 'https://www.rfc-editor.org/rfc/rfc8617#section-5.2',
      },
    ],
  },
  function* (subject) {
    if (!isMessage(subject)) return;
    const faults = subject.claims('arc.fault');
    const failed = subject.claims('arc.verdict').filter((c) => c.value === 'fail');
    const told = [
      ...faults.map((c) => c.value ?? ''),
      ...failed.map((c) => `the server of set ${instanceIn(c.field)} says that the sets before its own did not verify`),
    ];
    const [first, ...rest] = [...faults, ...failed];
    if (!first) return;
    const more = told.length > MOST_TOLD ? [...told.slice(0, MOST_TOLD), `${told.length - MOST_TOLD} more`] : told;
    yield {
      statement: `carries ARC sets that are no whole chain: ${listed(more)}`,
      about: [subject.artifact.id],
      rootCause: `arc:${subject.artifact.id}`,
      evidence: [{ claim: first, role: 'primary' }, ...rest.map((claim): Cited => ({ claim, role: 'context' }))],
    };
  },
);
