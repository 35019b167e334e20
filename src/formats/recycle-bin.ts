import { claim, type Extracted, MAX_RAW } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { DELETED_AT, recycledFileOf } from '../structures/recycle-bin.ts';

/** 65,536 bytes of path and its header. */
const MAX_BYTES = 70_000;

const fileOf = (input: Input): ReturnType<typeof recycledFileOf> => recycledFileOf(input.bytes.slice(0, MAX_BYTES));

function* read(input: Input): Iterable<Extracted> {
  const file = input.once(fileOf);
  if (!file) return;
  const { path, pathOffset, pathLength } = file;
  const deleted = input.bytes.slice(DELETED_AT.offset, DELETED_AT.length);
  yield claim({
    basis: 'asserted',
    attribute: 'time.hidden',
    field: 'deletion time',
    raw: Buffer.from(deleted).toString('hex'),
    value: fromFiletime(file.deleted),
    locator: { in: 'bytes', ...DELETED_AT },
  });
  const raw = path.slice(0, MAX_RAW);
  const said = { basis: 'asserted', field: 'original path', raw, locator: { in: 'bytes', offset: pathOffset, length: pathLength } } as const;
  yield claim({ ...said, attribute: 'machine.path', value: raw });
  yield claim({ ...said, attribute: 'residue.file', value: path.split('\\').at(-1)?.slice(0, MAX_RAW) ?? null });
}

/** What Windows notes of a file that was moved to the recycle bin, '$I…': where it lay, and when it was deleted (FILETIME, UTC). */
export const recycleBin: FormatReader = {
  id: 'recycle-bin',
  version: 1,
  mediaTypes: ['application/x-windows-recycle-bin'],
  read,
  replay(input, locator) {
    const file = input.once(fileOf);
    if (!file || locator.in !== 'bytes') return null;
    if (locator.offset === file.pathOffset && locator.length === file.pathLength) return file.path.slice(0, MAX_RAW);
    if (locator.offset !== DELETED_AT.offset || locator.length !== DELETED_AT.length) return null;
    return Buffer.from(input.bytes.slice(DELETED_AT.offset, DELETED_AT.length)).toString('hex');
  },
};
