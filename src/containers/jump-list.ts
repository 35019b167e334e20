import { bytesOf } from '../model/bytes.ts';
import type { Child, ClosedChild, Container, Input } from '../model/input.ts';
import { customShortcuts } from '../structures/custom-jump-list.ts';
import { readCfb } from '../structures/ole/cfb.ts';
import { shortcutsOf } from '../structures/ole/jump-list.ts';

function* open(input: Input): Iterable<Child | ClosedChild> {
  const cfb = input.once(readCfb);
  if (cfb.entries.length === 0) {
    for (const { offset, length } of customShortcuts(input))
      yield { key: `shortcut@${offset}`, role: 'part', bytes: input.bytes.window(offset, length), says: [] };
    return;
  }
  for (const entry of shortcutsOf(cfb)) {
    const content = cfb.read(entry);
    if (content) yield { key: entry.path, role: 'part', bytes: bytesOf(content), says: [] };
    else {
      const problem = { code: 'limit-exceeded', message: 'the shortcut is larger than the budget allows' } as const;
      yield { key: entry.path, role: 'part', says: [], bytes: null, why: 'over-limit', problem };
    }
  }
}

/** The shortcuts of a jump list, automatic or custom. */
export const jumpList: Container = {
  id: 'jump-list',
  version: 1,
  mediaTypes: ['application/x-ms-custom-jump-list', 'application/x-ms-jump-list'],
  open,
  openOne(input, key) {
    for (const child of open(input)) if (child.key === key) return child;
    return null;
  },
};
