/** One tag, with the place of its value in the text, blanks around it included. */
export interface Tag {
  readonly name: string;
  /** Trimmed; blanks inside are kept. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** Real signatures have a dozen. */
const MAX_TAGS = 100;
const NAME = /^[A-Za-z]\w*$/;

/**
 * A tag list: 'v=1; a=rsa-sha256; …'. Null where it is none or a name stands there twice, which makes all of it invalid. A
 * semicolon at the end is allowed. RFC 6376 section 3.2.
 */
export function parseTagList(text: string): ReadonlyMap<string, Tag> | null {
  const tags = new Map<string, Tag>();
  let at = 0;
  while (at < text.length) {
    const found = text.indexOf(';', at);
    const end = found === -1 ? text.length : found;
    const equals = text.indexOf('=', at);
    if (equals === -1 || equals >= end) {
      if (text.slice(at, end).trim() !== '' || end !== text.length) return null;
      break;
    }
    const name = text.slice(at, equals).trim();
    if (!NAME.test(name) || tags.has(name) || tags.size >= MAX_TAGS) return null;
    tags.set(name, { name, value: text.slice(equals + 1, end).trim(), from: equals + 1, to: end });
    at = end + 1;
  }
  return tags.size === 0 ? null : tags;
}
