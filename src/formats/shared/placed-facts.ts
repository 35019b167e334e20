import { type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import type { Fact } from '../../structures/cms/facts.ts';

/** Facts as claims; `locate` says where in the artifact a fact stands. */
export function* claimsOfFacts(facts: Iterable<Fact>, locate: (fact: Fact) => Locator): Iterable<Extracted> {
  for (const fact of facts) {
    const { basis, attribute, field, raw, value } = fact;
    yield { t: 'claim', claim: { basis, attribute, field, raw: raw.slice(0, MAX_RAW), value, locator: locate(fact) } };
    if (raw.length > MAX_RAW) yield problem('limit-exceeded', `${field}: ${raw.length} characters, the first ${MAX_RAW} kept as raw`);
  }
}

/** The raw value of what stands at that place and nowhere else. */
export const quoteOfFacts = (facts: Iterable<Fact>, at: { readonly offset: number; readonly length: number }): string | null => {
  for (const f of facts) if (f.basis === 'asserted' && f.offset === at.offset && f.length === at.length) return f.raw.slice(0, MAX_RAW);
  return null;
};
