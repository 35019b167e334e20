import { BANNER_LINES, BANNER_MARK, TYPOGRAPHY } from './message-text.data.ts';

/** A body without what transport does to it. */
export interface MessageText {
  /** Lines that hold text, white space folded. */
  readonly lines: readonly string[];
  /** The lines joined by a blank: wrapping does not show. */
  readonly text: string;
}

/** Longer addresses are left as they are. */
const LINK = /https?:\/\/[^\s<>"]{1,4000}/gi;

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // not percent-encoded after all: the caller keeps the link as written
  }
};

/** The address behind a link that a gateway rewrote (Safe Links, URL Defense 2 and 3); any other link as it is. */
export function originalLink(link: string): string {
  const safe = /^https?:\/\/[\w.-]{1,80}\.safelinks\.protection\.outlook\.com\/.*?[?&]url=([^&]+)/i.exec(link);
  if (safe?.[1]) return decoded(safe[1]) ?? link;
  const second = /^https?:\/\/urldefense\.proofpoint\.com\/v[12]\/url\?.*?\bu=([^&]+)/i.exec(link);
  // Version 2 writes '-' for '%' and '_' for '/'.
  if (second?.[1]) return decoded(second[1].replaceAll('-', '%').replaceAll('_', '/')) ?? link;
  // Version 3 keeps the address, but puts '*' for characters that it lists apart.
  const third = /^https?:\/\/urldefense(?:\.us|\.com|\.proofpoint\.com)\/v3\/__(.{1,3900}?)__;/i.exec(link);
  return third?.[1] ?? link;
}

function cleaned(line: string): string {
  let text = line.replace(/^>+(?=From )/, '').normalize('NFC');
  if (text.includes('://')) text = text.replace(LINK, originalLink);
  for (const [from, to] of TYPOGRAPHY) text = text.replace(from, to);
  text = text.replace(/\s+/g, ' ').trim().replace(BANNER_MARK, '');
  return text.length <= 300 && BANNER_LINES.some((banner) => banner.test(text)) ? '' : text;
}

/** Folds what honest transport changes: white space, wrapping, `>From `, typography, external-sender banners, rewritten links. */
export function messageText(body: string): MessageText {
  const lines = body
    .split(/\r\n|\r|\n/)
    .map(cleaned)
    .filter((line) => line !== '');
  return { lines, text: lines.join(' ') };
}

/** Lines that a list, a gateway or a scanner may put around a body. */
const MOST_EXTRA_LINES = 15;

/**
 * The lines that `longer` has beyond `shorter`, where it is the same text with a header or footer of at most 15 whole lines
 * around it; null where it is not, or where `shorter` holds no text.
 */
export function framedBy(shorter: MessageText, longer: MessageText): readonly string[] | null {
  if (shorter.text === '' || longer.text.length <= shorter.text.length) return null;
  const starts = new Map<number, number>();
  let offset = 0;
  longer.lines.forEach((line, index) => {
    starts.set(offset, index);
    offset += line.length + 1;
  });
  starts.set(offset, longer.lines.length);
  let at = 0;
  for (let top = 0; top <= MOST_EXTRA_LINES && top < longer.lines.length; top += 1) {
    const below = starts.get(at + shorter.text.length + 1);
    // The rest must begin on a line of its own: words added to the last line are no footer.
    if (below !== undefined && top + longer.lines.length - below <= MOST_EXTRA_LINES && longer.text.startsWith(shorter.text, at)) {
      return longer.lines.slice(0, top).concat(longer.lines.slice(below));
    }
    at += (longer.lines[top]?.length ?? 0) + 1;
  }
  return null;
}
