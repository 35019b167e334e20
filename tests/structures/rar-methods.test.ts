import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/structures/bytes.ts';
import { openArchive } from '../../src/structures/archive/libarchive.ts';
import { RarMembers } from '../../src/structures/archive/rar-solid.ts';
import { buildRar4, packedLetters } from '../support/build-rar.ts';
import { filterBytes, packed20, packedLz, packedPpmd, packedSound, programOf } from '../support/build-rar-packed.ts';
import { chances } from '../support/ppmd-dream.ts';

const BUDGET = 2 ** 30;
const members = (cap = BUDGET): RarMembers => new RarMembers(cap, () => undefined);

function unpacked(packed: Uint8Array, size: number, version = 29): unknown {
  const { bytes, error } = members().next(bytesOf(packed), version, size, BUDGET);
  return error ?? Buffer.from(bytes).toString('hex');
}

const textOf = (text: string): number[] => [...Buffer.from(text)];
const hexOf = (text: string): string => Buffer.from(text).toString('hex');
const bytesOfHex = (hex: string): number[] => [...Buffer.from(hex, 'hex')];

const PROGRAM = {
  delta: programOf(29, 0x0e06077d),
  e8: programOf(53, 0xad576887),
  e8e9: programOf(57, 0x3cd7e57e),
  itanium: programOf(120, 0x3769893f),
  rgb: programOf(149, 0x1c2c5dc8),
  audio: programOf(216, 0xbc85e701),
} as const;

describe('filters of RAR 2.9', () => {
  it('builds programs with the checksum of the usual ones', () => {
    expect(crc32(PROGRAM.delta)).toBe(0x0e06077d);
  });

  it.each<readonly [string, keyof typeof PROGRAM, readonly number[], string, string]>([
    ['differences in two channels', 'delta', [2], '01020304', 'fffdfdf9'],
    ['targets of calls', 'e8', [], 'e810000000e9100000000000000000', 'e80f000000e9100000000000000000'],
    ['those of jumps as well', 'e8e9', [], 'e810000000e9100000000000000000', 'e80f000000e90a0000000000000000'],
    [
      'targets of branches',
      'itanium',
      [],
      `${'00'.repeat(32)}10${'00'.repeat(11)}70000050${'00'.repeat(8)}`,
      `${'00'.repeat(32)}10${'00'.repeat(11)}50000050${'00'.repeat(8)}`,
    ],
    ['colours', 'rgb', [6, 0], 'ffffffffffffffffff', '020102040204060306'],
    ['sound', 'audio', [1], 'fffffffe', '01020305'],
  ])('undoes %s', (_, name, registers, stored, clear) => {
    const length = stored.length / 2;
    const packed = packedLz([{ filter: { start: 0, length, registers, program: PROGRAM[name] } }, ...bytesOfHex(stored)]);
    expect(unpacked(packed, length)).toBe(clear);
  });

  it('runs one again by its number, on a block further on, and leaves the rest alone', () => {
    const filter = { start: 2, length: 2, registers: [1] };
    const packed = packedLz([{ filter: { ...filter, program: PROGRAM.delta } }, 65, 66, 255, 255, { filter }, 67, 68, 254, 254, 69]);
    expect(unpacked(packed, 9)).toBe('4142010243440204' + '45');
  });

  it('names a program that is not one of the usual, and one that does not exist', () => {
    const other = { start: 0, length: 4, program: programOf(29, 1) };
    expect(unpacked(packedLz([{ filter: other }, 1, 2, 3, 4]), 4)).toBe(
      'not supported: a program of the RAR virtual machine that is not one of the usual',
    );
    expect(unpacked(packedLz([{ filter: { start: 0, length: 4 } }, 1, 2, 3, 4]), 4)).toBe('truncated: the stream ends before it is whole');
  });

  it('goes over no more than a few times what came out', () => {
    const filter = { start: 0, length: 100, registers: [1] };
    const again = Array.from({ length: 8 }, () => ({ filter }));
    const packed = packedLz([{ filter: { ...filter, program: PROGRAM.delta } }, ...again, ...Array.from({ length: 100 }, () => 1)]);
    expect(unpacked(packed, 100)).toBe('too many filters');
  });

  it.each<readonly [keyof typeof PROGRAM, readonly number[]]>([
    ['e8', []],
    ['e8e9', []],
    ['rgb', [33, 1]],
    ['audio', [2]],
  ])('undoes what libarchive undoes: %s', async (name, registers) => {
    const chance = chances(name.length);
    const stored = Array.from({ length: 3000 }, () => (chance() < 0.2 ? 0xe8 + Math.floor(2 * chance()) : Math.floor(4 * chance()) % 256));
    const packed = packedLz([{ filter: { start: 0, length: 3000, registers, program: PROGRAM[name] } }, ...stored]);
    // libarchive gives nothing where the checksum is another: so it agrees, or there is no content.
    const ours = Buffer.from(String(unpacked(packed, 3000)), 'hex');
    const archive = buildRar4([{ name: 'a', content: ours, packed: { bytes: packed, version: 29 } }]);
    const content = (await openArchive(bytesOf(archive))).next()?.read(3000);
    expect([content?.error, ours.equals(content?.bytes ?? new Uint8Array(0)), ours.equals(Uint8Array.from(stored))]).toEqual([null, true, false]);
  });
});

describe('PPMd within RAR 2.9', () => {
  const match = [2, 4, 0, 0, 1, 0];
  const text = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

  it('reads text, runs, matches and the escape itself', async () => {
    const packed = packedPpmd([...textOf('ab'), 2, 5, 1, 2, 1, ...textOf('bbb'), ...match]);
    const expected = 'ab' + 'b'.repeat(5) + '\u0002' + 'bbb' + 'bbb'.repeat(10) + 'bb';
    expect(unpacked(packed, expected.length)).toBe(hexOf(expected));
    const archive = buildRar4([{ name: 'a', content: expected, packed: { bytes: packed, version: 29 } }]);
    expect((await openArchive(bytesOf(archive))).next()?.read(1000).bytes.toString()).toBe(Buffer.from(expected).toString());
  });

  it('goes on in the next member, and is filtered', () => {
    const unpacking = members();
    const next = (packed: Uint8Array, size: number): string | null => {
      const { bytes, error } = unpacking.next(bytesOf(packed), 29, size, BUDGET);
      return error ?? Buffer.from(bytes).toString();
    };
    expect(next(packedPpmd([97, 2, 5, 29]), 34)).toBe(text);
    expect(next(packedLetters(3), 3)).toBe('aaa');
    // The program that WinRAR knows by 29 bytes, called within PPMd.
    const filter = [...filterBytes({ start: 0, length: 2, registers: [1], program: PROGRAM.delta })];
    expect(next(packedPpmd([2, 3, ...filter, 0x9f, 0xff]), 2)).toBe('ab');
  });

  it('tells a model that was never begun, one without order, and what is damaged', () => {
    expect(unpacked(Uint8Array.of(0x83, 0, 0, 0, 0), 10)).toBe('a model goes on that was never begun');
    expect(unpacked(Uint8Array.of(0xa0, 0, 0, 0, 0), 10)).toBe('a model has no order');
    expect(unpacked(new Uint8Array(20).fill(0xff), 10)).toBe('the content is damaged');
  });
});

describe('RAR 2.0', () => {
  it('reads literals, matches and repeats of them', () => {
    const packed = packed20([
      ...textOf('abcd').map((c) => ['main', c] as const),
      // Three bytes from four back; the same again; two bytes from one back; the distance before the last, two bytes.
      ['main', 270],
      ['distance', 3],
      ['main', 256],
      ['main', 261, '00'],
      ['main', 258],
      ['repeat', 0],
    ]);
    expect(unpacked(packed, 14, 20)).toBe(hexOf('abcdabcdabbbab'));
  });

  it('reads sound in channels', () => {
    expect(unpacked(packedSound(2, [255, 1, 255, 1, 255, 1]), 6, 20)).toBe('01ff02fe03fd');
  });

  it('ends where it is cut', () => {
    expect(unpacked(packed20([['main', 97]]), 100, 20)).toBe('truncated: the stream ends before it is whole');
  });
});

describe('members of a solid archive', () => {
  it('throws away one that is over the cap, and goes on', () => {
    const unpacking = members(40);
    expect(unpacking.next(bytesOf(packedLetters(50)), 29, 50, BUDGET)).toMatchObject({ over: true, made: 50 });
    expect(unpacking.next(bytesOf(packedLetters(3)), 29, 3, BUDGET)).toMatchObject({ over: false, error: null, made: 3 });
  });

  it('stops where the budget ends', () => {
    const unpacking = members();
    expect(unpacking.next(bytesOf(packedLetters(50)), 29, 50, 20)).toMatchObject({ over: true, made: 20 });
    expect(unpacking.next(bytesOf(packedLetters(3)), 29, 3, BUDGET)).toMatchObject({
      error: 'packed with the help of a member that is over the limit',
    });
    unpacking.restart();
    expect(unpacking.next(bytesOf(packedLetters(3)), 29, 3, BUDGET)).toMatchObject({ error: null, made: 3 });
  });
});
