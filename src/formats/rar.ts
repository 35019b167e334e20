import { claim, type Extracted, type Locator } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readRar } from '../structures/archive/rar.ts';
import { hexAt } from './shared/quote-bytes.ts';

/** Enough of a header to see its type and size. */
const HEADER_BYTES = 7;

function* read(input: Input): Iterable<Extracted> {
  const rar = input.once(readRar);
  if (!rar) return;
  // Within an encrypted list nothing stands that could be quoted.
  const first = rar.encrypted ? undefined : rar.members[0];
  const offset = first?.headerOffset ?? 0;
  const raw = Buffer.from(input.bytes.slice(offset, HEADER_BYTES)).toString('hex');
  const host = first && first.host !== 'unknown' ? `-${first.host}` : '';
  yield claim({
    basis: 'observed',
    attribute: 'tool.container',
    field: 'host',
    raw,
    value: `rar${rar.version}${host}`,
    locator: { in: 'bytes', offset, length: HEADER_BYTES },
  });
}

const replay = (input: Input, locator: Locator): string | null => (locator.in === 'bytes' ? hexAt(input, locator) : null);

/** The version of the archive and the system its first member was packed on. Problems are the container's to tell. */
export const rar: FormatReader = { id: 'rar', version: 1, mediaTypes: ['application/vnd.rar'], read, replay };
