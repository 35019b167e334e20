/** Scripts that names come in, by their Unicode names; the first that occurs decides. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Georgian', /\p{Script=Georgian}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['Chinese', /\p{Script=Han}/u],
];

/** 'Cyrillic', 'Greek', …; 'Latin' where no letter of another script occurs. */
export const scriptOf = (name: string): string => SCRIPTS.find(([, letters]) => letters.test(name))?.[0] ?? 'Latin';

/** A name for comparing within one script: words in alphabetical order, lower case, punctuation dropped. 'Martin, Jean' meets 'Jean MARTIN'. */
export const foldedName = (name: string): string =>
  name
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((w) => w !== '')
    .sort()
    .join(' ');
