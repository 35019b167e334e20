import { type Extracted, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { wholeOf } from '../structures/bytes.ts';
import { decodeXmp, replayXmp, xmpClaims } from '../structures/xmp.ts';

const packetOf = ({ bytes }: Input): string => decodeXmp(wholeOf(bytes));

function* read(input: Input): Iterable<Extracted> {
  if (input.bytes.size > input.limits.maxTextBytes) yield problem('limit-exceeded', `XMP: ${input.bytes.size} bytes, not read`);
  else yield* xmpClaims(input.once(packetOf), '');
}

/** An XMP packet in a file of its own, as raw converters lay it beside a picture (ISO 16684-1). */
export const xmp: FormatReader = {
  id: 'xmp',
  version: 1,
  mediaTypes: ['application/rdf+xml'],
  read,
  replay: (input, locator) =>
    locator.in === 'xml' && locator.part === '' && input.bytes.size <= input.limits.maxTextBytes ? replayXmp(input.once(packetOf), locator) : null,
};
