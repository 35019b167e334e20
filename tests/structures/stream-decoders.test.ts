import { describe, expect, it } from 'vitest';
import { unpackLz4 } from '../../src/structures/archive/lz4.ts';
import { unpackLzip, unpackLzmaAlone } from '../../src/structures/archive/lzma-files.ts';
import { unpackLzw } from '../../src/structures/archive/lzw.ts';
import type { UnpackFile } from '../../src/structures/archive/unpacking.ts';
import { xxh32, xxh64Low } from '../../src/structures/archive/xxhash.ts';
import { unpackZstd } from '../../src/structures/archive/zstd.ts';
import { LINES, LINES_LZ4, LINES_LZIP, LINES_LZMA, LINES_Z, LINES_ZST, LINES_ZST_FAST } from '../support/build-lines.data.ts';

const told = (unpack: UnpackFile, bytes: Uint8Array, cap = 1e6): [string, string | null] => {
  const { bytes: out, over, error } = unpack(bytes, cap, () => undefined);
  return [over ? 'over' : Buffer.from(out).toString('latin1'), error];
};
const changed = (bytes: Uint8Array, at: number, to: number): Uint8Array =>
  Uint8Array.from(bytes, (b, i) => (i === (at + bytes.byteLength) % bytes.byteLength ? to : b));

/** A frame that every reader passes over, with three bytes of anything. */
const SKIPPABLE = Uint8Array.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

describe.each<readonly [string, UnpackFile, Uint8Array]>([
  ['zstd -19', unpackZstd, LINES_ZST],
  ['zstd -1', unpackZstd, LINES_ZST_FAST],
  ['lz4', unpackLz4, LINES_LZ4],
  ['lzma', unpackLzmaAlone, LINES_LZMA],
  ['lzip', unpackLzip, LINES_LZIP],
  ['compress', unpackLzw, LINES_Z],
])('%s', (_, unpack, bytes) => {
  it('unpacks to the letter', () => expect(told(unpack, bytes)).toEqual([LINES, null]));

  it('stops at the cap, and not before', () => {
    expect(told(unpack, bytes, LINES.length - 1)).toEqual(['over', null]);
    expect(told(unpack, bytes, LINES.length)).toEqual([LINES, null]);
  });
});

describe.each<readonly [string, UnpackFile, Uint8Array]>([
  ['zstd', unpackZstd, LINES_ZST],
  ['lz4', unpackLz4, LINES_LZ4],
  ['lzma', unpackLzmaAlone, LINES_LZMA],
  ['lzip', unpackLzip, LINES_LZIP],
])('%s, damaged', (_, unpack, bytes) => {
  it('says that it is cut off, and keeps what came out', () => {
    const [out, error] = told(unpack, bytes.subarray(0, bytes.byteLength - 20));
    expect(error).toMatch(/^truncated/);
    expect(LINES.startsWith(out)).toBe(true);
  });

  it('says that something stands behind it', () => {
    const [out, error] = told(unpack, Buffer.concat([bytes, Buffer.from('and the rest of it')]));
    expect([out, error]).toEqual([LINES, expect.stringMatching(/^18 bytes behind the (?:last )?(?:frame|stream|member) are not unpacked$/)]);
  });
});

describe.each<readonly [string, UnpackFile, Uint8Array]>([
  ['zstd', unpackZstd, LINES_ZST],
  ['lz4', unpackLz4, LINES_LZ4],
])('frames of %s', (_, unpack, bytes) => {
  it('are one file together, and skippable ones are passed over', () =>
    expect(told(unpack, Buffer.concat([SKIPPABLE, bytes, SKIPPABLE, bytes]))).toEqual([LINES + LINES, null]));

  it('have a checksum that is looked at', () =>
    expect(told(unpack, changed(bytes, -1, 0x5a))[1]).toBe('the content has another checksum than it says'));
});

describe('zstd', () => {
  it('does not unpack what needs a dictionary', () => {
    const frame = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 9, 0, 0, 0x78]);
    expect(told(unpackZstd, frame)).toEqual(['', 'not supported: the frame needs a dictionary']);
    // The same without one: a raw block of one letter.
    expect(told(unpackZstd, Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 1, 9, 0, 0, 0x78]))).toEqual(['x', null]);
  });
});

describe('lzma', () => {
  it('takes a size in the header for the end', () => {
    const sized = Buffer.from(LINES_LZMA);
    sized.writeBigUInt64LE(BigInt(LINES.length), 5);
    expect(told(unpackLzmaAlone, sized)).toEqual([LINES, null]);
    sized.writeBigUInt64LE(100n, 5);
    expect(told(unpackLzmaAlone, sized)[1]).toBe('more comes out than the header says');
  });
});

describe('lzip', () => {
  it('unpacks members in a row and passes over zeros behind them', () =>
    expect(told(unpackLzip, Buffer.concat([LINES_LZIP, LINES_LZIP, Buffer.alloc(100)]))).toEqual([LINES + LINES, null]));

  it('tells another checksum or size', () =>
    expect(told(unpackLzip, changed(LINES_LZIP, -20, 0x5a))).toEqual([LINES, 'a member has another checksum or size than it says']));
});

describe('compress', () => {
  it('knows a code that is not given yet for none', () =>
    expect(told(unpackLzw, Uint8Array.from([0x1f, 0x9d, 0x90, 0xff, 0xff]))[1]).toBe('no code 511 is known yet'));
  it('refuses widths that do not exist', () => expect(told(unpackLzw, Uint8Array.from([0x1f, 0x9d, 0x9f, 0, 0]))[1]).toBe('the header is damaged'));
});

describe('xxHash', () => {
  it('has the published values', () => {
    expect([xxh32(new Uint8Array(0)).toString(16), xxh64Low(new Uint8Array(0)).toString(16)]).toEqual(['2cc5d05', '51d8e999']);
    expect([xxh32(Buffer.from('abc')).toString(16), xxh64Low(Buffer.from('abc')).toString(16)]).toEqual(['32d153ff', 'ad770999']);
    // 61 bytes: a stripe of 32, then steps of 8, 4 and 1.
    expect(xxh64Low(Uint8Array.from({ length: 61 }, (_, i) => i)).toString(16)).toBe('24455ed0');
  });
});
