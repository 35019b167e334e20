import { decodeUnlabelled } from './charset.ts';

/** A stretch of the artifact, in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** One header field as it stands there. */
export interface HeaderField {
  /** As written, case and all. */
  readonly name: string;
  /** Lower case. */
  readonly key: string;
  /** Fields of this name above it, from 0. */
  readonly nth: number;
  /** Of the whole field with its line ends, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
  /** Unfolded (RFC 5322 section 2.2.3: line ends out, blanks stay) and trimmed; UTF-8 where valid, else Latin-1. */
  readonly value: string;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Where the body starts. */
  readonly bodyOffset: number;
  /** An mbox 'From ' line on top. */
  readonly envelope: Range | null;
  /** Lines that are neither a field nor the continuation of one, between fields. */
  readonly brokenLines: number;
  /** The block was longer than we read; the rest counts as body. */
  readonly overlong: boolean;
}

const MAX_FIELDS = 10_000;
const MAX_HEADER_BYTES = 4 * 1024 ** 2;
/** Longer names are lines of a text. */
const MAX_NAME = 200;

const SPACE = 0x20;
const TAB = 0x09;
const CR = 0x0d;
const COLON = 0x3a;
const GREATER = 0x3e;

/** How lines end in this message: LF (CRLF included), or CR alone, as classic Mac OS wrote. */
export type LineEnd = 0x0a | 0x0d;

/** Length of 'Name' before its colon; 0 where the line is no field. RFC 5322 section 3.6.8; blanks before the colon are obsolete syntax. */
function nameLength(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + MAX_NAME);
  let i = start;
  while (i < stop) {
    const b = bytes[i] ?? 0;
    if (b === COLON || b <= SPACE || b > 0x7e) break;
    i++;
  }
  const length = i - start;
  while (i < stop && (bytes[i] === SPACE || bytes[i] === TAB)) i++;
  return bytes[i] === COLON && i < end ? length : 0;
}

const startsWithFrom = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x46 && bytes[at + 1] === 0x72 && bytes[at + 2] === 0x6f && bytes[at + 3] === 0x6d && bytes[at + 4] === SPACE;

function fieldOf(bytes: Buffer, start: number, end: number, nameEnd: number, seen: Map<string, number>): HeaderField {
  const name = bytes.toString('latin1', start, nameEnd);
  const key = name.toLowerCase();
  const nth = seen.get(key) ?? 0;
  seen.set(key, nth + 1);
  const value = decodeUnlabelled(bytes.subarray(bytes.indexOf(COLON, nameEnd) + 1, end))
    .replace(/[\r\n]+/g, '')
    .trim();
  return { name, key, nth, offset: start, length: end - start, value };
}

interface Line {
  readonly kind: 'empty' | 'blank' | 'field' | 'envelope' | 'other';
  /** Bytes of a field's name. */
  readonly name: number;
}

function lineAt(bytes: Buffer, at: number, next: number, lineEnd: LineEnd, isFirst: boolean): Line {
  const first = bytes[at];
  if (first === lineEnd || (first === CR && next - at <= 2)) return { kind: 'empty', name: 0 };
  if (first === SPACE || first === TAB) return { kind: 'blank', name: 0 };
  const name = nameLength(bytes, at, next);
  if (name > 0) return { kind: 'field', name };
  return { kind: isFirst && startsWithFrom(bytes, first === GREATER ? at + 1 : at) ? 'envelope' : 'other', name: 0 };
}

/** A run of lines that are no fields. */
interface Broken {
  readonly offset: number;
  lines: number;
}

/**
 * The header block between `start` and `end`, read from raw bytes: order, case, duplicates and positions are kept. A block
 * ends at an empty line, at `end`, where `isDelimiter` says that a MIME delimiter begins, or where a text begins without an
 * empty line before it: broken lines with no field after them belong to the body.
 */
export function readHeaderBlock(
  bytes: Buffer,
  start: number,
  end: number,
  lineEnd: LineEnd,
  isDelimiter: (lineStart: number) => boolean = () => false,
): HeaderBlock {
  const fields: HeaderField[] = [];
  const seen = new Map<string, number>();
  let envelope: Range | null = null;
  let open: { start: number; nameEnd: number } | null = null;
  let broken: Broken | null = null;
  let brokenLines = 0;
  let overlong = false;
  let at = start;
  let bodyOffset = -1;
  while (at < end && bodyOffset === -1 && !isDelimiter(at)) {
    overlong = at - start > MAX_HEADER_BYTES || fields.length >= MAX_FIELDS;
    if (overlong) break;
    const found = bytes.indexOf(lineEnd, at);
    const next = found === -1 || found >= end ? end : found + 1;
    const { kind, name } = lineAt(bytes, at, next, lineEnd, at === start);
    if (kind === 'field') {
      if (open) fields.push(fieldOf(bytes, open.start, broken?.offset ?? at, open.nameEnd, seen));
      brokenLines += broken?.lines ?? 0;
      broken = null;
      open = { start: at, nameEnd: at + name };
    } else if (kind === 'envelope') envelope = { offset: at, length: next - at };
    else if (kind === 'empty') bodyOffset = next;
    else if (broken) broken.lines++;
    else if (kind === 'other' || !open) broken = { offset: at, lines: 1 };
    at = kind === 'empty' ? at : next;
  }
  if (open) fields.push(fieldOf(bytes, open.start, broken?.offset ?? at, open.nameEnd, seen));
  // A text that begins without the empty line is a text: dropping it as a broken header would hide it.
  if (broken) bodyOffset = broken.offset;
  return { fields, bodyOffset: bodyOffset === -1 ? at : bodyOffset, envelope, brokenLines, overlong };
}

/** The first field of that name, lower case. */
export const fieldNamed = (fields: readonly HeaderField[], key: string): HeaderField | undefined => fields.find((f) => f.key === key);
