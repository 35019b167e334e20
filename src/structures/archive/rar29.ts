import { Ppmd } from './ppmd.ts';
import { RarRanges } from './ppmd-ranges.ts';
import { Bits, Code, DISTANCES, LENGTHS, longer, numberOf, SHORT_DISTANCES } from './rar-bits.ts';
import { RarPrograms } from './rar-programs.ts';
import type { RarWindow, SolidUnpacker } from './rar-window.ts';
import { Broken } from './unpacking.ts';

const BITS_OF_LENGTHS = 20;
/** Codes of literals and matches, distances, low bits of distances, lengths of repeats. */
const SIZES = [299, 60, 17, 28] as const;
const ALL_CODES = 404;
const SYMBOL = { endOfBlock: 256, filter: 257, again: 258, recent: 259, short: 263, match: 271 } as const;
const LOW_REPEATS = 15;

type Codes = readonly [main: Code, distance: Code, low: Code, repeat: Code];

/** What follows the escape within PPMd: anything else is the escape itself. */
const ESCAPED = { endOfBlock: 0, endOfMember: 2, filter: 3, match: 4, run: 5 } as const;
const FIRST_ESCAPE = 2;
const PPMD = { begins: 0x20, escape: 0x40 } as const;
const MEBIBYTE = 1024 ** 2;

/** Unpacks members of a solid archive of RAR 2.9 to 4, each in its turn: codes, models, programs and the window are handed on. */
export class Rar29 implements SolidUnpacker {
  readonly #alive: () => void;
  readonly #out: RarWindow;
  readonly #lengths = new Uint8Array(ALL_CODES);
  /** How what follows is packed; null where a header tells. */
  #block: Codes | RarRanges | null = null;
  /** Goes on where a block does not begin a new one. */
  #model: Ppmd | null = null;
  #escape: number = FIRST_ESCAPE;
  readonly #programs = new RarPrograms();
  readonly #recent: [number, number, number, number] = [0, 0, 0, 0];
  #lastLength = 0;
  #low = 0;
  #lowRepeats = 0;

  constructor(out: RarWindow, alive: () => void) {
    this.#out = out;
    this.#alive = alive;
  }

  restart(): void {
    this.#lengths.fill(0);
    this.#block = this.#model = null;
    this.#escape = FIRST_ESCAPE;
    this.#programs.forget();
    this.#recent.fill(0);
    this.#lastLength = 0;
  }

  unpack(packed: Uint8Array, size: number): void {
    const bits = new Bits(packed);
    for (let ends = false; !ends;) {
      const block = (this.#block ??= this.#readHeader(bits));
      ends = block instanceof RarRanges ? this.#modelled(block, size) : this.#coded(block, bits, size);
    }
  }

  finish(): void {
    this.#programs.run(this.#out);
  }

  #expectMore(size: number): void {
    if (this.#out.made >= size) throw new Broken('more comes out than the header says');
  }

  /** Of a block of prefix codes. True where the member ends with it. */
  #coded(codes: Codes, bits: Bits, size: number): boolean {
    for (;;) {
      const symbol = codes[0].read(bits);
      if (symbol === SYMBOL.endOfBlock) return this.#endsMember(bits);
      this.#expectMore(size);
      if (symbol < SYMBOL.endOfBlock) this.#out.push(symbol);
      else if (symbol === SYMBOL.filter) this.#programs.read(() => bits.read(8), this.#out.made);
      else this.#match(symbol, codes, bits);
    }
  }

  /** A bit of 1: other codes follow. 0: the member ends, and one more bit tells whether the next begins with other codes. */
  #endsMember(bits: Bits): boolean {
    const isSame = bits.read(1) === 0;
    if (!isSame || bits.read(1) === 1) this.#block = null;
    return isSame;
  }

  /** Of a block of PPMd. True where the member ends with it. */
  #modelled(ranges: RarRanges, size: number): boolean {
    const model = this.#model;
    if (!model) throw new Broken('a model goes on that was never begun');
    const next = (): number => model.read(ranges);
    for (;;) {
      const byte = next();
      const code = byte === this.#escape ? next() : null;
      if (code === ESCAPED.endOfBlock || code === ESCAPED.endOfMember) {
        this.#block = null;
        return code === ESCAPED.endOfMember;
      }
      this.#expectMore(size);
      if (code === ESCAPED.filter) this.#programs.read(next, this.#out.made);
      else if (code === ESCAPED.match) {
        const distance = next() * 0x10000 + next() * 0x100 + next();
        this.#out.copy(distance + 2, next() + 32);
      } else if (code === ESCAPED.run) this.#out.copy(1, next() + 4);
      else this.#out.push(byte);
    }
  }

  #match(symbol: number, codes: Codes, bits: Bits): void {
    const recent = this.#recent;
    if (symbol === SYMBOL.again) {
      if (this.#lastLength > 0) this.#copy(recent[0], this.#lastLength);
    } else if (symbol < SYMBOL.short) {
      const [distance = 0] = recent.splice(symbol - SYMBOL.recent, 1);
      recent.unshift(distance);
      this.#copy(distance, 2 + numberOf(LENGTHS, codes[3].read(bits), bits));
    } else if (symbol < SYMBOL.match) this.#copyFresh(numberOf(SHORT_DISTANCES, symbol - SYMBOL.short, bits), 2);
    else {
      const length = 3 + numberOf(LENGTHS, symbol - SYMBOL.match, bits);
      const distance = this.#distance(codes, bits);
      this.#copyFresh(distance, length + longer(distance));
    }
  }

  #copyFresh(distance: number, length: number): void {
    this.#recent.unshift(distance);
    this.#recent.pop();
    this.#copy(distance, length);
  }

  #copy(distance: number, length: number): void {
    this.#lastLength = length;
    this.#out.copy(distance, length);
  }

  /** The lowest four bits of far distances have a code of their own. */
  #distance(codes: Codes, bits: Bits): number {
    const code = codes[1].read(bits);
    const range = DISTANCES[code];
    if (!range || range[1] < 4) return numberOf(DISTANCES, code, bits);
    const far = range[0] + bits.read(range[1] - 4) * 16;
    if (this.#lowRepeats > 0) this.#lowRepeats--;
    else {
      const low = codes[2].read(bits);
      if (low === 16) this.#lowRepeats = LOW_REPEATS;
      else this.#low = low;
    }
    return far + this.#low;
  }

  #readHeader(bits: Bits): Codes | RarRanges {
    // A block may be all header: no byte need come out between two of them.
    this.#alive();
    bits.toByte();
    return bits.peek() >= 0x8000 ? this.#readModel(bits) : this.#readCodes(bits);
  }

  #readModel(bits: Bits): RarRanges {
    const flags = bits.read(8);
    const size = flags & PPMD.begins ? (bits.read(8) + 1) * MEBIBYTE : 0;
    if (flags & PPMD.escape) this.#escape = bits.read(8);
    if (size > 0) {
      const order = (flags & 0x1f) + 1;
      if (order === 1) throw new Broken('a model has no order');
      if ((this.#model?.most ?? 0) < size) this.#model = new Ppmd(size);
      this.#model?.begin(order > 16 ? 16 + (order - 16) * 3 : order, size);
    }
    return new RarRanges(bits);
  }

  #readCodes(bits: Bits): Codes {
    bits.skip(1);
    if (bits.read(1) === 0) this.#lengths.fill(0);
    [this.#low, this.#lowRepeats] = [0, 0];
    const how = new Code(readLengthsOfLengths(bits));
    const lengths = this.#lengths;
    for (let i = 0; i < ALL_CODES;) {
      const n = how.read(bits);
      if (n < 16) {
        lengths[i] = ((lengths[i] ?? 0) + n) & 15;
        i++;
        continue;
      }
      const count = n % 2 === 0 ? 3 + bits.read(3) : 11 + bits.read(7);
      if (n < 18 && i === 0) throw new Broken('a table repeats what is not there');
      lengths.fill(n < 18 ? (lengths[i - 1] ?? 0) : 0, i, i + count);
      i += count;
    }
    let at = 0;
    const [main, distance, low, repeat] = SIZES.map((size) => new Code(lengths.subarray(at, (at += size))));
    if (!main || !distance || !low || !repeat) throw new Broken('no codes');
    return [main, distance, low, repeat];
  }
}

/** Four bits each; fifteen of them are followed by how many zeros stand there. */
function readLengthsOfLengths(bits: Bits): Uint8Array {
  const lengths = new Uint8Array(BITS_OF_LENGTHS);
  for (let i = 0; i < BITS_OF_LENGTHS; i++) {
    const length = bits.read(4);
    const zeros = length === 15 ? bits.read(4) : 0;
    if (zeros > 0) i += zeros + 1;
    else lengths[i] = length;
  }
  return lengths;
}
