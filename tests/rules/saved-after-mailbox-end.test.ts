import { savedAfterMailboxEnd } from '../../src/rules/corpus/saved-after-mailbox-end.ts';
import type { Instant } from '../../src/model/attribute.ts';
import { parseIso } from '../../src/model/time.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const mailbox = (name: string, end: string): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [time('mailbox.end', end, { basis: 'observed' })],
});
const doc = (name: string, modified: string, ...claims: TestClaim[]): TestDoc => ({
  name,
  mediaType: 'application/x-document',
  claims: [time('time.modified', modified), ...claims],
});
/** One message a day, two hops each, until the last mailbox ends. */
const habit: TestDoc[] = Array.from({ length: 30 }, (_, n) => {
  const at = (second: number): string => new Date(Date.UTC(2017, 2, 20 - n, 11, 0, second)).toISOString();
  return { name: `m${n}.eml`, mediaType: 'message/rfc822', claims: [time('time.received', at(9)), time('time.received', at(2))] };
});
/** Six documents of the years before. */
const life = [1, 2, 3, 4, 5, 6].map((n) => doc(`old${n}.docx`, `2016-0${n}-01T10:00:00Z`));
const ends = [mailbox('a.eml', '2017-03-02T09:00:00Z'), mailbox('b.eml', '2017-03-20T12:00:00Z'), ...habit];
const acquired = { acquiredAt: parseIso('2017-05-05T00:00:00Z') as Instant };

ruleTest(savedAfterMailboxEnd, {
  fires: {
    'a week after the last of two mailboxes': {
      docs: [...ends, ...life, doc('plan.xlsx', '2017-03-27T12:41:00Z', text('event.save', 'save:burst'))],
      statements: ['says it was last saved 2017-03-27T12:41:00Z, 7 d after the last delivery in any of the 2 mailboxes here (2017-03-20T12:00:00Z)'],
      about: [['plan.xlsx']],
      rootCauses: ['save:burst'],
      strengths: ['moderate'],
    },
    'a year after, nobody knows when the dump was taken': {
      docs: [mailbox('a.eml', '2017-03-02T09:00:00Z'), ...habit, ...life, doc('plan.xlsx', '2018-03-02T12:41:00Z')],
      statements: ['says it was last saved 2018-03-02T12:41:00Z, 365 d after the last delivery in the mailbox here (2017-03-02T09:00:00Z)'],
      strengths: ['weak'],
    },
    'before the dump was taken': {
      docs: [...ends, ...life, doc('plan.xlsx', '2017-05-01T12:00:00Z')],
      context: acquired,
      statements: ['says it was last saved 2017-05-01T12:00:00Z, 42 d after the last delivery in any of the 2 mailboxes here (2017-03-20T12:00:00Z)'],
      strengths: ['moderate'],
    },
    'a file that says it twice is told once': {
      docs: [...ends, ...life, doc('plan.pdf', '2017-03-27T12:41:00Z', time('time.modified', '2017-03-27T12:41:02Z'))],
      statements: ['says it was last saved 2017-03-27T12:41:02Z, 7 d after the last delivery in any of the 2 mailboxes here (2017-03-20T12:00:00Z)'],
    },
  },
  silent: {
    'honest twin: saved before the last mailbox ends': [...ends, ...life, doc('plan.xlsx', '2017-03-10T12:41:00Z')],
    'saved-by-holder: after the dump was acquired': { docs: [...ends, ...life, doc('plan.xlsx', '2017-05-06T12:41:00Z')], context: acquired },
    'lives-on: a third of the documents is later': [
      ...ends,
      ...life,
      doc('a.docx', '2017-04-01T10:00:00Z'),
      doc('b.docx', '2017-05-01T10:00:00Z'),
      doc('c.docx', '2017-06-01T10:00:00Z'),
    ],
    'late-clock: within a day': [...ends, ...life, doc('plan.xlsx', '2017-03-21T11:00:00Z')],
    'partial-mail: by its habit no message was due yet': [
      ...ends.slice(0, 2),
      ...habit.slice(0, 10),
      ...life,
      doc('plan.xlsx', '2017-03-27T12:41:00Z'),
    ],
    'no mailbox': [...life, doc('plan.xlsx', '2017-03-27T12:41:00Z')],
    'a clock without a zone': [...ends, ...life, doc('plan.odt', '2017-03-27T12:41:00')],
    'end of 32-bit time': [...ends, ...life, doc('plan.xlsx', '2038-01-19T03:14:07Z')],
    'an attachment': [...ends, ...life, { ...doc('2', '2017-03-27T12:41:00Z'), inside: { name: 'c.eml', mediaType: 'message/rfc822', claims: [] } }],
  },
});
