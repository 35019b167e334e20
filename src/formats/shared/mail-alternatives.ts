import { claim, type Extracted, MAX_RAW } from '../../model/claim.ts';
import { compareAlternatives } from '../../structures/mail/alternatives.ts';
import type { Mime, Part } from '../../structures/mail/mime.ts';

/** Less in common, and they are not two versions of one text. */
const LEAST_SHARED = 0.8;
/** Shorter ones say nothing but that they are the plain text, or the HTML. */
const LEAST_WORDS = 8;
/** More places, and they are two versions by intention. */
const MOST_PLACES = 3;

/** The first text of a type below a part, at any depth. */
function textBelow(mime: Mime, top: number, type: string, texts: ReadonlyMap<Part, string>): Part | null {
  const below = new Set([top]);
  for (let i = top + 1; i < mime.parts.length; i++) {
    const part = mime.parts[i];
    if (!part || !below.has(part.parent)) return null;
    below.add(i);
    if (part.type === type && texts.has(part)) return part;
  }
  return null;
}

/** What the plain text and the HTML of one letter say differently: two versions of the same words by RFC 2046 section 5.1.4. */
export function* alternativeClaims(mime: Mime, texts: ReadonlyMap<Part, string>): Iterable<Extracted> {
  const top = mime.parts.findIndex((p) => p.type === 'multipart/alternative' && p.multipart !== null);
  const plain = top === -1 ? null : textBelow(mime, top, 'text/plain', texts);
  const html = top === -1 ? null : textBelow(mime, top, 'text/html', texts);
  if (!plain || !html) return;
  const { replaced, shared, words } = compareAlternatives(texts.get(plain) ?? '', texts.get(html) ?? '');
  if (words < LEAST_WORDS || shared < LEAST_SHARED || replaced.length > MOST_PLACES) return;
  for (const r of replaced) {
    const value = `'${r.plain}' in the plain text, '${r.html}' in the HTML`.slice(0, MAX_RAW);
    const field = /\p{N}/u.test(r.plain) && /\p{N}/u.test(r.html) ? 'a number' : 'words';
    const locator = { in: 'bytes', offset: plain.body.offset, length: plain.body.length } as const;
    yield claim({ basis: 'observed', attribute: 'mark.alternative', field, raw: value, value, locator });
  }
}
