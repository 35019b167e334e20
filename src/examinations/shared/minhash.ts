import { mixed } from './shingles.ts';

/** Permutations, each of which leaves one byte. */
export const PERMUTATIONS = 128;

/** Odd factors and summands of the permutations x -> a*x + b modulo 2^32; fixed, so that every run agrees. */
const FACTORS = Int32Array.from({ length: PERMUTATIONS }, (_, i) => mixed(i + 1) | 1);
const SUMMANDS = Int32Array.from({ length: PERMUTATIONS }, (_, i) => mixed(i + 0x10001));

/**
 * A. Broder's MinHash with b-bit signatures (P. Li, A. C. König 2010): of each permutation's least value one mixed byte.
 * Writes {@link PERMUTATIONS} bytes to `into`.
 */
export function sign(hashes: Int32Array, into: Uint8Array): void {
  const count = hashes.length;
  for (let p = 0; p < PERMUTATIONS; p += 1) {
    const a = FACTORS[p] ?? 1;
    const b = SUMMANDS[p] ?? 0;
    let least = 0x7fffffff;
    for (let i = 0; i < count; i += 1) {
      const x = (Math.imul(a, hashes[i] ?? 0) + b) | 0;
      if (x < least) least = x;
    }
    into[p] = mixed(least) & 0xff;
  }
}

/** The Jaccard index of two sets by their signatures at `i` and `j` of one store; its standard error at 0.6 is 0.044. */
export function estimate(store: Uint8Array, i: number, j: number): number {
  let equal = 0;
  for (let p = 0; p < PERMUTATIONS; p += 1) if (store[i + p] === store[j + p]) equal += 1;
  // One byte in 256 is equal by chance.
  return (equal / PERMUTATIONS - 1 / 256) / (1 - 1 / 256);
}
