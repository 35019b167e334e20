import { expect, it } from 'vitest';
import { conversations } from '../../src/examinations/conversations.ts';
import { text, time } from '../support/claims.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const GUID = 'ab'.repeat(16);
const HEAD = `01d2a6f86f0d${GUID}`;

interface Given {
  /** Blocks behind the header. */
  readonly blocks?: string;
  readonly answers?: string;
  readonly begun?: string;
  readonly sent?: string;
  readonly received?: string;
  readonly id?: string;
}
const mail = (name: string, g: Given = {}): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    text('id.message', `${g.id ?? name}@example.org`),
    text('id.conversation', GUID),
    text('id.conversation-index', `${HEAD}${g.blocks ?? ''}`),
    ...(g.answers ? [text('id.in-reply-to', `${g.answers}@example.org`)] : []),
    ...(g.begun ? [time('time.hidden', g.begun, { field: 'Thread-Index of the answer' })] : []),
    ...(g.sent ? [time('time.sent', g.sent)] : []),
    ...(g.received ? [time('time.received', g.received)] : []),
  ],
});
const seen = async (...docs: TestDoc[]): Promise<Seen[]> => (await examine(conversations, docs)).seen;

const [A, B, C] = ['0000000a10', '0000000b20', '0000000c30'];
const root = mail('root', { sent: '2017-03-10T09:00:00Z', received: '2017-03-10T09:00:04Z' });
const answer = (g: Given): TestDoc => mail('b', { blocks: A, answers: 'root', ...g });

it('sees an answer begun before its question reached a server', async () => {
  const [found, ...others] = await seen(root, answer({ begun: '2017-03-01T10:00:00Z', sent: '2017-03-12T10:00:00Z' }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    about: 'b',
    attribute: 'thread.answered-sent',
    other: 'root',
    value: { kind: 'instant', epochMs: Date.parse('2017-03-10T09:00:04Z') },
  });
});

it('finds the question by the index where nothing else names it', async () => {
  const docs = [mail('root', { sent: '2017-03-10T09:00:00Z' }), mail('b', { blocks: A, begun: '2017-03-01T10:00:00Z' })];
  expect((await seen(...docs)).map((s) => [s.attribute, s.other])).toEqual([['thread.answered-sent', 'root']]);
});

it.each<[string, ...TestDoc[]]>([
  ['begun after it', root, answer({ begun: '2017-03-10T10:00:00Z', sent: '2017-03-10T10:01:00Z' })],
  ['the clock of a computer is hours off', root, answer({ begun: '2017-03-10T01:00:00Z', sent: '2017-03-10T01:01:00Z' })],
  [
    'sent again: another copy of the question is older',
    root,
    mail('root-2', { sent: '2017-02-28T09:00:00Z' }),
    answer({ begun: '2017-03-01T10:00:00Z' }),
  ],
  [
    "the question's Date alone is late, its server is not",
    mail('root', { sent: '2017-03-10T09:00:00Z', received: '2017-02-28T09:00:04Z' }),
    answer({ begun: '2017-03-01T10:00:00Z' }),
  ],
  [
    'a computer whose clock is wrong wrote Date and index, a server the right time',
    root,
    answer({ begun: '2017-03-01T10:00:00Z', sent: '2017-03-01T10:01:00Z', received: '2017-03-11T10:00:00Z' }),
  ],
  ['the question is not here', answer({ begun: '2017-03-01T10:00:00Z' }), mail('c', { blocks: B })],
])('honest: %s', async (_, ...docs) => expect(await seen(...docs)).toEqual([]));

it('sees an index that goes on from another message than the one named', async () => {
  const docs = [root, mail('b', { blocks: A }), mail('c', { blocks: B }), mail('d', { blocks: `${B}${C}`, answers: 'b' })];
  expect(await seen(...docs)).toEqual([{ about: 'd', attribute: 'thread.branch', value: 'c@example.org', other: 'c' }]);
});

it.each<[string, ...TestDoc[]]>([
  ['the one named', root, mail('b', { blocks: A }), mail('d', { blocks: `${A}${C}`, answers: 'b' })],
  ['an ancestor is named', root, mail('b', { blocks: A }), mail('d', { blocks: `${A}${C}`, answers: 'root' })],
  ['a telephone copied the index of the one named', root, mail('b', { blocks: A }), mail('d', { blocks: A, answers: 'b' })],
  [
    'Exchange gave a new number',
    root,
    mail('b', { blocks: A }),
    { ...mail('d', { answers: 'b' }), claims: [text('id.conversation', 'cd'.repeat(16))] },
  ],
  [
    'another copy of the one named has it',
    root,
    mail('b', { blocks: A }),
    mail('b-2', { blocks: B, id: 'b' }),
    mail('d', { blocks: `${B}${C}`, answers: 'b' }),
  ],
  ['the one named is not here', root, mail('c', { blocks: B }), mail('d', { blocks: `${B}${C}`, answers: 'b' })],
])('honest branch: %s', async (_, ...docs) => expect(await seen(...docs)).toEqual([]));

it('looks at two thousand messages of one number and says that there are more', async () => {
  const docs = Array.from({ length: 2_003 }, (_, i) => mail(`n${i}`));
  expect((await examine(conversations, docs)).problems.map((p) => p.problem.message)).toEqual([
    'more than 2000 messages of one conversation; the first 2000 were compared',
  ]);
});
