import { gapInMailbox } from '../../src/rules/corpus/gap-in-mailbox.ts';
import { text, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const DAY = 86_400_000;
const mbox: TestDoc = { name: 'inbox.mbox', mediaType: 'application/mbox', claims: [] };

/** Messages of the given days, five on each, from 1 February 2017; in one mbox, or as single files. */
function mailbox(days: (day: number) => number, length = 120, inside: TestDoc | null = mbox, start = '2017-02-01T08:00:00Z'): TestDoc[] {
  const docs: TestDoc[] = [];
  for (let day = 0; day < length; day += 1) {
    for (let n = 0; n < days(day); n += 1) {
      const at = new Date(Date.parse(start) + day * DAY + n * 5_000_000).toISOString();
      const name = `${String(day).padStart(3, '0')}-${n}`;
      docs.push({
        name,
        mediaType: 'message/rfc822',
        claims: [text('place.folder', 'inbox'), time('time.received', at)],
        ...(inside ? { inside } : {}),
      });
    }
  }
  return docs;
}
const isWeekend = (day: number): boolean => [3, 4].includes(day % 7); // 1 February 2017 was a Wednesday
const without =
  (from: number, to: number) =>
  (day: number): number =>
    day >= from && day < to ? 0 : 5;

ruleTest(gapInMailbox, {
  fires: {
    'a fortnight is missing from an mbox': {
      docs: mailbox(without(40, 54)),
      statements: [
        'holds no message between 2017-03-12 and 2017-03-27 (14 days without one), where the weeks around it, at 5.0 a day, lead one to expect about 70',
      ],
      about: [['inbox.mbox']],
      rootCauses: ['gap:inbox:2017-03-12'],
    },
    'single files: told of the first message after it': {
      docs: mailbox(without(40, 54), 120, null),
      statements: [
        'is the first of its folder after a silence between 2017-03-12 and 2017-03-27 (14 days without one), where the weeks around it, at 5.0 a day, lead one to expect about 70',
      ],
      about: [['054-0']],
    },
    'an office that rests at weekends': {
      docs: mailbox((day) => (isWeekend(day) ? 0 : without(40, 54)(day))),
      statements: [
        'holds no message between 2017-03-10 and 2017-03-27 (16 days without one), where the weeks around it, at 3.6 a day, lead one to expect about 50',
      ],
    },
  },
  silent: {
    'honest twin: nothing is missing': mailbox(() => 5),
    'holiday: three weeks of August': mailbox(without(40, 61), 120, mbox, '2017-06-25T08:00:00Z'),
    'holiday: a week away': mailbox(without(40, 46)),
    'used-now-and-then: a fortnight on, a fortnight off': mailbox((day) => (day % 28 < 14 ? 5 : 0), 140),
    'used-now-and-then: a message every few days': mailbox((day) => (day % 4 === 0 && (day < 40 || day > 60) ? 1 : 0), 400),
    'partial-export: too few messages': mailbox(without(5, 25), 30).slice(0, 49),
    'one message of another year at the edge': [
      ...mailbox(() => 5),
      ...mailbox(() => 1, 1, mbox, '2003-02-01T08:00:00Z').map((d) => ({ ...d, name: 'old' })),
    ],
  },
});
