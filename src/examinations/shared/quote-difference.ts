import type { Gap } from './quote-alignment.ts';
import { CALENDAR, MONEY, NEGATIONS } from './quote-difference.data.ts';
import type { QuoteWord } from './quote-words.ts';

export type DifferenceKind = 'a number' | 'a sum' | 'a negation' | 'a date' | 'a name' | 'inserted words';

/** A place where a quotation says something else than the text it quotes. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Words of the original from and to, end excluded; equal where words were inserted. */
  readonly at: readonly [from: number, to: number];
  readonly there: string;
  readonly here: string;
}

/** Words on one side of an exchange; more is a passage written anew, or two texts that only look alike. */
const MOST_EXCHANGED = 12;
/** Fewer words than a clause are a slip or a mark. */
const LEAST_INSERTED = 4;
const MOST_INSERTED = 200;
/** Words in front that are told, so that the place can be found. */
const LEAD = 2;

const words = (list: readonly QuoteWord[], [from, to]: readonly [number, number]): readonly QuoteWord[] => list.slice(from, to);
const shown = (list: readonly QuoteWord[], [from, to]: readonly [number, number]): string =>
  from === to
    ? ''
    : words(list, [Math.max(0, from - LEAD), to])
        .map((w) => w.shown)
        .join(' ');
const picked = (list: readonly QuoteWord[], pick: (key: string) => boolean): string =>
  list
    .map((w) => w.key)
    .filter(pick)
    .sort()
    .join(' ');

const isNegation = (key: string): boolean => NEGATIONS.has(key) || NEGATIONS.has(key.replace(/^[ldnj]'/, '')) || key.endsWith("n't");
const hasDigits = (key: string): boolean => /\p{N}/u.test(key);
/** Digits alone: '12,000' and '12.000', '1)' and '1.' are one number. */
const figures = (list: readonly QuoteWord[]): string =>
  list
    .map((w) => w.key.replace(/\P{N}/gu, ''))
    .filter((f) => f !== '')
    .join(' ');

/** A word with a capital that does not begin a sentence. */
function names(list: readonly QuoteWord[], [from, to]: readonly [number, number]): string {
  const found: string[] = [];
  for (let i = from; i < to; i++) {
    const before = list[i - 1]?.shown;
    const word = list[i];
    if (word && before !== undefined && !/[.!?:;,]["')\]]*$/.test(before) && /^["'(]?\p{Lu}\p{Ll}/u.test(word.shown) && !CALENDAR.has(word.key))
      found.push(word.key);
  }
  return found.join(' ');
}

function kindOfExchange(there: readonly QuoteWord[], here: readonly QuoteWord[], named: readonly [string, string]): DifferenceKind | null {
  if (picked(there, isNegation) !== picked(here, isNegation)) return 'a negation';
  const money = picked(there, (k) => MONEY.has(k)) + picked(here, (k) => MONEY.has(k)) !== '';
  const [a, b] = [figures(there), figures(here)];
  // A number on one side only is a numbered list, a footnote, a line that was joined.
  if (a !== b && a !== '' && b !== '') return money ? 'a sum' : 'a number';
  if (picked(there, (k) => MONEY.has(k)) !== picked(here, (k) => MONEY.has(k)) && (a !== '' || b !== '')) return 'a sum';
  const [dayA, dayB] = [picked(there, (k) => CALENDAR.has(k)), picked(here, (k) => CALENDAR.has(k))];
  if (dayA !== dayB && dayA !== '' && dayB !== '') return 'a date';
  return named[0] !== named[1] && named[0] !== '' && named[1] !== '' ? 'a name' : null;
}

const isWeighed = (key: string): boolean => isNegation(key) || hasDigits(key) || MONEY.has(key) || CALENDAR.has(key);

/**
 * What a gap means: a number, sum, negation, date or name that is another one, or words put in. Null for what people and programs
 * do when they quote: leave out, mend spelling, write a passage anew.
 * @param marked every line of the quotation bears a mark, so that an answer between its lines cannot be taken for it.
 */
export function differenceOf(original: readonly QuoteWord[], quotation: readonly QuoteWord[], gap: Gap, marked: boolean): Difference | null {
  const there = words(original, gap.original);
  const here = words(quotation, gap.quotation);
  const told = { at: gap.original, there: shown(original, gap.original), here: shown(quotation, gap.quotation) };
  if (here.length === 0) {
    // Left out: everyday, but for a 'not' alone.
    return there.length === 1 && there.every((w) => isNegation(w.key)) ? { kind: 'a negation', ...told } : null;
  }
  if (there.length === 0) {
    if (here.length === 1 && here.every((w) => isNegation(w.key))) return { kind: 'a negation', ...told };
    const inserted = marked && here.length >= LEAST_INSERTED && here.length <= MOST_INSERTED && here.some((w) => isWeighed(w.key));
    return inserted ? { kind: 'inserted words', ...told } : null;
  }
  if (there.length > MOST_EXCHANGED || here.length > MOST_EXCHANGED) return null;
  const kind = kindOfExchange(there, here, [names(original, gap.original), names(quotation, gap.quotation)]);
  return kind === null ? null : { kind, ...told };
}

const MOST_CHARACTERS = 120;
const quoted = (text: string): string => {
  if (text === '') return 'nothing';
  const points = text.length > MOST_CHARACTERS ? [...text.slice(0, 4 * MOST_CHARACTERS)] : [];
  return `'${points.length > MOST_CHARACTERS ? `${points.slice(0, MOST_CHARACTERS).join('')}…` : text}'`;
};

/** "a number: 'pay 12,000' in the original, 'pay 92,000' in the quotation". */
export const differenceInWords = (d: Difference): string => `${d.kind}: ${quoted(d.there)} in the original, ${quoted(d.here)} in the quotation`;
