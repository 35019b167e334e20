import { selectorLaterThanMessage } from '../../src/rules/artifact/selector-later-than-message.ts';
import { time, type TestClaim, unread } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { signedClaims } from '../support/signed.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const date = (iso: string): TestClaim => time('time.sent', iso, { field: 'Date' });
const hop = (iso: string): TestClaim => time('time.received', iso, { field: 'Received' });
const key = (selector: string, domain = 'gmail.com'): TestClaim[] => signedClaims('key unknown (body intact)', { domain, selector });
const SAYS = 'says it was sent 2015-05-12T10:00:00Z, before 2016-10-25, the day after which the key of gmail.com (selector 20161025) is named';

ruleTest(selectorLaterThanMessage, {
  fires: {
    'Date and servers of another year than the key': {
      docs: message(date('2015-05-12T12:00:00+02:00'), hop('2015-05-12T10:00:05Z'), ...key('20161025')),
      statements: [SAYS],
      strengths: ['moderately-strong'],
      about: [['mail.eml']],
    },
    'no server': { docs: message(date('2015-05-12T12:00:00+02:00'), ...key('20161025')), statements: [SAYS], strengths: ['moderate'] },
  },
  silent: {
    'honest twin: the key is older': message(date('2017-05-12T10:00:00Z'), hop('2017-05-12T10:00:05Z'), ...key('20161025')),
    'used on the eve of its day': message(date('2016-10-24T12:00:00Z'), ...key('20161025')),
    'sent-later: a server handled it after the day of the key': message(
      date('2015-05-12T10:00:00Z'),
      hop('2017-01-03T10:00:00Z'),
      ...key('20161025'),
    ),
    'no-date: another signer counts otherwise': message(date('2015-05-12T10:00:00Z'), ...key('20161025', 'example.org')),
    'no-date: no such day': message(date('2015-05-12T10:00:00Z'), ...key('20169999')),
    'wrong-clock: Date is wrong, the servers are later': message(date('2002-01-01T00:00:00Z'), hop('2017-01-03T10:00:00Z'), ...key('20161025')),
    'Date not understood': message(unread('time.sent', 'yesterday'), ...key('20161025')),
  },
});
