/** One place where two texts differ, word by word; '' where one side has nothing. */
export interface Change {
  readonly there: string;
  readonly here: string;
}

export interface WordDiff {
  readonly changes: readonly Change[];
  /** False where the differing part was too large to align: then it stands as one change. */
  readonly aligned: boolean;
}

/** '17 400' is one number, written with spaces as in French; else a word is what stands between spaces. */
const WORD = /(?<![^\s])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)\S*|\S+/gu;

/** The words of a text, for {@link wordDiff}. */
export const wordsOf = (text: string): string[] => text.match(WORD) ?? [];

/** Cells of the alignment table (16 bits each): the budget of one comparison, whatever the texts. */
const MOST_CELLS = 1_000_000;

const commonStart = (a: readonly string[], b: readonly string[]): number => {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a[n] === b[n]) n += 1;
  return n;
};

const commonEnd = (a: readonly string[], b: readonly string[], start: number): number => {
  const most = Math.min(a.length, b.length) - start;
  let n = 0;
  while (n < most && a[a.length - 1 - n] === b[b.length - 1 - n]) n += 1;
  return n;
};

/** Pairs of equal positions of a longest common subsequence, ascending. Quadratic: the caller keeps to {@link MOST_CELLS}. */
function alignment(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const cell = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = a[i] === b[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (cell(i + 1, j) >= cell(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/**
 * What differs between two word lists: common beginning and end are set aside, the rest is aligned by a longest common
 * subsequence within a fixed budget. Each change is led by the word before it, so that it can be found on the page.
 */
export function wordDiff(there: readonly string[], here: readonly string[]): WordDiff {
  const start = commonStart(there, here);
  const end = commonEnd(there, here, start);
  const a = there.slice(start, there.length - end);
  const b = here.slice(start, here.length - end);
  if (a.length === 0 && b.length === 0) return { changes: [], aligned: true };
  // 16 bits count the common words: the shorter side may have no more.
  const aligned = (a.length + 1) * (b.length + 1) <= MOST_CELLS && Math.min(a.length, b.length) < 65_536;
  const stops: [number, number][] = (aligned ? alignment(a, b) : []).concat([[a.length, b.length]]);
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  for (const [stopA, stopB] of stops) {
    if (stopA > i || stopB > j) {
      const lead = i > 0 ? a[i - 1] : there[start - 1];
      const led = (words: readonly string[]): string => (lead === undefined || words.length === 0 ? words : [lead, ...words]).join(' ');
      changes.push({ there: led(a.slice(i, stopA)), here: led(b.slice(j, stopB)) });
    }
    i = stopA + 1;
    j = stopB + 1;
  }
  return { changes, aligned };
}

/** Characters of one side kept in a sentence. */
const MOST_CHARACTERS = 80;
const cut = (text: string): string => {
  const characters = text.length > 4 * MOST_CHARACTERS ? text.slice(0, 4 * MOST_CHARACTERS) : text;
  const points = [...characters];
  return points.length <= MOST_CHARACTERS ? text : `${points.slice(0, MOST_CHARACTERS).join('')}…`;
};
const quoted = (text: string): string => (text === '' ? 'nothing' : `'${cut(text)}'`);

/** "'transfer 12,000' there, 'transfer 92,000' here; …": the first `most` changes in words, and how many more there are. */
export function changesInWords(changes: readonly Change[], most = 3): string {
  const told = changes.slice(0, most).map((c) => `${quoted(c.there)} there, ${quoted(c.here)} here`);
  const more = changes.length - told.length;
  if (more > 0) told.push(`and ${more} more ${more === 1 ? 'place' : 'places'}`);
  return told.join('; ');
}
