import type { Claim } from '../../model/claim.ts';
import { parseState, readSignature, type SignatureOutcome, type SignatureRecord } from '../../model/dkim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { Cited } from '../../model/finding.ts';
import { oneLower, type Strength } from '../../model/rule-meta.ts';

/** What every rule on signatures asks for. */
export const SIGNATURE_CLAIMS = [
  'dkim.signature',
  'dkim.state',
  'dkim.key-bits',
  'dkim.neighbours',
  'dkim.neighbours-unchanged',
  'mark.relayed',
] as const;
type Read = (typeof SIGNATURE_CLAIMS)[number];

/** One signature of a message with what checking it came to. */
export interface CheckedSignature {
  readonly record: SignatureRecord;
  readonly state: Claim<'dkim.state'>;
  readonly outcome: SignatureOutcome;
  readonly notes: readonly string[];
  /** Null without a key. */
  readonly bits: number | null;
  readonly neighbours: number;
  readonly unchanged: number;
  /** The two counts, to be cited. */
  readonly counts: readonly Claim[];
}

const placeOf = (c: Claim): string => JSON.stringify(c.locator);

/** The signatures of a message, from the top; those without a signer are left out. */
export function signaturesOf(subject: Pick<Subject<Read>, 'claims'>): CheckedSignature[] {
  return subject.claims('dkim.state').flatMap((state): CheckedSignature[] => {
    const here = <A extends Read>(attribute: A): Claim<A> | undefined => subject.claims(attribute).find((c) => placeOf(c) === placeOf(state));
    const record = readSignature(here('dkim.signature')?.value);
    if (!record || state.value === null) return [];
    const counts = [here('dkim.neighbours'), here('dkim.neighbours-unchanged')];
    return [
      {
        record,
        state,
        ...parseState(state.value),
        bits: here('dkim.key-bits')?.value ?? null,
        neighbours: counts[0]?.value ?? 0,
        unchanged: counts[1]?.value ?? 0,
        counts: counts.filter((c) => c !== undefined),
      },
    ];
  });
}

/** Fewer neighbours are no population. */
const LEAST_NEIGHBOURS = 5;

/** How the same signer's messages of those weeks fared: most came through unchanged, or most did not, or too few are known. */
function populationOf({ neighbours, unchanged }: CheckedSignature): 'unchanged' | 'changed' | 'unknown' {
  if (neighbours >= LEAST_NEIGHBOURS && unchanged / neighbours >= 0.9) return 'unchanged';
  return neighbours >= 3 && unchanged / neighbours < 0.5 ? 'changed' : 'unknown';
}

/** The message's DKIM signatures; none where one of its signatures over the message verifies: an older one then fails, as it must. */
export function unverifiedSignaturesOf(subject: Pick<Subject<Read>, 'claims'>): CheckedSignature[] {
  const all = signaturesOf(subject);
  return all.some((s) => s.outcome === 'verified' && s.record.kind !== 'arc-seal') ? [] : all.filter((s) => s.record.kind === 'dkim');
}

const BY_POPULATION = { unchanged: 'moderately-strong', unknown: 'moderate', changed: 'weak' } as const satisfies Record<string, Strength>;

/** How much it means that a signature does not fit, by how the signer's other messages fared, and by what may have rewritten this one. */
export const changeStrength = (s: CheckedSignature, subject: Pick<Subject<Read>, 'claims'>): Strength =>
  softened(BY_POPULATION[populationOf(s)], subject);

/** '; 14 of 15 others signed so within 14 days are unchanged', '' without any. */
export const amongNeighbours = ({ neighbours, unchanged }: CheckedSignature): string =>
  neighbours === 0 ? '' : `; ${unchanged} of ${neighbours} others signed so within 14 days came through unchanged`;

/** Lists, gateways and exporters left their marks: what they do may explain it. */
const softened = (strength: Strength, subject: Pick<Subject<Read>, 'claims'>): Strength =>
  subject.claims('mark.relayed').length > 0 ? oneLower(strength) : strength;

export const citing = (s: CheckedSignature): [Cited, ...Cited[]] => [
  { claim: s.state, role: 'primary' },
  ...s.counts.map((claim): Cited => ({ claim, role: 'context' })),
];

/** 'example.org (selector s1)'. */
export const signerWords = ({ record }: CheckedSignature): string => `${record.domain} (selector ${record.selector})`;
