import { senderOffsetDisagreement } from '../../src/rules/artifact/sender-offset-disagreement.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const date = (iso: string): TestClaim => time('time.sent', iso, { field: 'Date' });
const id = (iso: string): TestClaim => time('time.hidden', iso, { field: 'Message-ID', raw: '<000001d2a5f3$4c1b2d00$e4518700$@example.org>' });
const boundary = (local: string): TestClaim => time('time.hidden', local, { field: 'MIME boundary' });
const hop = (iso: string): TestClaim => time('time.received', iso, { field: 'Received' });
const outlook = text('tool.mailer', 'Microsoft Outlook 16.0', { field: 'X-Mailer' });

ruleTest(senderOffsetDisagreement, {
  fires: {
    'Date says Paris, the computer stood two hours further east': {
      docs: message(
        outlook,
        hop('2017-03-02T11:41:09Z'),
        date('2017-03-02T12:41:05+01:00'),
        id('2017-03-02T11:41:06Z'),
        boundary('2017-03-02T14:41:05'),
      ),
      statements: [
        "says in Date that the sender's clock stood at UTC+01:00; its MIME boundary, which Outlook takes from the same clock, stood at UTC+03:00 by its Message-ID",
      ],
      strengths: ['moderate'],
      about: [['mail.eml']],
    },
    'the first server has the zone of Date and may have written it': {
      docs: message(
        outlook,
        hop('2017-03-02T12:41:09+01:00'),
        date('2017-03-02T12:41:05+01:00'),
        id('2017-03-02T11:41:06Z'),
        boundary('2017-03-02T14:41:05'),
      ),
      statements: [
        "says in Date that the sender's clock stood at UTC+01:00; its MIME boundary, which Outlook takes from the same clock, stood at UTC+03:00 by its Message-ID",
      ],
      strengths: ['weak'],
    },
    'no number in the Message-ID': {
      docs: message(
        text('tool.mailer', 'Produced By Microsoft MimeOLE V6.00.2900.2180'),
        date('2017-03-02T12:41:05+01:00'),
        boundary('2017-03-02T14:41:04'),
      ),
      statements: [
        "says in Date that the sender's clock stood at UTC+01:00; its MIME boundary, which Outlook takes from the same clock, stood at UTC+03:00 by its Date",
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin': message(outlook, date('2017-03-02T12:41:05+01:00'), id('2017-03-02T11:41:06Z'), boundary('2017-03-02T12:41:05')),
    'draft: begun two hours before': message(outlook, date('2017-03-02T12:41:05+01:00'), id('2017-03-02T11:41:06Z'), boundary('2017-03-02T10:41:05')),
    'draft: begun seven minutes before': message(
      outlook,
      date('2017-03-02T12:41:05+01:00'),
      id('2017-03-02T11:41:06Z'),
      boundary('2017-03-02T12:34:00'),
    ),
    'date-by-server: in Universal Time': message(outlook, date('2017-03-02T11:41:05Z'), id('2017-03-02T11:41:06Z'), boundary('2017-03-02T14:41:05')),
    'imitation: no Outlook is named': message(date('2017-03-02T12:41:05+01:00'), id('2017-03-02T11:41:06Z'), boundary('2017-03-02T14:41:05')),
    'imitation: random digits': message(outlook, date('2017-03-02T12:41:05+01:00'), id('2017-03-02T11:41:06Z'), boundary('2017-03-02T14:36:19')),
    'another sending of the same parts': message(
      outlook,
      date('2017-03-02T12:41:05+01:00'),
      id('2017-03-02T11:21:06Z'),
      boundary('2017-03-02T14:41:05'),
    ),
    'no zone in Date': message(outlook, date('2017-03-02T12:41:05'), id('2017-03-02T11:41:06Z'), boundary('2017-03-02T14:41:05')),
  },
});
