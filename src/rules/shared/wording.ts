import { LANGUAGES } from './languages.data.ts';

/** Names in a sentence are cut here; the claim has the whole. */
const MAX_QUOTED = 80;

/** A value of the record inside a sentence: 'Jean Martin'. White space is folded, a long one is cut with an ellipsis. */
export function quoted(value: string): string {
  const folded = value.replace(/\s+/gu, ' ').trim();
  return `'${folded.length > MAX_QUOTED ? `${folded.slice(0, MAX_QUOTED)}…` : folded}'`;
}

/** 'Russian' for 'ru'; the tag itself where the table has no name for it. */
export const languageName = (tag: string): string => LANGUAGES[tag] ?? `language ${quoted(tag)}`;

/** '1 document', '9 documents'. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** 'a', 'a and b', 'a, b and c'. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** '2 %', '0.4 %', 'under 0.1 %': a share between 0 and 1, in words. */
export function percent(share: number): string {
  const p = share * 100;
  if (p > 0 && p < 0.1) return 'under 0.1 %';
  return `${p < 2 && p > 0 ? Math.round(p * 10) / 10 : Math.round(p)} %`;
}

/** '; 2 of these replies bear signatures that verify', '' without any. */
export const signedReplies = (n: number): string =>
  n === 0 ? '' : `; ${n === 1 ? 'one of these replies bears a signature that verifies' : `${n} of these replies bear signatures that verify`}`;
