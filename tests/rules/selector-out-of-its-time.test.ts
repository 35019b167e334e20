import { selectorOutOfItsTime } from '../../src/rules/corpus/selector-out-of-its-time.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { signedClaims } from '../support/signed.ts';

const key = (name: string, selector: string, state = 'key unknown', domain = 'a.example'): TestClaim[] => [
  ...signedClaims(state, { domain, selector, signature: name }),
  text('dkim.signer', `${domain} s=${selector}`, { basis: 'observed' }),
];
const mail = (name: string, sent: string, signature: TestClaim[], hop?: string): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [time('time.sent', sent, { field: 'Date' }), ...(hop === undefined ? [] : [time('time.received', hop)]), ...signature],
});
const DAY = 86_400_000;
const run = (selector: string, from: string, n: number, days = 7, domain = 'a.example'): TestDoc[] =>
  Array.from({ length: n }, (_, i) => {
    const name = `${selector}-${String(i).padStart(2, '0')}`;
    const sent = new Date(Date.parse(`${from}T09:00:00Z`) + i * days * DAY).toISOString();
    return mail(name, sent, key(name, selector, 'key unknown', domain));
  });
const usual = (n = 8, days = 3): TestDoc[] => [...run('k1', '2016-04-10', n, days), ...run('k2', '2019-01-10', n)];
const odd = (selector: string, sent = '2016-04-20T10:00:00Z', hop?: string, state?: string): TestDoc =>
  mail('odd', sent, key('odd', selector, state), hop);

ruleTest(selectorOutOfItsTime, {
  fires: {
    'three years before all others': {
      docs: [...usual(), odd('k2')],
      statements: [
        "bears a signature of 'a.example s=k2' and is of 2016-04-20; 8 other messages with that selector are all of 2018-12-15 and later, and 8 of that domain near its own day bear other selectors",
      ],
      strengths: ['weak'],
      about: [['odd']],
    },
    'three years after all others': {
      docs: [...usual(), odd('k1', '2019-01-20T10:00:00Z')],
      statements: [
        "bears a signature of 'a.example s=k1' and is of 2019-01-20; 8 other messages with that selector are all older than 2016-05-29, and 8 of that domain near its own day bear other selectors",
      ],
      strengths: ['weak'],
    },
    'many of both': {
      docs: [...usual(24, 1), odd('k2')],
      statements: [
        "bears a signature of 'a.example s=k2' and is of 2016-04-20; 24 other messages with that selector are all of 2018-12-15 and later, and 24 of that domain near its own day bear other selectors",
      ],
      strengths: ['moderate'],
    },
  },
  silent: {
    'honest twin': [...usual(), odd('k1')],
    'sent-later: a server of the later day stamped it': [...usual(), odd('k2', '2016-04-20T10:00:00Z', '2019-02-01T10:00:00Z')],
    'several-keys: the domain used no other then': [...run('k2', '2019-01-10', 8), odd('k2')],
    'several-keys: another message of that spring has it': [...usual(), odd('k2'), mail('second', '2016-05-20T10:00:00Z', key('second', 'k2'))],
    'several-keys: seen before and after': [...usual(), odd('k2'), mail('old', '2013-05-20T10:00:00Z', key('old', 'k2'))],
    'wrong-clock: it verifies, and Date is signed': [...usual(), odd('k2', '2016-04-20T10:00:00Z', undefined, 'verified')],
    'four are too few': [...run('k1', '2016-04-10', 8, 3), ...run('k2', '2019-01-10', 4), odd('k2')],
    'of another domain': [...run('k1', '2016-04-10', 8, 3, 'other.example'), ...run('k2', '2019-01-10', 8), odd('k2')],
  },
});
