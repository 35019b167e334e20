import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Limits } from '../../model/input.ts';
import { readValue } from './syntax.ts';
import { type Cursor, cursorAt, type Decipher, isWhite, nextToken } from './tokens.ts';
import type { PdfValue } from './values.ts';

/** A PDF's bytes with what may still be spent on them. Offsets inside the file count from its '%PDF', which `bytes` begins with. */
export interface PdfSource {
  readonly bytes: Bytes;
  readonly limits: Limits;
  /** What went wrong so far, each once, in the order in which it was met. */
  readonly problems: ProblemDraft[];
  readonly left: { parseBytes: number; inflateBytes: number; steps: number };
}

/** Objects asked for, and sections they were looked for in: what is already parsed is cheap, and not free. */
const STEPS = 3_000_000;
/** Objects are small: what is more is read again and again, from a file made for that. */
const PARSE_BYTES = 64 * 1024 ** 2;
const FIRST_WINDOW = 16 * 1024;
const MAX_PROBLEMS = 40;

export const sourceOf = (bytes: Bytes, limits: Limits): PdfSource => ({
  bytes,
  limits,
  problems: [],
  left: { parseBytes: PARSE_BYTES, inflateBytes: limits.expansionFloorBytes, steps: STEPS },
});

/** Notes a problem unless the same is known. */
export function note(source: PdfSource, code: ProblemDraft['code'], message: string): void {
  if (source.problems.length < MAX_PROBLEMS && !source.problems.some((p) => p.message === message)) source.problems.push({ code, message });
}

/** Takes steps off the budget; false once it is spent. */
export function step(source: PdfSource, count: number): boolean {
  source.left.steps -= count;
  if (source.left.steps >= 0) return true;
  note(source, 'limit-exceeded', `more than ${STEPS} objects were asked for; the rest is left out`);
  return false;
}

/** True once something of the file had to be left out: what is missing from then on proves nothing. */
export const isSpent = ({ left }: PdfSource): boolean => left.steps < 0 || left.parseBytes <= 0 || left.inflateBytes <= 0;

/** Parses from `offset` on, in a window that grows until the parser no longer runs into its end. Null once the budget is spent. */
export function parseAt<T>(source: PdfSource, offset: number, parse: (c: Cursor) => T): T | null {
  const { bytes, left } = source;
  for (let length = FIRST_WINDOW; ; length *= 8) {
    if (left.parseBytes <= 0) {
      note(source, 'limit-exceeded', `more than ${PARSE_BYTES} bytes of objects were read; the rest is left out`);
      return null;
    }
    const c = cursorAt(bytes.slice(offset, length));
    const result = parse(c);
    left.parseBytes -= Math.max(64, c.pos);
    if (!c.hitEnd || offset + c.buf.length >= bytes.size) return result;
  }
}

export interface IndirectObject {
  readonly object: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** Where 'N G obj' ends and the object begins, from the start of the file. */
  readonly valueAt: number;
  /** Behind the value (and 'endobj' where it stands), or where the stored bytes of its stream begin. */
  readonly end: number;
  readonly isStream: boolean;
}

/** Makes the decipher for the strings of one object. */
export type DecipherFor = (object: number, generation: number) => Decipher | undefined;

function isKeyword(c: Cursor, word: string): boolean {
  const t = nextToken(c);
  return typeof t === 'object' && t !== null && t.kind === 'keyword' && t.word === word;
}

/** Behind 'stream' stands CR LF or LF; a lone CR is wrong and common (ISO 32000-2 7.3.8.1). */
function behindStreamKeyword(c: Cursor): number {
  let at = c.pos;
  // Some writers leave blanks between the keyword and its end of line.
  while (c.buf[at] === 0x20 && isWhite(c.buf[at + 1])) at++;
  if (c.buf[at] === 13) return c.buf[at + 1] === 10 ? at + 2 : at + 1;
  return c.buf[at] === 10 ? at + 1 : at;
}

function readIndirect(c: Cursor, base: number, decipherFor: DecipherFor | undefined): IndirectObject | null {
  const object = nextToken(c);
  const generation = nextToken(c);
  if (typeof object !== 'number' || typeof generation !== 'number' || !isKeyword(c, 'obj')) return null;
  const valueAt = base + c.pos;
  const value = readValue(c, decipherFor?.(object, generation));
  const behind = c.pos;
  const t = nextToken(c);
  const word = typeof t === 'object' && t !== null && t.kind === 'keyword' ? t.word : '';
  const isStream = word === 'stream' && value instanceof Map;
  const end = isStream ? behindStreamKeyword(c) : word === 'endobj' ? c.pos : behind;
  if (end >= c.buf.length) c.hitEnd = true;
  return { object, generation, value, valueAt, end: base + end, isStream };
}

/** 'N G obj' at an offset, or null where none stands there. */
export const indirectAt = (source: PdfSource, offset: number, decipherFor?: DecipherFor): IndirectObject | null =>
  offset < 0 || offset >= source.bytes.size ? null : parseAt(source, offset, (c) => readIndirect(c, offset, decipherFor));

const CHUNK = 1024 ** 2;

const bufferOf = (b: Uint8Array): Buffer => Buffer.from(b.buffer, b.byteOffset, b.byteLength);

/** The first place of some ASCII text at or behind `from` and before `to`, or -1. Reads in chunks of 1 MiB. */
export function indexOfText(bytes: Bytes, text: string, from: number, to: number = bytes.size): number {
  for (let at = Math.max(0, from); at < to; at += CHUNK) {
    const found = bufferOf(bytes.slice(at, Math.min(CHUNK + text.length - 1, to - at))).indexOf(text, 0, 'latin1');
    if (found >= 0) return at + found;
  }
  return -1;
}

/** The last place of some ASCII text in [from, to), or -1. */
export function lastIndexOfText(bytes: Bytes, text: string, from: number, to: number): number {
  // A small first step: what is looked for backwards stands near the end.
  for (let end = Math.min(to, bytes.size), step = 2048; end > from; end -= step, step = CHUNK) {
    const start = Math.max(from, end - step);
    const found = bufferOf(bytes.slice(start, end - start + (end < to ? text.length - 1 : 0))).lastIndexOf(text, undefined, 'latin1');
    if (found >= 0) return start + found;
  }
  return -1;
}

/** Bytes as characters, one each. */
export const latin1At = (bytes: Bytes, offset: number, length: number): string => bufferOf(bytes.slice(offset, length)).toString('latin1');
