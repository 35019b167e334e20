import { messageClockDisagreement } from '../../src/rules/artifact/message-clock-disagreement.ts';
import { text, time, type TestClaim, unread } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const date = (iso: string): TestClaim => time('time.sent', iso, { field: 'Date' });
const hop = (iso: string): TestClaim => time('time.received', iso, { field: 'Received' });
const id = (iso: string): TestClaim => time('time.hidden', iso, { field: 'Message-ID', raw: '<000001d2a5f3$4c1b2d00$e4518700$@example.org>' });
const hidden = (field: string, iso: string): TestClaim => time('time.hidden', iso, { field });
const signed = (iso: string): TestClaim => time('time.signed', iso, { field: 'DKIM-Signature t=' });

/** Two servers within seconds on 26 March. */
const route = [hop('2017-03-26T10:00:09Z'), hop('2017-03-26T12:00:04+02:00')];

ruleTest(messageClockDisagreement, {
  fires: {
    'Date set back, the identifier and the servers keep the day': {
      docs: message(...route, date('2017-03-02T11:00:00+01:00'), id('2017-03-26T10:00:02Z')),
      statements: [
        'says it was sent 2017-03-02T10:00:00Z, 24 d before the time in its own Message-ID (2017-03-26T10:00:02Z), and the first server handled it 2017-03-26T10:00:04Z',
      ],
      strengths: ['strong'],
      about: [['mail.eml']],
    },
    'Date set back, the Outlook boundary keeps the local day': {
      docs: message(...route, date('2017-03-02T11:00:00+01:00'), hidden('MIME boundary', '2017-03-26T11:00:01')),
      statements: [
        'says it was sent 2017-03-02T10:00:00Z, 24 d before the time in its own MIME boundary (2017-03-26T11:00:01 (no zone)), and the first server handled it 2017-03-26T10:00:04Z',
      ],
      strengths: ['strong'],
    },
    'Date set forward, the identifier agrees with the servers': {
      docs: message(...route, date('2017-04-20T12:00:00+02:00'), id('2017-03-26T10:00:02Z')),
      statements: [
        'says it was sent 2017-04-20T10:00:00Z, 25 d after the last server handled it (2017-03-26T10:00:09Z); its own Message-ID says 2017-03-26T10:00:02Z',
      ],
      strengths: ['strong'],
    },
    'Date set back, the signature of the sender and the servers keep the day': {
      docs: message(
        ...route,
        date('2017-03-02T11:00:00+01:00'),
        time('time.signed', '2017-03-26T10:00:01Z', { field: 'OpenPGP signature 2 created' }),
      ),
      statements: [
        'says it was sent 2017-03-02T10:00:00Z, 24 d before the time in its own OpenPGP signature (2017-03-26T10:00:01Z), and the first server handled it 2017-03-26T10:00:04Z',
      ],
      strengths: ['strong'],
    },
    'Date set forward, nothing but two servers': {
      docs: message(...route, date('2017-04-20T12:00:00+02:00')),
      statements: ['says it was sent 2017-04-20T10:00:00Z, 25 d after the last server handled it (2017-03-26T10:00:09Z)'],
      strengths: ['moderate'],
    },
    'a wrong clock cannot be excluded: the identifier is as late as Date': {
      docs: message(...route, date('2017-04-20T12:00:00+02:00'), id('2017-04-20T10:00:02Z')),
      statements: ['says it was sent 2017-04-20T10:00:00Z, 25 d after the last server handled it (2017-03-26T10:00:09Z)'],
      strengths: ['weak'],
    },
    'hours after delivery, and the same computer wrote another time': {
      docs: message(...route, date('2017-03-26T15:37:00+02:00'), id('2017-03-26T10:00:02Z')),
      statements: [
        'says it was sent 2017-03-26T13:37:00Z, 3.6 h after the last server handled it (2017-03-26T10:00:09Z); its own Message-ID says 2017-03-26T10:00:02Z',
      ],
      strengths: ['moderate'],
    },
    'no server, two own clocks later than Date': {
      docs: message(date('2015-03-02T11:00:00+01:00'), id('2017-03-26T10:00:02Z'), hidden('MIME boundary', '2017-03-26T12:00:01')),
      statements: ['says it was sent 2015-03-02T10:00:00Z, 755 d before the time in its own Message-ID (2017-03-26T10:00:02Z)'],
      strengths: ['moderate'],
    },
    'no server, the conversation begins after Date': {
      docs: message(date('2017-03-02T11:00:00+01:00'), hidden('Thread-Index', '2017-03-26T09:59:00Z')),
      statements: ['says it was sent 2017-03-02T10:00:00Z, 24 d before the time in its own Thread-Index (2017-03-26T09:59:00Z)'],
      strengths: ['weak'],
    },
    'no server, the answer was begun after Date; two times of one Thread-Index are one witness': {
      docs: message(
        date('2017-03-02T11:00:00+01:00'),
        hidden('Thread-Index', '2017-03-25T19:59:00Z'),
        hidden('Thread-Index of an earlier answer', '2017-03-25T20:59:00Z'),
        hidden('Thread-Index of the answer', '2017-03-26T09:59:00Z'),
      ),
      statements: ['says it was sent 2017-03-02T10:00:00Z, 23 d before the time in its own Thread-Index (2017-03-25T19:59:00Z)'],
      strengths: ['weak'],
    },
    'Date set back; the conversation is older, the answer is not': {
      docs: message(
        ...route,
        date('2017-03-02T11:00:00+01:00'),
        hidden('Thread-Index', '2017-02-25T19:59:00Z'),
        hidden('Thread-Index of the answer', '2017-03-26T09:59:00Z'),
      ),
      statements: [
        'says it was sent 2017-03-02T10:00:00Z, 24 d before the time in its own Thread-Index of the answer (2017-03-26T09:59:00Z), and the first server handled it 2017-03-26T10:00:04Z',
      ],
      strengths: ['strong'],
    },
    'texts rewritten, the id of the server and the signature forgotten': {
      docs: message(
        hop('2017-03-02T10:00:05Z'),
        date('2017-03-02T11:00:00+01:00'),
        hidden('SMTP id', '2017-03-26T10:00:04Z'),
        signed('2017-03-26T10:00:03Z'),
      ),
      statements: [
        "carries a server's id made 2017-03-26T10:00:04Z, 24 d from any time written in its Received headers (2017-03-02T10:00:05Z); its DKIM-Signature t= says 2017-03-26T10:00:03Z",
      ],
      strengths: ['strong'],
    },
    'a month before the first server, and nothing sides with Date': {
      docs: message(...route, date('2017-02-26T11:00:00+01:00')),
      statements: ['says it was sent 2017-02-26T10:00:00Z, 28 d before the first server handled it (2017-03-26T10:00:04Z)'],
      strengths: ['weak'],
    },
  },
  silent: {
    'draft: a text signed long ago is written into it': message(
      date('2017-04-20T12:00:00+02:00'),
      time('time.signed', '2015-03-26T10:00:01Z', { field: 'OpenPGP created' }),
    ),
    'draft: a person signed a part of it long before, which no server did': message(
      date('2017-04-20T12:00:00+02:00'),
      time('time.signed', '2015-03-26T10:00:01Z', { field: 'S/MIME signature 2 signingTime' }),
    ),
    'honest twin: all clocks within seconds': message(
      ...route,
      date('2017-03-26T12:00:00+02:00'),
      id('2017-03-26T10:00:02Z'),
      hidden('MIME boundary', '2017-03-26T12:00:01'),
      hidden('SMTP id', '2017-03-26T10:00:05Z'),
      signed('2017-03-26T10:00:05Z'),
    ),
    'wrong-clock: three hours ahead, and the identifier with it': message(...route, date('2017-03-26T15:37:00+02:00'), id('2017-03-26T13:37:02Z')),
    'wrong-clock: the day is typed wrongly, nothing else is known': message(...route, date('2017-03-27T12:00:00+02:00')),
    'wrong-clock: years behind, and the identifier with it': message(...route, date('2002-01-01T00:03:00Z'), id('2002-01-01T00:03:02Z')),
    'zone-multiple: written as +0000 by a clock at +0300': message(...route, date('2017-03-26T13:00:00Z'), id('2017-03-26T10:00:02Z')),
    'held-back: six days in the outbox': message(...route, date('2017-03-20T11:00:00+01:00')),
    'draft: begun and numbered five weeks before': message(
      ...route,
      date('2017-03-26T12:00:00+02:00'),
      id('2017-02-20T10:00:02Z'),
      hidden('MIME boundary', '2017-02-20T11:00:02'),
      hidden('Thread-Index', '2017-02-20T10:00:00Z'),
    ),
    'draft: reply in a conversation of last year': message(
      ...route,
      date('2017-03-26T12:00:00+02:00'),
      hidden('Thread-Index', '2016-01-20T10:00:00Z'),
    ),
    'draft: answer begun weeks before it was sent': message(
      ...route,
      date('2017-03-26T12:00:00+02:00'),
      hidden('Thread-Index', '2017-01-20T10:00:00Z'),
      hidden('Thread-Index of the answer', '2017-02-20T10:00:00Z'),
    ),
    'imported: servers of three years later, identifier as old as Date': message(
      ...route,
      date('2014-03-26T12:00:00+01:00'),
      id('2014-03-26T11:00:03Z'),
    ),
    'imported: resent by hand a month later': message(text('mark.relayed', 'resent'), ...route, date('2017-02-26T11:00:00+01:00')),
    'imported: a hop of the importing host on top': message(
      hop('2019-01-01T00:00:00Z'),
      hop('2017-03-26T10:00:04Z'),
      date('2017-03-26T12:00:00+02:00'),
    ),
    'id-reissued: a lone boundary of random digits': message(
      ...route,
      date('2017-03-26T12:00:00+02:00'),
      hidden('MIME boundary', '2031-05-05T00:00:00'),
    ),
    'no zone, a day off': message(...route, date('2017-03-27T20:00:00'), hidden('Thread-Index', '2017-03-26T10:00:00Z')),
    'a program that counts years from 1900': message(...route, date('0102-03-26T12:00:00Z')),
    'Date not understood': message(...route, unread('time.sent', 'yesterday'), id('2011-03-26T10:00:02Z')),
    'a clock we do not know': message(...route, date('2017-03-26T12:00:00+02:00'), hidden('X-Clock', '2011-03-26T10:00:02Z')),
    'not a message': [{ name: 'a.docx', claims: [date('2017-04-20T12:00:00+02:00'), ...route] }],
  },
});
