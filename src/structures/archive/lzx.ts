/** Bytes of one frame: the bits begin anew at an even place behind each. */
export const LZX_FRAME = 32_768;
const LITERALS = 256;
const LENGTHS = 249;
const ALIGNED = 8;
const PRETREE = 20;
const MAX_CODE = 16;
const SHORT = 10;
const SHORTEST = 2;
/** Positions that have a slot of their own, by the bits of the window. */
const SLOTS: Readonly<Record<number, number>> = { 15: 30, 16: 32, 17: 34, 18: 36, 19: 38, 20: 42, 21: 50 };
const BLOCK = { verbatim: 1, aligned: 2, stored: 3 } as const;
/** Behind this frame no addresses of calls are turned back. */
const MAX_CALL_FRAMES = 32_768;

class Damaged extends Error {}

/** Bits, the highest first, of words of two bytes, low byte first. Behind the end there are zeros for a while. */
class Bits {
  private buffer = 0;
  private left = 0;
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** At most 17, without passing them. */
  peek(n: number): number {
    while (this.left < n) {
      if (this.at > this.bytes.byteLength + 16) throw new Damaged('the bits end before the frame');
      this.buffer = (this.buffer << 16) | ((this.bytes[this.at] ?? 0) | ((this.bytes[this.at + 1] ?? 0) << 8));
      this.at += 2;
      this.left += 16;
    }
    return (this.buffer >>> (this.left - n)) & (2 ** n - 1);
  }

  /** No more than were looked at. */
  drop(n: number): void {
    this.left -= n;
  }

  take(n: number): number {
    if (n === 0) return 0;
    const value = this.peek(n);
    this.left -= n;
    return value;
  }

  /** The next whole bytes, from the next word on; a word of padding where the bits end at one. */
  align(): void {
    // A word that was only looked at is given back.
    if (this.left >= 16) this.at -= 2;
    if (this.left % 16 === 0) this.at += 2;
    this.left = 0;
  }

  byte(): number {
    if (this.at >= this.bytes.byteLength) throw new Damaged('the bytes end before the frame');
    return this.bytes[this.at++] ?? 0;
  }

  skip(): void {
    this.at++;
  }
}

/** A canonical code by the lengths of its words. */
class Code {
  private readonly counts = new Uint16Array(MAX_CODE + 1);
  private readonly symbols: Uint16Array;
  /** By the next bits, for words that are no longer: symbol and length in one number; 0 for longer ones. */
  private readonly short = new Uint16Array(2 ** SHORT);

  constructor(lengths: Uint8Array) {
    for (const n of lengths) if (n > 0) this.counts[n] = (this.counts[n] ?? 0) + 1;
    const starts = new Uint16Array(MAX_CODE + 2);
    for (let n = 1; n <= MAX_CODE; n++) starts[n + 1] = (starts[n] ?? 0) + (this.counts[n] ?? 0);
    this.symbols = new Uint16Array(lengths.length);
    for (const [symbol, n] of lengths.entries()) {
      if (n === 0) continue;
      this.symbols[starts[n] ?? 0] = symbol;
      starts[n] = (starts[n] ?? 0) + 1;
    }
    let at = 0;
    let index = 0;
    for (let n = 1; n <= SHORT; n++)
      for (let i = this.counts[n] ?? 0; i > 0; i--, at += 2 ** (SHORT - n))
        this.short.fill((this.symbols[index++] ?? 0) * 16 + n, at, at + 2 ** (SHORT - n));
  }

  next(bits: Bits): number {
    const known = this.short[bits.peek(SHORT)] ?? 0;
    if (known > 0) {
      bits.drop(known & 15);
      return known >> 4;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let n = 1; n <= MAX_CODE; n++) {
      code |= bits.take(1);
      const count = this.counts[n] ?? 0;
      if (code - first < count) return this.symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Damaged('no such code');
  }
}

const footOf = (slot: number): number => (slot < 4 ? 0 : Math.min(17, (slot >> 1) - 1));
const BASES: readonly number[] = Array.from({ length: 50 }).reduce<number[]>(
  (all, _, slot) => [...all, slot === 0 ? 0 : (all[slot - 1] ?? 0) + 2 ** footOf(slot - 1)],
  [],
);

/**
 * LZX as Microsoft's Cabinet and HTML Help use it ([MS-PATCH] LZX DELTA compression, without its deltas; 'Microsoft LZX Data
 * Compression Format', 1997). One decoder goes through a stream frame by frame.
 */
export class Lzx {
  private readonly window: Uint8Array;
  private readonly mainLengths: Uint8Array;
  private readonly lengthLengths = new Uint8Array(LENGTHS);
  private main = new Code(new Uint8Array(0));
  private lengths = new Code(new Uint8Array(0));
  private aligned = new Code(new Uint8Array(0));
  private recent: [number, number, number] = [1, 1, 1];
  private position = 0;
  private block = 0;
  private blockSize = 0;
  private blockLeft = 0;
  private callSize = 0;
  private isBegun = false;
  private frames = 0;

  /** `windowBits`: 15 to 21. */
  constructor(windowBits: number) {
    const slots = SLOTS[windowBits];
    if (slots === undefined) throw new RangeError(`no window of 2^${windowBits} bytes`);
    this.window = new Uint8Array(2 ** windowBits);
    this.mainLengths = new Uint8Array(LITERALS + 8 * slots);
  }

  /** What comes next is packed as if nothing had been before it. */
  reset(): void {
    this.mainLengths.fill(0);
    this.lengthLengths.fill(0);
    this.recent = [1, 1, 1];
    this.blockLeft = 0;
    this.block = 0;
    this.isBegun = false;
    this.frames = 0;
  }

  /** The next frame, at most `size` bytes of it; null where it is damaged, and so is then all up to the next reset. */
  frame(packed: Uint8Array, size: number): Uint8Array | null {
    const from = this.position;
    try {
      this.unpack(new Bits(packed), Math.min(size, LZX_FRAME));
    } catch (error) {
      if (error instanceof Damaged) return null;
      throw error;
    }
    const out = this.window.slice(from, from + Math.min(size, LZX_FRAME));
    this.position = (from + LZX_FRAME) % this.window.byteLength;
    this.undoCalls(out);
    this.frames++;
    return out;
  }

  private unpack(bits: Bits, size: number): void {
    if (!this.isBegun) {
      this.callSize = bits.take(1) === 1 ? bits.take(16) * 65_536 + bits.take(16) : 0;
      this.isBegun = true;
    }
    const end = this.position + size;
    for (let at = this.position; at < end;) {
      if (this.blockLeft === 0) this.begin(bits);
      const run = Math.min(this.blockLeft, end - at);
      if (this.block === BLOCK.stored) for (let i = 0; i < run; i++) this.window[at + i] = bits.byte();
      else this.decode(bits, at, at + run, size < LZX_FRAME && at + run === end);
      at += run;
      this.blockLeft -= run;
      if (this.blockLeft === 0 && this.block === BLOCK.stored && this.blockSize % 2 === 1) bits.skip();
    }
  }

  private begin(bits: Bits): void {
    this.block = bits.take(3);
    this.blockSize = bits.take(16) * 256 + bits.take(8);
    this.blockLeft = this.blockSize;
    if (this.blockSize === 0) throw new Damaged('an empty block');
    if (this.block === BLOCK.aligned) this.aligned = new Code(Uint8Array.from({ length: ALIGNED }, () => bits.take(3)));
    if (this.block === BLOCK.aligned || this.block === BLOCK.verbatim) {
      this.readLengths(bits, this.mainLengths, 0, LITERALS);
      this.readLengths(bits, this.mainLengths, LITERALS, this.mainLengths.length);
      this.main = new Code(this.mainLengths);
      this.readLengths(bits, this.lengthLengths, 0, LENGTHS);
      this.lengths = new Code(this.lengthLengths);
    } else if (this.block === BLOCK.stored) {
      bits.align();
      const number = (): number => bits.byte() + bits.byte() * 256 + bits.byte() * 65_536 + bits.byte() * 16_777_216;
      this.recent = [number(), number(), number()];
    } else throw new Damaged(`no block of type ${this.block}`);
  }

  /** Lengths of words as differences from those of the block before, in a code of their own. */
  private readLengths(bits: Bits, lengths: Uint8Array, from: number, to: number): void {
    const code = new Code(Uint8Array.from({ length: PRETREE }, () => bits.take(4)));
    const changed = (at: number, symbol: number): number => ((lengths[at] ?? 0) - symbol + 17) % 17;
    for (let at = from; at < to;) {
      const symbol = code.next(bits);
      if (symbol < 17) {
        lengths[at] = changed(at, symbol);
        at++;
        continue;
      }
      const run = symbol === 17 ? 4 + bits.take(4) : symbol === 18 ? 20 + bits.take(5) : 4 + bits.take(1);
      const value = symbol === 19 ? changed(at, Math.min(16, code.next(bits))) : 0;
      lengths.fill(value, at, Math.min(to, at + run));
      at += run;
    }
  }

  private decode(bits: Bits, from: number, to: number, isLast: boolean): void {
    const { window } = this;
    const mask = window.byteLength - 1;
    for (let at = from; at < to;) {
      const symbol = this.main.next(bits);
      if (symbol < LITERALS) {
        window[at++] = symbol;
        continue;
      }
      const short = (symbol - LITERALS) & 7;
      const length = SHORTEST + (short === 7 ? 7 + this.lengths.next(bits) : short);
      const distance = this.distance(bits, (symbol - LITERALS) >> 3);
      if (distance === 0 || distance > window.byteLength || (at + length > to && !isLast))
        throw new Damaged('a copy from nowhere, or beyond its block');
      // Behind the end of the last frame its writer packed zeros.
      for (let i = Math.min(length, to - at); i > 0; i--, at++) window[at] = window[(at - distance) & mask] ?? 0;
    }
  }

  /** The first three slots repeat one of the last distances, which changes places with the first. */
  private distance(bits: Bits, slot: number): number {
    const [r0, r1, r2] = this.recent;
    if (slot === 0) return r0;
    if (slot <= 2) {
      this.recent = slot === 1 ? [r1, r0, r2] : [r2, r1, r0];
      return this.recent[0];
    }
    const foot = footOf(slot);
    const isAligned = this.block === BLOCK.aligned && foot >= 3;
    const tail = isAligned ? bits.take(foot - 3) * 8 + this.aligned.next(bits) : bits.take(foot);
    const distance = (BASES[slot] ?? 0) + tail - 2;
    this.recent = [distance, r0, r1];
    return distance;
  }

  /** Addresses of x86 calls were made absolute, so that they repeat; here they become what they were. */
  private undoCalls(out: Uint8Array): void {
    if (this.callSize === 0 || this.frames >= MAX_CALL_FRAMES || out.byteLength <= 10) return;
    const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
    const base = this.frames * LZX_FRAME;
    for (let i = 0; i < out.byteLength - 10; i++) {
      if (out[i] !== 0xe8) continue;
      const absolute = view.getInt32(i + 1, true);
      const here = base + i;
      if (absolute >= -here && absolute < this.callSize) view.setInt32(i + 1, absolute >= 0 ? absolute - here : absolute + this.callSize, true);
      i += 4;
    }
  }
}
