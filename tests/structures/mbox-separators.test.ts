import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../src/model/input.ts';
import { bytesOf } from '../../src/structures/bytes.ts';
import { mboxMessageAt, mboxMessages } from '../../src/structures/mail/mbox.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { mbox } from '../../src/containers/mbox.ts';
import { inputFrom, openAll } from '../support/read.ts';

const letter = (n: number): string => `From: a@example.org\nDate: Mon, 27 Mar 2017 12:4${n}:05 +0000\nSubject: ${n}\n\nletter ${n}\n`;
const box = (...parts: readonly string[]): Buffer => Buffer.from(parts.join(''), 'latin1');
const texts = (bytes: Uint8Array): string[] =>
  [...mboxMessages(bytesOf(bytes))].map((m) => Buffer.from(bytes.subarray(m.start, m.start + m.length)).toString('latin1'));

describe("separators that are 'From ' and no more", () => {
  it.each([
    ['with empty lines between', box('From \n', letter(1), '\nFrom \n', letter(2), '\nFrom \n', letter(3), '\n')],
    ['without', box('From \n', letter(1), 'From \n', letter(2), 'From \n', letter(3))],
    [
      'behind dated ones',
      box('From - Mon Mar 27 12:41:05 2017\n', letter(1), '\nFrom \n', letter(2), '\nFrom - Mon Mar 27 12:43:05 2017\n', letter(3)),
    ],
  ])('begin a message, %s', (_, bytes) => {
    expect(recognise(inputFrom(bytes)).mediaType).toBe('application/mbox');
    expect(texts(bytes)).toEqual([letter(1), letter(2), letter(3)]);
    for (const m of mboxMessages(bytesOf(bytes))) expect(mboxMessageAt(bytesOf(bytes), m.offset)?.start).toBe(m.start);
  });

  it('stand with CRLF too', () => {
    const bytes = box(`From \n${letter(1)}\nFrom \n${letter(2)}`.replaceAll('\n', '\r\n'));
    expect(texts(bytes)).toEqual([letter(1).replaceAll('\n', '\r\n'), letter(2).replaceAll('\n', '\r\n')]);
  });

  it('state no time', async () => {
    const { children } = await openAll(mbox, box('From \n', letter(1), '\nFrom - Mon Mar 27 12:42:09 2017\n', letter(2)));
    expect(children.map((c) => [c.label, c.says.map((s) => `${s.attribute} ${s.raw}`)])).toEqual([
      ['1', ['place.position 0']],
      ['2', ['time.stored Mon Mar 27 12:42:09 2017', 'place.position 86']],
    ]);
  });

  it.each([
    ['a word behind it', 'From here on\nFrom: b@example.org\nDate: Mon, 27 Mar 2017 12:41:05 +0000\n\nx'],
    ['no header behind it', 'From \nthe beginning: it was so\n\nx'],
    ['fields without a stamp', 'From \nFrom: the team\nTo: all\n\nx'],
    ['a stamp without From', 'From \nDate: today\nPlace: here\n\nx'],
    ['a line within that is no field', 'From \nFrom: b\nDate: today\nand more\n\nx'],
    ['nothing behind it', 'From '],
  ])('are text with %s', (_, text) => {
    const bytes = box('From a@example.org Mon Mar 27 12:41:05 2017\n', letter(1), '\n', text, '\n');
    expect(texts(bytes)).toHaveLength(1);
  });

  it('make no mailbox of a letter', () => {
    expect(recognise(inputFrom(box(letter(1)))).mediaType).toBe('message/rfc822');
    expect(recognise(inputFrom(box('From \n\nthe beginning.\n'))).mediaType).toBe('text/plain');
  });

  it.each([
    ['lines alone', 'From \n'.repeat(300_000)],
    ['a field each', 'From \nA:b\n'.repeat(200_000)],
    ['fields without end', `From \n${'A: b\n'.repeat(400_000)}`],
  ])('are looked for in linear time: %s', (_, text) => {
    const began = performance.now();
    expect(texts(Buffer.from(text))).toEqual([]);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

/** Zeros, but for the texts at these offsets; costs no memory of its size. */
function sparse(size: number, texts: ReadonlyMap<number, string>): Bytes {
  const slice = (offset: number, length: number): Uint8Array => {
    const out = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    for (const [at, text] of texts) {
      const from = Math.max(at, offset);
      const to = Math.min(at + text.length, offset + out.length);
      if (from < to) out.write(text.slice(from - at, to - at), from - offset, 'latin1');
    }
    return out;
  };
  return { size, slice, window: () => bytesOf(new Uint8Array(0)) };
}

describe('a mailbox of more than 4 GiB', () => {
  const first = 'From a@example.org Mon Mar 27 12:41:05 2017\nSubject: 1\n\n';
  const second = '\n\nFrom b@example.org Mon Mar 27 12:42:05 2017\nSubject: 2\n\nend\n';
  const at = 2 ** 32 + 12_345;
  const bytes = sparse(
    at + second.length,
    new Map([
      [0, first],
      [at, second],
    ]),
  );

  it('gives each message at its own offset, and finds the last one again', () => {
    expect([...mboxMessages(bytes)].map((m) => [m.offset, m.start, m.length])).toEqual([
      [0, first.length - 12, at + 1 - (first.length - 12)],
      [at + 2, at + 46, 16],
    ]);
    expect(mboxMessageAt(bytes, at + 2)).toMatchObject({ offset: at + 2, length: 16 });
  });
});
