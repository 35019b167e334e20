import type { Limits } from '../model/input.ts';
import type { Content } from './contents.ts';
import { type Expansion, type Extraction, isSpent } from './extraction.ts';
import { type Found, Occurrence, writeClosed } from './occurrence.ts';

/** Whether the limits that are counted along the way would cut nothing off here either. */
export function fits(found: Found, content: Content, expansion: Expansion, limits: Limits): boolean {
  const deepest = found.path.length + content.height - 1;
  return deepest <= limits.maxDepth && !isSpent({ ...expansion, outBytes: expansion.outBytes + content.outBytes }, limits);
}

/** The same bytes at another place: artifacts of their own, with what this place says of them; the rest stands where they were met first. */
export function repeat(found: Found, content: Content, e: Extraction): void {
  const occurrence = new Occurrence(found, e.limits);
  for (const h of content.held)
    if ('content' in h) repeat(occurrence.inside(h.opener, h.child), h.content, e);
    else writeClosed(occurrence.inside(h.opener, h.closed), { ...h.closed, by: h.opener }, e);
  occurrence.describe(content.mediaType, content.also, content.size > 0 ? content.sha256 : null);
  const { sha256, size, mediaType, outcome } = content;
  occurrence.write({ sha256, size, mediaType, outcome }, e, content.first);
}
