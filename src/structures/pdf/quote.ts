/** Characters of one side of a quoted change. */
const MAX_SIDE = 160;
/** A changed line is quoted whole up to here; of a longer one only the words that changed and those beside them. */
const WHOLE_LINE = 80;

/** The parts of two lists between their common beginning and their common end. */
function middle<T>(a: readonly T[], b: readonly T[], around: number): readonly [readonly T[], readonly T[]] {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let tail = 0;
  while (tail < a.length - from && tail < b.length - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const start = Math.max(0, from - around);
  return [a.slice(start, Math.min(a.length, a.length - tail + around)), b.slice(start, Math.min(b.length, b.length - tail + around))];
}

const cut = (text: string): string => (text.length > MAX_SIDE ? `${text.slice(0, MAX_SIDE)}…` : text);

/** What changed between two texts, in one line: "'EUR 12,000' -> 'EUR 92,000'". */
export function quoteChange(before: string, after: string): string {
  const [linesBefore, linesAfter] = middle(before.split('\n'), after.split('\n'), 0);
  let sides = [linesBefore.join(' '), linesAfter.join(' ')] as const;
  if (sides.some((s) => s.length > WHOLE_LINE)) {
    const [a, b] = middle(sides[0].split(' '), sides[1].split(' '), 2);
    sides = [a.join(' '), b.join(' ')];
  }
  return `'${cut(sides[0])}' -> '${cut(sides[1])}'`;
}

/** Texts that differ in nothing but white space read the same. */
export const readsAlike = (a: string, b: string): boolean => a === b || a.replace(/\s+/g, '') === b.replace(/\s+/g, '');
