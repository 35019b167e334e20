import { impossibleWeekday } from '../../src/rules/artifact/impossible-weekday.ts';
import { time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const date = (iso: string, raw: string): TestClaim => time('time.sent', iso, { field: 'Date', raw });
const hop = (iso: string, raw: string): TestClaim => time('time.received', iso, { field: 'Received', raw: `from a by b with ESMTP id 1; ${raw}` });

// 27 March 2017 was a Monday, 2 March 2017 a Thursday.
const monday = hop('2017-03-27T09:00:04Z', 'Mon, 27 Mar 2017 09:00:04 +0000');

ruleTest(impossibleWeekday, {
  fires: {
    'the day was changed, its name was not, and a server knows the Monday': {
      docs: message(monday, date('2017-03-02T11:00:00+01:00', 'Mon, 2 Mar 2017 11:00:00 +0100')),
      statements: ['says Monday in Date for 2017-03-02, which was a Thursday; the first server handled it on such a Monday, 2017-03-27T09:00:04Z'],
      strengths: ['moderately-strong'],
      about: [['mail.eml']],
    },
    'no server': {
      docs: message(date('2017-03-02T11:00:00+01:00', 'Mon, 2 Mar 2017 11:00:00 +0100')),
      statements: ['says Monday in Date for 2017-03-02, which was a Thursday'],
      strengths: ['moderate'],
    },
    'a name of the day before': {
      docs: message(date('2017-03-28T11:00:00+02:00', 'Monday, 28 Mar 2017 11:00:00 +0200')),
      statements: ['says Monday in Date for 2017-03-28, which was a Tuesday'],
      strengths: ['weak'],
    },
    'in a server’s header, and in two': {
      docs: message(
        hop('2017-03-02T09:00:09Z', 'Mon, 2 Mar 2017 09:00:09 +0000'),
        hop('2017-03-02T09:00:04Z', 'Mon, 2 Mar 2017 09:00:04 +0000'),
        date('2017-03-02T11:00:00+01:00', 'Thu, 2 Mar 2017 11:00:00 +0100'),
      ),
      statements: ['says Monday in Received for 2017-03-02, which was a Thursday; 1 other header likewise'],
      strengths: ['moderate'],
    },
    'no zone': {
      docs: message(date('2017-03-02T11:00:00', 'Mon, 2 Mar 2017 11:00:00 -0000')),
      statements: ['says Monday in Date for 2017-03-02, which was a Thursday'],
    },
  },
  silent: {
    'honest twin': message(monday, date('2017-03-27T11:00:00+02:00', 'Mon, 27 Mar 2017 11:00:00 +0200')),
    'honest twin: no weekday': message(date('2017-03-02T11:00:00+01:00', '2 Mar 2017 11:00:00 +0100')),
    'honest twin: in French': message(date('2017-03-02T11:00:00+01:00', 'lun., 2 mars 2017 11:00:00 +0100')),
    'zone-slip: past midnight here, still Monday in Universal Time': message(date('2017-03-28T00:30:00+02:00', 'Mon, 28 Mar 2017 00:30:00 +0200')),
    'years-counted-wrongly: 0102 for 2002': message(date('0102-05-26T00:07:31-09:00', 'Sun, 26 May 0102 00:07:31 -0900')),
    'a clock at its epoch': message(date('1970-01-01T00:00:00Z', 'Mon, 1 Jan 1970 00:00:00 +0000')),
    'not a message': [{ name: 'a.pdf', claims: [date('2017-03-02T11:00:00+01:00', 'Mon, 2 Mar 2017 11:00:00 +0100')] }],
  },
});
