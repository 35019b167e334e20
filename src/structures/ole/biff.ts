import { viewOf } from '../little-endian.ts';
/** A record of a BIFF stream. [MS-XLS] 2.1.4. */
export interface BiffRecord {
  readonly type: number;
  /** Where its header stands in the stream. */
  readonly at: number;
  readonly body: Uint8Array;
}

const CONTINUE = 0x3c;

/** Records in order; ends where the stream does, in the middle of a record too. */
export function* biffRecords(stream: Uint8Array, from = 0): Generator<BiffRecord> {
  const view = viewOf(stream);
  for (let at = from; at + 4 <= stream.byteLength;) {
    const length = view.getUint16(at + 2, true);
    yield { type: view.getUint16(at, true), at, body: stream.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
  }
}

/** A record's body and those of the CONTINUE records behind it: what does not fit into 8224 bytes goes on there. */
export function withContinuations(stream: Uint8Array, record: BiffRecord): Uint8Array[] {
  const bodies = [record.body];
  for (const next of biffRecords(stream, record.at + 4 + record.body.byteLength)) {
    if (next.type !== CONTINUE) break;
    bodies.push(next.body);
  }
  return bodies;
}

/** Reads strings that run across CONTINUE records. */
interface Cursor {
  readonly bodies: readonly Uint8Array[];
  body: number;
  at: number;
}

const ended = (c: Cursor): boolean => c.body >= c.bodies.length;
const left = (c: Cursor): number => (c.bodies[c.body]?.byteLength ?? 0) - c.at;

function nextBody(c: Cursor): void {
  c.body++;
  c.at = 0;
}

function byte(c: Cursor): number {
  while (!ended(c) && left(c) <= 0) nextBody(c);
  return c.bodies[c.body]?.[c.at++] ?? 0;
}

const uint16 = (c: Cursor): number => byte(c) + byte(c) * 256;
const uint32 = (c: Cursor): number => uint16(c) + uint16(c) * 65_536;

function skip(c: Cursor, count: number): void {
  let n = count;
  while (n > 0 && !ended(c)) {
    const step = Math.min(n, left(c));
    c.at += step;
    n -= step;
    if (n > 0) nextBody(c);
  }
}

/** So many characters; behind a CONTINUE header a flag byte says anew whether they have one byte or two. */
function characters(c: Cursor, count: number, firstWide: boolean): string {
  let text = '';
  let wide = firstWide;
  let n = count;
  while (n > 0 && !ended(c)) {
    const width = wide ? 2 : 1;
    const take = Math.min(n, Math.floor(left(c) / width));
    const body = c.bodies[c.body];
    if (body && take > 0) text += narrowOrWide(body.subarray(c.at, c.at + take * width), wide);
    c.at += take * width;
    n -= take;
    if (n === 0) break;
    nextBody(c);
    if (!ended(c)) wide = (byte(c) & 1) === 1;
  }
  return text;
}

/** One byte a character is Unicode below 256, never a code page. [MS-XLS] 2.5.293. */
const narrowOrWide = (bytes: Uint8Array, wide: boolean): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(wide ? 'utf16le' : 'latin1');

/** XLUnicodeRichExtendedString, [MS-XLS] 2.5.293: formatting runs and phonetics are passed over. */
function richString(c: Cursor): string {
  const count = uint16(c);
  const flags = byte(c);
  const runs = (flags & 8) === 0 ? 0 : uint16(c);
  const phonetics = (flags & 4) === 0 ? 0 : uint32(c);
  const text = characters(c, count, (flags & 1) === 1);
  skip(c, runs * 4 + phonetics);
  return text;
}

/** The shared strings of a workbook: SST and its CONTINUE records, [MS-XLS] 2.4.265. Ends early where the bytes do. */
export function sharedStrings(bodies: readonly Uint8Array[]): string[] {
  const c: Cursor = { bodies, body: 0, at: 4 };
  const count = uint32(c);
  const strings: string[] = [];
  while (strings.length < count && (c.body < bodies.length - 1 || left(c) > 0)) strings.push(richString(c));
  return strings;
}

/** XLUnicodeString, [MS-XLS] 2.5.294, from `at` of the first body, across continuations. */
export const unicodeString = (bodies: readonly Uint8Array[], at: number): string => richString({ bodies, body: 0, at });

/** ShortXLUnicodeString, [MS-XLS] 2.5.240: one byte of length. */
export function shortUnicodeString(body: Uint8Array, at: number): string {
  const wide = ((body[at + 1] ?? 0) & 1) === 1;
  return characters({ bodies: [body], body: 0, at: at + 2 }, body[at] ?? 0, wide);
}
