import type { Attribute } from './attribute.ts';

/** How far the inconsistency should move a careful reader once the innocent explanations are excluded. ENFSI verbal scale. */
export const STRENGTHS = ['weak', 'moderate', 'moderately-strong', 'strong', 'very-strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

export const PROPOSITIONS = ['altered', 'fabricated', 'misdated', 'handled', 'context'] as const;
export type Proposition = (typeof PROPOSITIONS)[number];

/**
 * What the reasoning rests on, and so how far it may go: a heuristic no further than moderate until it is calibrated, a
 * logical impossibility no further than strong (clocks err, betas leak, files are re-saved), cryptography and equality
 * of bytes to the end.
 */
export type Grounds = 'heuristic' | 'impossibility' | 'cryptography';

export interface Reference {
  readonly title: string;
  readonly url: string;
  readonly section?: string;
}

export interface Innocent {
  readonly id: string;
  /** How an honest person's file comes to look like this. */
  readonly story: string;
  /** What to look at to tell the two apart. */
  readonly check: string;
}

export interface RuleMeta<R extends Attribute = Attribute> {
  /** A noun phrase for the thing shown, kebab-case, equal to the file name: 'attachment-changed-after-send'. */
  readonly id: string;
  /** The catalogue's numbers: ['J02']. */
  readonly catalogue: readonly string[];
  readonly version: number;
  /** One line in the words of the record: "says", "records", "differs"; never "forged". */
  readonly title: string;
  readonly proposition: Proposition;
  /** 'supports' = evidence for authenticity. */
  readonly direction: 'against' | 'supports';
  /** The most this rule may say. */
  readonly strength: Strength;
  readonly grounds: Grounds;
  /** A rule's file says 'uncalibrated' or 'retired'; whether it counts as calibrated follows from what was measured (model/calibration.ts, rules/calibration.ts). */
  readonly status: 'uncalibrated' | 'calibrated' | 'retired';
  /** The claims the rule may look at. The engine fetches these and no others; none present = not applicable. */
  readonly reads: readonly R[];
  readonly innocent: readonly [Innocent, Innocent, ...Innocent[]];
  readonly references: readonly [Reference, ...Reference[]];
  /** First release that carried it. */
  readonly since: string;
}

export const strengthRank = (s: Strength): number => STRENGTHS.indexOf(s);
export const weaker = (a: Strength, b: Strength): Strength => (strengthRank(a) <= strengthRank(b) ? a : b);
/** One class lower, never below weak. */
export const oneLower = (s: Strength): Strength => STRENGTHS[Math.max(0, strengthRank(s) - 1)] ?? 'weak';

/** The most a rule may say, by what it rests on. Catalogue section 1.3. */
export function strengthCap(meta: Pick<RuleMeta, 'grounds' | 'status'>): Strength {
  if (meta.grounds === 'cryptography') return 'very-strong';
  if (meta.grounds === 'impossibility') return 'strong';
  return meta.status === 'calibrated' ? 'strong' : 'moderate';
}
