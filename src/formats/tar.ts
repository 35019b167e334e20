import { claim, type Extracted, type Locator } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readTar } from '../structures/archive/tar.ts';
import { hexAt } from './shared/quote-bytes.ts';

/** Magic and version of the first header. */
const AT = 257;
const LENGTH = 8;
const WRITERS = { gnu: 'gnu-tar', pax: 'pax', ustar: 'ustar', v7: 'v7-tar' } as const;

function* read(input: Input): Iterable<Extracted> {
  const { members, dialect } = input.once(readTar);
  if (members.length === 0) return;
  const raw = Buffer.from(input.bytes.slice(AT, LENGTH)).toString('hex');
  yield claim({
    basis: 'observed',
    attribute: 'tool.container',
    field: 'magic',
    raw,
    value: WRITERS[dialect],
    locator: { in: 'bytes', offset: AT, length: LENGTH },
  });
}

const replay = (input: Input, locator: Locator): string | null => (locator.in === 'bytes' ? hexAt(input, locator) : null);

/** Which dialect of tar it is: GNU tar writes its own by default, bsdtar and Python write pax. Problems are the container's to tell. */
export const tar: FormatReader = { id: 'tar', version: 2, mediaTypes: ['application/x-tar'], read, replay };
