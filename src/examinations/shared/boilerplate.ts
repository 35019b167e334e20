import { distinct, mixed } from './shingles.ts';

/** Counters, one for each shingle by its hash. Strangers that share one add noise far below the threshold. */
const CELLS = 2 ** 22;
const SHARE = 0.01;
/** Texts of the sample that must share a shingle, however small the sample. */
const LEAST = 8;

const cellOf = (hash: number): number => mixed(hash ^ 0x3c6ef372) & (CELLS - 1);

/**
 * Shingles that stand in more than one text in a hundred: footers, disclaimers, the frame of a form. Counted over a sample of
 * different texts, in 16 MiB whatever its size.
 */
export class Boilerplate {
  readonly #counts = new Uint32Array(CELLS);
  readonly #seen = new Set<number>();

  /** A text of the sample; one that is equal to an earlier one (by `key`) does not count again. */
  add(key: number, hashes: Int32Array): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const hash of distinct(hashes)) {
      const cell = cellOf(hash);
      this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
    }
  }

  /** How many of these are. */
  share(hashes: Int32Array): number {
    let n = 0;
    for (const hash of hashes) if (this.#isIn(hash)) n += 1;
    return hashes.length === 0 ? 0 : n / hashes.length;
  }

  #isIn(hash: number): boolean {
    return (this.#counts[cellOf(hash)] ?? 0) > Math.max(LEAST, SHARE * this.#seen.size);
  }

  /** Removes them from a list, in place; the beginning that is left. */
  without(hashes: Int32Array): Int32Array {
    let n = 0;
    for (const hash of hashes) if (!this.#isIn(hash)) hashes[n++] = hash;
    return hashes.subarray(0, n);
  }
}
