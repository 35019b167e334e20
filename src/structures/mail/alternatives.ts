/** One place where two versions of a text have other words between the same neighbours. */
export interface Replacement {
  readonly plain: string;
  readonly html: string;
}

export interface Compared {
  readonly replaced: readonly Replacement[];
  /** Share of the plain text, counted in runs of three words, that the HTML has too but for what is replaced: 0 to 1. */
  readonly shared: number;
  /** Words of the plain text that were looked at. */
  readonly words: number;
}

/**
 * What renders otherwise in the two: addresses of pages and people, pictures, references in brackets. In text that is in lower
 * case: without flags for case and Unicode it is ten times as fast, and every letter is held against it.
 */
const RENDERED = /\b(?:https?|ftp|mailto|cid|tel):\S*|\bwww\.\S*|<[^<>\s]{1,2000}>|\[(?:cid|image)\b[^[\]]{0,500}\]/g;
/** Looked for apart, and only where there is an '@': it may begin at every letter. */
const ADDRESS = /[^\s@]{1,64}@[^\s@]{1,255}/gu;
/** '17 400' is one number; '17,400.50' and 'aujourd’hui' are one word. */
const WORD = /\d{1,3}(?: \d{3})+(?!\d)|[\p{L}\p{N}]+(?:[.,:'’][\p{L}\p{N}]+)*/gu;
/** Characters and words of one text that are looked at. */
const MOST_CHARACTERS = 400_000;
const MOST_WORDS = 20_000;
/** Equal words that must stand on either side of a replacement. */
const CONTEXT = 3;
/** Words of a replacement on either side. */
const LONGEST = 3;

const wordsOf = (text: string): string[] => {
  const words: string[] = [];
  const said = text.slice(0, MOST_CHARACTERS).normalize('NFKC').toLowerCase().replace(RENDERED, ' ');
  for (const m of (said.includes('@') ? said.replace(ADDRESS, ' ') : said).matchAll(WORD)) {
    if (words.push(m[0]) >= MOST_WORDS) break;
  }
  return words;
};

/** Beginning and end count as words that stand in both. */
const framed = (words: readonly string[]): string[] => [...Array<string>(CONTEXT).fill('^'), ...words, ...Array<string>(CONTEXT).fill('$')];

const runAt = (words: readonly string[], i: number): string => words.slice(i, i + CONTEXT).join(' ');

/** Where each run of words begins; -1 for one that stands there twice. */
function placesOf(words: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (let i = 0; i + CONTEXT <= words.length; i++) {
    const run = runAt(words, i);
    places.set(run, places.has(run) ? -1 : i);
  }
  return places;
}

const bare = (words: readonly string[]): string => words.join('').replace(/[^\p{L}\p{N}]/gu, '');

/** A link's text instead of its address, a number with other separators: the same thing shown in two ways. */
function isRendering(a: readonly string[], b: readonly string[]): boolean {
  if (bare(a) === bare(b)) return true;
  if (a.some((w) => b.includes(w))) return true;
  return [...a, ...b].some((w) => /\p{L}\.\p{L}/u.test(w));
}

/** The shortest replacement behind which the two texts go on alike; null where none is short enough. */
function replacementAt(a: readonly string[], i: number, b: readonly string[], j: number): { a: string[]; b: string[] } | null {
  for (let sum = 2; sum <= 2 * LONGEST; sum++) {
    for (let x = Math.max(1, sum - LONGEST); x <= Math.min(LONGEST, sum - 1); x++) {
      const y = sum - x;
      if (i + x + CONTEXT > a.length || j + y + CONTEXT > b.length) continue;
      if (runAt(a, i + x) === runAt(b, j + y)) return { a: a.slice(i, i + x), b: b.slice(j, j + y) };
    }
  }
  return null;
}

/**
 * The two versions of one letter in a multipart/alternative (RFC 2046 section 5.1.4), word by word without regard to case,
 * punctuation and addresses. Only a replacement counts: what one version has more, programs leave out or add.
 */
export function compareAlternatives(plain: string, html: string): Compared {
  const words = wordsOf(plain);
  const a = framed(words);
  const b = framed(wordsOf(html));
  if (a.join(' ') === b.join(' ')) return { replaced: [], shared: 1, words: words.length };
  const inA = placesOf(a);
  const inB = placesOf(b);
  const replaced: Replacement[] = [];
  let shared = 0;
  for (let i = 0; i + CONTEXT <= a.length; i++) {
    const run = runAt(a, i);
    const j = inB.get(run);
    if (j === undefined) continue;
    if (i >= CONTEXT && i + CONTEXT <= words.length + CONTEXT) shared += 1;
    const end = i + CONTEXT;
    if (j === -1 || inA.get(run) === -1 || a[end] === b[j + CONTEXT]) continue;
    const found = replacementAt(a, end, b, j + CONTEXT);
    if (!found) continue;
    // The runs that hold a word of it are missing for that reason alone.
    shared += CONTEXT - 1 + found.a.length;
    if (!isRendering(found.a, found.b)) replaced.push({ plain: found.a.join(' '), html: found.b.join(' ') });
  }
  const runs = Math.max(1, words.length - CONTEXT + 1);
  return { replaced, shared: Math.min(1, shared / runs), words: words.length };
}
