import { problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { storeFacts } from '../structures/c2pa/facts.ts';
import { readStore } from '../structures/c2pa/manifest.ts';
import type { Fact } from '../structures/cms/facts.ts';
import { claimsOfFacts, quoteOfFacts } from './shared/placed-facts.ts';

const factsOf = (input: Input): readonly Fact[] => [...storeFacts(input.once(readStore))];

/** A C2PA manifest store (C2PA 2.1), alone or cut out of a picture: what made the file, what was done to it, who vouches for that. */
export const c2pa: FormatReader = {
  id: 'c2pa',
  version: 1,
  mediaTypes: ['application/c2pa'],
  *read(input) {
    for (const p of input.once(readStore).problems) yield problem(p.code, p.message);
    yield* claimsOfFacts(input.once(factsOf), ({ offset, length }) => ({ in: 'bytes', offset, length }));
  },
  replay: (input, locator) => (locator.in === 'bytes' ? quoteOfFacts(input.once(factsOf), locator) : null),
};
