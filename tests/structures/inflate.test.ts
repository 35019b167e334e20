import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateInto } from '../../src/structures/inflate.ts';
import { seeded } from '../support/seeded.ts';

function inflated(chunks: readonly Uint8Array[], wide = false): { end: string; bytes: Buffer } {
  const parts: Buffer[] = [];
  const end = inflateInto(chunks, (bytes) => parts.push(Buffer.from(bytes)) > 0, wide);
  return { end, bytes: Buffer.concat(parts) };
}

/** Noise, few letters, or a long pattern: stored, fixed and dynamic blocks, and matches that reach far back. */
function content(random: () => number, size: number): Buffer {
  const kind = Math.floor(random() * 3);
  return Buffer.from(Array.from({ length: size }, (_, i) => (kind === 0 ? random() * 256 : kind === 1 ? random() * 4 : (i % 777) & 0xff)));
}

describe('inflating piece by piece', () => {
  it('gives what zlib packed, at every level and strategy, wherever the input is cut', () => {
    const random = seeded(5);
    for (let n = 0; n < 120; n++) {
      const whole = content(random, Math.floor(random() * (n < 100 ? 5000 : 600_000)));
      const packed = deflateRawSync(whole, { level: Math.floor(random() * 10), strategy: Math.floor(random() * 5) });
      const cut = Math.floor(random() * packed.length);
      const { end, bytes } = inflated([packed.subarray(0, cut), packed.subarray(cut)]);
      expect(end).toBe('whole');
      expect(bytes.equals(whole)).toBe(true);
    }
  });

  it('keeps what came before a stream breaks off', () => {
    const whole = content(seeded(1), 50_000);
    const packed = deflateRawSync(whole);
    const { end, bytes } = inflated([packed.subarray(0, packed.length >> 1)]);
    expect(end).toBe('truncated');
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(bytes.equals(whole.subarray(0, bytes.length))).toBe(true);
  });

  it('tells a wrong kind of block, a match before the beginning and a wrong length of a stored block', () => {
    expect(inflated([Buffer.from('07', 'hex')]).end).toBe('malformed');
    expect(inflated([Buffer.from('0302', 'hex')]).end).toBe('malformed');
    expect(inflated([Buffer.from('0101000000', 'hex')]).end).toBe('malformed');
    expect(inflated([]).end).toBe('truncated');
  });

  it('stops when told to', () => {
    let taken = 0;
    const end = inflateInto([deflateRawSync(Buffer.alloc(5_000_000))], (bytes) => (taken += bytes.length) < 1_000_000);
    expect(end).toBe('stopped');
    expect(taken).toBeLessThan(1_300_000);
  });

  it('reads the long matches of Deflate64', () => {
    // Fixed codes: 'a', length code 285 with sixteen bits of 1000 for 1003 more, distance 1, end of block.
    const bits = '1' + '10' + '10010001' + '11000101' + [...(1000).toString(2).padStart(16, '0')].reverse().join('') + '00000' + '0000000';
    const bytes = Buffer.from((bits.padEnd(48, '0').match(/.{8}/g) ?? []).map((b) => parseInt([...b].reverse().join(''), 2)));
    expect(inflated([bytes], true)).toEqual({ end: 'whole', bytes: Buffer.alloc(1004, 'a') });
  });

  it('ends on garbage', () => {
    const random = seeded(9);
    for (let n = 0; n < 300; n++) {
      const ends = ['whole', 'truncated', 'malformed'];
      expect(ends).toContain(inflated([Buffer.from(Array.from({ length: 300 }, () => random() * 256))], n % 2 === 0).end);
    }
  });
});
