import type { Address } from '../../model/attribute.ts';
import { decodeWords } from './encoded-words.ts';

export interface WrittenAddress extends Address {
  /** As written, trimmed. */
  readonly raw: string;
}

/** End of the comment that opens at `at` (RFC 5322 section 3.2.2: they nest); -1 where it never closes. */
function commentEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i;
  }
  return -1;
}

function quoteEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

interface Pending {
  start: number;
  /** Words outside of brackets, quotes taken off. */
  display: string;
  /** The same as written: a quoted local part keeps its quotes. */
  bare: string;
  comment: string;
  angle: string | null;
}

const begin = (start: number): Pending => ({ start, display: '', bare: '', comment: '', angle: null });
const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** RFC 5322 section 4.4: a route '@a,@b:' in front of an address is obsolete and means nothing. */
const mailboxOf = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/^@[^:]*:/, '')
    .toLowerCase();

function finish(p: Pending, text: string, end: number): WrittenAddress | null {
  const raw = text.slice(p.start, end).trim();
  if (raw === '') return null;
  if (p.angle !== null) return { raw, name: fold(decodeWords(p.display)) || fold(decodeWords(p.comment)), mailbox: mailboxOf(p.angle) };
  if (p.bare.includes('@')) return { raw, name: fold(decodeWords(p.comment)), mailbox: mailboxOf(p.bare) };
  const name = fold(decodeWords(p.display)) || fold(decodeWords(p.comment));
  return name === '' ? null : { raw, name, mailbox: '' };
}

/** What never closes is searched for once only: '(((((' must not cost a look at the rest of the text each. */
interface Closing {
  comment: boolean;
  quote: boolean;
  angle: boolean;
}

/** Takes in a quoted string, a comment or an address in brackets that opens at `at`; returns where it ends, or -1 where nothing of the kind does. */
function enclosed(text: string, at: number, p: Pending, closes: Closing): number {
  const c = text[at];
  let end = -1;
  if (c === '"' && closes.quote) {
    end = quoteEnd(text, at);
    closes.quote = end !== -1;
    p.display += text.slice(at + 1, Math.max(at + 1, end)).replace(/\\(.)/g, '$1');
    p.bare += text.slice(at, end + 1);
  } else if (c === '(' && closes.comment) {
    end = commentEnd(text, at);
    closes.comment = end !== -1;
    if (end !== -1) p.comment = text.slice(at + 1, end);
  } else if (c === '<' && closes.angle) {
    end = text.indexOf('>', at);
    closes.angle = end !== -1;
    if (end !== -1) p.angle ??= text.slice(at + 1, end);
  }
  return end;
}

/**
 * The addresses of a header value, in order: RFC 5322 section 3.4 with its obsolete forms, and what is written in its place
 * (names with stray quotes, semicolons between addresses). Groups are taken apart, their names dropped. Linear in the text.
 */
export function parseAddresses(text: string): WrittenAddress[] {
  const found: WrittenAddress[] = [];
  const closes: Closing = { comment: true, quote: true, angle: true };
  let p = begin(0);
  const keep = (end: number): void => {
    const address = finish(p, text, end);
    if (address) found.push(address);
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    const end = enclosed(text, i, p, closes);
    if (end !== -1) {
      i = end;
    } else if (c === ',' || c === ';') {
      keep(i);
      p = begin(i + 1);
    } else if (c === ':' && p.angle === null && !p.bare.includes('@')) {
      p = begin(i + 1);
    } else {
      p.display += c;
      p.bare += c;
    }
  }
  keep(text.length);
  return found;
}
