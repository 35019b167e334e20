import type { PdfName, PdfString } from './values.ts';

/** A place in a buffer. `hitEnd` says that a token ran into the end of the buffer, so that more bytes might change it. */
export interface Cursor {
  readonly buf: Uint8Array;
  pos: number;
  hitEnd: boolean;
}

export const cursorAt = (buf: Uint8Array, pos = 0): Cursor => ({ buf, pos, hitEnd: false });

/** An operator, 'obj', 'R', or one of '[', ']', '<<', '>>'. */
export interface Keyword {
  readonly kind: 'keyword';
  readonly word: string;
}
export type Token = number | PdfName | PdfString | Keyword;

/** Deciphers one string of an encrypted file. */
export type Decipher = (bytes: Uint8Array) => Uint8Array;

const WHITE = 1;
const DELIMITER = 2;
/** What a byte is in ISO 32000-2 7.2.3: 0 regular, 1 white space, 2 delimiter. */
const CLASS = new Uint8Array(256);
for (const b of [0, 9, 10, 12, 13, 32]) CLASS[b] = WHITE;
for (const c of '()<>[]{}/%') CLASS[c.charCodeAt(0)] = DELIMITER;

export const isDigit = (b: number | undefined): boolean => b !== undefined && b >= 0x30 && b <= 0x39;
export const isWhite = (b: number | undefined): boolean => b !== undefined && CLASS[b] === WHITE;

/** True for what may stand inside a name, number or keyword. */
export const isRegular = (b: number | undefined): boolean => b !== undefined && CLASS[b] === 0;

/** ISO 32000-2 7.2.3 and 7.2.4: white space, and comments up to the end of their line. */
export function skipWhite(c: Cursor): void {
  const { buf } = c;
  for (; c.pos < buf.length; c.pos++) {
    const b = buf[c.pos] as number;
    if (b === 0x25) while (c.pos + 1 < buf.length && buf[c.pos + 1] !== 10 && buf[c.pos + 1] !== 13) c.pos++;
    else if (CLASS[b] !== WHITE) return;
  }
  c.hitEnd = true;
}

const latin1 = (buf: Uint8Array, from: number, to: number): string => {
  let s = '';
  for (let i = from; i < to; i++) s += String.fromCharCode(buf[i] as number);
  return s;
};

function regularEnd(c: Cursor): number {
  let end = c.pos;
  while (end < c.buf.length && CLASS[c.buf[end] as number] === 0) end++;
  if (end === c.buf.length) c.hitEnd = true;
  return end;
}

function readName(c: Cursor): PdfName {
  c.pos++;
  const end = regularEnd(c);
  const written = latin1(c.buf, c.pos, end);
  c.pos = end;
  const name = written.includes('#') ? written.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : written;
  return { kind: 'name', name };
}

const NUMBER = /^[+-]*(?:\d+\.?\d*|\.\d+)/;

/** '-.5', '4.', '--5' and '12-3' occur in the wild: what follows the number is dropped, as other readers do. */
function wordOrNumber(c: Cursor): Token {
  const end = regularEnd(c);
  const word = latin1(c.buf, c.pos, end);
  c.pos = end;
  const first = word.charCodeAt(0);
  if ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e) {
    const digits = NUMBER.exec(word)?.[0];
    if (digits !== undefined) return Number(digits.replace(/^[+-]*(?=[+-])/, ''));
  }
  return { kind: 'keyword', word };
}

const ESCAPES: Readonly<Record<number, number>> = { 0x6e: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12 };

/** One escape behind a backslash at `at`; returns the byte (-1: none) and the place behind it. */
function readEscape(buf: Uint8Array, at: number): readonly [byte: number, next: number] {
  const b = buf[at];
  if (b === undefined) return [-1, at];
  if (b === 13) return [-1, buf[at + 1] === 10 ? at + 2 : at + 1];
  if (b === 10) return [-1, at + 1];
  if (b < 0x30 || b > 0x37) return [ESCAPES[b] ?? b, at + 1];
  let value = 0;
  let i = at;
  for (; i < at + 3; i++) {
    const d = buf[i];
    if (d === undefined || d < 0x30 || d > 0x37) break;
    value = value * 8 + d - 0x30;
  }
  return [value & 0xff, i];
}

/** ISO 32000-2 7.3.4.2. */
function literalString(c: Cursor): Uint8Array {
  const { buf } = c;
  let depth = 1;
  let plain = true;
  let end = c.pos + 1;
  for (; end < buf.length; end++) {
    const b = buf[end];
    if (b === 0x5c) {
      plain = false;
      end++;
    } else if (b === 13) plain = false;
    else if (b === 0x28) depth++;
    else if (b === 0x29 && --depth === 0) break;
  }
  if (end >= buf.length) c.hitEnd = true;
  const from = c.pos + 1;
  const to = Math.min(end, buf.length);
  c.pos = to + 1;
  if (plain) return buf.slice(from, to);
  const out = new Uint8Array(to - from);
  let n = 0;
  for (let i = from; i < to;) {
    const b = buf[i] as number;
    if (b === 0x5c) {
      const [byte, next] = readEscape(buf, i + 1);
      if (byte >= 0) out[n++] = byte;
      i = next;
    } else if (b === 13) {
      // An end-of-line inside a string reads as one line feed, however it is written.
      out[n++] = 10;
      i += buf[i + 1] === 10 ? 2 : 1;
    } else {
      out[n++] = b;
      i++;
    }
  }
  return out.slice(0, n);
}

const HEX = new Int8Array(256).fill(-1);
for (const [i, ch] of [...'0123456789abcdef'].entries()) {
  HEX[ch.charCodeAt(0)] = i;
  HEX[ch.toUpperCase().charCodeAt(0)] = i;
}

/** ISO 32000-2 7.3.4.3; what is no hex digit is passed over. */
function hexString(c: Cursor): Uint8Array {
  const { buf } = c;
  const digits: number[] = [];
  let i = c.pos + 1;
  for (; i < buf.length && buf[i] !== 0x3e; i++) {
    const d = HEX[buf[i] as number] as number;
    if (d >= 0) digits.push(d);
  }
  if (i >= buf.length) c.hitEnd = true;
  c.pos = i + 1;
  if (digits.length % 2 === 1) digits.push(0);
  const out = new Uint8Array(digits.length / 2);
  for (let k = 0; k < out.length; k++) out[k] = ((digits[2 * k] as number) << 4) | (digits[2 * k + 1] as number);
  return out;
}

const keyword = (word: string): Keyword => ({ kind: 'keyword', word });
/** The four that open and close arrays and dictionaries; `nextToken` gives back these very objects. */
export const PUNCTUATION: Readonly<Record<string, Keyword>> = { '[': keyword('['), ']': keyword(']'), '<<': keyword('<<'), '>>': keyword('>>') };
const STRAY = keyword('');

/** The next token, or null at the end of the buffer. Tolerant: a stray delimiter is a keyword with an empty word. */
export function nextToken(c: Cursor, decipher?: Decipher): Token | null {
  skipWhite(c);
  const { buf } = c;
  if (c.pos >= buf.length) return null;
  const b = buf[c.pos] as number;
  if (CLASS[b] === 0) return wordOrNumber(c);
  if (b === 0x2f) return readName(c);
  if (b === 0x28) return stringOf(literalString(c), decipher);
  const next = buf[c.pos + 1];
  if (b === 0x3c && next !== 0x3c) return stringOf(hexString(c), decipher);
  if (c.pos + 1 >= buf.length) c.hitEnd = true;
  const double = (b === 0x3c || b === 0x3e) && next === b;
  c.pos += double ? 2 : 1;
  return PUNCTUATION[double ? String.fromCharCode(b, b) : String.fromCharCode(b)] ?? STRAY;
}

const stringOf = (bytes: Uint8Array, decipher: Decipher | undefined): PdfString => ({ kind: 'string', bytes: decipher ? decipher(bytes) : bytes });
