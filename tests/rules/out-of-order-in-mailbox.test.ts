import { outOfOrderInMailbox } from '../../src/rules/corpus/out-of-order-in-mailbox.ts';
import { number, text, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const DAY = 86_400_000;
const mbox: TestDoc = { name: 'inbox.mbox', mediaType: 'application/mbox', claims: [] };
const isoOn = (day: number): string => new Date(Date.parse('2017-01-01T08:00:00Z') + day * DAY).toISOString().replace('.000Z', 'Z');

/** A mailbox whose n-th message was delivered on the n-th of these days, and left its sender's server a second before. */
function mailbox(days: readonly number[], folder = 'mail/Inbox.mbox', inside: TestDoc = mbox): TestDoc[] {
  return days.map((day, n) => ({
    name: `@${n * 1000}`,
    mediaType: 'message/rfc822',
    inside,
    claims: [
      text('place.folder', folder),
      number('place.position', n * 1000),
      time('time.received', isoOn(day + 1 / 24)),
      time('time.received', isoOn(day)),
    ],
  }));
}
const ordered = Array.from({ length: 60 }, (_, n) => n);
const withOne = (at: number, day: number): number[] => [...ordered.slice(0, at), day, ...ordered.slice(at)];

ruleTest(outOfOrderInMailbox, {
  fires: {
    'a message of two years ago at the end': {
      docs: mailbox([...ordered, -700]),
      statements: [
        'stands in its mailbox after messages delivered 2017-03-01, but records its own delivery 2015-02-01T09:00:00Z, 740 d outside the times of its 20 neighbours',
      ],
      about: [['@60000']],
      strengths: ['moderate'],
    },
    'in the middle': {
      docs: mailbox(withOne(30, -40)),
      statements: [
        'stands in its mailbox between messages delivered 2017-01-30 and 2017-01-31, but records its own delivery 2016-11-22T09:00:00Z, 60 d outside the times of its 20 neighbours',
      ],
      about: [['@30000']],
    },
    'newest first, and the first is of later': {
      docs: mailbox([...ordered, 200].reverse()),
      statements: [
        'stands in its mailbox before messages delivered 2017-03-01, but records its own delivery 2017-07-20T09:00:00Z, 141 d outside the times of its 20 neighbours',
      ],
    },
    'in a folder that people file into': {
      docs: mailbox(withOne(30, -40), 'mail/Budget.mbox'),
      statements: [
        'stands in its mailbox between messages delivered 2017-01-30 and 2017-01-31, but records its own delivery 2016-11-22T09:00:00Z, 60 d outside the times of its 20 neighbours',
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: in order': mailbox(ordered),
    'filed-by-hand: four old messages here and there': mailbox([
      ...ordered.slice(0, 12),
      -400,
      ...ordered.slice(12, 24),
      -300,
      ...ordered.slice(24, 36),
      -200,
      ...ordered.slice(36, 48),
      -100,
      ...ordered.slice(48),
    ]),
    'imported: a block of old mail': mailbox([...ordered, -500, -499, -498, -497, -496]),
    'unordered: an export by thread': mailbox(ordered.map((n) => (n * 37) % 60).concat(-700)),
    'delayed: sent two months before, delivered in its place': [
      ...mailbox(ordered).slice(0, 59),
      {
        name: '@59000',
        mediaType: 'message/rfc822',
        inside: mbox,
        claims: [
          text('place.folder', 'mail/Inbox.mbox'),
          number('place.position', 59_000),
          time('time.received', isoOn(59)),
          time('time.received', isoOn(-60)),
        ],
      },
    ],
    'three weeks off': mailbox([...ordered, 25]),
    'a small mailbox': mailbox([...ordered.slice(0, 40), -700]),
    'members of an archive have no order of delivery': mailbox([...ordered, -700], 'mail.zip', {
      name: 'mail.zip',
      mediaType: 'application/zip',
      claims: [],
    }),
  },
});
