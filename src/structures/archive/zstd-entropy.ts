import { Broken } from './unpacking.ts';

const topBit = (n: number): number => 31 - Math.clz32(n);

/** Bits from the end of a range of bytes backwards, the highest first; the highest bit set in the last byte only marks the end. */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  /** Bits not read yet. Negative: zeros were read that are not there. */
  left: number;

  constructor(bytes: Uint8Array) {
    const last = bytes[bytes.byteLength - 1] ?? 0;
    if (last === 0) throw new Broken('a bit stream has no end mark');
    this.#bytes = bytes;
    this.left = (bytes.byteLength - 1) * 8 + topBit(last);
  }

  /** Up to 31 bits. */
  read(count: number): number {
    if (count > 16) {
      const high = this.read(count - 16);
      return high * 0x10000 + this.read(16);
    }
    this.left -= count;
    if (this.left < 0) {
      const real = count + this.left;
      return real <= 0 ? 0 : this.#at(0, real) << -this.left;
    }
    return this.#at(this.left, count);
  }

  #at(bit: number, count: number): number {
    const b = this.#bytes;
    const at = bit >>> 3;
    const word = (b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  }
}

/** A table of finite state entropy: the symbol of each state, and how the next state is made. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

export const rleTable = (symbol: number): FseTable => ({
  log: 0,
  symbols: Uint8Array.of(symbol),
  bits: new Uint8Array(1),
  bases: new Uint16Array(1),
});

/** RFC 8878 section 4.1.1: spreads symbols over the states by their counts; -1 is "less than one". */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(counts.length);
  let high = size;
  for (const [symbol, count] of counts.entries())
    if (count === -1) {
      symbols[--high] = symbol;
      next[symbol] = 1;
    }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, count] of counts.entries()) {
    if (count <= 0) continue;
    next[symbol] = count;
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  if (at !== 0) throw new Broken('an entropy table does not add up');
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] ?? 0;
    const n = next[symbol] ?? 1;
    next[symbol] = n + 1;
    const width = log - topBit(n);
    bits[state] = width;
    bases[state] = (n << width) - size;
  }
  return { log, symbols, bits, bases };
}

/** Bits from the start on, the lowest first: the description of a table. */
class ForwardBits {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.at = from * 8;
  }

  read(count: number): number {
    if (this.at + count > this.#bytes.byteLength * 8) throw new Broken('an entropy table breaks off');
    const byte = this.at >>> 3;
    const word = (this.#bytes[byte] ?? 0) | ((this.#bytes[byte + 1] ?? 0) << 8) | ((this.#bytes[byte + 2] ?? 0) << 16);
    const value = (word >>> (this.at & 7)) & ((1 << count) - 1);
    this.at += count;
    return value;
  }
}

/** One count: of values that need the full width the small ones are written a bit shorter. */
function readCount(bits: ForwardBits, remaining: number): number {
  const width = topBit(remaining + 1) + 1;
  const value = bits.read(width);
  const mask = (1 << (width - 1)) - 1;
  const threshold = (1 << width) - 1 - (remaining + 1);
  if ((value & mask) < threshold) {
    bits.at--;
    return (value & mask) - 1;
  }
  return (value > mask ? value - threshold : value) - 1;
}

/** Reads the description of a table; returns where what follows begins. */
export function readFseTable(bytes: Uint8Array, from: number, maxLog: number, maxSymbol: number): { readonly table: FseTable; readonly end: number } {
  const bits = new ForwardBits(bytes, from);
  const log = bits.read(4) + 5;
  if (log > maxLog) throw new Broken('an entropy table is larger than allowed');
  const counts: number[] = [];
  let remaining = 1 << log;
  while (remaining > 0 && counts.length <= maxSymbol) {
    const count = readCount(bits, remaining);
    remaining -= Math.abs(count);
    counts.push(count);
    for (let zeros = count === 0 ? 3 : 0; zeros === 3;) {
      zeros = bits.read(2);
      for (let i = 0; i < zeros; i++) counts.push(0);
    }
  }
  if (remaining !== 0 || counts.length > maxSymbol + 1) throw new Broken('an entropy table does not add up');
  return { table: fseTable(counts, log), end: Math.ceil(bits.at / 8) };
}

export interface HuffmanTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const MAX_HUFFMAN_LOG = 11;
const MAX_WEIGHTS = 255;

/** Weights of an alphabet, two states in turn (RFC 8878 section 4.2.1.2). */
function packedWeights(bytes: Uint8Array): number[] {
  const { table, end } = readFseTable(bytes, 0, 6, MAX_WEIGHTS);
  const bits = new BackwardBits(bytes.subarray(end));
  const states = [bits.read(table.log), bits.read(table.log)];
  const weights: number[] = [];
  for (let turn = 0; weights.length <= MAX_WEIGHTS; turn ^= 1) {
    const state = states[turn] ?? 0;
    weights.push(table.symbols[state] ?? 0);
    states[turn] = (table.bases[state] ?? 0) + bits.read(table.bits[state] ?? 0);
    if (bits.left < 0) {
      weights.push(table.symbols[states[turn ^ 1] ?? 0] ?? 0);
      return weights;
    }
  }
  throw new Broken('an alphabet is larger than allowed');
}

function huffmanTable(given: readonly number[]): HuffmanTable {
  const sum = given.reduce((all, w) => all + (w > 0 ? 1 << (w - 1) : 0), 0);
  const log = sum === 0 ? 0 : topBit(sum) + 1;
  const rest = (1 << log) - sum;
  // The last weight is not written: it fills up to a power of two.
  if (sum === 0 || log > MAX_HUFFMAN_LOG || (rest & (rest - 1)) !== 0) throw new Broken('an alphabet does not add up');
  const weights = [...given, topBit(rest) + 1];
  const symbols = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++)
    for (const [symbol, w] of weights.entries())
      if (w === weight) {
        symbols.fill(symbol, at, at + (1 << (weight - 1)));
        bits.fill(log + 1 - weight, at, at + (1 << (weight - 1)));
        at += 1 << (weight - 1);
      }
  return { log, symbols, bits };
}

/** Reads the description of an alphabet (RFC 8878 section 4.2.1); returns where what follows begins. */
export function readHuffmanTable(bytes: Uint8Array, from: number): { readonly table: HuffmanTable; readonly end: number } {
  const header = bytes[from] ?? 0;
  const count = header - 127;
  const end = from + 1 + (header < 128 ? header : Math.ceil(count / 2));
  if (end > bytes.byteLength) throw new Broken('an alphabet breaks off');
  const body = bytes.subarray(from + 1, end);
  const weights = header < 128 ? packedWeights(body) : Array.from({ length: count }, (_, i) => ((body[i >> 1] ?? 0) >>> (i % 2 === 0 ? 4 : 0)) & 15);
  return { table: huffmanTable(weights), end };
}

/** Decodes one stream into `out` from `at` on; returns how far it came. */
export function decodeHuffman({ log, symbols, bits }: HuffmanTable, packed: Uint8Array, out: Uint8Array, at: number): number {
  const stream = new BackwardBits(packed);
  const mask = (1 << log) - 1;
  let to = at;
  let state = stream.read(log);
  while (stream.left > -log) {
    if (to === out.byteLength) throw new Broken('more literals come out than announced');
    out[to++] = symbols[state] ?? 0;
    const width = bits[state] ?? 0;
    state = ((state << width) | stream.read(width)) & mask;
  }
  if (stream.left !== -log) throw new Broken('a stream of literals does not end where it should');
  return to;
}
