import type { Child, Container, Input } from '../model/input.ts';
import { type AppleEntry, ENTRY_ID, readAppleDouble } from '../structures/apple-double.ts';

const ROLES: ReadonlyMap<number, { readonly key: string; readonly role: Child['role'] }> = new Map([
  [ENTRY_ID.dataFork, { key: 'data', role: 'document' }],
  [ENTRY_ID.resourceFork, { key: 'resources', role: 'part' }],
]);

function childOf(input: Input, { id, offset, length }: AppleEntry): Child | null {
  const fork = ROLES.get(id);
  return fork ? { ...fork, bytes: input.bytes.window(offset, length), says: [] } : null;
}

function* open(input: Input): Iterable<Child> {
  const given = new Set<string>();
  for (const entry of input.once(readAppleDouble).entries) {
    const child = childOf(input, entry);
    if (!child || given.has(child.key)) continue;
    given.add(child.key);
    yield child;
  }
}

/** The forks of a file that AppleSingle holds; AppleDouble holds the resource fork alone, if any. */
export const appleDouble: Container = {
  id: 'apple-double',
  version: 1,
  mediaTypes: ['application/applefile'],
  open,
  openOne(input, key) {
    for (const child of open(input)) if (child.key === key) return child;
    return null;
  },
};
