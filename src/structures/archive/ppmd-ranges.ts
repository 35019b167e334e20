import type { Bits } from './rar-bits.ts';

/** What a model asks of an arithmetic coder: where in `total` the coded number lies, and to go on with the part from `from` on. */
export interface PpmdRanges {
  /** May be `total` or more in a damaged stream. */
  count(total: number): number;
  take(from: number, size: number): void;
}

const TOP = 2 ** 24;
const BOTTOM = 2 ** 15;

/** The range coder without carry that RAR has for PPMd (Subbotin, 1999): 32 bits, of which a byte leaves when it is settled or the range too small. */
export class RarRanges implements PpmdRanges {
  readonly #bits: Bits;
  #low = 0;
  #range = 0xffff_ffff;
  #code = 0;

  constructor(bits: Bits) {
    this.#bits = bits;
    for (let i = 0; i < 4; i++) this.#code = ((this.#code << 8) | bits.byte()) >>> 0;
  }

  count(total: number): number {
    this.#range = Math.floor(this.#range / total);
    return Math.floor(((this.#code - this.#low) >>> 0) / this.#range);
  }

  take(from: number, size: number): void {
    this.#low = (this.#low + Math.imul(this.#range, from)) >>> 0;
    this.#range = Math.imul(this.#range, size) >>> 0;
    for (;;) {
      if ((this.#low ^ (this.#low + this.#range)) >>> 0 >= TOP) {
        if (this.#range >= BOTTOM) return;
        this.#range = -this.#low & (BOTTOM - 1);
      }
      this.#code = ((this.#code << 8) | this.#bits.byte()) >>> 0;
      this.#range = (this.#range << 8) >>> 0;
      this.#low = (this.#low << 8) >>> 0;
    }
  }
}
