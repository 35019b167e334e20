import { isPatronymic, type NameToken, type PersonalName } from './personal-name.ts';

/**
 * How two names stand to each other. 'same': every word of the shorter one has its counterpart and what the longer one has
 * more is an initial or a patronymic. 'akin': a surname and one more word agree, or a lone word is one of the other's.
 */
export type Relation = 'same' | 'akin';

/** Catalogue A03. */
const MIN_SIMILARITY = 0.92;
/** Below this, one letter makes another name: Roche and Rozhko, Georges and Georgiev. */
const MIN_FUZZY_LENGTH = 6;
const MIN_ANCHOR_LENGTH = 3;
/** A lone word says little: a short one is as likely a nickname. */
const MIN_LONE_LENGTH = 4;

/** Jaro-Winkler similarity with the usual prefix weight of 0.1 over at most four letters (Winkler 1990): 0 to 1. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const fromA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j++) {
      if (taken.has(j) || a[i] !== b[j]) continue;
      taken.add(j);
      fromA.push(a.charAt(i));
      break;
    }
  }
  const m = fromA.length;
  if (m === 0) return 0;
  let at = 0;
  let moved = 0;
  for (let j = 0; j < b.length; j++) if (taken.has(j) && fromA[at++] !== b[j]) moved++;
  const jaro = (m / a.length + m / b.length + (m - moved / 2) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Whether one letter put in, left out or changed makes one of the other. */
export function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}

const shareKey = (a: NameToken, b: NameToken): boolean => a.keys.some((k) => b.keys.includes(k));

function nearlyEqual(a: NameToken, b: NameToken): boolean {
  return a.keys.some(
    (k) =>
      k.length >= MIN_FUZZY_LENGTH && b.keys.some((l) => l.length >= MIN_FUZZY_LENGTH && oneLetterApart(k, l) && jaroWinkler(k, l) >= MIN_SIMILARITY),
  );
}

const sameInitial = (a: NameToken, b: NameToken): boolean => a.firsts.some((f) => b.firsts.includes(f));
const longest = (t: NameToken): number => t.keys.reduce((n, k) => Math.max(n, k.length), 0);

/** Pairs words that agree, whole words before initials; `fuzzy` also takes one wrong letter. */
function pairUp(
  a: PersonalName,
  b: PersonalName,
  fuzzy: boolean,
): { readonly pairs: number; readonly anchors: number; readonly restA: NameToken[]; readonly restB: NameToken[] } {
  let restA: NameToken[] = [...a.tokens];
  const restB: NameToken[] = [...b.tokens];
  let anchors = 0;
  const take = (agree: (x: NameToken, y: NameToken) => boolean): number => {
    let taken = 0;
    restA = restA.filter((x) => {
      const at = restB.findIndex((y) => agree(x, y));
      if (at < 0) return true;
      restB.splice(at, 1);
      taken++;
      if (!x.initial && longest(x) >= MIN_ANCHOR_LENGTH) anchors++;
      return false;
    });
    return taken;
  };
  let pairs = take((x, y) => !x.initial && !y.initial && shareKey(x, y));
  if (fuzzy) pairs += take((x, y) => !x.initial && !y.initial && nearlyEqual(x, y));
  const anchored = anchors;
  pairs += take((x, y) => (x.initial || y.initial) && sameInitial(x, y));
  return { pairs, anchors: anchored, restA, restB };
}

const droppable = (t: NameToken): boolean => t.initial || isPatronymic(t);

/** A lone word: the same where it is the other's only word or a long one; else akin. */
function relateLone(lone: NameToken, other: PersonalName): Relation | null {
  if (!other.tokens.some((t) => !t.initial && shareKey(lone, t))) return null;
  if (other.tokens.length === 1) return 'same';
  const length = longest(lone);
  return length > MIN_LONE_LENGTH ? 'same' : length === MIN_LONE_LENGTH ? 'akin' : null;
}

/** Null where nothing links them. Wrong letters are forgiven only between scripts, where the writer had to guess. */
export function relate(a: PersonalName, b: PersonalName): Relation | null {
  const [loneA, loneB] = [a, b].map((n) => (n.tokens.length === 1 ? n.tokens[0] : undefined));
  if (loneA) return relateLone(loneA, b);
  if (loneB) return relateLone(loneB, a);
  const { pairs, anchors, restA, restB } = pairUp(a, b, a.cyrillic !== b.cyrillic);
  if (anchors === 0 || pairs < 2) return null;
  if (restA.some((t) => !t.initial) && restB.some((t) => !t.initial)) return null;
  if (restA.length > 0 && restB.length > 0) return 'akin';
  return [...restA, ...restB].every(droppable) ? 'same' : 'akin';
}
