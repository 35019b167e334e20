import type { Child, Container, Input } from '../model/input.ts';
import { readPalm } from '../structures/ebook/palm.ts';

const isPicture = (head: Uint8Array): boolean =>
  (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) || /^(?:\x89PNG|GIF8)/.test(Buffer.from(head).toString('latin1'));

function* open(input: Input): Iterable<Child> {
  for (const [i, { offset, length }] of input.once(readPalm).records.entries()) {
    if (isPicture(input.bytes.slice(offset, 4))) yield { key: `record ${i}`, role: 'part', bytes: input.bytes.window(offset, length), says: [] };
  }
}

/** Pictures of a Mobipocket book: a record each. */
export const mobi: Container = {
  id: 'mobi',
  version: 1,
  mediaTypes: ['application/x-mobipocket-ebook'],
  open,
  openOne(input, key) {
    for (const child of open(input)) if (child.key === key) return child;
    return null;
  },
};
