import { Broken, truncated, type Unpacking } from './unpacking.ts';

/** Literal context, literal position and position bits, from the properties byte (LZMA specification, 2015). */
export interface LzmaProperties {
  readonly lc: number;
  readonly lp: number;
  readonly pb: number;
}

/** Null where the byte is none: (pb * 5 + lp) * 9 + lc. */
export function lzmaProperties(byte: number): LzmaProperties | null {
  return byte >= 225 ? null : { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
}

const POSITION_STATES = 16;
const EVEN = 1024;
const TOP = 0x0100_0000;
/** Where the models of each decision begin in one array. */
const AT = {
  isMatch: 0,
  isRep: 192,
  isRepG0: 204,
  isRepG1: 216,
  isRepG2: 228,
  isRep0Long: 240,
  slot: 432,
  special: 688,
  align: 816,
  matchLength: 832,
  repLength: 1346,
  literal: 1860,
} as const;
const LENGTH = { choice: 0, choice2: 1, low: 2, mid: 130, high: 258 } as const;
const END_MARK = 0xffff_ffff;
const RANGE_START_BYTES = 5;

/** The range decoder: a number below `range` narrowed by each bit. */
class Range {
  readonly packed: Uint8Array;
  at: number;
  #range = 0xffff_ffff;
  #code = 0;

  constructor(packed: Uint8Array, at: number) {
    if (at + RANGE_START_BYTES > packed.byteLength) truncated();
    if (packed[at] !== 0) throw new Broken('the LZMA stream does not begin with zero');
    this.packed = packed;
    this.at = at + 1;
    for (let i = 0; i < 4; i++) this.#code = ((this.#code << 8) | (packed[this.at++] ?? 0)) >>> 0;
  }

  #refill(): void {
    const byte = this.packed[this.at++];
    if (byte === undefined) truncated();
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (byte ?? 0)) >>> 0;
  }

  bit(models: Uint16Array, index: number): number {
    if (this.#range < TOP) this.#refill();
    const model = models[index] ?? EVEN;
    const bound = (this.#range >>> 11) * model;
    if (this.#code < bound) {
      this.#range = bound;
      models[index] = model + ((2048 - model) >>> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    models[index] = model - (model >>> 5);
    return 1;
  }

  tree(models: Uint16Array, from: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(models, from + node);
    return node - (1 << bits);
  }

  reversed(models: Uint16Array, from: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(models, from + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** Bits that are as likely zero as one. */
  direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      if (this.#range < TOP) this.#refill();
      this.#range >>>= 1;
      const one = this.#code >= this.#range;
      if (one) this.#code -= this.#range;
      value = (value << 1) | (one ? 1 : 0);
    }
    return value;
  }

  /** The encoder's flush leaves nothing behind the end. The last byte may still have to be taken. */
  end(): boolean {
    if (this.#range < TOP) this.#refill();
    return this.#code === 0;
  }
}

class Decoder {
  readonly #models: Uint16Array;
  readonly #properties: LzmaProperties;
  readonly #range: Range;
  readonly #out: Unpacking;
  readonly #floor: number;
  #state = 0;
  readonly #reps: [number, number, number, number] = [0, 0, 0, 0];

  constructor(properties: LzmaProperties, range: Range, out: Unpacking) {
    this.#models = new Uint16Array(AT.literal + (0x300 << (properties.lc + properties.lp))).fill(EVEN);
    this.#properties = properties;
    this.#range = range;
    this.#out = out;
    this.#floor = out.size;
  }

  /** Up to `size` bytes, or to the end mark. True where the mark stood there. */
  run(size: number): boolean {
    const end = this.#floor + size;
    for (;;) {
      if (this.#out.size === end && this.#range.end()) return false;
      const position = (this.#out.size - this.#floor) & ((1 << this.#properties.pb) - 1);
      if (this.#range.bit(this.#models, AT.isMatch + this.#state * POSITION_STATES + position) === 0) {
        if (this.#out.size === end) throw new Broken('more comes out than the header says');
        this.#literal();
        continue;
      }
      const length = this.#match(position);
      if (length === 0) return true;
      if (length > end - this.#out.size) throw new Broken('more comes out than the header says');
      if (length > 0) this.#out.copy(this.#reps[0] + 1, length, this.#floor);
    }
  }

  #literal(): void {
    const { lc, lp } = this.#properties;
    const out = this.#out;
    const position = (out.size - this.#floor) & ((1 << lp) - 1);
    const before = out.size > this.#floor ? (out.bytes[out.size - 1] ?? 0) : 0;
    const from = AT.literal + 0x300 * ((position << lc) | (before >>> (8 - lc)));
    let symbol = 1;
    if (this.#state >= 7) {
      const distance = this.#reps[0] + 1;
      if (out.size - distance < this.#floor) throw new Broken('a match reaches in front of the content');
      let matched = out.bytes[out.size - distance] ?? 0;
      do {
        const expected = (matched >>> 7) & 1;
        matched <<= 1;
        const bit = this.#range.bit(this.#models, from + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (expected !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#range.bit(this.#models, from + symbol);
    out.push(symbol & 0xff);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** The length of the match at the distance that is now first; 0 for the end mark. */
  #match(position: number): number {
    const [range, models, reps] = [this.#range, this.#models, this.#reps];
    const state = this.#state;
    if (range.bit(models, AT.isRep + state) === 0) {
      [reps[3], reps[2], reps[1]] = [reps[2], reps[1], reps[0]];
      const length = this.#length(AT.matchLength, position);
      this.#state = state < 7 ? 7 : 10;
      const distance = this.#distance(length);
      reps[0] = distance;
      return distance === END_MARK ? 0 : length + 2;
    }
    if (range.bit(models, AT.isRepG0 + state) === 0) {
      if (range.bit(models, AT.isRep0Long + state * POSITION_STATES + position) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const index = range.bit(models, AT.isRepG1 + state) === 0 ? 1 : 2 + range.bit(models, AT.isRepG2 + state);
      const distance = reps[index] ?? 0;
      if (index === 3) reps[3] = reps[2];
      if (index >= 2) reps[2] = reps[1];
      reps[1] = reps[0];
      reps[0] = distance;
    }
    this.#state = state < 7 ? 8 : 11;
    return this.#length(AT.repLength, position) + 2;
  }

  #length(from: number, position: number): number {
    const [range, models] = [this.#range, this.#models];
    if (range.bit(models, from + LENGTH.choice) === 0) return range.tree(models, from + LENGTH.low + (position << 3), 3);
    if (range.bit(models, from + LENGTH.choice2) === 0) return 8 + range.tree(models, from + LENGTH.mid + (position << 3), 3);
    return 16 + range.tree(models, from + LENGTH.high, 8);
  }

  #distance(length: number): number {
    const [range, models] = [this.#range, this.#models];
    const slot = range.tree(models, AT.slot + Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >>> 1) - 1;
    const base = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return base + range.reversed(models, AT.special + base - slot, bits);
    const direct = range.direct(bits - 4) >>> 0;
    return (base + direct * 16 + range.reversed(models, AT.align, 4)) >>> 0;
  }
}

/**
 * Decodes one LZMA stream from `at` on: `size` bytes of it, or all up to the end mark where `size` is Infinity. Returns where
 * the stream ends. What came out stays in `out` when it throws.
 */
export function decodeLzma(packed: Uint8Array, at: number, properties: LzmaProperties, size: number, out: Unpacking): number {
  const range = new Range(packed, at);
  const marked = new Decoder(properties, range, out).run(size);
  if (!marked && size === Infinity) truncated();
  if (marked) range.end();
  return range.at;
}
