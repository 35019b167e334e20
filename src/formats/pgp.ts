import { problem } from '../model/claim.ts';
import type { FormatReader } from '../model/input.ts';
import { readPgp } from '../structures/pgp/message.ts';
import { claimsOfFacts, quoteOfFacts } from './shared/placed-facts.ts';

/** Messages, signatures and keys of OpenPGP (RFC 9580, RFC 4880): to whom, by whom, when, with what. What checking a signature needs is left for an examination. */
export const pgp: FormatReader = {
  id: 'pgp',
  version: 2,
  mediaTypes: ['application/pgp-encrypted', 'application/pgp-keys', 'application/pgp-signature'],
  *read(input) {
    const { facts, problems } = input.once(readPgp);
    for (const p of problems) yield problem(p.code, p.message);
    yield* claimsOfFacts(facts, ({ offset, length }) => ({ in: 'bytes', offset, length }));
  },
  replay: (input, locator) => (locator.in === 'bytes' ? quoteOfFacts(input.once(readPgp).facts, locator) : null),
};
