import type { Bytes } from '../../model/input.ts';
import { type CentralEntry, readCentralEntry, readLocalHeader } from './header.ts';
import { u16, u32, u64 } from '../little-endian.ts';

/** Where the central directory lies, by the record at the end of the archive (APPNOTE 4.3.14 to 4.3.16). */
export interface ZipDirectory {
  /** Of the first entry, in the artifact. */
  readonly start: number;
  /** Behind the last entry. */
  readonly end: number;
  /** Entries it announces; modulo 65536 in archives without zip64. */
  readonly announced: number;
  /** Added to every offset the archive states: bytes in front that it does not know of. Negative where its front is missing. */
  readonly prefixBytes: number;
  readonly rawComment: Uint8Array;
  /** Above 0 for the last volume of a split archive. */
  readonly disk: number;
  /** Of a split archive whose volumes are all here: where each begins, for its offsets count from there. */
  readonly starts: readonly number[] | null;
}

/** The signature, as text: searched for, not compared. */
const END = 'PK\u0005\u0006';
const END_BYTES = 22;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END = 0x06064b50;
const ZIP64_END_BYTES = 56;
const MAX_COMMENT = 0xffff;
/** Signatures tried. A comment may hold thousands, and each try reads elsewhere in the file. */
const MAX_CANDIDATES = 16;

interface End {
  readonly offset: number;
  readonly head: Uint8Array;
  readonly rawComment: Uint8Array;
  /** The comment ends where the artifact ends. */
  readonly exact: boolean;
}

function endRecords(bytes: Bytes): End[] {
  const base = Math.max(0, bytes.size - END_BYTES - MAX_COMMENT);
  const last = bytes.slice(base, bytes.size - base);
  const tail = Buffer.from(last.buffer, last.byteOffset, last.byteLength);
  const found: End[] = [];
  for (let at = tail.byteLength - END_BYTES; at >= 0 && found.length < MAX_CANDIDATES; at--) {
    at = tail.lastIndexOf(END, at, 'latin1');
    if (at < 0) break;
    if (at + END_BYTES > tail.byteLength) continue;
    const commentEnd = at + END_BYTES + u16(tail, at + 20);
    found.push({
      offset: base + at,
      head: tail.subarray(at, at + END_BYTES),
      rawComment: tail.subarray(at + END_BYTES, commentEnd),
      exact: commentEnd === tail.byteLength,
    });
  }
  // An archive with something appended still opens, but a record that fits to the byte goes first.
  return [...found.filter((e) => e.exact), ...found.filter((e) => !e.exact)];
}

interface Extent {
  readonly announced: number;
  readonly size: number;
  readonly offset: number;
  readonly end: number;
}

/** The record itself where one stands, or the zip64 one it points to, which may have moved with a prefix. */
function extentOf(bytes: Bytes, end: End): Extent {
  const narrow: Extent = { announced: u16(end.head, 10), size: u32(end.head, 12), offset: u32(end.head, 16), end: end.offset };
  const locator = bytes.slice(end.offset - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_BYTES);
  if (end.offset < ZIP64_LOCATOR_BYTES || u32(locator, 0) !== ZIP64_LOCATOR) return narrow;
  for (const at of [u64(locator, 8), end.offset - ZIP64_LOCATOR_BYTES - ZIP64_END_BYTES]) {
    if (at < 0 || at >= end.offset) continue;
    const wide = bytes.slice(at, ZIP64_END_BYTES);
    if (wide.byteLength < ZIP64_END_BYTES || u32(wide, 0) !== ZIP64_END) continue;
    return {
      announced: narrow.announced === 0xffff ? u64(wide, 32) : narrow.announced,
      size: narrow.size === 0xffffffff ? u64(wide, 40) : narrow.size,
      offset: narrow.offset === 0xffffffff ? u64(wide, 48) : narrow.offset,
      end: at,
    };
  }
  return narrow;
}

/** The start that leads to a local header; failing that, one that has an entry at all. */
function startOf(bytes: Bytes, extent: Extent, starts: readonly number[] | null): number | null {
  let second: number | null = null;
  // Counted from the end first: that is right whatever was put in front.
  for (const start of new Set([extent.end - extent.size, extent.offset])) {
    const first = readCentralEntry(bytes, start);
    if (!first) continue;
    if (readLocalHeader(bytes, starts ? localOffsetOf(first, starts) : first.localOffset + start - extent.offset)) return start;
    second ??= start;
  }
  return second;
}

/** Of a split archive (APPNOTE 4.4.13, 4.4.16); -1 where its volume is none of these. */
export const localOffsetOf = (entry: Pick<CentralEntry, 'disk' | 'localOffset'>, starts: readonly number[]): number =>
  (starts[entry.disk] ?? -1 - entry.localOffset) + entry.localOffset;

/** Where each volume begins when they lie one behind another; the last has the number that its own record says. */
function startsOf(volumes: readonly Bytes[], disk: number): number[] {
  let at = 0;
  const starts = volumes.map(({ size }) => (at += size) - size);
  const last = starts.pop() ?? 0;
  starts[disk] = last;
  return starts;
}

/** Null where no end record leads to a directory: the archive is truncated, or no archive. `volumes` where `bytes` are joined of several. */
export function findDirectory(bytes: Bytes, volumes: readonly Bytes[] = []): ZipDirectory | null {
  for (const end of endRecords(bytes)) {
    const extent = extentOf(bytes, end);
    const empty = extent.announced === 0 && extent.size === 0;
    const written = u16(end.head, 4);
    const disk = written === 0xffff ? 0 : written;
    // Pieces that a plain cut made know nothing of each other: their offsets count from the beginning of the first.
    const starts = disk > 0 && volumes.length > 0 ? startsOf(volumes, disk) : null;
    const start = empty ? extent.end : startOf(bytes, extent, starts);
    if (start === null) continue;
    return {
      start,
      end: extent.end,
      announced: extent.announced,
      prefixBytes: empty || starts ? 0 : start - extent.offset,
      rawComment: end.rawComment,
      disk,
      starts,
    };
  }
  return null;
}
