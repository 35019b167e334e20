import type { ClaimDraft } from '../model/claim.ts';
import type { Child, Container, Input, OpeningProblem } from '../model/input.ts';
import { readMacBinary } from '../structures/mac-binary.ts';

function* open(input: Input): Iterable<Child | OpeningProblem> {
  const file = input.once(readMacBinary);
  if (!file) return;
  const { name, data, resources } = file;
  const says: ClaimDraft[] = [
    { basis: 'asserted', attribute: 'name.file', field: 'MacBinary name', raw: name, value: name, locator: { in: 'parent', key: 'name' } },
  ];
  if (resources.offset + resources.length > input.bytes.size || data.offset + data.length > input.bytes.size)
    yield { problem: { code: 'truncated', message: `its forks of ${data.length} and ${resources.length} bytes are not all there` } };
  if (data.length > 0) yield { key: 'data', label: name, role: 'document', bytes: input.bytes.window(data.offset, data.length), says };
  if (resources.length > 0) yield { key: 'resources', role: 'part', bytes: input.bytes.window(resources.offset, resources.length), says: [] };
}

/** The two forks of a Macintosh file in MacBinary. */
export const macBinary: Container = {
  id: 'mac-binary',
  version: 1,
  mediaTypes: ['application/macbinary'],
  open,
  openOne(input, key) {
    for (const item of open(input)) if ('key' in item && item.key === key) return item;
    return null;
  },
};
