import type { Passage } from '../../model/claim.ts';
import { wordDiff, wordsOf } from './word-diff.ts';

/** Differences told in words; the rest is counted. */
const TOLD = 5;
const WORD_WIDTH = 60;
/** Passages of one document that are compared; a larger one is compared by its digest only. */
const MOST_PASSAGES = 200_000;

export interface TextComparison {
  /** Passages that both hold. */
  readonly equal: number;
  /** Passages that only one holds, or that differ. */
  readonly different: number;
  /** "Budget!B7: '12,000' there, '92,000' here; …", at most five. '' where nothing differs. */
  readonly words: string;
}

const shortened = (text: string): string => (text.length <= WORD_WIDTH ? text : `${text.slice(0, WORD_WIDTH - 1)}…`);
const quoted = (text: string | undefined): string => (text === undefined || text === '' ? 'nothing' : `'${shortened(text)}'`);

/** Cells have addresses: what stands at one of them is compared with what stands there in the other. */
function compareCells(there: readonly Passage[], here: readonly Passage[]): TextComparison {
  const theirs = new Map(there.map((p) => [p.label, p.text]));
  const labels = new Set([...theirs.keys(), ...here.map((p) => p.label)]);
  const ours = new Map(here.map((p) => [p.label, p.text]));
  let equal = 0;
  const told: string[] = [];
  let different = 0;
  for (const label of labels) {
    if (theirs.get(label) === ours.get(label)) {
      equal++;
      continue;
    }
    if (different++ < TOLD) told.push(`${label}: ${quoted(theirs.get(label))} there, ${quoted(ours.get(label))} here`);
  }
  return { equal, different, words: told.join('; ') };
}

/** Paragraphs and pages move when one is put in: they are matched by their text, and what is left is paired in order. */
function compareParagraphs(there: readonly Passage[], here: readonly Passage[]): TextComparison {
  const stock = new Map<string, number>();
  for (const p of there) stock.set(p.text, (stock.get(p.text) ?? 0) + 1);
  const onlyHere: Passage[] = [];
  let equal = 0;
  for (const p of here) {
    const n = stock.get(p.text) ?? 0;
    if (n === 0) onlyHere.push(p);
    else {
      stock.set(p.text, n - 1);
      equal++;
    }
  }
  const onlyThere = there.filter((p) => {
    const n = stock.get(p.text) ?? 0;
    if (n > 0) stock.set(p.text, n - 1);
    return n > 0;
  });
  const different = Math.max(onlyHere.length, onlyThere.length);
  const told: string[] = [];
  for (let i = 0; i < Math.min(different, TOLD); i++) told.push(paragraphChange(onlyThere[i], onlyHere[i]));
  return { equal, different, words: told.join('; ') };
}

function paragraphChange(there: Passage | undefined, here: Passage | undefined): string {
  const label = here?.label ?? there?.label ?? '';
  if (!there || !here) return `${label}: ${quoted(there?.text)} there, ${quoted(here?.text)} here`;
  const { changes } = wordDiff(wordsOf(there.text), wordsOf(here.text));
  const [first] = changes;
  return first ? `${label}: ${quoted(first.there)} there, ${quoted(first.here)} here` : `${label}: words in another order`;
}

/** The latest revision's text: earlier pages of a PDF are compared with their own successors elsewhere. */
const current = (passages: readonly Passage[]): Passage[] => passages.filter((p) => p.revision === undefined && p.text !== '');

/** Compares two documents by the passages that extraction left of them. Null where one has none, or too many. */
export function compareText(there: readonly Passage[], here: readonly Passage[]): TextComparison | null {
  const [a, b] = [current(there), current(here)];
  if (a.length === 0 || b.length === 0 || a.length > MOST_PASSAGES || b.length > MOST_PASSAGES) return null;
  return a[0]?.role === 'cell' && b[0]?.role === 'cell' ? compareCells(a, b) : compareParagraphs(a, b);
}
