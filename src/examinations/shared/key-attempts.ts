import { pairOf, type SignedPair, type SignerGroup } from './signer-groups.ts';

/** One signature against some others with a single gcd; by position among the candidates. */
export interface Attempt {
  readonly anchor: number;
  readonly others: readonly number[];
}

/** Signatures of a group that are paired; the rest only check what was found. */
const MOST_CANDIDATES = 24;
/** gcds of one group. */
const MOST_ATTEMPTS = 12;
/** A further one costs an eighth of a gcd. Two are best where most messages are unharmed; once a try came to nothing, four. */
const FIRST_OTHERS = 2;
const LATER_OTHERS = 4;

export interface Candidate extends SignedPair {
  /** Position among the group's members. */
  readonly member: number;
}

/** A digest that occurs twice with different signatures was signed with two keys: only its first is taken. */
export function candidatesOf(group: SignerGroup): Candidate[] {
  const found: Candidate[] = [];
  const digests = new Set<string>();
  for (const [member, signed] of group.members.entries()) {
    if (found.length === MOST_CANDIDATES) break;
    const pair = pairOf(signed, group.bytes);
    if (!pair || digests.has(pair.m)) continue;
    digests.add(pair.m);
    found.push({ ...pair, member });
  }
  return found;
}

/** Every pair once, each candidate as anchor in turn, in an order that depends on nothing but `count`; at most {@link MOST_ATTEMPTS}. */
export function attemptsOf(count: number): Attempt[] {
  const attempts: Attempt[] = [];
  const next = Array.from({ length: count }, (_, i) => i + 1);
  for (let left = true; left;) {
    left = false;
    for (const [anchor, from] of next.entries()) {
      if (from >= count) continue;
      if (attempts.length === MOST_ATTEMPTS) return attempts;
      const to = Math.min(count, from + (attempts.length === 0 ? FIRST_OTHERS : LATER_OTHERS));
      attempts.push({ anchor, others: Array.from({ length: to - from }, (_, i) => from + i) });
      next[anchor] = to;
      left = true;
    }
  }
  return attempts;
}
