import type { TimeValue } from '../../model/attribute.ts';
import type { Bytes } from '../../model/input.ts';
import { isBareLine, isMailHeader } from './bare-separator.ts';
import { parseDate } from './rfc5322.ts';

/** One message of an mbox. Offsets and lengths in bytes of the file. */
export interface MboxMessage {
  /** Of its From_ line. */
  readonly offset: number;
  readonly envelope: Envelope;
  /** The message without its From_ line and without the empty line that mbox adds behind it; not unescaped. */
  readonly start: number;
  readonly length: number;
  /** The first bytes of it, at most 64 KiB: its header, as a rule. */
  readonly head: Uint8Array;
  /** Lines inside that would separate messages if its Content-Length did not say otherwise (mboxcl2). */
  readonly overrun: number;
  /** Further separators directly behind its From_ line: passed over, for nothing stands between them. */
  readonly doubled: number;
}

/** What a From_ line says: RFC 4155 appendix A, mbox(5). */
export interface Envelope {
  readonly sender: string;
  /** asctime form, as a rule without a zone. Null in a line that says nothing. */
  readonly time: TimeValue | null;
  /** The part that was read as the time. */
  readonly timeText: string;
}

const BLOCK = 1024 ** 2;
const HEAD = 64 * 1024;
/** Enough of the header behind a bare separator. */
const BARE_HEAD = 16 * 1024;
/** With its end: a longer one is text. */
export const MAX_LINE = 512;
const LF = 0x0a;
const CR = 0x0d;
const NEEDLE = Buffer.from('\nFrom ', 'latin1');

/** The time of an envelope starts at a weekday or, in some variants, at a month or a day of the month; before it stands the sender. */
const ENVELOPE_TIME =
  /\s((?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d{1,2}\s|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)).*)$/;

/**
 * A From_ line without its line end, or null: 'From here on' is text. Zones in odd places, 'remote from', senders with
 * blanks (pipermail), '-' (Thunderbird) and '???@???' (Eudora) are all seen in the wild.
 */
export function parseEnvelope(line: string): Envelope | null {
  if (!line.startsWith('From ')) return null;
  const m = ENVELOPE_TIME.exec(line);
  const timeText = m?.[1]?.replace(/(?<!\s)\s+remote from [^]*$/, '').trim();
  if (!m || timeText === undefined) return null;
  const { value: time } = parseDate(timeText);
  return time ? { sender: line.slice(5, m.index).trim(), time, timeText } : null;
}

interface Separator {
  readonly offset: number;
  /** Behind its line. */
  readonly next: number;
  readonly envelope: Envelope;
}

const BARE: Envelope = { sender: '', time: null, timeText: '' };

/** The separator that stands exactly there, whatever precedes it. */
function separatorAt(bytes: Pick<Bytes, 'slice'>, offset: number): Separator | null {
  const line = bytes.slice(offset, MAX_LINE);
  const end = line.indexOf(LF);
  if (end === -1 && line.byteLength === MAX_LINE) return null;
  const text = Buffer.from(line.buffer, line.byteOffset, end === -1 ? line.byteLength : end).toString('latin1');
  const written = text.replace(/\r$/, '');
  const next = offset + (end === -1 ? line.byteLength : end + 1);
  const envelope = parseEnvelope(written) ?? (isBareLine(written) && isMailHeader(bytes.slice(next, BARE_HEAD)) ? BARE : null);
  return envelope && { offset, next, envelope };
}

const isBlankBefore = (before: Uint8Array): boolean => {
  const n = before.byteLength;
  if (n === 0) return true;
  return before[n - 1] === LF && (n === 1 || before[n - 2] === LF || (before[n - 2] === CR && (n === 2 || before[n - 3] === LF)));
};

/** Reads on in 1 MiB blocks, so that a mailbox of any size costs one block of memory, and one read a block. */
function blocksOf(bytes: Bytes): {
  at(offset: number): { readonly block: Buffer; readonly start: number };
  slice(offset: number, length: number): Uint8Array;
} {
  let start = 0;
  let block: Buffer = Buffer.alloc(0);
  const holds = (offset: number, length: number): boolean => offset >= start && offset + length <= start + block.byteLength;
  return {
    at(offset) {
      if (!holds(offset, Math.min(NEEDLE.byteLength, bytes.size - offset))) {
        const raw = bytes.slice(offset, BLOCK);
        block = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
        start = offset;
      }
      return { block, start };
    },
    slice: (offset, length) => (holds(offset, length) ? block.subarray(offset - start, offset - start + length) : bytes.slice(offset, length)),
  };
}

type Blocks = ReturnType<typeof blocksOf>;

/**
 * The first separator at or after `from`: an envelope line at the start of the file or behind an empty line. Who writes bare
 * ones leaves out the empty line too.
 */
function nextSeparator(bytes: Bytes, blocks: Blocks, from: number): Separator | null {
  if (from === 0) {
    const first = separatorAt(blocks, 0);
    if (first) return first;
  }
  for (let at = Math.max(0, from - 1); at < bytes.size;) {
    const { block, start } = blocks.at(at);
    const hit = block.indexOf(NEEDLE, at - start);
    if (hit === -1) {
      const end = start + block.byteLength;
      if (end >= bytes.size) return null;
      at = end - NEEDLE.byteLength + 1;
      continue;
    }
    const offset = start + hit + 1;
    const found = separatorAt(blocks, offset);
    if (found && (found.envelope === BARE || isBlankBefore(blocks.slice(Math.max(0, offset - 3), Math.min(3, offset))))) return found;
    at = offset;
  }
  return null;
}

/** Offset behind the empty line that ends the header, or -1. The first line tells how lines end: a search for both would run far. */
export function headerEnd(head: Buffer): number {
  const crlf = head[head.indexOf(LF) - 1] === CR;
  const blank = head.indexOf(crlf ? '\n\r\n' : '\n\n');
  return blank === -1 ? -1 : blank + (crlf ? 3 : 2);
}

/**
 * Where a Content-Length of mboxcl and mboxcl2 says that the message ends; null where there is none or it is not true. True
 * means that a separator stands there, or the end of the file: transport leaves wrong ones in other mailboxes.
 */
function declaredEnd(bytes: Bytes, blocks: Blocks, start: number, head: Buffer): { end: number; next: Separator | null } | null {
  const bodyAt = headerEnd(head);
  if (bodyAt === -1) return null;
  const m = /\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r?\n/i.exec(`\n${head.toString('latin1', 0, bodyAt)}`);
  if (!m) return null;
  const end = start + bodyAt + Number(m[1]);
  if (end === bytes.size) return { end, next: null };
  if (end > bytes.size) return null;
  const after = blocks.slice(end, 4);
  for (let skip = 0; skip <= after.byteLength; skip++) {
    const next = separatorAt(blocks, end + skip);
    if (next) return { end, next };
    if (after[skip] !== LF && after[skip] !== CR) return null;
    if (end + skip + 1 === bytes.size) return { end, next: null };
  }
  return null;
}

/** Where the message behind a separator starts: a separator directly behind it begins none of its own, and is no part of one. */
function startBehind(bytes: Bytes, blocks: Blocks, separator: Separator): { readonly start: number; readonly doubled: number } {
  let start = separator.next;
  for (let doubled = 0; ; doubled++) {
    if (start < bytes.size) blocks.at(start);
    const further = separatorAt(blocks, start);
    if (!further) return { start, doubled };
    start = further.next;
  }
}

/** mbox adds one empty line behind each message. */
function withoutAddedLine(blocks: Blocks, start: number, end: number): number {
  const tail = blocks.slice(Math.max(start, end - 3), Math.min(3, end - start));
  const n = tail.byteLength;
  if (tail[n - 1] !== LF) return end;
  if (tail[n - 2] === LF) return end - 1;
  return tail[n - 2] === CR && tail[n - 3] === LF ? end - 2 : end;
}

/** Messages from `from` on, in order. What stands before the first separator is skipped. mboxo, mboxrd, mboxcl and mboxcl2, with LF or CRLF. */
export function* mboxMessages(bytes: Bytes, from = 0): Generator<MboxMessage> {
  const blocks = blocksOf(bytes);
  let current = nextSeparator(bytes, blocks, from);
  while (current) {
    const { start, doubled } = startBehind(bytes, blocks, current);
    const raw = blocks.slice(start, Math.min(HEAD, bytes.size - start));
    const head = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const declared = declaredEnd(bytes, blocks, start, head);
    let next = nextSeparator(bytes, blocks, start);
    let overrun = 0;
    if (declared) {
      for (; next && next.offset < declared.end; next = nextSeparator(bytes, blocks, next.next)) overrun++;
      next = declared.next;
    }
    const end = declared ? declared.end : withoutAddedLine(blocks, start, next ? next.offset : bytes.size);
    yield {
      offset: current.offset,
      envelope: current.envelope,
      start,
      length: end - start,
      head: head.subarray(0, Math.min(head.byteLength, end - start)),
      overrun,
      doubled,
    };
    current = next;
  }
}

/** The message whose From_ line stands at that offset; null where none does. */
export function mboxMessageAt(bytes: Bytes, offset: number): MboxMessage | null {
  const [message] = mboxMessages(bytes, offset);
  return message?.offset === offset ? message : null;
}
