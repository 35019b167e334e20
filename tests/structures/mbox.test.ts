import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../src/model/input.ts';
import { bytesOf } from '../../src/structures/bytes.ts';
import { mboxMessageAt, mboxMessages, parseEnvelope } from '../../src/structures/mail/mbox.ts';
import { buildMbox } from '../support/build-mail.ts';

const lines = (...l: string[]): Uint8Array => Buffer.from(l.join('\n'), 'latin1');
const texts = (bytes: Uint8Array): string[] =>
  [...mboxMessages(bytesOf(bytes))].map((m) => Buffer.from(bytes.subarray(m.start, m.start + m.length)).toString('latin1'));
const entry = (body: string): { mail: Uint8Array; envelopeDate: string; sender: string } => ({
  mail: Buffer.from(`Subject: x\r\n\r\n${body}`),
  envelopeDate: '2017-03-27T12:41:09Z',
  sender: 'a@example.org',
});

describe('parseEnvelope', () => {
  it.each([
    ['From a@example.org Mon Mar 27 12:41:05 2017', 'a@example.org', '2017-03-27T12:41:05'],
    ['From a@example.org  Mon Mar  7 12:41:05 2017', 'a@example.org', '2017-03-07T12:41:05'],
    ['From - Mon Mar 27 12:41:05 2017', '-', '2017-03-27T12:41:05'],
    ['From ???@??? Mon Mar 27 12:41:05 2017', '???@???', '2017-03-27T12:41:05'],
    ['From ann at example.org  Mon Mar 27 12:41:05 2017', 'ann at example.org', '2017-03-27T12:41:05'],
    ['From a@example.org Mon Mar 27 12:41:05 2017 remote from hub', 'a@example.org', '2017-03-27T12:41:05'],
    ['From a@example.org Mon Mar 27 12:41 2017', 'a@example.org', '2017-03-27T12:41:00'],
  ])('%s', (line, sender, local) => expect(parseEnvelope(line)).toMatchObject({ sender, time: { kind: 'wall', local } }));
  it.each(['From a@x Mon Mar 27 12:41:05 +0000 2017', 'From a@x Mon Mar 27 14:41:05 CEST 2017', 'From a@x Mon, 27 Mar 2017 14:41:05 +0200'])(
    'knows the zone of %s',
    (line) => expect(parseEnvelope(line)?.time).toMatchObject({ kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 5) }),
  );
  it.each([
    'From here on',
    'From a@example.org',
    'from a@example.org Mon Mar 27 12:41:05 2017',
    '>From a@x Mon Mar 27 12:41:05 2017',
    'From Monday Mar on',
    'From x Mar 27',
  ])('%s is text', (line) => expect(parseEnvelope(line)).toBeNull());
});

describe('mboxMessages', () => {
  for (const eol of ['\n', '\r\n'] as const) {
    it.each(['mboxo', 'mboxrd', 'mboxcl', 'mboxcl2'] as const)(`separates %s with ${JSON.stringify(eol)}`, (flavour) => {
      const box = buildMbox([entry('one\n\nFrom here on text\n\nFrom b@x Mon Mar 27 12:41:05 2017\nend\n'), entry('two\n')], { flavour, eol });
      const found = texts(box);
      expect(found.length).toBe(2);
      expect(found[0]).toContain('end');
      expect(found[1]?.endsWith(`two${eol}`)).toBe(true);
    });
  }
  it('gives the bytes of a message and no more', () => {
    expect(
      texts(
        lines('From a@x Mon Mar 27 12:41:05 2017', 'Subject: 1', '', 'one', '', 'From a@x Mon Mar 27 12:41:06 2017', 'Subject: 2', '', 'two', ''),
      ),
    ).toEqual(['Subject: 1\n\none\n', 'Subject: 2\n\ntwo\n']);
    expect(texts(lines('From a@x Mon Mar 27 12:41:05 2017', 'Subject: 1', '', 'no newline at the end'))).toEqual([
      'Subject: 1\n\nno newline at the end',
    ]);
  });
  it('needs an empty line before a separator', () => {
    expect(texts(lines('From a@x Mon Mar 27 12:41:05 2017', 'Subject: 1', '', 'one', 'From a@x Mon Mar 27 12:41:06 2017', 'two')).length).toBe(1);
  });
  it('counts separators directly behind another to it, and no message between them', () => {
    const line = (second: number): string => `From a@x Mon Mar 27 12:41:0${second} 2017`;
    const box = lines(line(1), line(2), 'From ', 'From: a', 'Date: x', '', 'one', '', line(3), 'Subject: 2', '', 'two', '', line(4), line(5), '');
    const all = [...mboxMessages(bytesOf(box))];
    expect(all.map((m) => [m.offset, m.envelope.timeText.slice(-7), m.doubled, m.length])).toEqual([
      [0, '01 2017', 2, 'From: a\nDate: x\n\none\n'.length],
      [96, '03 2017', 0, 'Subject: 2\n\ntwo\n'.length],
      [147, '04 2017', 1, 0],
    ]);
    for (const m of all) expect(mboxMessageAt(bytesOf(box), m.offset)).toMatchObject({ start: m.start, length: m.length });
    expect(mboxMessageAt(bytesOf(box), 34)).toBeNull();
    // With a line between them there is a message, be it empty.
    expect(texts(lines(line(1), '', line(2), 'Subject: 2', '', 'two', ''))).toEqual(['\n', 'Subject: 2\n\ntwo\n']);
    expect(texts(lines(line(1), 'Content-Length: 0', '', '', line(2), line(3), 'Subject: 2', '', 'two', ''))).toEqual([
      'Content-Length: 0\n\n',
      'Subject: 2\n\ntwo\n',
    ]);
  });
  it('believes a Content-Length only where it ends at a separator or the end', () => {
    const box = (n: number): Uint8Array =>
      lines('From a@x Mon Mar 27 12:41:05 2017', `Content-Length: ${n}`, '', 'one', '', 'From b@x Mon Mar 27 12:41:06 2017', '', 'two', '');
    expect(texts(box(4)).length).toBe(2);
    expect(texts(box(7)).length).toBe(2);
    expect(texts(box(9_999)).length).toBe(2);
    // It may hide a message that way: the count of separators run over tells.
    const hidden = box(lines('one', '', 'From b@x Mon Mar 27 12:41:06 2017', '', 'two', '').byteLength);
    expect([...mboxMessages(bytesOf(hidden))].map((m) => m.overrun)).toEqual([1]);
  });
  it('tells where each begins, and finds it there again', () => {
    const box = buildMbox([entry('one'), entry('two'), entry('three')]);
    const all = [...mboxMessages(bytesOf(box))];
    expect(all.map((m) => m.offset)).toEqual([0, 61, 122]);
    for (const m of all) expect(mboxMessageAt(bytesOf(box), m.offset)).toMatchObject({ start: m.start, length: m.length });
    expect(mboxMessageAt(bytesOf(box), 1)).toBeNull();
    expect(mboxMessageAt(bytesOf(box), 9_999)).toBeNull();
  });
  it('finds separators across its blocks, in few reads', () => {
    const block = 1024 ** 2;
    const filler = 'x'.repeat(60) + '\n';
    const first = Buffer.from(`From a@x Mon Mar 27 12:41:05 2017\nSubject: 1\n\n${filler.repeat(20_000)}`);
    for (let shift = -8; shift <= 8; shift++) {
      const cut = first.subarray(0, block - 2 + shift);
      const box = Buffer.concat([cut, Buffer.from('\n\nFrom b@x Mon Mar 27 12:41:06 2017\nSubject: 2\n\nb\n')]);
      let reads = 0;
      const counted: Bytes = { ...bytesOf(box), slice: (o, n) => (reads++, bytesOf(box).slice(o, n)) };
      expect([...mboxMessages(counted)].map((m) => m.offset)).toEqual([0, cut.byteLength + 2]);
      expect(reads).toBeLessThan(40);
    }
  });
  it('is linear in lines that nearly separate', () => {
    const began = performance.now();
    expect(texts(Buffer.from('\n\nFrom a\n'.repeat(200_000)))).toEqual([]);
    texts(Buffer.from('From a@x Mon Mar 27 12:41:05 2017\n\n'.repeat(50_000)));
    const stacked = 'From a@x Mon Mar 27 12:41:05 2017\n'.repeat(50_000);
    expect(texts(Buffer.from(stacked))).toEqual(['']);
    expect(texts(Buffer.from(`From a@x Mon Mar 27 12:41:05 2017\nSubject: 1\n${stacked}`))).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
