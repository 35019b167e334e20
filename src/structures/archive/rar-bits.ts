import { Broken, truncated } from './unpacking.ts';

const MOST_BITS = 15;
/** Bytes that may be asked for behind the end: a range coder reads ahead of what it tells. */
const AHEAD = 4;

/** Numbers that a code and some bits behind it stand for: `count` codes with each number of bits, from `from` on. */
export type Ranges = readonly (readonly [base: number, bits: number])[];

function ranges(counts: readonly number[], from = 0): Ranges {
  const found: [number, number][] = [];
  let base = from;
  for (const [bits, count] of counts.entries())
    for (let i = 0; i < count; i++) {
      found.push([base, bits]);
      base += 2 ** bits;
    }
  return found;
}

/** Bits from the highest down. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next 16, zeros behind the end. */
  peek(): number {
    const byte = this.#at >> 3;
    const b = this.#bytes;
    return ((((b[byte] ?? 0) << 16) | ((b[byte + 1] ?? 0) << 8) | (b[byte + 2] ?? 0)) >>> (8 - (this.#at & 7))) & 0xffff;
  }

  skip(count: number): void {
    this.#at += count;
    if (this.#at > 8 * this.#bytes.byteLength) truncated();
  }

  /** Up to 16 bits. */
  read(count: number): number {
    if (count === 0) return 0;
    const value = this.peek() >>> (16 - count);
    this.skip(count);
    return value;
  }

  toByte(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  /** The next byte of a range coder, which starts where a byte does. */
  byte(): number {
    const byte = this.#at >> 3;
    if (byte >= this.#bytes.byteLength + AHEAD) truncated();
    this.#at += 8;
    return this.#bytes[byte] ?? 0;
  }

  get left(): number {
    return 8 * this.#bytes.byteLength - this.#at;
  }
}

/** A prefix code whose codes of one length follow one another, told by the lengths alone. */
export class Code {
  /** Behind the last code of each length, filled up to 16 bits. */
  readonly #limits = new Int32Array(MOST_BITS + 1);
  /** Where the symbols with codes of each length begin, less their first code. */
  readonly #first = new Int32Array(MOST_BITS + 1);
  readonly #symbols: Uint16Array;
  #shortest = MOST_BITS;

  constructor(lengths: Uint8Array) {
    const counts = new Uint16Array(MOST_BITS + 1);
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0;
      counts[length] = (counts[length] ?? 0) + 1;
    }
    const next = new Uint16Array(MOST_BITS + 1);
    let [limit, known] = [0, 0];
    for (let bits = 1; bits <= MOST_BITS; bits++) {
      const count = counts[bits] ?? 0;
      next[bits] = known;
      this.#first[bits] = known - (limit >>> (16 - bits));
      known += count;
      limit += count << (16 - bits);
      this.#limits[bits] = limit;
      if (count > 0) this.#shortest = Math.min(this.#shortest, bits);
    }
    this.#symbols = new Uint16Array(known);
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0;
      if (length === 0) continue;
      const at = next[length] ?? 0;
      this.#symbols[at] = symbol;
      next[length] = at + 1;
    }
  }

  read(from: Bits): number {
    const next = from.peek();
    for (let bits = this.#shortest; bits <= MOST_BITS; bits++)
      if (next < (this.#limits[bits] ?? 0)) {
        from.skip(bits);
        const symbol = this.#symbols[(this.#first[bits] ?? 0) + (next >>> (16 - bits))];
        if (symbol !== undefined) return symbol;
      }
    throw new Broken('a code stands there that does not exist');
  }
}

/** What stands for `code` and the bits behind it. */
export function numberOf(of: Ranges, code: number, bits: Bits): number {
  const range = of[code];
  if (!range) throw new Broken('a code stands there that does not exist');
  return range[0] + (range[1] > 16 ? bits.read(range[1] - 16) * 0x10000 + bits.read(16) : bits.read(range[1]));
}

/** Lengths of matches, distances, and distances of matches of two bytes, from RAR 2 to 4. */
export const LENGTHS = ranges([8, 4, 4, 4, 4, 4]);
export const DISTANCES = ranges([4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 14, 0, 12], 1);
export const SHORT_DISTANCES = ranges([0, 0, 2, 1, 1, 1, 3], 1);

/** Matches from far away are longer than told. */
export const longer = (distance: number): number => (distance >= 0x40000 ? 2 : distance >= 0x2000 ? 1 : 0);
