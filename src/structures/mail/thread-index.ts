import type { Instant } from '../../model/attribute.ts';
import { fromFiletime } from '../../model/time.ts';

/** A conversation index: [MS-OXOMSG] 2.2.1.3, PidTagConversationIndex; as base64 the header Thread-Index. */
export interface ThreadIndex {
  /** All of it in hex, lower case: that of a message answered is the beginning of that of its answer. */
  readonly whole: string;
  /** The number of the conversation: 32 hex digits, the GUID as it stands. */
  readonly conversation: string;
  /** When the conversation began, UTC; null where the bytes are no date. */
  readonly began: Instant | null;
  /** When each answer was begun, the last of them this message, UTC; ends where a block is not understood. */
  readonly answers: readonly Instant[];
  /** Answers between the first message and this one, itself included. */
  readonly depth: number;
}

const HEADER = 22;
const BLOCK = 5;
/** Longer ones are a program's blunder. */
const MOST_ANSWERS = 400;
/** The first FILETIME years that a conversation index may name, and the last that we believe. */
const EARLIEST = Date.UTC(1998, 0, 1);
const LATEST = Date.UTC(2040, 0, 1);

const plausible = (t: Instant | null, precisionMs: number): Instant | null =>
  t !== null && t.epochMs >= EARLIEST && t.epochMs < LATEST ? { ...t, precisionMs } : null;
const inRange = (b: number | undefined): boolean => b !== undefined && b >= 0xc0 && b <= 0xdf;

/**
 * The header's time in ticks. It holds either the top 48 bits of a FILETIME, whose own first byte is 01 ('Ac…', 'Ad…'), or a
 * reserved 01 and then the top 40 bits ('AQH…'). The second form is believed of Exchange only: Outlook over POP or IMAP answers
 * foreign mail with 'AQ' and a hash, which would read as a date now and then.
 */
function beginning(bytes: Buffer, byExchange: boolean): { readonly ticks: bigint; readonly precisionMs: number } | null {
  if (inRange(bytes[1])) return { ticks: BigInt(bytes.readUIntBE(0, 6)) << 16n, precisionMs: 7 };
  return byExchange && bytes[1] === 1 && inRange(bytes[2]) ? { ticks: BigInt(bytes.readUIntBE(1, 5)) << 24n, precisionMs: 1678 } : null;
}

/**
 * A block is 31 bits of a difference in units of 2^18 ticks, then random bits and a count. The specification measures it from the
 * header; in the mail that we know of more than one answer each block counts on from the one before it, and only then is the
 * last one just before Date. Blocks whose first bit is set hold units of 2^23 by the specification, and no date in the mail of
 * Exchange: they end the reading.
 */
function answersOf(bytes: Buffer, from: bigint): Instant[] {
  const answers: Instant[] = [];
  let ticks = from;
  for (let i = HEADER; i + BLOCK <= bytes.byteLength; i += BLOCK) {
    const delta = bytes.readUInt32BE(i);
    if (delta >= 0x8000_0000) break;
    ticks += BigInt(delta) << 18n;
    const at = plausible(fromFiletime(ticks), 27);
    if (at === null) break;
    answers.push(at);
  }
  return answers;
}

/** @param byExchange whether the message shows that Exchange handled it. Null where these bytes are no conversation index. */
export function parseThreadIndex(bytes: Buffer, byExchange: boolean): ThreadIndex | null {
  const depth = (bytes.byteLength - HEADER) / BLOCK;
  if (depth < 0 || !Number.isInteger(depth) || depth > MOST_ANSWERS || bytes[0] !== 1) return null;
  const start = beginning(bytes, byExchange);
  const began = start && plausible(fromFiletime(start.ticks), start.precisionMs);
  const exact = began && inRange(bytes[1]) ? start : null;
  return {
    whole: bytes.toString('hex'),
    conversation: bytes.toString('hex', 6, HEADER),
    began,
    answers: exact ? answersOf(bytes, exact.ticks) : [],
    depth,
  };
}

/** The same of a header's value in base64. */
export function readThreadIndex(text: string, byExchange: boolean): ThreadIndex | null {
  const compact = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? parseThreadIndex(Buffer.from(compact, 'base64'), byExchange) : null;
}
