import type { FormatReader } from '../model/input.ts';
import { problem } from '../model/claim.ts';
import { readCms } from '../structures/cms/message.ts';
import { claimsOfFacts, quoteOfFacts } from './shared/placed-facts.ts';

/**
 * Signatures and envelopes of S/MIME, CAdES and PKCS #7 (RFC 5652), time-stamp tokens (RFC 3161) and time-stamped files
 * (RFC 5544): who signed when, to whom it is encrypted. A signature is checked where certificate and content are inside.
 */
export const cms: FormatReader = {
  id: 'cms',
  version: 1,
  mediaTypes: ['application/pkcs7-mime', 'application/pkcs7-signature', 'application/timestamped-data'],
  *read(input) {
    const { facts, problems } = input.once(readCms);
    for (const p of problems) yield problem(p.code, p.message);
    yield* claimsOfFacts(facts, ({ offset, length }) => ({ in: 'bytes', offset, length }));
  },
  replay: (input, locator) => (locator.in === 'bytes' ? quoteOfFacts(input.once(readCms).facts, locator) : null),
};
