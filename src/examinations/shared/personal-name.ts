import { isDefaultName } from '../../model/constants.data.ts';
import { isCyrillic, latinSpellings, nameKeys, passportSpelling } from './transliterate.ts';

/** One word of a name. */
export interface NameToken {
  /** As written, lower case. */
  readonly word: string;
  /** Folded Latin spellings under which it is compared; for an initial, the letter it may stand for. */
  readonly keys: readonly string[];
  /** Letters with which one of its spellings may begin: 'Егор' with e, y, i and j. */
  readonly firsts: readonly string[];
  readonly initial: boolean;
}

export interface PersonalName {
  readonly tokens: readonly NameToken[];
  readonly cyrillic: boolean;
  /** The words sorted, lower case: equal for 'Jean MARTIN' and 'Martin, Jean'. */
  readonly folded: string;
}

/** Longer ones are sentences, not names. */
const MAX_NAME = 200;
const MAX_TOKENS = 6;

const TITLES: ReadonlySet<string> = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'prof',
  'mme',
  'mlle',
  'me',
  'monsieur',
  'madame',
  'herr',
  'frau',
  'sr',
  'sra',
  'г-н',
  'г-жа',
]);
const LETTER_SCRIPTS = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u;
/** Endings of patronymics, Russian and Ukrainian, and as romanised. They are surnames too (Serbian): only the place decides. */
const PATRONYMIC = /(?:[оеёі]вич|ьич|[оеі]вна|[иі]чна|[oei]vi(?:ch|tch|c|ts|tsch)|[oe]witsch|[oei][vw]na|ichna)$/u;

function tokenOf(word: string): NameToken {
  const initial = LETTER_SCRIPTS.test(word);
  const keys = nameKeys(word);
  const firsts = new Set(keys.map((k) => k.charAt(0)));
  for (const latin of latinSpellings(word)) if (/^[a-z]/.test(latin)) firsts.add(latin.charAt(0));
  return { word, keys, firsts: [...firsts], initial };
}

/** The mailbox in front of the @, the user behind the domain, nothing in brackets. */
function bare(raw: string): string {
  const text = raw
    .slice(0, MAX_NAME)
    .normalize('NFKC')
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
  const at = text.indexOf('@');
  const local = at > 0 && !text.includes(' ') ? text.slice(0, at) : text;
  return local.slice(local.lastIndexOf('\\') + 1).toLowerCase();
}

/**
 * A name cut into words: order and punctuation are dropped, hyphens join ('Jean-Pierre' is one word), titles and numbers go.
 * Null for what programs fill in by themselves and for what has no letters.
 */
export function parseName(raw: string): PersonalName | null {
  if (isDefaultName(raw)) return null;
  const words = bare(raw)
    .split(/[\s.,;:/_"<>|+&]+/u)
    .map((w) => w.replace(/[\p{Pd}'’ʼ`´]/gu, '').replace(/(?<!\d)\d+$/u, ''))
    .filter((w) => /\p{L}/u.test(w) && !TITLES.has(w))
    .slice(0, MAX_TOKENS);
  const tokens = words.map(tokenOf).filter((t) => t.keys.length > 0);
  if (tokens.length === 0 || tokens.every((t) => t.initial)) return null;
  const folded = tokens
    .map((t) => t.word)
    .sort()
    .join(' ');
  return isDefaultName(folded) ? null : { tokens, cyrillic: isCyrillic(raw), folded };
}

export const isPatronymic = (token: NameToken): boolean => !token.initial && PATRONYMIC.test(token.word);

/**
 * The name in the form that joins scripts and orders: 'rozhkov egor p' where a patronymic shows which word is the surname,
 * else the words in alphabetical order and the initials after them.
 */
export function identityKey(name: PersonalName): string {
  const full = name.tokens.filter((t) => !t.initial);
  const initials = name.tokens.filter((t) => t.initial).map((t) => passportSpelling(t.word));
  const at = full.length === 3 ? full.findIndex((t, i) => i > 0 && isPatronymic(t)) : -1;
  if (at > 0) {
    const [a, b, c] = full.map((t) => passportSpelling(t.word)) as [string, string, string];
    return at === 2 ? `${a} ${b} ${c.charAt(0)}` : `${c} ${a} ${b.charAt(0)}`;
  }
  return [...full.map((t) => passportSpelling(t.word)).sort(), ...initials].join(' ');
}
