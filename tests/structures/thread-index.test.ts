import { expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { msg } from '../../src/formats/msg.ts';
import { readThreadIndex } from '../../src/structures/mail/thread-index.ts';
import { buildMail } from '../support/build-mail.ts';
import { threadIndex } from '../support/build-mail-clocks.ts';
import { buildMsg } from '../support/build-msg.ts';
import { readAll } from '../support/read.ts';

const AT = Date.UTC(2017, 2, 27, 12, 41, 5);
const HOUR = 3_600_000;
const seconds = (t: { epochMs: number } | null): string | null => (t === null ? null : new Date(t.epochMs).toISOString().slice(0, 19));

it('reads conversation, depth, and the time of each answer, each counted on from the one before', () => {
  const index = readThreadIndex(threadIndex(AT, 's', [AT + HOUR, AT + 25 * HOUR]), false);
  expect(index?.conversation).toMatch(/^[0-9a-f]{32}$/);
  expect(index?.whole).toHaveLength(64);
  expect(index?.depth).toBe(2);
  expect(seconds(index?.began ?? null)).toBe('2017-03-27T12:41:04');
  expect(index?.answers.map(seconds)).toEqual(['2017-03-27T13:41:04', '2017-03-28T13:41:04']);
});

it('gives an answer the index of what it answers, and a block more', () => {
  const [first, second] = [readThreadIndex(threadIndex(AT, 's'), false), readThreadIndex(threadIndex(AT, 's', [AT + HOUR]), false)];
  expect(second?.whole.startsWith(first?.whole ?? '-')).toBe(true);
  expect(second?.whole).toHaveLength((first?.whole.length ?? 0) + 10);
});

it('takes no time from blocks in the other unit, nor behind one', () => {
  const bytes = Buffer.from(threadIndex(AT, 's', [AT + HOUR, AT + 2 * HOUR, AT + 3 * HOUR]), 'base64');
  bytes[27] = 0x80;
  const index = readThreadIndex(bytes.toString('base64'), false);
  expect(index?.depth).toBe(3);
  expect(index?.answers.map(seconds)).toEqual(['2017-03-27T13:41:04']);
});

it('takes no time of an answer from the coarse form of Exchange, nor any from a hash', () => {
  const coarse = Buffer.concat([Buffer.from([1]), Buffer.from(threadIndex(AT, 's', [AT + HOUR]), 'base64').subarray(0, 5)]);
  const bytes = Buffer.concat([coarse, Buffer.from(threadIndex(AT, 's', [AT + HOUR]), 'base64').subarray(6)]).toString('base64');
  expect(seconds(readThreadIndex(bytes, true)?.began ?? null)?.slice(0, 15)).toBe('2017-03-27T12:4');
  expect(readThreadIndex(bytes, true)?.answers).toEqual([]);
  expect(readThreadIndex(bytes, false)).toMatchObject({ began: null, answers: [], depth: 1 });
});

it.each([
  ['random letters', 'UWZUio7qvzt7n88vgl06p+a2jib2er=='],
  ['an id', '<3704394654516636>'],
  [
    'a block cut short',
    Buffer.from(threadIndex(AT, 's', [AT + HOUR]), 'base64')
      .subarray(0, 26)
      .toString('base64'),
  ],
  ['more answers than anybody gives', Buffer.concat([Buffer.from(threadIndex(AT), 'base64'), Buffer.alloc(5 * 401)]).toString('base64')],
  ['nothing', ''],
])('is none: %s', (_, text) => expect(readThreadIndex(text, true)).toBeNull());

it('is claimed alike of a mail and of a message of Outlook', async () => {
  const mail = await readAll(
    eml,
    buildMail({
      client: 'outlook',
      from: 'Claire Moreau <claire@example.org>',
      to: 'p@example.org',
      subject: 'RE: Bail',
      date: new Date(AT + HOUR).toISOString(),
      offsetMinutes: 120,
      body: 'Oui.',
      threadIndex: threadIndex(AT, 's', [AT + HOUR - 9_000]),
      extraHeaders: [['Thread-Topic', 'Bail']],
    }),
  );
  expect(mail.values('name.topic')).toEqual(['Bail']);
  expect(mail.values('id.conversation')).toEqual([mail.values('id.conversation-index')[0]?.toString().slice(12, 44)]);
  const fields = (r: typeof mail): string[] =>
    r.claims.filter((c) => c.attribute === 'time.hidden' && c.field.startsWith('Thread')).map((c) => c.field);
  expect(fields(mail)).toEqual(['Thread-Index', 'Thread-Index of the answer']);
  const message = await readAll(msg, buildMsg({ subject: 'Bail', topic: 'Bail', conversation: '2017-03-27T12:41:05Z' }));
  expect(message.values('name.topic')).toEqual(['Bail']);
  expect(message.values('id.conversation')).toEqual(['5a'.repeat(16)]);
  expect(fields(message)).toEqual(['Thread-Index']);
});
