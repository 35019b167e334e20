import { signatureTimeDisagreement } from '../../src/rules/artifact/signature-time-disagreement.ts';
import { number, text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { signedClaims } from '../support/signed.ts';

const message = (...claims: (TestClaim | TestClaim[])[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims: claims.flat() }];
const date = (iso: string): TestClaim => time('time.sent', iso, { field: 'Date' });
const hop = (iso: string): TestClaim => time('time.received', iso, { field: 'Received' });
/** What reading leaves of a signature made then; the examination's state is nothing to this rule. */
const signed = (iso: string, more: { readonly expires?: string; readonly kind?: 'dkim' | 'arc-message' } = {}): TestClaim[] => {
  const record = signedClaims('key unknown', {
    kind: more.kind ?? 'dkim',
    signedAt: Date.parse(iso) / 1000,
    expiresAt: more.expires === undefined ? null : Date.parse(more.expires) / 1000,
  }).filter((c) => c.attribute === 'dkim.signature');
  return [
    ...record,
    { ...time('time.signed', iso, { field: 'DKIM-Signature t=' }), locator: { in: 'header', part: '', name: 'DKIM-Signature#t', nth: 0 } },
  ];
};
const SENT = '2017-04-04T10:00:00Z';

ruleTest(signatureTimeDisagreement, {
  fires: {
    'weeks before Date and the servers': {
      docs: message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-03-09T08:00:00Z')),
      statements: [
        "bears a signature of 'example.org' that says it was made 2017-03-09T08:00:00Z, 26 d before the message says it was sent (2017-04-04T10:00:00Z) and before the first server handled it (2017-04-04T10:00:05Z)",
      ],
      strengths: ['moderate'],
      about: [['mail.eml']],
    },
    'weeks before Date, no server': {
      docs: message(date(SENT), signed('2017-03-09T08:00:00Z')),
      statements: [
        "bears a signature of 'example.org' that says it was made 2017-03-09T08:00:00Z, 26 d before the message says it was sent (2017-04-04T10:00:00Z)",
      ],
      strengths: ['weak'],
    },
    'a month after the last server': {
      docs: message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-05-04T10:00:05Z')),
      statements: [
        "bears a signature of 'example.org' that says it was made 2017-05-04T10:00:05Z, 30 d after the last server that left a trace handled it (2017-04-04T10:00:05Z)",
      ],
      strengths: ['weak'],
    },
    'early, and one other of the signer by as much': {
      docs: message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-04-02T11:07:00Z'), {
        ...number('dkim.early-alike', 1),
        locator: { in: 'header', part: '', name: 'DKIM-Signature', nth: 0 },
      }),
      statements: [
        "bears a signature of 'example.org' that says it was made 2017-04-02T11:07:00Z, 46.9 h before the message says it was sent (2017-04-04T10:00:00Z) and before the first server handled it (2017-04-04T10:00:05Z)",
      ],
      strengths: ['moderate'],
    },
    'expired when it was made': {
      docs: message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-04-04T10:00:03Z', { expires: '2017-04-03T10:00:03Z' })),
      statements: ["bears a signature of 'example.org' that says it was made 2017-04-04T10:00:03Z and was to expire 2017-04-03T10:00:03Z, no later"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin': message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-04-04T10:00:03Z', { expires: '2017-04-18T10:00:03Z' })),
    "wrong-clock: the sender's clock is a month ahead, the server agrees with the signature": message(
      date('2017-05-04T10:00:00Z'),
      hop('2017-04-04T10:00:05Z'),
      signed('2017-04-04T10:00:03Z'),
    ),
    'wrong-clock: two others of the signer are early by as much': message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-03-09T08:00:00Z'), {
      ...number('dkim.early-alike', 2),
      locator: { in: 'header', part: '', name: 'DKIM-Signature', nth: 0 },
    }),
    'wrong-clock: the signer writes local time': message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-04-04T08:00:03Z')),
    'held-back: signed, and three days in the queue': message(date(SENT), hop('2017-04-07T10:00:05Z'), signed('2017-04-04T10:00:03Z')),
    'signed-again: a list did it a month later': message(
      date(SENT),
      hop('2017-04-04T10:00:05Z'),
      signed('2017-05-04T10:00:05Z'),
      text('mark.relayed', 'list'),
    ),
    'signed-again: by a server that left its trace': message(
      date(SENT),
      hop('2017-05-04T10:00:04Z'),
      hop('2017-04-04T10:00:05Z'),
      signed('2017-05-04T10:00:05Z'),
    ),
    'ten minutes': message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-04-04T09:50:03Z')),
    'of an ARC set': message(date(SENT), hop('2017-04-04T10:00:05Z'), signed('2017-03-09T08:00:00Z', { kind: 'arc-message' })),
  },
});
