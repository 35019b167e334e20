import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';
import { viewOf } from '../little-endian.ts';

/** Where one value stands. */
export interface TiffEntry {
  readonly tag: number;
  /** TIFF 6.0 section 2: 2 = ASCII, 5 = RATIONAL, … */
  readonly type: number;
  /** Values, not bytes. */
  readonly count: number;
  /** Bytes from the TIFF header. */
  readonly offset: number;
  readonly length: number;
}

/** The directories that say something about the picture. `ifd1` is the thumbnail's, or the second page's. */
export type TiffBlock = 'ifd0' | 'exif' | 'gps' | 'ifd1';

export interface Tiff {
  /** From the TIFF header on: a file, or the inside of an Exif segment. */
  readonly bytes: Bytes;
  readonly littleEndian: boolean;
  readonly blocks: ReadonlyMap<string, ReadonlyMap<number, TiffEntry>>;
  readonly problems: readonly ProblemDraft[];
}

/** Bytes of one value, by type. 13 = IFD, 16–18 = BigTIFF, 129 = UTF-8 (Exif 3.0). */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
  129: 1,
};

const EXIF_POINTER = 0x8769;
const GPS_POINTER = 0x8825;
/** Honest directories have some dozen entries. */
const MAX_ENTRIES = 4096;
/** Values read of one number tag. */
const MAX_NUMBERS = 64;

/** Widths of the two dialects: TIFF 6.0, and BigTIFF with its 64-bit counts and offsets. */
interface Layout {
  readonly count: 2 | 8;
  readonly word: 4 | 8;
  readonly entry: 12 | 20;
}
const CLASSIC: Layout = { count: 2, word: 4, entry: 12 };
const BIG: Layout = { count: 8, word: 8, entry: 20 };

function unsigned(view: DataView, at: number, size: 2 | 4 | 8, littleEndian: boolean): number {
  if (size === 2) return view.getUint16(at, littleEndian);
  if (size === 4) return view.getUint32(at, littleEndian);
  // Beyond 2^53 it points nowhere; the loss of precision does not matter.
  return Number(view.getBigUint64(at, littleEndian));
}

interface Walk {
  readonly bytes: Bytes;
  readonly littleEndian: boolean;
  readonly layout: Layout;
  readonly visited: Set<number>;
  readonly problems: ProblemDraft[];
}

function entryAt(view: DataView, at: number, base: number, walk: Walk): TiffEntry | null {
  const { layout, littleEndian, bytes } = walk;
  const type = view.getUint16(at + 2, littleEndian);
  const width = TYPE_BYTES[type];
  if (width === undefined) return null;
  const count = unsigned(view, at + 4, layout.word, littleEndian);
  const inline = at + 4 + layout.word;
  const length = width * count;
  const offset = length <= layout.word ? base + inline : unsigned(view, inline, layout.word, littleEndian);
  if (offset + length > bytes.size) return null;
  return { tag: view.getUint16(at, littleEndian), type, count, offset, length };
}

/** One directory and where the next one of its chain stands; 0 where there is none. */
function readDirectory(block: string, offset: number, walk: Walk): { entries: Map<number, TiffEntry>; next: number } {
  const { bytes, layout, littleEndian, problems } = walk;
  const entries = new Map<number, TiffEntry>();
  if (walk.visited.has(offset)) {
    problems.push({ code: 'malformed', message: `${block}: points back to a directory already read` });
    return { entries, next: 0 };
  }
  walk.visited.add(offset);
  const head = bytes.slice(offset, layout.count);
  if (head.byteLength < layout.count) {
    problems.push({ code: 'truncated', message: `${block}: its directory lies outside the file` });
    return { entries, next: 0 };
  }
  const declared = unsigned(viewOf(head), 0, layout.count, littleEndian);
  const wanted = Math.min(declared, MAX_ENTRIES);
  if (wanted < declared) problems.push({ code: 'limit-exceeded', message: `${block}: ${declared} entries, the first ${MAX_ENTRIES} read` });
  const base = offset + layout.count;
  const table = bytes.slice(base, wanted * layout.entry + layout.word);
  const view = viewOf(table);
  const present = Math.min(wanted, Math.floor(table.byteLength / layout.entry));
  if (present < wanted) problems.push({ code: 'truncated', message: `${block}: ${wanted} entries announced, ${present} there` });
  let broken = 0;
  for (let i = 0; i < present; i++) {
    const entry = entryAt(view, i * layout.entry, base, walk);
    if (entry === null) broken++;
    else if (!entries.has(entry.tag)) entries.set(entry.tag, entry);
  }
  if (broken > 0)
    problems.push({ code: 'malformed', message: `${block}: ${broken} of ${present} entries have an unknown type or lie outside the file` });
  const chained = wanted === declared && table.byteLength === wanted * layout.entry + layout.word;
  return { entries, next: chained ? unsigned(view, wanted * layout.entry, layout.word, littleEndian) : 0 };
}

/**
 * The directories of a TIFF structure (TIFF 6.0 section 2; Exif 3.0 section 4.6). Follows only the pointers it needs
 * (first directory, its Exif and GPS directories, the second one), each once: a chain cannot loop. Never throws; what is
 * wrong is in `problems`.
 */
export function readTiff(bytes: Bytes): Tiff {
  const head = bytes.slice(0, 16);
  const order = head[0] === 0x49 && head[1] === 0x49 ? 'II' : head[0] === 0x4d && head[1] === 0x4d ? 'MM' : null;
  const littleEndian = order === 'II';
  const blocks = new Map<string, ReadonlyMap<number, TiffEntry>>();
  const problems: ProblemDraft[] = [];
  const big = head.byteLength >= 16 && viewOf(head).getUint16(2, littleEndian) === 43;
  if (order === null || head.byteLength < 8) {
    problems.push({ code: head.byteLength < 8 ? 'truncated' : 'malformed', message: 'Exif: no TIFF header' });
    return { bytes, littleEndian, blocks, problems };
  }
  const walk: Walk = { bytes, littleEndian, layout: big ? BIG : CLASSIC, visited: new Set(), problems };
  const first = unsigned(viewOf(head), big ? 8 : 4, walk.layout.word, littleEndian);
  const follow = (block: TiffBlock, offset: number): number => {
    const { entries, next } = readDirectory(block, offset, walk);
    blocks.set(block, entries);
    return next;
  };
  const second = follow('ifd0', first);
  const tiff: Tiff = { bytes, littleEndian, blocks, problems };
  for (const [block, tag] of [
    ['exif', EXIF_POINTER],
    ['gps', GPS_POINTER],
  ] as const) {
    const [pointer] = numbersOf(tiff, 'ifd0', tag);
    if (pointer !== undefined) follow(block, pointer);
  }
  if (second !== 0) follow('ifd1', second);
  return tiff;
}

/** The entries of one directory that no pointer of the standard leads to. What is wrong with it is left out. */
export function readDirectoryAt(bytes: Bytes, littleEndian: boolean, block: string, offset: number): ReadonlyMap<number, TiffEntry> {
  return readDirectory(block, offset, { bytes, littleEndian, layout: CLASSIC, visited: new Set(), problems: [] }).entries;
}

export const entryOf = (tiff: Tiff, block: string, tag: number): TiffEntry | undefined => tiff.blocks.get(block)?.get(tag);

/** The bytes of one value, at most `limit`; null where the tag is absent. */
export function valueBytesOf(tiff: Tiff, block: string, tag: number, limit: number): Uint8Array | null {
  const entry = entryOf(tiff, block, tag);
  return entry ? tiff.bytes.slice(entry.offset, Math.min(entry.length, limit)) : null;
}

/** Numbers of a tag, at most 64: integers as they are, rationals as numerator and denominator in turn. Empty where absent or no numbers. */
export function numbersOf(tiff: Tiff, block: string, tag: number): number[] {
  const entry = entryOf(tiff, block, tag);
  if (!entry) return [];
  const le = tiff.littleEndian;
  const width = (TYPE_BYTES[entry.type] ?? 1) === 8 && (entry.type === 5 || entry.type === 10) ? 4 : (TYPE_BYTES[entry.type] ?? 1);
  const read: Readonly<Record<number, (v: DataView, at: number) => number>> = {
    1: (v, at) => v.getUint8(at),
    3: (v, at) => v.getUint16(at, le),
    4: (v, at) => v.getUint32(at, le),
    5: (v, at) => v.getUint32(at, le),
    6: (v, at) => v.getInt8(at),
    8: (v, at) => v.getInt16(at, le),
    9: (v, at) => v.getInt32(at, le),
    10: (v, at) => v.getInt32(at, le),
    11: (v, at) => v.getFloat32(at, le),
    12: (v, at) => v.getFloat64(at, le),
    13: (v, at) => v.getUint32(at, le),
    16: (v, at) => Number(v.getBigUint64(at, le)),
    17: (v, at) => Number(v.getBigInt64(at, le)),
    18: (v, at) => Number(v.getBigUint64(at, le)),
  };
  const one = read[entry.type];
  if (!one) return [];
  const view = viewOf(tiff.bytes.slice(entry.offset, Math.min(entry.length, MAX_NUMBERS * width)));
  return Array.from({ length: Math.floor(view.byteLength / width) }, (_, i) => one(view, i * width));
}
