import { type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { wholeOf } from '../structures/bytes.ts';
import { decodeXml, replayXml } from '../structures/xml.ts';
import { xmlSignatureClaims } from '../structures/xmldsig/claims.ts';

const textOf = ({ bytes }: Input): string => decodeXml(wholeOf(bytes));

function* read(input: Input): Iterable<Extracted> {
  if (input.bytes.size > input.limits.maxTextBytes) yield problem('limit-exceeded', `XML: ${input.bytes.size} bytes, not read`);
  else yield* xmlSignatureClaims(input.once(textOf), '', null);
}

/** XML that is signed, or that is a signature (XMLDSIG, XAdES): who signed it, when, and what is covered. */
export const xmlSignature: FormatReader = {
  id: 'xml-signature',
  version: 1,
  mediaTypes: ['application/x-xml-signature'],
  read,
  replay: (input, locator) =>
    locator.in === 'xml' && locator.part === '' && input.bytes.size <= input.limits.maxTextBytes
      ? (replayXml(input.once(textOf), locator)?.slice(0, MAX_RAW) ?? null)
      : null,
};
