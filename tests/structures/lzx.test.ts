import { describe, expect, it } from 'vitest';
import { Lzx, LZX_FRAME } from '../../src/structures/archive/lzx.ts';
import { lzxFrame, lzxStored, type LzxToken } from '../support/build-lzx.ts';

const letters = (text: string): LzxToken[] => [...Buffer.from(text)];
const read = (packed: Uint8Array, size: number): string | null => {
  const frame = new Lzx(16).frame(packed, size);
  return frame && Buffer.from(frame).toString('latin1');
};

describe('LZX', () => {
  it('reads literals, and copies by the last distances and by slots', () => {
    // Slot 0 repeats the last distance, 1 at first; slot 4 with tail 1 is 4 + 1 - 2 = 3, slot 5 with tail 1 is 5.
    const tokens = [
      ...letters('abc'),
      { length: 3, slot: 0 },
      ...letters('xyz'),
      { length: 4, slot: 4, tail: 1 },
      { length: 2, slot: 5, tail: 1 },
      { length: 2, slot: 1 },
    ];
    expect(read(lzxFrame(17, tokens), 17)).toBe('abccccxyzxyzxzxxz');
  });

  it('reads the low bits of aligned distances in a code of their own', () => {
    const tokens = [...letters('0123456789abcdefghij'), { length: 4, slot: 8, aligned: 2 }];
    // 16 + 2 - 2 back from the 20th.
    expect(read(lzxFrame(24, tokens, 'aligned'), 24)).toBe('0123456789abcdefghij4567');
  });

  it('reads bytes that are stored', () => expect(read(lzxStored(Buffer.from('Réunion', 'latin1')), 7)).toBe('Réunion'));

  it('goes on in the window of the frame before, and begins anew at a reset', () => {
    const lzx = new Lzx(16);
    const first = Buffer.alloc(LZX_FRAME, 'ab');
    expect(Buffer.from(lzx.frame(lzxStored(first), LZX_FRAME) ?? []).equals(first)).toBe(true);
    lzx.reset();
    expect(Buffer.from(lzx.frame(lzxFrame(4, [{ length: 4, slot: 4 }]), 4) ?? []).toString()).toBe('abab');
  });

  it('leaves out what a copy writes beyond the end of the last frame', () => {
    expect(read(lzxFrame(32_768, [...letters('ab'), { length: 8, slot: 0 }]), 5)).toBe('abbbb');
  });

  it.each([
    ['nothing', Buffer.alloc(0), 7],
    ['a block of no type', Buffer.from([0, 0xff, 0xff, 0xff]), 7],
    ['a stored block that breaks off', lzxStored(Buffer.from('Bonjour')).subarray(0, 20), 7],
    ['codes that break off', lzxFrame(2000, letters('ab')).subarray(0, 60), 2000],
    ['a copy beyond its block', Buffer.concat([lzxFrame(3, [...letters('ab'), { length: 8, slot: 0 }])]), LZX_FRAME],
    ['a word that the code has not', lzxFrame(3, []).fill(0xff, 6), 3],
  ])('refuses %s', (_, packed, size) => expect(read(packed, size)).toBeNull());

  it('knows windows of 2^15 to 2^21 bytes', () => expect(() => new Lzx(22)).toThrow(RangeError));
});
