import { BANNERS, CALENDAR_WORDS, NEGATIONS } from './edits.data.ts';
import type { Change } from './word-diff.ts';

/** What an edit touches. 'words' is any other wording; 'sign' is punctuation, case or spacing alone. */
export type Edit = 'account' | 'amount' | 'date' | 'address' | 'negation' | 'banner' | 'name' | 'words' | 'sign';

/** In the order in which a sentence tells them. */
export const EDITS: readonly Edit[] = ['account', 'amount', 'date', 'address', 'negation', 'banner', 'name', 'words', 'sign'];

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/;
const LONG_NUMBER = /(?<![\d.,])\d{9,}(?![\d.,])/;
/** 2015-03-04, 04.03.2015, 3/4/15, 10:32, 10h32. */
const DATE = /^\W*(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{1,2}[:h]\d{2}(?::\d{2})?)\b/;
const YEAR = /^\W*(?:19|20)\d{2}\W*$/;
const ADDRESS = /@[\w-]+\.|:\/\/|^www\./;

const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
const wordsIn = (text: string): string[] => text.split(/\s+/).filter((w) => w !== '');

/** What differs without the word that leads each side on the page. */
function changedWords({ there, here }: Change): [string[], string[]] {
  const [a, b] = [wordsIn(there), wordsIn(here)];
  // One side empty: the other begins with the leading word, except at the very top of the text.
  if (a.length === 0) return [a, b.length > 1 ? b.slice(1) : b];
  if (b.length === 0) return [a.length > 1 ? a.slice(1) : a, b];
  return a[0] === b[0] ? [a.slice(1), b.slice(1)] : [a, b];
}

function kindOfWord(word: string, next: string | undefined): Edit {
  if (ADDRESS.test(word)) return 'address';
  if (DATE.test(word) || YEAR.test(word)) return 'date';
  const lower = bare(word).toLowerCase();
  if (CALENDAR_WORDS.has(lower)) return 'date';
  // '12 March': the number is the day's.
  if (/^\d{1,2}(?:\.|st|nd|rd|th|er)?$/.test(bare(word)) && next !== undefined && CALENDAR_WORDS.has(bare(next).toLowerCase())) return 'date';
  if (/\d/.test(word)) return 'amount';
  if (NEGATIONS.has(lower) || /n['’]t$/.test(lower)) return 'negation';
  if (BANNERS.has(lower)) return 'banner';
  return /^\p{Lu}\p{Ll}/u.test(bare(word)) ? 'name' : 'words';
}

const compact = (words: readonly string[]): string =>
  words
    .join('')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** What one change touches; of a sum that became another sum: 'amount'. Each kind once. */
export function editsIn(change: Change): Edit[] {
  const [there, here] = changedWords(change);
  if (compact(there) === compact(here)) return ['sign'];
  if ([there, here].some((side) => IBAN.test(side.join(' ')) || LONG_NUMBER.test(side.join(' ')))) return ['account'];
  const found = new Set<Edit>();
  const [inThere, inHere] = [new Set(there), new Set(here)];
  for (const [side, other] of [
    [there, inHere],
    [here, inThere],
  ] as const)
    side.forEach((word, i) => {
      if (!other.has(word) && bare(word) !== '') found.add(kindOfWord(word, side[i + 1]));
    });
  if (found.size === 0) return ['sign'];
  return EDITS.filter((e) => found.has(e));
}

/** Words that stand on one side only: how much was rewritten. */
export function extent(change: Change): number {
  const [there, here] = changedWords(change);
  return Math.max(there.length, here.length);
}

const IN_WORDS: Readonly<Record<Edit, string>> = {
  account: 'an account',
  amount: 'a number or sum',
  date: 'a date',
  address: 'an address',
  negation: 'a negation',
  banner: 'a mark of secrecy',
  name: 'a name',
  words: 'other words',
  sign: 'signs',
};

/** 'a number or sum, a date': what the changes touch, the gravest first; signs only where there is nothing else. */
export function editsInWords(changes: readonly Change[]): string {
  const found = new Set(changes.flatMap(editsIn));
  const told = EDITS.filter((e) => found.has(e) && (e !== 'sign' || found.size === 1));
  return told.map((e) => IN_WORDS[e]).join(', ');
}
