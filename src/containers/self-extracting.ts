import type { Child, Container, Input } from '../model/input.ts';
import { carriedArchive } from '../structures/archive/carried.ts';

const KEY = 'archive';

function carried(input: Input): Child | null {
  const at = input.once(carriedArchive);
  return at === null ? null : { key: KEY, role: 'part', bytes: input.bytes.window(at, input.bytes.size - at), says: [] };
}

function* open(input: Input): Generator<Child> {
  const child = carried(input);
  if (child) yield child;
}

/** Programs that carry an archive behind themselves: the archive is one part, whose members are opened in their turn. */
export const selfExtracting: Container = {
  id: 'self-extracting',
  version: 1,
  mediaTypes: ['application/x-self-extracting'],
  open,
  openOne: (input, key) => (key === KEY ? carried(input) : null),
};
