import { bufferOf } from '../placed.ts';
import type { SignedForm } from './signature.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const DASH = 0x2d;
const GREATER = 0x3e;

interface Undo {
  /** Blanks at line ends go. */
  readonly blanks?: boolean;
  /** '- ' in front of a line goes (RFC 9580 section 7.1). */
  readonly dashes?: boolean;
  /** One '>' of '>From ' goes, which a mailbox put there. */
  readonly envelope?: boolean;
}

const isEscapedFrom = (b: Buffer, from: number, to: number): boolean => {
  let at = from;
  while (at < to && b[at] === GREATER) at++;
  return at > from && at + 5 <= to && b.toString('latin1', at, at + 5) === 'From ';
};

/** Every line end as CRLF, and what `undo` says; the last line stays without one where it has none. Linear. */
function lines(bytes: Uint8Array, undo: Undo = {}): Buffer {
  const b = bufferOf(bytes);
  let count = 0;
  for (let at = b.indexOf(LF); at !== -1; at = b.indexOf(LF, at + 1)) count++;
  const out = Buffer.allocUnsafe(b.length + count);
  let end = 0;
  for (let at = 0; at < b.length;) {
    const found = b.indexOf(LF, at);
    const next = found === -1 ? b.length : found + 1;
    let to = found === -1 ? b.length : found;
    if (found !== -1 && to > at && b[to - 1] === CR) to--;
    let from = at;
    if (undo.dashes && b[at] === DASH && b[at + 1] === SPACE && at + 2 <= to) from += 2;
    if (undo.envelope && isEscapedFrom(b, from, to)) from++;
    if (undo.blanks) while (to > from && (b[to - 1] === SPACE || b[to - 1] === TAB)) to--;
    end += b.copy(out, end, from, to);
    if (found !== -1) {
      out[end++] = CR;
      out[end++] = LF;
    }
    at = next;
  }
  return out.subarray(0, end);
}

const form = (undone: string, make: () => Uint8Array, ...more: readonly Uint8Array[]): SignedForm => ({
  undone,
  *pieces() {
    yield make();
    yield* more;
  },
});
const LINE_END = Buffer.from('\r\n', 'latin1');

/** What a literal packet carries: a text is signed with CRLF (RFC 9580 section 5.2.1.2), and GnuPG can be told to leave blanks at line ends out. */
export function* literalForms(content: Uint8Array, isText: boolean): Iterable<SignedForm> {
  if (!isText) {
    yield form('', () => content);
    return;
  }
  yield form('', () => lines(content));
  yield form('blanks at line ends', () => lines(content, { blanks: true }));
}

/** A text in the clear: without dashes that protect, without blanks at line ends, and without the last line end (RFC 9580 section 7.2). */
export function* cleartextForms(content: Uint8Array): Iterable<SignedForm> {
  yield form('', () => lines(content, { dashes: true, blanks: true }));
  yield form('mbox >From', () => lines(content, { dashes: true, blanks: true, envelope: true }));
  yield form('blanks at line ends kept', () => lines(content, { dashes: true }));
}

/**
 * A part of a message (RFC 3156 section 5): as it was sent, with CRLF; then as stores and older programs leave it. The line
 * end in front of the delimiter belongs to that, and some programs signed it.
 */
export function* entityForms(entity: Uint8Array): Iterable<SignedForm> {
  yield form('', () => lines(entity));
  yield form('blanks at line ends', () => lines(entity, { blanks: true }));
  yield form('last line end', () => lines(entity), LINE_END);
  yield form('mbox >From', () => lines(entity, { envelope: true }));
  yield form('line ends as stored', () => entity);
  yield form('last line end; blanks at line ends', () => lines(entity, { blanks: true }), LINE_END);
}
