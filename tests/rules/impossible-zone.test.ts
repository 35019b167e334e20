import { impossibleZone } from '../../src/rules/artifact/impossible-zone.ts';
import { time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (iso: string, raw: string): TestDoc[] => [
  { name: 'mail.eml', mediaType: 'message/rfc822', claims: [time('time.sent', iso, { field: 'Date', raw }) satisfies TestClaim] },
];

ruleTest(impossibleZone, {
  fires: {
    'an offset of no place': {
      docs: message('2017-01-17T10:12:40+03:10', 'Tue, 17 Jan 2017 10:12:40 +0310'),
      statements: ["says in Date that the sender's clock stood at UTC+03:10, where no place's has stood since 1970"],
      about: [['mail.eml']],
    },
    'thirteen hours west': {
      docs: message('2017-01-17T10:12:40-13:00', 'Tue, 17 Jan 2017 10:12:40 -1300'),
      statements: ["says in Date that the sender's clock stood at UTC-13:00, where no place's has stood since 1970"],
    },
    'summer time in January': {
      docs: message('2017-01-17T10:12:40+02:00', 'Tue, 17 Jan 2017 10:12:40 +0200 (CEST)'),
      statements: ["says in Date 'CEST', a summer time, on a day of January"],
    },
    'a name that stands for another offset': {
      docs: message('2017-07-17T10:12:40+02:00', 'Mon, 17 Jul 2017 10:12:40 +0200 (MSK)'),
      statements: ["says in Date 'MSK' and UTC+02:00; that zone stands at UTC+03:00 or UTC+04:00"],
    },
  },
  silent: {
    'honest twin: summer time in July': message('2017-07-17T10:12:40+02:00', 'Mon, 17 Jul 2017 10:12:40 +0200 (CEST)'),
    'honest twin: winter time in January': message('2017-01-17T10:12:40+01:00', 'Tue, 17 Jan 2017 10:12:40 +0100 (CET)'),
    'Moscow between 2011 and 2014': message('2013-01-17T10:12:40+04:00', 'Thu, 17 Jan 2013 10:12:40 +0400 (MSK)'),
    'Nepal, Chatham, Newfoundland in summer': [
      ...message('2017-07-17T10:12:40+05:45', '+0545'),
      ...message('2017-01-17T10:12:40+13:45', '+1345').map((d) => ({ ...d, name: 'b.eml' })),
      ...message('2017-07-17T10:12:40-02:30', '-0230').map((d) => ({ ...d, name: 'c.eml' })),
    ],
    'a name of several places': message('2017-01-17T10:12:40+10:00', 'Tue, 17 Jan 2017 10:12:40 +1000 (EST)'),
    'written-into-the-program: no name, a fixed offset': message('2017-01-17T10:12:40+02:00', 'Tue, 17 Jan 2017 10:12:40 +0200'),
    'wrong-setting: November and March are nobody’s winter': [
      ...message('2017-11-17T10:12:40+02:00', 'Fri, 17 Nov 2017 10:12:40 +0200 (CEST)'),
      ...message('2017-03-01T10:12:40-07:00', 'Wed, 1 Mar 2017 10:12:40 -0700 (PDT)').map((d) => ({ ...d, name: 'b.eml' })),
    ],
    'a comment in the midst': message('2017-01-17T10:12:40+02:00', 'Tue, 17 Jan 2017 10:12:40 (CEST) +0200'),
    'no zone': message('2017-01-17T10:12:40', 'Tue, 17 Jan 2017 10:12:40'),
  },
});
