import type { Attribute } from './attribute.ts';
import { type RuleMeta, STRENGTHS, strengthRank, type Strength } from './rule-meta.ts';
import { upperBound } from './upper-bound.ts';

/**
 * What a document must carry before a rule can speak about it. Each inner list is satisfied by one of its claims: `itself` by the artifact,
 * `around` by what encloses it, `somewhere` by anything in the corpus. `among`: so many
 * artifacts of that sort share a value of the attribute, such as a folder.
 */
export interface Needs {
  readonly itself: readonly [readonly Attribute[], ...(readonly Attribute[])[]];
  readonly around?: readonly (readonly Attribute[])[];
  readonly somewhere?: readonly (readonly Attribute[])[];
  readonly among?: { readonly attribute: Attribute; readonly least: number };
}

/** How often one rule fired on some honest material. The unit is the document; equal bytes are one document. */
export interface Firings {
  readonly rule: string;
  /** Of the rule: figures of an older one say nothing about this one. */
  readonly version: number;
  /** Documents that carry what the rule needs. */
  readonly applicable: number;
  /** Counted by any claim the rule may look at, because nobody wrote down what it needs: too many, so the rate is too low. */
  readonly loosely: boolean;
  /** Documents by the strongest finding of the rule about them, from weak to very strong. */
  readonly fired: readonly [number, number, number, number, number];
  /** Root causes behind them: one act that touches forty documents is one. */
  readonly acts: number;
}

export interface Material {
  readonly name: string;
  /** Only documents of this kind were counted; 'all' otherwise. */
  readonly kind: string;
  /** The corpus manifest of the report: path, size and digest of each file. */
  readonly manifest: string;
  readonly files: number;
  /** Documents of that kind with distinct bytes. */
  readonly documents: number;
  /** Why it counts as honest, and what is odd about it. */
  readonly why?: string;
}

/** One run of `tainted calibrate`. */
export interface Calibration {
  readonly schema: 'calibration/1';
  readonly tool: string;
  readonly material: Material;
  readonly rules: readonly Firings[];
}

/** Firings of one rule on one material. */
export interface Measured {
  readonly material: string;
  readonly tool: string;
  readonly firings: Firings;
}

/** Fewer applicable documents say too little: with 300 and no firing the upper bound is just under 1 %. */
export const LEAST_APPLICABLE = 300;
/** So many applicable documents make a rate of their own. */
const ENOUGH_ALONE = 30;

/**
 * The highest rate of false alarms with which a finding may carry its class: one over the least likelihood ratio of the class on the ENFSI verbal
 * scale (Guideline for Evaluative Reporting, 2015), as if the rule saw every tainted document. So this bound is necessary, not sufficient.
 */
const HIGHEST_RATE: Readonly<Record<Strength, number>> = {
  weak: 0.5,
  moderate: 0.1,
  'moderately-strong': 0.01,
  strong: 0.001,
  'very-strong': 0.0001,
};

/** Documents with a finding of this class or a stronger one. */
export const firedFrom = (f: Firings, strength: Strength): number => f.fired.slice(strengthRank(strength)).reduce((sum, n) => sum + n, 0);

/** The 95 % upper bound of the rate of findings of this class or a stronger one. */
export const boundFrom = (f: Firings, strength: Strength): number => upperBound(firedFrom(f, strength), f.applicable);

/** Several materials as one; null where there is none. */
export function pooled(list: readonly Firings[]): Firings | null {
  const [first] = list;
  if (!first) return null;
  const at = (i: number): number => list.reduce((sum, f) => sum + (f.fired[i] ?? 0), 0);
  return {
    rule: first.rule,
    version: first.version,
    applicable: list.reduce((sum, f) => sum + f.applicable, 0),
    loosely: list.some((f) => f.loosely),
    fired: [at(0), at(1), at(2), at(3), at(4)],
    acts: list.reduce((sum, f) => sum + f.acts, 0),
  };
}

/** Why a rule does not count as calibrated, in one sentence; null where it does. */
export function lacking(meta: Pick<RuleMeta, 'direction' | 'strength' | 'version'>, measured: readonly Measured[]): string | null {
  if (meta.direction === 'supports') return 'honest material cannot show how often a rule errs that supports authenticity';
  const current = measured.filter((m) => m.firings.version === meta.version);
  const f = pooled(current.map((m) => m.firings));
  if (!f || f.applicable === 0) return 'no honest document was measured that it could speak about';
  if (f.loosely) return 'what it needs is not written down, so its documents are counted too generously';
  if (f.applicable < LEAST_APPLICABLE) return `fewer than ${LEAST_APPLICABLE} honest documents that it could speak about`;
  for (const s of STRENGTHS.slice(0, strengthRank(meta.strength) + 1)) {
    const most = `${Number((HIGHEST_RATE[s] * 100).toPrecision(2))} %, the most that class allows`;
    if (boundFrom(f, s) > HIGHEST_RATE[s]) return `the upper bound for ${s.replace('-', ' ')} or more is above ${most}`;
    // A pool hides a material that is unlike the others.
    const unlike = current.find((m) => m.firings.applicable >= ENOUGH_ALONE && firedFrom(m.firings, s) > HIGHEST_RATE[s] * m.firings.applicable);
    if (unlike) return `on ${unlike.material} alone the rate for ${s.replace('-', ' ')} or more is above ${most}`;
  }
  return null;
}
