import { threadContradiction } from '../../src/rules/artifact/thread-contradiction.ts';
import { text, type TestClaim, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const parent: TestDoc = { name: 'parent.eml', mediaType: 'message/rfc822', claims: [] };
const later = (at: string): TestClaim => time('thread.later', at, { field: 'Received', basis: 'observed', other: 'parent.eml' });
const reply = (...claims: readonly TestClaim[]): TestDoc[] => [parent, { name: 'reply.eml', mediaType: 'message/rfc822', claims }];

const SENT = time('time.sent', '2017-03-01T10:00:00Z');
const STAMPS = [time('time.received', '2017-03-01T10:00:09Z'), time('time.received', '2017-03-01T10:00:04Z')];
const BEGUN = time('time.hidden', '2017-03-01T09:58:00Z', { field: 'Thread-Index of the answer' });
const BRANCH = text('thread.branch', 'c7@example.org', { basis: 'observed', other: 'parent.eml' });
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
    'begun, by its Thread-Index, before a server had what it answers': {
      docs: reply(SENT, BEGUN, time('thread.answered-sent', '2017-03-10T09:00:04Z', { field: 'Received', basis: 'observed', other: 'parent.eml' })),
      statements: [
        'was begun, by its Thread-Index, 2017-03-01T09:58:00Z, but the message that it answers reached its first server 2017-03-10T09:00:04Z',
      ],
      about: [['reply.eml']],
      strengths: ['moderate'],
    },
    'begun before what it answers says it was sent': {
      docs: reply(SENT, BEGUN, time('thread.answered-sent', '2017-03-10T09:00:00Z', { field: 'Date', basis: 'observed', other: 'parent.eml' })),
      statements: ['was begun, by its Thread-Index, 2017-03-01T09:58:00Z, but the message that it answers says it was sent 2017-03-10T09:00:00Z'],
      strengths: ['weak'],
    },
    'its Thread-Index goes on from another message': {
      docs: reply(ID, text('id.in-reply-to', 'a0@example.org'), BRANCH),
      statements: [
        "names 'a0@example.org' as the message that it answers, but its Thread-Index goes on from that of another one in the conversation, 'c7@example.org'",
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
    'honest twin: begun after what it answers was sent': reply(SENT, ...STAMPS, ID, BEGUN, text('id.in-reply-to', 'a0@example.org')),
    'index-copied: no header names another': reply(ID, BRANCH),
    'id-assigned-twice: an id that is none': reply(text('id.message', 'none'), text('id.in-reply-to', 'none')),
    'not a message': [parent, { name: 'a.pdf', mediaType: 'application/pdf', claims: [SENT, later('2017-03-10T09:00:04Z')] }],
  },
});
