import { estimate, PERMUTATIONS, sign } from './minhash.ts';

/** Rows of a band are four bytes, read as one 32-bit number: 32 bands find a pair at Jaccard 0.6 with 98.8 %. */
const BANDS = PERMUTATIONS / 4;
/** Below the 0.6 that is asked for in the end, so that the error of the estimate loses few. */
const LEAST_ESTIMATE = 0.5;
/** Texts before it in the same bucket that a text is held against. */
const WINDOW = 8;
/** Bits of a text's number beside 31 bits of a band in one double. */
const NUMBER_BITS = 22;
const SIGNATURES_A_BLOCK = 65_536;

/** Texts that one store holds: 128 bytes each. */
export const MOST_TEXTS = 2 ** NUMBER_BITS;

/**
 * Signatures of texts, and the families of those that are alike: locality-sensitive hashing by bands, buckets by sorting.
 * Time grows with n log n and a text is held against {@link WINDOW} others a band at most; families are chains of such pairs.
 */
export class SignatureStore {
  #signatures = new Uint8Array(SIGNATURES_A_BLOCK * PERMUTATIONS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The number of the text, from 0. */
  add(hashes: Int32Array): number {
    const at = this.#count * PERMUTATIONS;
    if (at === this.#signatures.length) {
      const grown = new Uint8Array(at + Math.max(SIGNATURES_A_BLOCK * PERMUTATIONS, at / 2));
      grown.set(this.#signatures);
      this.#signatures = grown;
    }
    sign(hashes, this.#signatures.subarray(at, at + PERMUTATIONS));
    return this.#count++;
  }

  /** Numbers of the texts of each family of two or more, ascending; families by their first text. */
  families(): number[][] {
    const roots = Int32Array.from({ length: this.#count }, (_, i) => i);
    const bands = new Uint32Array(this.#signatures.buffer, 0, this.#count * BANDS);
    const keys = new Float64Array(this.#count);
    for (let band = 0; band < BANDS; band += 1) {
      for (let i = 0; i < keys.length; i += 1) keys[i] = ((bands[i * BANDS + band] ?? 0) >>> 1) * MOST_TEXTS + i;
      keys.sort();
      this.#join(keys, roots);
    }
    return familiesOf(roots);
  }

  #join(keys: Float64Array, roots: Int32Array): void {
    let start = 0;
    let bucket = -1;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? 0;
      const here = Math.floor(key / MOST_TEXTS);
      if (here !== bucket) {
        bucket = here;
        start = at;
        continue;
      }
      const j = key - here * MOST_TEXTS;
      for (let back = at - 1; back >= Math.max(start, at - WINDOW); back -= 1) {
        const i = (keys[back] ?? 0) - here * MOST_TEXTS;
        const [x, y] = [rootOf(roots, i), rootOf(roots, j)];
        if (x === y || estimate(this.#signatures, i * PERMUTATIONS, j * PERMUTATIONS) < LEAST_ESTIMATE) continue;
        roots[Math.max(x, y)] = Math.min(x, y);
      }
    }
  }
}

/** With the path halved on the way. */
function rootOf(roots: Int32Array, i: number): number {
  let at = i;
  for (;;) {
    const up = roots[at] ?? at;
    if (up === at) return at;
    roots[at] = roots[up] ?? up;
    at = up;
  }
}

function familiesOf(roots: Int32Array): number[][] {
  const sizes = new Int32Array(roots.length);
  for (let i = 0; i < roots.length; i += 1) {
    const root = rootOf(roots, i);
    sizes[root] = (sizes[root] ?? 0) + 1;
  }
  const families = new Map<number, number[]>();
  for (let i = 0; i < roots.length; i += 1) {
    const root = rootOf(roots, i);
    if ((sizes[root] ?? 0) < 2) continue;
    const family = families.get(root);
    if (family) family.push(i);
    else families.set(root, [i]);
  }
  return [...families.values()];
}
