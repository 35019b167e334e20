/** Letters and pairs that a reader takes for others (a selection of Unicode UTS #39, confusables), written as what they are taken for. */
const TAKEN_FOR: readonly (readonly [from: RegExp, to: string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/[0оοօ]/gu, 'o'],
  [/[1iіıl|]/gu, 'l'],
  [/5/g, 's'],
  [/[аα]/gu, 'a'],
  [/[еε]/gu, 'e'],
  [/[рρ]/gu, 'p'],
  [/с/gu, 'c'],
  [/[уγ]/gu, 'y'],
  [/[хχ]/gu, 'x'],
  [/ѕ/gu, 's'],
  [/ј/gu, 'j'],
  [/к/gu, 'k'],
  [/[нΗ]/gu, 'h'],
  [/т/gu, 't'],
  [/ԁ/gu, 'd'],
  [/ɡ/gu, 'g'],
];

/** Shorter names are near to many others by chance. */
const LEAST_LETTERS = 6;

/** The name within a domain that its owner chose, and what is around it: 'kerdavel' of 'mail.kerdavel.co.uk'. Null for an address of digits or one too short. */
export function chosenName(domain: string): { readonly name: string; readonly frame: string } | null {
  const labels = domain.split('.');
  const at = labels.length >= 3 && (labels.at(-2) ?? '').length <= 3 ? labels.length - 3 : labels.length - 2;
  const name = labels[at];
  if (at < 0 || name === undefined || [...name].length < LEAST_LETTERS || !/\p{L}/u.test(name)) return null;
  // What stands in front is a server of the same owner.
  return { name, frame: labels.slice(at + 1).join('.') };
}

/** Names with one skeleton look the same to a reader in a hurry. */
export function skeletonOf(name: string): string {
  let out = name.toLowerCase().normalize('NFKC').replaceAll('-', '');
  for (const [from, to] of TAKEN_FOR) out = out.replace(from, to);
  return out;
}

/** The name with each of its letters left out in turn, and itself: two names that share one are a letter or a swap apart. */
export function oneLess(name: string): string[] {
  const letters = [...name];
  return [
    name,
    ...letters.map((_, i) =>
      letters
        .slice(0, i)
        .concat(letters.slice(i + 1))
        .join(''),
    ),
  ];
}

/** 'ab' against 'ba', one letter more, fewer or another; digits at the end count servers and branches, and do not. */
export function isOneSlipApart(a: string, b: string): boolean {
  if (a === b || a.replace(/\d+/g, '') === b.replace(/\d+/g, '')) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (x.length === 2 && y.length === 2) return x[0] === y[1] && x[1] === y[0];
  return x.length <= 1 && y.length <= 1;
}
