import { threadContradiction } from '../../src/rules/artifact/thread-contradiction.ts';
import { text, type TestClaim, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const parent: TestDoc = { name: 'parent.eml', mediaType: 'message/rfc822', claims: [] };
const later = (at: string): TestClaim => time('thread.later', at, { field: 'Received', basis: 'observed', other: 'parent.eml' });
const reply = (...claims: readonly TestClaim[]): TestDoc[] => [parent, { name: 'reply.eml', mediaType: 'message/rfc822', claims }];

const SENT = time('time.sent', '2017-03-01T10:00:00Z');
const STAMPS = [time('time.received', '2017-03-01T10:00:09Z'), time('time.received', '2017-03-01T10:00:04Z')];
const ID = text('id.message', 'a1@example.org');

ruleTest(threadContradiction, {
  fires: {
    'days before, by two servers': {
      docs: reply(SENT, ...STAMPS, later('2017-03-10T09:00:04Z')),
      statements: ['refers to a message that reached its first server 2017-03-10T09:00:04Z, but was last stamped by a server 2017-03-01T10:00:09Z'],
      about: [['reply.eml']],
      strengths: ['moderate'],
    },
    'days before, by one server': {
      docs: reply(SENT, ...STAMPS.slice(0, 1), later('2017-03-10T09:00:04Z')),
      statements: ['refers to a message that reached its first server 2017-03-10T09:00:04Z, but was last stamped by a server 2017-03-01T10:00:09Z'],
      strengths: ['weak'],
    },
    'an hour before': {
      docs: reply(SENT, ...STAMPS, later('2017-03-01T11:00:04Z')),
      statements: ['refers to a message that reached its first server 2017-03-01T11:00:04Z, but was last stamped by a server 2017-03-01T10:00:09Z'],
      strengths: ['weak'],
    },
    'filed by its sender': {
      docs: reply(SENT, later('2017-03-10T09:00:04Z')),
      statements: [
        'refers to a message that reached its first server 2017-03-10T09:00:04Z, but says it was sent, no server having stamped it, 2017-03-01T10:00:00Z',
      ],
      strengths: ['weak'],
    },
    'it answers itself': {
      docs: reply(ID, text('id.in-reply-to', 'a1@example.org')),
      statements: ["names itself, 'a1@example.org', as the message that it answers"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: what it answers was there': reply(SENT, ...STAMPS, ID, text('id.in-reply-to', 'a0@example.org')),
    'sent-again: it was resent itself': reply(SENT, ...STAMPS, later('2017-03-10T09:00:04Z'), text('mark.relayed', 'resent')),
    'id-assigned-twice: an id that is none': reply(text('id.message', 'none'), text('id.in-reply-to', 'none')),
    'not a message': [parent, { name: 'a.pdf', mediaType: 'application/pdf', claims: [SENT, later('2017-03-10T09:00:04Z')] }],
  },
});
