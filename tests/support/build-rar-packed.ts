import { crc32 } from 'node:zlib';
import { buildRar4, packedLetters, packedMatches } from './build-rar.ts';
import { RarRangeWriter, writtenBy } from './ppmd-dream.ts';

const bitsOf = (value: number, count: number): string => value.toString(2).padStart(count, '0');
const bytesOfBits = (bits: string): Uint8Array => Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (b) => parseInt(b.padEnd(8, '0'), 2));

const ENTRIES = Array.from({ length: 256 }, (_, i) => (crc32(Uint8Array.of(i)) ^ crc32(Uint8Array.of(0))) >>> 0);

/** Four bytes that lead from what is there to a checksum. */
function leadingTo(before: Uint8Array, checksum: number): number[] {
  // Backwards: the highest byte of what comes out of a step tells which entry went in.
  let wanted = ~checksum >>> 0;
  const steps: number[] = [];
  for (let i = 0; i < 4; i++) {
    const entry = ENTRIES.findIndex((e) => e >>> 24 === wanted >>> 24);
    steps.unshift(entry);
    wanted = (((wanted ^ (ENTRIES[entry] ?? 0)) << 8) | entry) >>> 0;
  }
  let state = ~crc32(before) >>> 0;
  return steps.map((entry) => {
    const byte = (state ^ entry) & 0xff;
    state = ((state >>> 8) ^ (ENTRIES[entry] ?? 0)) >>> 0;
    return byte;
  });
}

/**
 * A program of so many bytes with a checksum, whose first byte is the others put together by exclusive or, as the machine wants it.
 * It does nothing, for it is known by its checksum.
 */
export function programOf(size: number, checksum: number): Uint8Array {
  const program = new Uint8Array(size);
  for (let tried = 0; tried < 0x10000; tried++) {
    program.set([tried & 0xff, tried >> 8], 1);
    program.set(leadingTo(program.subarray(0, size - 4), checksum), size - 4);
    if (program.reduce((all, byte) => all ^ byte, 0) === 0) return program;
  }
  throw new Error('no such program');
}

export interface PackedFilter {
  /** Counted from where the call stands. */
  readonly start: number;
  readonly length: number;
  readonly registers?: readonly number[];
  /** Left out where the program that was given first is meant. */
  readonly program?: Uint8Array;
}

/** A call of a program for the virtual machine: flags, the length of what follows, numbers of 32 bits. */
export function filterBytes({ start, length, registers = [], program }: PackedFilter): Uint8Array {
  const number = (n: number): string => `11${bitsOf(n, 32)}`;
  const mask = registers.reduce((sum, _, i) => sum | (1 << i), 0);
  const code = program ? number(program.byteLength) + [...program].map((b) => bitsOf(b, 8)).join('') : '';
  const body = bytesOfBits(number(program ? 0 : 1) + number(start) + number(length) + bitsOf(mask, 7) + registers.map(number).join('') + code);
  return Uint8Array.from([0xb7, body.byteLength >> 8, body.byteLength & 0xff, ...body]);
}

type Item = number | { readonly filter: PackedFilter };

/** Of 299 symbols the first 213 have codes of eight bits, the rest of nine: no code is left over, which libarchive wants. */
const mainCode = (symbol: number): string => (symbol < 213 ? bitsOf(symbol, 8) : bitsOf(213 + symbol, 9));

/** What RAR 2.9 packs as LZ without any match: literals, calls of filters between them, a mark at the end. */
export function packedLz(items: readonly Item[]): Uint8Array {
  // In the first code 8 (a length of eight) is '0', 9 is '10' and 19 (a long run of zeros) '11'.
  const lengths = Array.from({ length: 20 }, (_, i) => ({ 8: '0001', 9: '0010', 19: '0010' })[i] ?? '0000').join('');
  const table = `${'0'.repeat(213)}${'10'.repeat(86)}11${bitsOf(105 - 11, 7)}`;
  const told = items.map((item) =>
    typeof item === 'number' ? mainCode(item) : mainCode(257) + [...filterBytes(item.filter)].map((b) => bitsOf(b, 8)).join(''),
  );
  return bytesOfBits(`00${lengths}${table}${told.join('')}${mainCode(256)}01`);
}

/** What RAR 2.9 packs by PPMd, order 4: what the model is told, which has 2 for an escape and ends with 2, 2. Few symbols: see {@link writtenBy}. */
export function packedPpmd(symbols: readonly number[]): Uint8Array {
  const writer = new RarRangeWriter();
  writtenBy(4, 2 ** 20, [...symbols, 2, 2], writer.write);
  return Uint8Array.from([0x80 | 0x20 | 3, 0, ...writer.bytes()]);
}

/** Symbols with a code, and other bits behind it. */
export type Symbol20 = readonly [code: 'main' | 'distance' | 'repeat', symbol: number, bits?: string];

/** What RAR 2.0 packs: codes of nine bits for literals and matches, of six for distances, of five for lengths of repeats. */
export function packed20(symbols: readonly Symbol20[]): Uint8Array {
  // In the first code 9 is '0', 5 is '10' and 6 is '11'.
  const lengths = Array.from({ length: 19 }, (_, i) => ({ 5: '0010', 6: '0010', 9: '0001' })[i] ?? '0000').join('');
  const width = { main: 9, distance: 6, repeat: 5 } as const;
  const told = symbols.map(([code, symbol, bits = '']) => bitsOf(symbol, width[code]) + bits).join('');
  return bytesOfBits(`00${lengths}${'0'.repeat(298)}${'11'.repeat(48)}${'10'.repeat(28)}${told}`);
}

/** Sound as RAR 2.0 packs it: differences of each sample in turns, with codes of nine bits for each channel. */
export function packedSound(channels: number, differences: readonly number[]): Uint8Array {
  const lengths = Array.from({ length: 19 }, (_, i) => (i === 9 || i === 18 ? '0001' : '0000')).join('');
  return bytesOfBits(`10${bitsOf(channels - 1, 2)}${lengths}${'0'.repeat(257 * channels)}${differences.map((d) => bitsOf(d, 9)).join('')}`);
}

/** A solid archive with a member of each method: matches, PPMd, a filter; and one of RAR 2.0 behind it. */
export function buildRarOfMethods(): Uint8Array {
  const sound = programOf(216, 0xbc85e701);
  const filtered = packedLz([{ filter: { start: 0, length: 4, registers: [1], program: sound } }, 255, 255, 255, 254]);
  const old = packed20([
    ['main', 97],
    ['main', 98],
    ['main', 99],
    ['main', 270],
    ['distance', 2],
  ]);
  return buildRar4([
    { name: 'letters', content: 'a'.repeat(50), packed: { bytes: packedLetters(50), version: 29 } },
    { name: 'matches', content: 'a'.repeat(31), packed: { bytes: packedMatches(10), version: 29 }, solid: true },
    { name: 'text', content: 'aaaaa', packed: { bytes: packedPpmd([97, 2, 5, 0]), version: 29 }, solid: true },
    { name: 'sound', content: Uint8Array.of(1, 2, 3, 5), packed: { bytes: filtered, version: 29 }, solid: true },
    { name: 'old', content: 'abcabc', packed: { bytes: old, version: 20 } },
  ]);
}
