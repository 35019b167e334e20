import { impossibleHopOrder } from '../../src/rules/corpus/impossible-hop-order.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const at = (nth: number, name: string): TestClaim['locator'] => ({ in: 'header', part: '', name, nth });
const hop = (nth: number, by: string, iso: string): TestClaim[] => [
  { ...time('time.received', iso, { field: 'Received' }), locator: at(nth, 'Received') },
  { ...text('hop.by', by, { field: 'Received by' }), locator: at(nth, 'Received#by') },
];
const mail = (name: string, date: string, ...hops: TestClaim[][]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [...hops.flat(), time('time.sent', date, { field: 'Date' })],
});

/** So many messages over the two servers, five seconds from one to the other. */
const usual = (n: number, backSeconds = -5): TestDoc[] =>
  Array.from({ length: n }, (_, i) => {
    const day = Date.parse('2017-01-02T10:00:00Z') + i * 86_400_000;
    const iso = (ms: number): string => new Date(ms).toISOString();
    return mail(
      `usual-${String(i).padStart(2, '0')}`,
      iso(day),
      hop(0, 'mx.b.example', iso(day - backSeconds * 1000)),
      hop(1, 'out.a.example', iso(day)),
    );
  });
const back = (later: string, earlier: string, by = 'mx.b.example'): TestDoc =>
  mail('odd', '2017-03-26T10:00:00Z', hop(0, by, later), hop(1, 'out.a.example', earlier));

ruleTest(impossibleHopOrder, {
  fires: {
    'weeks before, between two servers that keep the order': {
      docs: [...usual(8), back('2017-03-02T10:00:09Z', '2017-03-26T10:00:04Z')],
      statements: [
        "was taken over by 'mx.b.example' from 'out.a.example', 24 d before it had been there (2017-03-02T10:00:09Z after 2017-03-26T10:00:04Z), where each of the two servers kept the order in 8 other messages or more",
      ],
      strengths: ['moderate'],
      about: [['odd']],
    },
    'by forty minutes, no multiple of a quarter': {
      docs: [...usual(5), back('2017-03-26T09:20:09Z', '2017-03-26T10:00:04Z')],
      statements: [
        "was taken over by 'mx.b.example' from 'out.a.example', 40 min before it had been there (2017-03-26T09:20:09Z after 2017-03-26T10:00:04Z), where each of the two servers kept the order in 5 other messages or more",
      ],
    },
    'twice the same server': {
      docs: [
        ...usual(8),
        mail('odd', '2017-03-26T10:00:00Z', hop(0, 'mx.b.example', '2017-03-02T10:00:09Z'), hop(1, 'mx.b.example', '2017-03-26T10:00:04Z')),
      ],
      statements: [
        "was taken over by 'mx.b.example' twice, the second time 24 d before it had been there (2017-03-02T10:00:09Z after 2017-03-26T10:00:04Z), where that server kept the order in 8 other messages or more",
      ],
    },
  },
  silent: {
    'honest twin': [...usual(8), back('2017-03-26T10:00:09Z', '2017-03-26T10:00:04Z')],
    'honest twin: held for a week': [...usual(8), back('2017-04-02T10:00:09Z', '2017-03-26T10:00:04Z')],
    'wrong-clock: the server is always twenty minutes behind': [...usual(8, 1200), back('2017-03-26T09:38:09Z', '2017-03-26T10:00:04Z')],
    'wrong-clock: nothing is known of one server': [...usual(8), back('2017-03-02T10:00:09Z', '2017-03-26T10:00:04Z', 'new.b.example')],
    'zone-multiple: an hour': [...usual(8), back('2017-03-26T09:00:09Z', '2017-03-26T10:00:04Z')],
    'out-of-place: a header without a time between them': [
      ...usual(8),
      mail('odd', '2017-03-26T10:00:00Z', hop(0, 'mx.b.example', '2017-03-02T10:00:09Z'), hop(2, 'out.a.example', '2017-03-26T10:00:04Z')),
    ],
    'ten minutes': [...usual(8), back('2017-03-26T09:50:09Z', '2017-03-26T10:00:04Z')],
    'four messages are too few': [...usual(4), back('2017-03-02T10:00:09Z', '2017-03-26T10:00:04Z')],
  },
});
