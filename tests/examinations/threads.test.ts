import { expect, it } from 'vitest';
import { threads } from '../../src/examinations/threads.ts';
import { text, time } from '../support/claims.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

interface Given {
  readonly answers?: string;
  readonly refers?: readonly string[];
  readonly sent?: string;
  readonly received?: readonly string[];
}
const mail = (name: string, g: Given = {}): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    text('id.message', `${name.replace(/-copy$/, '')}@example.org`),
    ...(g.answers ? [text('id.in-reply-to', `${g.answers}@example.org`)] : []),
    ...(g.refers ?? []).map((r) => text('id.reference', `${r}@example.org`)),
    ...(g.sent ? [time('time.sent', g.sent)] : []),
    ...(g.received ?? []).map((r) => time('time.received', r)),
  ],
});
const seen = async (...docs: TestDoc[]): Promise<Seen[]> => (await examine(threads, docs)).seen;
const later = async (...docs: TestDoc[]): Promise<Seen[]> => (await seen(...docs)).filter((s) => s.attribute === 'thread.later');

const parent = mail('a', { sent: '2017-03-10T09:00:00Z', received: ['2017-03-10T09:00:09Z', '2017-03-10T09:00:04Z'] });

it('finds the message answered, or that it is missing', async () => {
  expect(await seen(parent, mail('b', { answers: 'a', refers: ['root', 'a'] }), mail('c', { refers: ['a', 'x'] }))).toEqual([
    { about: 'b', attribute: 'thread.parent', value: 'a@example.org', other: 'a' },
    { about: 'c', attribute: 'thread.missing', value: 'x@example.org' },
  ]);
});

it('sees an answer that was delivered before its question was sent', async () => {
  const [found, ...others] = await later(parent, mail('b', { answers: 'a', sent: '2017-03-01T10:00:00Z', received: ['2017-03-01T10:00:05Z'] }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ about: 'b', other: 'a', value: { kind: 'instant', epochMs: Date.parse('2017-03-10T09:00:04Z') } });
});

it('sees the same of any message referred to', async () => {
  const docs = [
    parent,
    mail('root'),
    mail('b', { answers: 'root', refers: ['root', 'a'], sent: '2017-03-01T10:00:00Z', received: ['2017-03-01T10:00:05Z'] }),
  ];
  expect((await later(...docs)).map((s) => [s.about, s.other])).toEqual([['b', 'a']]);
});

it.each<[string, ...TestDoc[]]>([
  ['in order', parent, mail('b', { answers: 'a', sent: '2017-03-10T10:00:00Z', received: ['2017-03-10T10:00:05Z'] })],
  ['within the skew of two servers', parent, mail('b', { answers: 'a', sent: '2017-03-10T08:56:00Z', received: ['2017-03-10T08:57:00Z'] })],
  ['filed without a stamp, within a day', parent, mail('b', { answers: 'a', sent: '2017-03-10T01:00:00Z' })],
  [
    'another copy of the parent came earlier',
    parent,
    mail('a-copy', { received: ['2017-02-28T09:00:00Z'] }),
    mail('b', { answers: 'a', received: ['2017-03-01T10:00:05Z'] }),
  ],
  [
    "the parent's own Date is earlier: it was sent again",
    mail('a', { sent: '2017-02-28T09:00:00Z', received: ['2017-03-10T09:00:04Z'] }),
    mail('b', { answers: 'a', received: ['2017-03-01T10:00:05Z'] }),
  ],
  ['one server of the reply stamped later', parent, mail('b', { answers: 'a', received: ['2017-03-11T10:00:05Z', '2017-03-01T10:00:05Z'] })],
  ['no server stamped the parent', mail('a', { sent: '2017-03-10T09:00:00Z' }), mail('b', { answers: 'a', received: ['2017-03-01T10:00:05Z'] })],
])('honest: %s', async (_, ...docs) => {
  expect(await later(...docs)).toEqual([]);
});

it('leaves ids alone that are none, or everybody’s', async () => {
  const bare = { ...mail('b'), claims: [text('id.in-reply-to', 'Your message of Monday')] };
  expect(await seen(parent, bare)).toEqual([]);
  const many = Array.from({ length: 210 }, (_, i): TestDoc => ({ ...parent, name: `n${i}` }));
  expect(await seen(...many, mail('b', { answers: 'a' }))).toEqual([]);
});
