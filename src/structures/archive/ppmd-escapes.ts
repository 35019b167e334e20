import { SYMBOLS } from './ppmd-contexts.ts';

const [ROW, ROWS] = [16, 25];
const PERIOD = 7;
/** Of escapes from the context that knows all symbols, which are not estimated. */
const NONE = ROW * ROWS;

/** Rows of the estimated escapes by how many states are left: one each at first, then more and more of them share one. */
const ROW_OF = new Uint8Array(SYMBOLS);
for (let i = 3, row = 3, left = 1; i < SYMBOLS; i++) {
  ROW_OF[i] = row;
  if (--left === 0) left = ++row - 2;
}
ROW_OF.set([0, 1, 2]);

/** What is seen of a context from which an escape may come (secondary escape estimation). */
export interface Seen {
  /** Its states, those of them that are still open, and those of the next shorter context. */
  readonly states: number;
  readonly open: number;
  readonly shorter: number;
  readonly sum: number;
  /** 8 where the last symbol is a letter or beyond. */
  readonly letter: number;
}

/** How often contexts that look alike were escaped from. */
export class PpmdEscapes {
  readonly #sum = new Uint16Array(NONE + 1);
  readonly #shift = new Uint8Array(NONE + 1);
  readonly #count = new Uint8Array(NONE + 1);

  begin(): void {
    for (let i = 0; i < NONE; i++) this.#sum[i] = (5 * Math.floor(i / ROW) + 10) << (PERIOD - 4);
    this.#shift.fill(PERIOD - 4);
    this.#count.fill(4);
    this.#shift[NONE] = PERIOD;
  }

  /** The number of the estimate for a context. */
  of({ states, open, shorter, sum, letter }: Seen): number {
    if (states === SYMBOLS) return NONE;
    const column = (open < shorter - states ? 1 : 0) + (sum < 11 * states ? 2 : 0) + (states - open > open ? 4 : 0) + letter;
    return (ROW_OF[open - 1] ?? 0) * ROW + column;
  }

  /** The frequency of an escape. */
  frequency(of: number): number {
    if (of === NONE) return 1;
    const sum = this.#sum[of] ?? 0;
    const escapes = sum >> (this.#shift[of] ?? 0);
    this.#sum[of] = sum - escapes;
    return Math.max(1, escapes);
  }

  escaped(of: number, total: number): void {
    this.#sum[of] = (this.#sum[of] ?? 0) + total;
  }

  /** A symbol was found instead: what was learnt weighs more by and by. */
  stayed(of: number): void {
    const shift = this.#shift[of] ?? 0;
    if (shift >= PERIOD) return;
    const left = (this.#count[of] ?? 0) - 1;
    this.#count[of] = left;
    if (left > 0) return;
    this.#sum[of] = (this.#sum[of] ?? 0) << 1;
    this.#count[of] = 3 << shift;
    this.#shift[of] = shift + 1;
  }
}
