import type { QuoteWord } from './quote-words.ts';

/** Equal words, one behind another, in both texts. */
export interface Run {
  readonly original: number;
  readonly quotation: number;
  length: number;
}

/** Between two runs: positions in either text, ends excluded; one side may be empty. */
export interface Gap {
  readonly original: readonly [from: number, to: number];
  readonly quotation: readonly [from: number, to: number];
}

export interface Alignment {
  readonly runs: readonly Run[];
  /** Words of the quotation that stand in a run. */
  readonly matched: number;
  readonly gaps: readonly Gap[];
}

/** Words that must be equal in a row, and occur once in each text, to tie the two together. */
const ANCHOR = 3;
/** At the ends of both texts so few words may differ and still be one place; more is a greeting, a footer, a cut. */
const EDGE = 3;

type Keys = readonly QuoteWord[];

function uniqueAnchors(words: Keys): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i + ANCHOR <= words.length; i++) {
    const key = words
      .slice(i, i + ANCHOR)
      .map((w) => w.key)
      .join(' ');
    found.set(key, found.has(key) ? -1 : i);
  }
  return found;
}

/** The longest chain of anchors that ascends in both texts, in O(n log n). */
function chain(pairs: readonly (readonly [quotation: number, original: number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [i, pair] of pairs.entries()) {
    let [from, to] = [0, tails.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < pair[1]) from = middle + 1;
      else to = middle;
    }
    before[i] = from > 0 ? (tails[from - 1] ?? -1) : -1;
    tails[from] = i;
  }
  const out: (readonly [number, number])[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) {
    const pair = pairs[i];
    if (pair) out.push(pair);
  }
  return out.reverse();
}

/** Anchors grown to both sides as far as the words are equal. */
function runsOf(original: Keys, quotation: Keys, anchors: readonly (readonly [number, number])[]): Run[] {
  const runs: Run[] = [];
  for (const [q, o] of anchors) {
    const last = runs.at(-1);
    const endO = last ? last.original + last.length : 0;
    const endQ = last ? last.quotation + last.length : 0;
    if (last && q + ANCHOR <= endQ && o - q === last.original - last.quotation) continue;
    if (o + ANCHOR <= endO || q + ANCHOR <= endQ) continue;
    let start = 0;
    while (o - start > endO && q - start > endQ && original[o - start - 1]?.key === quotation[q - start - 1]?.key) start++;
    const fromO = Math.max(o - start, endO);
    const fromQ = Math.max(q - start, endQ);
    // Two anchors may overlap where one text repeats a word: the second then begins behind the first.
    const shift = Math.max(fromO - (o - start), fromQ - (q - start));
    const run: Run = { original: o - start + shift, quotation: q - start + shift, length: 0 };
    while (
      run.original + run.length < original.length &&
      run.quotation + run.length < quotation.length &&
      original[run.original + run.length]?.key === quotation[run.quotation + run.length]?.key
    )
      run.length++;
    if (run.length > 0) runs.push(run);
  }
  return runs;
}

function gapsOf(original: Keys, quotation: Keys, runs: readonly Run[]): Gap[] {
  const gaps: Gap[] = [];
  let [o, q] = [0, 0];
  const add = (toO: number, toQ: number, edge: boolean): void => {
    if (toO === o && toQ === q) return;
    if (edge && (toO === o || toQ === q || toO - o > EDGE || toQ - q > EDGE)) return;
    // At the ends of both texts, words too few for a tie of their own may still be equal.
    let [fromO, fromQ, untilO, untilQ] = [o, q, toO, toQ];
    while (fromO < untilO && fromQ < untilQ && original[fromO]?.key === quotation[fromQ]?.key) [fromO, fromQ] = [fromO + 1, fromQ + 1];
    while (fromO < untilO && fromQ < untilQ && original[untilO - 1]?.key === quotation[untilQ - 1]?.key) [untilO, untilQ] = [untilO - 1, untilQ - 1];
    if (fromO < untilO || fromQ < untilQ) gaps.push({ original: [fromO, untilO], quotation: [fromQ, untilQ] });
  };
  for (const [i, run] of runs.entries()) {
    add(run.original, run.quotation, i === 0);
    o = run.original + run.length;
    q = run.quotation + run.length;
  }
  if (runs.length > 0) add(original.length, quotation.length, true);
  return gaps;
}

/**
 * Ties a quotation to the text that it quotes: three words that occur once in each, in ascending order, grown to both sides.
 * What lies between is a gap; what the quotation leaves out before or behind is none. Linear but for one sort by search.
 */
export function align(original: Keys, quotation: Keys): Alignment {
  const there = uniqueAnchors(original);
  const pairs: [number, number][] = [];
  for (const [key, q] of uniqueAnchors(quotation)) {
    const o = there.get(key);
    if (q >= 0 && o !== undefined && o >= 0) pairs.push([q, o]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const runs = runsOf(original, quotation, chain(pairs));
  return { runs, matched: runs.reduce((n, r) => n + r.length, 0), gaps: gapsOf(original, quotation, runs) };
}
