import { bytesOf } from '../model/bytes.ts';
import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Child, Container, Input } from '../model/input.ts';
import { readCfb } from '../structures/ole/cfb.ts';
import { thumbEntries, thumbPicture, thumbStream } from '../structures/ole/thumbs-db.ts';

function* open(input: Input): Iterable<Child> {
  const cfb = input.once(readCfb);
  const given = new Set<string>();
  for (const entry of thumbEntries(cfb).entries) {
    const stream = thumbStream(cfb, entry);
    const content = stream && !given.has(stream.path) ? cfb.read(stream) : null;
    if (!stream || !content) continue;
    given.add(stream.path);
    const label = entry.name.slice(0, MAX_RAW);
    const says: ClaimDraft[] = [
      { basis: 'asserted', attribute: 'name.title', field: 'Catalog name', raw: label, value: label, locator: { in: 'parent', key: 'name' } },
    ];
    yield { key: stream.path, label, role: 'part', bytes: bytesOf(thumbPicture(content)), says };
  }
}

/** The small pictures of a 'Thumbs.db'. The name is that of the picture they were made of. */
export const thumbsDb: Container = {
  id: 'thumbs-db',
  version: 1,
  mediaTypes: ['application/x-thumbs-db'],
  open,
  openOne(input, key) {
    for (const child of open(input)) if (child.key === key) return child;
    return null;
  },
};
