const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const COLON = 0x3a;
/** Longer names are lines of a text. */
const MAX_NAME = 76;

/** What programs and servers stamp; with a From beside it, it is the header of a message. */
const STAMPS = ['date', 'message-id', 'received', 'x-mozilla-status', 'x-gm-thrid'] as const;

/** The name of the field in a line, lower case; null where the line is no field (RFC 5322 section 3.6.8). */
function nameAt(bytes: Buffer, start: number, end: number): string | null {
  const stop = Math.min(end, start + MAX_NAME);
  let i = start;
  while (i < stop && (bytes[i] ?? 0) > SPACE && (bytes[i] ?? 0) < 0x7f && bytes[i] !== COLON) i++;
  return i > start && bytes[i] === COLON ? bytes.toString('latin1', start, i).toLowerCase() : null;
}

/**
 * A From_ line that names neither sender nor time, as Thunderbird writes it of late. A text may hold such a line too: it
 * separates messages where {@link isMailHeader} holds for what follows.
 */
export const isBareLine = (line: string): boolean => /^From +$/.test(line);

/**
 * Whether nothing but fields stands up to the first empty line, or to the end of what is given, a From and a stamp among them.
 * Looks no further than the first line that is no field.
 */
export function isMailHeader(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const names = new Set<string>();
  for (let at = 0; at < bytes.byteLength;) {
    const found = bytes.indexOf(LF, at);
    const end = found === -1 ? bytes.byteLength : found;
    const first = bytes[at];
    if (first === LF || (first === CR && end === at + 1)) break;
    if (first !== SPACE && first !== TAB) {
      const name = nameAt(bytes, at, end);
      if (name === null) return false;
      names.add(name);
    }
    at = end + 1;
  }
  return names.has('from') && STAMPS.some((name) => names.has(name));
}
