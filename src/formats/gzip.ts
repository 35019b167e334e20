import { claim, type Extracted, type Locator } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readGzip } from '../structures/archive/gzip.ts';
import { hexAt } from './shared/quote-bytes.ts';

/** RFC 1952 section 2.3.1, OS. */
const SYSTEMS: Readonly<Record<number, string>> = { 0: 'fat', 3: 'unix', 7: 'mac', 11: 'ntfs' };
/** XFL and OS stand side by side. */
const AT = 8;
const LENGTH = 2;

function* read(input: Input): Iterable<Extracted> {
  const header = input.once(readGzip);
  if (!header) return;
  const raw = Buffer.from(input.bytes.slice(AT, LENGTH)).toString('hex');
  const system = SYSTEMS[header.system];
  yield claim({
    basis: 'observed',
    attribute: 'tool.container',
    field: 'XFL, OS',
    raw,
    value: system === undefined ? 'gzip' : `gzip-${system}`,
    locator: { in: 'bytes', offset: AT, length: LENGTH },
  });
}

const replay = (input: Input, locator: Locator): string | null => (locator.in === 'bytes' ? hexAt(input, locator) : null);

/** What the header tells of the packer: the kind of system it was made for. Name and time are said of the file inside. */
export const gzip: FormatReader = { id: 'gzip', version: 1, mediaTypes: ['application/gzip'], read, replay };
