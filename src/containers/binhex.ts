import type { ClaimDraft } from '../model/claim.ts';
import type { Child, Container, Input, OpeningProblem } from '../model/input.ts';
import { readBinHex } from '../structures/binhex.ts';
import { bytesOf } from '../structures/bytes.ts';

function* open(input: Input): Iterable<Child | OpeningProblem> {
  const file = input.once(readBinHex);
  if (!file) {
    yield { problem: { code: 'malformed', message: 'no file stands behind the line that announces one' } };
    return;
  }
  for (const problem of file.problems) yield { problem };
  const { name, data, resources } = file;
  const says: ClaimDraft[] = [
    { basis: 'asserted', attribute: 'name.file', field: 'BinHex name', raw: name, value: name, locator: { in: 'parent', key: 'name' } },
  ];
  if (data.byteLength > 0) yield { key: 'data', label: name, role: 'document', bytes: bytesOf(data), says };
  if (resources.byteLength > 0) yield { key: 'resources', role: 'part', bytes: bytesOf(resources), says: [] };
}

/** The two forks of a Macintosh file in BinHex 4.0. */
export const binhex: Container = {
  id: 'binhex',
  version: 1,
  mediaTypes: ['application/mac-binhex40'],
  open,
  openOne(input, key) {
    for (const item of open(input)) if ('key' in item && item.key === key) return item;
    return null;
  },
};
