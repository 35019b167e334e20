import { expect, it } from 'vitest';
import { unsnapped } from '../../src/structures/archive/snappy.ts';
import { snapped } from '../support/build-iwa.ts';

const text = (b: Uint8Array | null): string | null => b && Buffer.from(b).toString('latin1');
const block = (...b: number[]): Uint8Array => Uint8Array.from(b);
const ABC = [0x61, 0x62, 0x63];

it('unpacks literals with their length in the tag and behind it', () => {
  const long = Buffer.alloc(300, 'x');
  expect(text(unsnapped(snapped(Buffer.from('Bonjour')), 100))).toBe('Bonjour');
  expect(text(unsnapped(Buffer.concat([block(0xac, 0x02, 61 << 2, 0x2b, 0x01), long]), 1000))).toBe('x'.repeat(300));
});

it('unpacks copies with distances of one, two and four bytes, and those that run into themselves', () => {
  expect(text(unsnapped(block(7, 2 << 2, ...ABC, 0b000_000_01, 3), 100))).toBe('abcabca');
  expect(text(unsnapped(block(5, 2 << 2, ...ABC, (1 << 2) | 2, 2, 0), 100))).toBe('abcbc');
  expect(text(unsnapped(block(8, 2 << 2, ...ABC, (4 << 2) | 3, 1, 0, 0, 0), 100))).toBe('abcccccc');
});

it.each([
  ['a copy from before the beginning', block(7, 2 << 2, ...ABC, 1, 4)],
  ['a copy of distance 0', block(7, 2 << 2, ...ABC, 1, 0)],
  ['more than is announced', block(2, 2 << 2, ...ABC)],
  ['less than is announced', block(4, 2 << 2, ...ABC)],
  ['a literal that is cut off', block(3, 2 << 2, 0x61)],
  ['a distance that is cut off', block(7, 2 << 2, ...ABC, 2, 1)],
  ['an announcement of gigabytes', block(0xff, 0xff, 0xff, 0xff, 0x0f, 0)],
  ['a length without end', block(0x80, 0x80, 0x80, 0x80, 0x80, 0x80)],
  ['nothing', block()],
])('refuses %s', (_, bytes) => expect(unsnapped(bytes, 2 ** 32)).toBeNull());

it('refuses what is longer than allowed', () => {
  expect(unsnapped(snapped(Buffer.alloc(101)), 100)).toBeNull();
  expect(unsnapped(snapped(Buffer.alloc(100)), 100)?.byteLength).toBe(100);
});
