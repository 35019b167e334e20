import { claim, type Extracted, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { HEAD_BYTES } from '../structures/head.ts';
import { LEGACY_KINDS, legacyKindOf } from '../structures/legacy-document.ts';
import { hexAt } from './shared/quote-bytes.ts';

function* read(input: Input): Generator<Extracted> {
  const head = input.bytes.slice(0, HEAD_BYTES);
  const kind = legacyKindOf(head);
  if (!kind) {
    yield problem('malformed', 'not a document of any of these kinds');
    return;
  }
  for (const { attribute, field, offset, length, value } of kind.fields(head)) {
    const bytes = head.subarray(offset, offset + length);
    if (bytes.byteLength < length) continue;
    yield claim({ basis: 'asserted', attribute, field, raw: Buffer.from(bytes).toString('hex'), value, locator: { in: 'bytes', offset, length } });
  }
  if (kind.encrypted?.(head)) yield problem('encrypted', `the text of a ${kind.name} is enciphered with a password`);
  else yield problem('unsupported', `of a ${kind.name} the head is read, its content is not`);
}

/** Documents of programs before the office suites of today, and databases: kind, version and what the head plainly states. */
export const legacyDocument: FormatReader = {
  id: 'legacy-document',
  version: 1,
  mediaTypes: [...new Set(LEGACY_KINDS.map((k) => k.mediaType))],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? hexAt(input, locator) : null),
};
