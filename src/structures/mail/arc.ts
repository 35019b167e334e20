import { dkimTag } from './elements.ts';
import type { HeaderField } from './mime-headers.ts';

/** What one seal says of the sets before its own. */
export interface ArcVerdict {
  readonly field: HeaderField;
  readonly instance: number;
  /** cv= as written; null where there is none. */
  readonly raw: string | null;
  /** Null for what RFC 8617 section 4.1.3 does not know. */
  readonly verdict: 'none' | 'pass' | 'fail' | null;
}

/** The ARC sets of a message as they stand, and how they are no chain; `faults` in words, the lowest set first. */
export interface ArcChain {
  readonly verdicts: readonly ArcVerdict[];
  readonly faults: readonly { readonly field: HeaderField; readonly says: string }[];
}

/** RFC 8617 section 4.2.1: a chain is no longer. */
const MOST_SETS = 50;
const MEMBERS = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'] as const;
const VERDICTS: ReadonlySet<string> = new Set(['none', 'pass', 'fail']);

/** i=, which comes first in the results and anywhere in the other two; 0 where it is none. */
function instanceOf(f: HeaderField): number {
  const text = f.key === 'arc-authentication-results' ? (/^\s*i\s*=\s*(\d{1,4})\s*;/.exec(f.value)?.[1] ?? '') : (dkimTag(f.value, 'i') ?? '');
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

function verdictOf(field: HeaderField): ArcVerdict {
  const raw = dkimTag(field.value, 'cv');
  const word = raw?.toLowerCase() ?? '';
  return { field, instance: instanceOf(field), raw, verdict: VERDICTS.has(word) ? (word as ArcVerdict['verdict']) : null };
}

function* incomplete(sets: ReadonlyMap<number, readonly HeaderField[]>): Iterable<ArcChain['faults'][number]> {
  const [stray] = sets.get(0) ?? [];
  if (stray) yield { field: stray, says: 'a field of a set without a number' };
  const highest = Math.max(...sets.keys());
  const [top] = sets.get(highest) ?? [];
  if (!top) return;
  for (let i = 1; i <= Math.min(highest, MOST_SETS); i++) {
    const set = sets.get(i);
    if (!set?.[0]) {
      yield { field: top, says: `no set ${i}, though there is one of number ${highest}` };
      continue;
    }
    for (const key of MEMBERS) {
      const n = set.filter((f) => f.key === key).length;
      if (n !== 1) yield { field: set[0], says: `set ${i} has ${n === 0 ? 'no' : n} ${NAMES[key]}` };
    }
  }
  if (highest > MOST_SETS) yield { field: top, says: `${highest} sets, where ${MOST_SETS} are the most` };
}

const NAMES = { 'arc-authentication-results': 'results', 'arc-message-signature': 'message signature', 'arc-seal': 'seal' } as const;

/** What each seal may say: the first has nothing before it, and nothing passes behind a failure. RFC 8617 section 5.1.2 and 5.2. */
function* contradictions(verdicts: readonly ArcVerdict[]): Iterable<ArcChain['faults'][number]> {
  const rising = [...verdicts].sort((a, b) => a.instance - b.instance);
  let failed = 0;
  for (const { field, instance, verdict } of rising) {
    if (instance === 1 && verdict !== 'none') yield { field, says: `seal 1 says '${verdict ?? 'nothing'}' of sets before it, and there are none` };
    if (instance > 1 && verdict === 'none') yield { field, says: `seal ${instance} says that there is no set before it` };
    if (verdict === 'pass' && failed > 0) yield { field, says: `seal ${instance} says 'pass' behind seal ${failed}, which says 'fail'` };
    if (verdict === 'fail') failed = failed === 0 ? instance : failed;
  }
}

/** Null where the message has no ARC field. Only what stands there is compared; the signatures are checked elsewhere. */
export function arcChainOf(fields: readonly HeaderField[]): ArcChain | null {
  const own = fields.filter((f) => (MEMBERS as readonly string[]).includes(f.key));
  if (own.length === 0) return null;
  const sets = new Map<number, HeaderField[]>();
  for (const f of own) {
    const set = sets.get(instanceOf(f));
    if (set) set.push(f);
    else sets.set(instanceOf(f), [f]);
  }
  const verdicts = own.filter((f) => f.key === 'arc-seal').map(verdictOf);
  return { verdicts, faults: [...incomplete(sets), ...contradictions(verdicts)] };
}
