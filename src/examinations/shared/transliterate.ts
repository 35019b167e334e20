import anyAscii from 'any-ascii';
import { type Romanisation, ROMANISATIONS } from './transliterate.data.ts';

const CYRILLIC = /\p{Script=Cyrillic}/u;
const VOWELS_AND_SIGNS = 'аеёиоуыэюяієїьъ';

/** Whether a text has letters of the Cyrillic script. */
export const isCyrillic = (text: string): boolean => CYRILLIC.test(text);

function romanise(word: string, system: Romanisation): string {
  let out = '';
  let before = '';
  for (const letter of word) {
    const soft = letter === 'е' && system.softE !== undefined && (before === '' || VOWELS_AND_SIGNS.includes(before));
    out += soft ? system.softE : (system.letters[letter] ?? anyAscii(letter));
    before = letter;
  }
  return out.toLowerCase();
}

/**
 * The Latin spellings of one lower-case word, each once: a Cyrillic word in every system of the table, any other as plain
 * ASCII. The third is ISO 9 and the fourth the passport's; equal ones are left out.
 */
export function latinSpellings(word: string): string[] {
  if (!isCyrillic(word)) return [anyAscii(word).toLowerCase()];
  return [...new Set(ROMANISATIONS.map((system) => romanise(word, system)))];
}

/** The spelling that identities are shown in: the passport's for Cyrillic, ASCII for the rest. Letters only. */
export function passportSpelling(word: string): string {
  const icao = ROMANISATIONS.find((s) => s.id === 'icao');
  const latin = isCyrillic(word) && icao ? romanise(word, icao) : anyAscii(word).toLowerCase();
  return latin.replace(/[^a-z]/g, '');
}

/** In this order: what is made by one line is read by the next. */
const COLLAPSED: readonly (readonly [RegExp, string])[] = [
  [/[^a-z]/g, ''],
  [/w/g, 'v'],
  [/ph/g, 'f'],
  [/schtsch|chtch|shch|shh|sch/g, 'sh'],
  [/tsch|tch/g, 'ch'],
  [/kh/g, 'h'],
  [/x/g, 'ks'],
  [/ck/g, 'k'],
  [/c(?!h)/g, 'k'],
  [/ou/g, 'u'],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/gu(?=[ei])/g, 'g'],
  [/(?<!i)i+e/g, 'e'],
  [/(?<=[oe])f$/, 'v'],
  [/(?<=i)ne$/, 'n'],
];

/** Folds a Latin spelling so that habits of writing meet: 'Yegor', 'Iegor' and 'Egor'; 'Georgy', 'Guéorgui' and 'Georgii'; 'Romanoff' and 'Romanow'. */
export function collapse(latin: string): string {
  let key = latin;
  for (const [from, to] of COLLAPSED) key = key.replace(from, to);
  return key;
}

/** Under these keys a word is found by its other spellings; each once, none empty. */
export const nameKeys = (word: string): string[] => [...new Set(latinSpellings(word).map(collapse))].filter((k) => k !== '');
