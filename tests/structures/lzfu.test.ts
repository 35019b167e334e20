import { expect, it } from 'vitest';
import { decompressRtf } from '../../src/structures/outlook/lzfu.ts';
import { compressedRtf } from '../support/build-msg.ts';

const restored = (bytes: Uint8Array, max = 1e6): string => Buffer.from(decompressRtf(bytes, max).rtf).toString('latin1');
const hex = (s: string): Uint8Array => Buffer.from(s.replaceAll(' ', ''), 'hex');
const HELLO = hex(
  '2d 00 00 00 2b 00 00 00 4c 5a 46 75 f1 c5 c7 a7 03 00 0a 00 72 63 70 67 31 32 35 42 32 0a f3 20 68 65 6c 09 00 20 62 77 05 b0 6c 64 7d 0a 80 0f a0',
);
const OVERLAP = hex('1a 00 00 00 1c 00 00 00 4c 5a 46 75 e2 d4 4b 51 41 00 04 20 57 58 59 5a 0d 6e 7d 01 0e b0');

it.each([
  ['the first example of [MS-OXRTFCP] 4.1', HELLO, '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n'],
  ['the second, whose reference reads what it writes', OVERLAP, '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}'],
  ['literals only', compressedRtf('{\\rtf1 Bonjour}'), '{\\rtf1 Bonjour}'],
  ['nothing', compressedRtf(''), ''],
  ['more than one turn of the dictionary', compressedRtf('x'.repeat(9001)), 'x'.repeat(9001)],
])('restores %s', (_, bytes, rtf) => {
  expect(restored(bytes)).toBe(rtf);
  expect(decompressRtf(bytes, 1e6).problems).toEqual([]);
});

it('reads what was never compressed', () => {
  const stored = Buffer.concat([hex('0f 00 00 00 03 00 00 00 4d 45 4c 41 00 00 00 00'), Buffer.from('abc')]);
  expect(restored(stored)).toBe('abc');
});

it.each([
  ['a changed byte', Buffer.from(HELLO).fill(0x48, 20, 21), 'malformed', 'compressed RTF: the checksum is that of other bytes'],
  ['an end too early', HELLO.subarray(0, 30), 'truncated', 'compressed RTF: 30 of 49 bytes'],
  ['another kind', hex('0c 00 00 00 00 00 00 00 41 42 43 44 00 00 00 00'), 'malformed', 'compressed RTF: it is of no known kind'],
  ['half a header', HELLO.subarray(0, 7), 'truncated', 'compressed RTF: the header breaks off'],
] as const)('says so at %s', (_, bytes, code, message) => expect(decompressRtf(bytes, 1e6).problems).toContainEqual({ code, message }));

it('keeps what stands before the break', () => expect('{\\rtf1\\ansi\\ansicpg1252').toContain(restored(HELLO.subarray(0, 30)).slice(0, 20)));

it('gives out no more than it may, whatever the header promises', () => {
  expect(decompressRtf(HELLO, 10)).toMatchObject({ problems: [{ code: 'limit-exceeded' }] });
  expect(restored(HELLO, 10)).toBe('{\\rtf1\\ans');
  const boast = Buffer.from(HELLO);
  boast.writeUInt32LE(0xffffffff, 4);
  expect(restored(boast, 1e9)).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
});
