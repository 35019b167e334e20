import { expect, it } from 'vitest';
import { uuBlocks } from '../../src/structures/mail/uuencode.ts';
import { uuencode } from '../support/build-uuencode.ts';

const content = Uint8Array.from({ length: 256 }, (_, i) => i);
const blocks = (text: string): unknown[] =>
  [...uuBlocks(Buffer.from(text, 'latin1'))].map((b) => [b.offset, b.name, Buffer.from(b.bytes).toString('latin1'), b.complete]);

it('decodes what the tool writes', () => {
  expect(blocks('begin 644 cat.txt\n#0V%T\n`\nend\n')).toEqual([[0, 'cat.txt', 'Cat', true]]);
  expect(blocks(`Bonjour,\n\n${uuencode('a b.doc', content)}\nsuite\n${uuencode('c', Buffer.from('x'))}`)).toEqual([
    [10, 'a b.doc', Buffer.from(content).toString('latin1'), true],
    [10 + uuencode('a b.doc', content).length + 7, 'c', 'x', true],
  ]);
});

it('reads lines whose blanks a mail program stripped, and CRLF', () => {
  expect(blocks('begin 644 cat.txt\n&0V%T\n\nend\n')).toEqual([[0, 'cat.txt', 'Cat\0\0\0', true]]);
  expect(blocks(uuencode('z', content).replaceAll('\n', '\r\n'))).toEqual([[0, 'z', Buffer.from(content).toString('latin1'), true]]);
});

it('does not take prose for a file, and says where one breaks off', () => {
  expect(blocks('begin 644 times\nand then\n')).toEqual([]);
  expect(blocks('We begin 644 cat.txt\n#0V%T\n`\nend\n')).toEqual([]);
  expect(blocks('begin 644 cat.txt\n#0V%T\nrest')).toEqual([[0, 'cat.txt', 'Cat', false]]);
});

it('is linear in a text full of beginnings', () => {
  const began = performance.now();
  expect(blocks('begin 644 a\n'.repeat(200_000))).toEqual([]);
  expect(performance.now() - began).toBeLessThan(2000);
});
