import { orphanReplies } from '../../src/rules/corpus/orphan-replies.ts';
import { address, text, type TestClaim, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const RECEIVED = time('time.received', '2017-03-01T10:00:09Z');
const mail = (name: string, folder: string, ...claims: readonly TestClaim[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [text('place.folder', folder), ...claims],
});
const answered = (n: number, folder: string): TestDoc[] =>
  Array.from({ length: n }, (_, i) => mail(`a${i}.eml`, folder, text('thread.parent', `p${i}@example.org`), RECEIVED));
const orphan = (name: string, folder: string, ...more: readonly TestClaim[]): TestDoc =>
  mail(name, folder, text('thread.missing', `${name}@example.org`), ...more);

/** Aurore asks, Basile answers (and that is gone), Aurore answers this, and Basile answers her. */
const AURORE = 'aurore@a.example';
const BASILE = 'basile@b.example';
const written = (name: string, folder: string, from: string, at: string, ...more: readonly TestClaim[]): TestDoc =>
  mail(
    name,
    folder,
    text('id.message', `${name.split(' ')[0] ?? ''}@${from.split('@')[1] ?? ''}`),
    address('party.from', '', from),
    time('time.sent', at),
    ...more,
  );
const references = (...ids: readonly string[]): TestClaim[] => ids.map((id) => text('id.reference', id));
const answering = (...ids: readonly string[]): TestClaim[] => [...references(...ids), text('thread.parent', ids.at(-1) ?? '')];
const delivered = (to: string, at: string): TestClaim[] => [time('time.received', at), address('party.delivered-to', '', to)];

const question = written('m1', 'aurore/Sent', AURORE, '2017-03-01T09:00:00Z');
const MISSING = text('thread.missing', 'm2@b.example');
const chain = references('m1@a.example', 'm2@b.example');
const keptReply = written('m3 kept', 'aurore/Sent', AURORE, '2017-03-01T11:00:00Z', ...chain, MISSING);
const deliveredReply = written(
  'm3 delivered',
  'basile/Inbox',
  AURORE,
  '2017-03-01T11:00:00Z',
  ...chain,
  MISSING,
  ...delivered(BASILE, '2017-03-01T11:00:09Z'),
);
const last = (id = 'm4'): TestDoc =>
  written(id, 'basile/Sent', BASILE, '2017-03-01T12:00:00Z', ...answering('m1@a.example', 'm2@b.example', 'm3@a.example'));
const sent = answered(50, 'aurore/Sent');
const inbox = answered(60, 'basile/Inbox').map((d) => ({ ...d, name: `b-${d.name}` }));

ruleTest(orphanReplies, {
  fires: {
    'one among fifty': {
      docs: [...answered(50, 'mail/Inbox'), orphan('x', 'mail/Inbox', RECEIVED)],
      statements: ["answers the message 'x@example.org', which is nowhere in the corpus; those that 50 other replies in the folder answer are there"],
      about: [['x']],
      rootCauses: ['missing:x@example.org'],
    },
    'a gap in a thread: the rest of it is there': {
      docs: [...inbox, question, deliveredReply, last()],
      statements: [
        "answers the message 'm2@b.example', which is nowhere in the corpus; those that 60 other replies in the folder answer are there; in its thread it stood after 'm1@a.example' of 2017-03-01T09:00:00Z, and one more message names it",
      ],
      about: [['m3 delivered']],
      strengths: ['weak'],
    },
    'answered by the owner, in a thread that another one goes on with': {
      docs: [...sent, question, keptReply, last()],
      statements: [
        "answers the message 'm2@b.example', which is nowhere in the corpus; those that 50 other replies in the folder answer are there; in its thread it stood after 'm1@a.example' of 2017-03-01T09:00:00Z, and one more message names it",
      ],
      about: [['m3 kept']],
      strengths: ['weak'],
    },
    'gone from the mailboxes of both': {
      docs: [...sent, ...inbox, question, keptReply, deliveredReply, last()],
      statements: [
        "answers the message 'm2@b.example', which is nowhere in the corpus; those that 50 other replies in the folder answer are there, and so are those that 60 others answer in the folder to which the answer was delivered; in its thread it stood after 'm1@a.example' of 2017-03-01T09:00:00Z, and one more message names it",
      ],
      about: [['m3 kept', 'm3 delivered']],
      rootCauses: ['missing:m2@b.example'],
      strengths: ['moderate'],
    },
    'sent-elsewhere: its number is of another system, and so it counts for less': {
      docs: [
        ...sent,
        ...inbox,
        question,
        keptReply,
        deliveredReply,
        { ...last(), claims: last().claims.map((c) => (c.value === 'm4@b.example' ? text('id.message', 'm4@c.example') : c)) },
      ],
      statements: [
        "answers the message 'm2@b.example', which is nowhere in the corpus; those that 60 other replies in the folder answer are there; in its thread it stood after 'm1@a.example' of 2017-03-01T09:00:00Z, and one more message names it",
      ],
      about: [['m3 delivered']],
      strengths: ['weak'],
    },
    'numbered-anew: its writer answered under another number, and so it counts for less': {
      docs: [
        ...sent,
        ...inbox,
        question,
        keptReply,
        deliveredReply,
        last(),
        written('m2b', 'basile/Sent', BASILE, '2017-03-01T10:00:00Z', ...answering('m1@a.example')),
      ],
      statements: [
        "answers the message 'm2@b.example', which is nowhere in the corpus; those that 60 other replies in the folder answer are there; in its thread it stood after 'm1@a.example' of 2017-03-01T09:00:00Z, and one more message names it",
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: every answer has its letter': answered(60, 'mail/Inbox'),
    'incomplete-store: three of fifty': [...answered(50, 'mail/Inbox'), ...['x', 'y', 'z'].map((name) => orphan(name, 'mail/Inbox', RECEIVED))],
    'deleted-by-owner: what came from outside, answered by the owner': [...answered(50, 'mail/Sent'), orphan('x', 'mail/Sent')],
    'deleted-by-owner: nobody else goes on with the thread': [...sent, question, keptReply],
    'deleted-by-owner: the beginning of the thread is not here': [...sent, keptReply, last()],
    'honest twin: the thread is whole': [
      ...sent,
      ...inbox,
      question,
      written('m2', 'basile/Sent', BASILE, '2017-03-01T10:00:00Z', ...answering('m1@a.example')),
      { ...keptReply, claims: keptReply.claims.map((c) => (c === MISSING ? text('thread.parent', 'm2@b.example') : c)) },
      last(),
    ],
    'a list, whose archive is not here': [...answered(50, 'mail/Inbox'), orphan('x', 'mail/Inbox', RECEIVED, text('mark.relayed', 'list'))],
    'too few answers': [...answered(49, 'mail/Inbox'), orphan('x', 'mail/Inbox', RECEIVED)],
    'a folder that people fill by hand': [...answered(50, 'mail/Projects'), orphan('x', 'mail/Projects', RECEIVED)],
  },
});
