import { expect, it } from 'vitest';
import { mbox } from '../../src/containers/mbox.ts';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import { inputOf } from '../../src/structures/bytes.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildMail, buildMbox, maildirName } from '../support/build-mail.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const spec = {
  client: 'thunderbird',
  from: 'a@example.org',
  to: 'b@example.net',
  date: '2017-03-27T12:41:05Z',
  offsetMinutes: 120,
  body: 'x',
} as const;
const mails = ['one', 'zweite Übersicht', 'three'].map((subject) => buildMail({ ...spec, subject }));
const box = buildMbox(
  mails.map((mail, i) => ({ mail, envelopeDate: `2017-03-2${7 + i}T12:41:09Z`, sender: 'a@example.org' })),
  { eol: '\r\n' },
);

it('opens every message, by the offset of its line', async () => {
  const { children, problems } = await openAll(mbox, box);
  expect(problems).toEqual([]);
  expect(children.map((c) => c.label)).toEqual(['one', 'zweite Übersicht', 'three']);
  expect(children.map((c) => c.role)).toEqual(['document', 'document', 'document']);
  expect(children.map((c) => Buffer.from(bytesOfChild(c)).equals(Buffer.from(mails[children.indexOf(c)] ?? [])))).toEqual([true, true, true]);
  for (const c of children) {
    expect(
      Buffer.from(box.subarray(Number(c.key.slice(1))))
        .toString('latin1')
        .startsWith('From a@example.org '),
    ).toBe(true);
    expect(bytesOfChild(mbox.openOne?.(inputFrom(box), c.key) ?? undefined)).toEqual(bytesOfChild(c));
  }
});

it('says when it was stored, without a zone, and where', async () => {
  const { children } = await openAll(mbox, box);
  const key = children[1]?.key ?? '';
  expect(children[1]?.says).toEqual([
    {
      basis: 'asserted',
      attribute: 'time.stored',
      field: 'From_',
      raw: 'Tue Mar 28 12:41:09 2017',
      value: { kind: 'wall', local: '2017-03-28T12:41:09', precisionMs: 1000 },
      locator: { in: 'parent', key: 'From_' },
    },
    {
      basis: 'observed',
      attribute: 'place.position',
      field: 'offset',
      raw: key.slice(1),
      value: Number(key.slice(1)),
      locator: { in: 'parent', key: 'offset' },
    },
  ]);
});

it('says what does not belong', async () => {
  expect((await openAll(mbox, Buffer.concat([Buffer.from('preamble\n\n'), box]))).problems.map((p) => p.message)).toEqual([
    '10 bytes stand before the first message',
  ]);
  expect((await openAll(mbox, Buffer.from('no mailbox'))).problems.map((p) => p.code)).toEqual(['malformed']);
  const hiding = Buffer.from('From a@x Mon Mar 27 12:41:05 2017\nContent-Length: 41\n\none\n\nFrom b@x Mon Mar 27 12:41:06 2017\n\nb\n');
  expect((await openAll(mbox, hiding)).problems.map((p) => p.message)).toEqual([
    'the Content-Length of the message at byte 0 runs over 1 lines that look like separators',
  ]);
});

it('tells separators directly behind another once, and opens none of them as a mailbox', async () => {
  const line = 'From claire@campagne.example Mon Mar 27 12:41:05 2017\n';
  const letter = 'From: claire@campagne.example\nTo: paul@campagne.example\nSubject: a\n\nx\n';
  const told = (count: number, at: number): string =>
    `lines that separate messages, directly behind another such line: ${count}, first behind the one at byte ${at}`;
  const { children, problems } = await openAll(mbox, Buffer.from(`${line}${letter}\n${line}${line}${letter}\n${line}${line}${line}${letter}`));
  expect(problems.map((p) => p.message)).toEqual([told(3, 125)]);
  expect(children.map((c) => [c.key, c.bytes && recognise(inputOf(c.bytes, DEFAULT_LIMITS)).mediaType])).toEqual([
    ['@0', 'message/rfc822'],
    ['@125', 'message/rfc822'],
    ['@304', 'message/rfc822'],
  ]);
  const only = Buffer.from(line.repeat(20_000));
  const opened = await openAll(mbox, only);
  expect([opened.children, opened.problems.map((p) => p.message)]).toEqual([[], [told(19_999, 0)]]);
  expect(mbox.openOne?.(inputFrom(only), '@0')).toBeNull();
  // A single one begins a message, though an empty one.
  expect((await openAll(mbox, Buffer.from(line))).children.map((c) => c.key)).toEqual(['@0']);
});

it('holds no mailbox where a message begins with a line too long to separate', async () => {
  const long = `From claire@campagne.example Mon Mar 27 12:41:05 2017${' '.repeat(600)}\nSubject: a\n\nx\n`;
  const { children } = await openAll(mbox, Buffer.from(`From - Mon Mar 27 12:41:05 2017\n${long}`));
  expect(children.map((c) => c.bytes && recognise(inputOf(c.bytes, DEFAULT_LIMITS)).mediaType)).toEqual(['text/plain']);
});

it('knows no other key', () => {
  for (const key of ['@1', '0', '@', '@-1', `@${box.byteLength}`, '@9999999']) expect(mbox.openOne?.(inputFrom(box), key)).toBeNull();
});

it('survives every truncation', async () => {
  for (let n = 0; n < box.byteLength; n += 13) {
    const { children } = await openAll(mbox, box.subarray(0, n));
    expect(children.length).toBeLessThanOrEqual(3);
  }
});

it('names a Maildir file as servers do', () => {
  expect(maildirName({ delivered: '2017-03-27T12:41:05Z', unique: 123, size: 99, flags: 'RS' })).toBe(
    '1490618465.M123P456.mail.example.org,S=99:2,RS',
  );
});
