/** Words in a row that make one shingle. */
export const SHINGLE_WORDS = 5;

const LETTER = 1;
/** A word of its own: these scripts put no blanks between words. */
const ALONE = 2;

/** What each UTF-16 unit is to a word; 0 stands between words. Surrogates are letters: what lies beyond the first plane is kept, if coarsely. */
function kindsOfUnits(): Uint8Array {
  const kinds = new Uint8Array(65_536);
  for (let unit = 0; unit < kinds.length; unit += 1) {
    const c = String.fromCharCode(unit);
    if (unit >= 0xd800 && unit <= 0xdfff) kinds[unit] = LETTER;
    else if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(c))
      kinds[unit] = ALONE;
    else if (/[\p{L}\p{N}\p{M}]/u.test(c)) kinds[unit] = LETTER;
  }
  return kinds;
}

let unitKinds: Uint8Array | undefined;

/** The finalizer of MurmurHash3 (A. Appleby, public domain): every bit of the input moves every bit of the output. */
export function mixed(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export interface Shingles {
  readonly words: number;
  /** 32-bit hashes of each five words in a row, repeats among them, signed. Valid until the next text is cut. */
  readonly hashes: Int32Array;
  /** 53 bits over all words in order: texts with one key are one text. */
  readonly key: number;
}

const FACTOR = 0x01000193 * 31;
const FACTOR_TO_FIFTH = [1, 2, 3, 4, 5].reduce((product) => Math.imul(product, FACTOR), 1);

/** Cuts texts into shingles; keeps its memory between texts. */
export class Shingler {
  #hashes = new Int32Array(4096);
  /** Of the last five words. */
  readonly #last = new Int32Array(SHINGLE_WORDS);
  #words = 0;
  #rolling = 0;
  #low = 0;
  #high = 0;

  #word(hash: number): void {
    const w = mixed(hash);
    const at = this.#words % SHINGLE_WORDS;
    const oldest = this.#last[at] ?? 0;
    this.#last[at] = w;
    this.#rolling = (Math.imul(this.#rolling, FACTOR) + w - Math.imul(oldest, FACTOR_TO_FIFTH)) | 0;
    this.#low = Math.imul(this.#low ^ w, 0x9e3779b1);
    this.#high = Math.imul(this.#high + w, 0x85ebca77);
    this.#words += 1;
    if (this.#words < SHINGLE_WORDS) return;
    const count = this.#words - SHINGLE_WORDS;
    if (count === this.#hashes.length) {
      const grown = new Int32Array(2 * count);
      grown.set(this.#hashes);
      this.#hashes = grown;
    }
    this.#hashes[count] = mixed(this.#rolling);
  }

  /** Folds compatibility forms (NFKC) and case first; digits count, punctuation does not. */
  cut(text: string): Shingles {
    unitKinds ??= kindsOfUnits();
    this.#words = this.#rolling = this.#low = this.#high = 0;
    this.#last.fill(0);
    const folded = text.normalize('NFKC').toLowerCase();
    let hash = 0;
    let inWord = false;
    for (let i = 0; i < folded.length; i += 1) {
      const unit = folded.charCodeAt(i);
      const kind = unitKinds[unit];
      if (kind === LETTER) {
        hash = Math.imul(hash ^ unit, 0x01000193) + 0x5bd1;
        inWord = true;
        continue;
      }
      if (inWord) this.#word(hash);
      if (kind === ALONE) this.#word(unit);
      hash = 0;
      inWord = false;
    }
    if (inWord) this.#word(hash);
    const count = Math.max(0, this.#words - SHINGLE_WORDS + 1);
    const key = (mixed(this.#high) >>> 11) * 2 ** 32 + (mixed(this.#low) >>> 0);
    return { words: this.#words, hashes: this.#hashes.subarray(0, count), key };
  }
}

/** Ascending, each once. */
export function distinct(hashes: Int32Array): Int32Array {
  const sorted = hashes.slice().sort();
  let n = 0;
  for (let i = 0; i < sorted.length; i += 1) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[n++] = sorted[i] ?? 0;
  return sorted.subarray(0, n);
}

/** Common shingles by all shingles of two {@link distinct} lists: the Jaccard index. 0 where both are empty. */
export function jaccard(a: Int32Array, b: Int32Array): number {
  let [i, j, common] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (x === y) common += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  const all = a.length + b.length - common;
  return all === 0 ? 0 : common / all;
}
