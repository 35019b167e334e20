import { readStream } from './stream.ts';
import { indirectAt, note, parseAt, type PdfSource } from './source.ts';
import { readValue } from './syntax.ts';
import { type Cursor, isWhite, nextToken, skipWhite } from './tokens.ts';
import { dictOf, isArray, isDict, nameOf, numberOf, type PdfDict } from './values.ts';

export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  /** The `index`th object of an object stream. */
  | { readonly kind: 'packed'; readonly stream: number; readonly index: number };

/** One cross-reference table with its trailer, or one cross-reference stream (ISO 32000-2 7.5.4, 7.5.5, 7.5.8). */
export interface XrefSection {
  /** Where 'xref' or the stream's 'N G obj' stands. */
  readonly offset: number;
  /** Behind the trailer's dictionary, or behind the stream's stored bytes. */
  readonly end: number;
  readonly trailer: PdfDict;
  /** True for a hybrid file's section whose own table is empty: Word ends every file with one, in the same save. */
  readonly isHybridTail?: boolean;
  find(object: number): XrefEntry | null;
  /** Every object number it has an entry for, at most once for each entry. */
  objects(): Iterable<number>;
}

/** A run of entries: `first` is the number of the object of the first. */
interface Run {
  readonly first: number;
  readonly count: number;
  entry(index: number): XrefEntry | null;
}

const MAX_RUNS = 100_000;
/** A file that was saved incrementally that often is one made to be read for ever. */
const MAX_SECTIONS = 1_000;
/** Rows of a table that is not made of 20-byte rows are read one by one, up to this many. */
const MAX_LOOSE_ROWS = 1_000_000;

function* objectsOf(runs: readonly Run[]): Iterable<number> {
  for (const run of runs) for (let i = 0; i < run.count; i++) yield run.first + i;
}

function finder(runs: readonly Run[]): (object: number) => XrefEntry | null {
  const sorted = [...runs].sort((a, b) => a.first - b.first);
  return (object) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Run).first <= object) low = middle + 1;
      else high = middle;
    }
    // Runs of one section must not overlap; where they do, the one that begins last before the object counts.
    const run = sorted[low - 1];
    return run && object < run.first + run.count ? run.entry(object - run.first) : null;
  };
}

const ROW = /^(\d{10}) (\d{5}) ([nf])/;

function entryOfRow(row: string): XrefEntry | null {
  const m = ROW.exec(row);
  if (!m) return null;
  return m[3] === 'f' ? { kind: 'free' } : { kind: 'offset', offset: Number(m[1]), generation: Number(m[2]) };
}

const rowAt = (source: PdfSource, offset: number): string => Buffer.from(source.bytes.slice(offset, 20)).toString('latin1');

/** Rows of any width, token by token. Null where they are no rows at all. */
function looseRun(source: PdfSource, at: number, first: number, count: number): { readonly run: Run; readonly end: number } | null {
  const rows: XrefEntry[] = [];
  const end = parseAt(source, at, (c) => {
    rows.length = 0;
    while (rows.length < Math.min(count, MAX_LOOSE_ROWS)) {
      const before = c.pos;
      const offset = nextToken(c);
      const generation = typeof offset === 'number' ? nextToken(c) : null;
      const kind = typeof generation === 'number' ? nextToken(c) : null;
      if (typeof kind !== 'object' || kind === null || kind.kind !== 'keyword' || (kind.word !== 'n' && kind.word !== 'f')) {
        c.pos = before;
        break;
      }
      rows.push(kind.word === 'f' ? { kind: 'free' } : { kind: 'offset', offset: offset as number, generation: generation as number });
    }
    return at + c.pos;
  });
  return end === null ? null : { run: { first, count: rows.length, entry: (i) => rows[i] ?? null }, end };
}

/** Rows are 20 bytes each, so a table of a million objects is not read but looked up. */
function tableRun(source: PdfSource, at: number, first: number, count: number): { readonly run: Run; readonly end: number } | null {
  const end = at + count * 20;
  const exact =
    count > 0 && end <= source.bytes.size && ROW.test(rowAt(source, at)) && ROW.test(rowAt(source, end - 20)) && !ROW.test(rowAt(source, end));
  if (!exact) return looseRun(source, at, first, count);
  // Some writers count from 1 although their first row is that of object 0.
  const from = first === 1 && rowAt(source, at).startsWith('0000000000 65535 f') ? 0 : first;
  return { run: { first: from, count, entry: (i) => entryOfRow(rowAt(source, at + i * 20)) }, end };
}

/** What stands at a place of a table: the header of a run, or 'trailer' with its dictionary. */
function tablePart(
  c: Cursor,
): { readonly first: number; readonly count: number; readonly at: number } | { readonly trailer: PdfDict; readonly end: number } | null {
  const t = nextToken(c);
  if (typeof t === 'number') {
    const count = nextToken(c);
    skipWhite(c);
    return typeof count === 'number' && count >= 0 && t >= 0 ? { first: t, count, at: c.pos } : null;
  }
  if (t === null || t.kind !== 'keyword' || t.word !== 'trailer') return null;
  const trailer = readValue(c);
  return isDict(trailer) ? { trailer, end: c.pos } : null;
}

function readTable(source: PdfSource, offset: number): XrefSection | null {
  const runs: Run[] = [];
  let at = offset + 'xref'.length;
  for (;;) {
    const from = at;
    const part = parseAt(source, from, tablePart);
    if (!part) return null;
    if ('trailer' in part) return { offset, end: from + part.end, trailer: part.trailer, find: finder(runs), objects: () => objectsOf(runs) };
    if (part.count === 0) {
      at = from + part.at;
      continue;
    }
    const read = tableRun(source, from + part.at, part.first, part.count);
    if (!read || runs.length >= MAX_RUNS) return null;
    runs.push(read.run);
    at = read.end;
  }
}

const bigEndian = (data: Uint8Array, at: number, width: number): number => {
  let n = 0;
  for (let i = 0; i < width; i++) n = n * 256 + (data[at + i] ?? 0);
  return n;
};

function streamEntry(data: Uint8Array, at: number, [w0, w1, w2]: readonly [number, number, number]): XrefEntry | null {
  const kind = w0 === 0 ? 1 : bigEndian(data, at, w0);
  const second = bigEndian(data, at + w0, w1);
  const third = bigEndian(data, at + w0 + w1, w2);
  if (kind === 0) return { kind: 'free' };
  if (kind === 1) return { kind: 'offset', offset: second, generation: third };
  return kind === 2 ? { kind: 'packed', stream: second, index: third } : null;
}

function streamRuns(dict: PdfDict, data: Uint8Array): Run[] {
  const w = dict.get('W');
  const widths = (isArray(w) ? w : []).map((v) => Math.min(8, Math.max(0, Math.trunc(numberOf(v) ?? 0))));
  const columns = [widths[0] ?? 0, widths[1] ?? 0, widths[2] ?? 0] as const;
  const rowBytes = columns[0] + columns[1] + columns[2];
  if (rowBytes === 0) return [];
  const index = dict.get('Index');
  const bounds = isArray(index) ? index.slice(0, 2 * MAX_RUNS).map((v) => numberOf(v) ?? 0) : [0, numberOf(dict.get('Size')) ?? 0];
  const runs: Run[] = [];
  let row = 0;
  for (let i = 0; i + 1 < bounds.length; i += 2) {
    const from = row;
    const count = Math.max(0, Math.min(bounds[i + 1] as number, Math.floor(data.length / rowBytes) - from));
    row += count;
    if (count > 0) runs.push({ first: bounds[i] as number, count, entry: (k) => streamEntry(data, (from + k) * rowBytes, columns) });
  }
  return runs;
}

function readXrefStream(source: PdfSource, offset: number): XrefSection | null {
  const found = indirectAt(source, offset);
  if (!found?.isStream || nameOf(dictOf(found.value)?.get('Type')) !== 'XRef') return null;
  // A cross-reference stream has nothing to look references up in: its Length is direct, and it is never encrypted.
  const stream = readStream(source, found, (v) => v ?? null);
  const decoded = stream.decode(source.left.inflateBytes);
  if (!decoded.ok) {
    note(source, decoded.why === 'limit' ? 'limit-exceeded' : 'malformed', `cross-reference stream at byte ${offset} cannot be decoded`);
    return null;
  }
  const { dict } = stream.stream;
  const runs = streamRuns(dict, decoded.bytes);
  return { offset, end: stream.stream.offset + stream.stream.length, trailer: dict, find: finder(runs), objects: () => objectsOf(runs) };
}

/** The section at an offset; a few bytes of white space in front are forgiven. Null where none stands there. */
function readSection(source: PdfSource, offset: number): XrefSection | null {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset >= source.bytes.size) return null;
  const near = source.bytes.slice(offset, 64);
  let skip = 0;
  while (skip < near.length && isWhite(near[skip])) skip++;
  const isTable = Buffer.from(near.subarray(skip, skip + 4)).toString('latin1') === 'xref';
  return isTable ? readTable(source, offset + skip) : readXrefStream(source, offset + skip);
}

/** A hybrid file's section: what its table leaves free its /XRefStm may define (ISO 32000-2 7.5.8.4). */
function withHidden(table: XrefSection, hidden: XrefSection): XrefSection {
  const isHybridTail = table.objects()[Symbol.iterator]().next().done === true;
  return {
    ...table,
    isHybridTail,
    find(object) {
      const own = table.find(object);
      return own && own.kind !== 'free' ? own : (hidden.find(object) ?? own);
    },
    *objects() {
      yield* table.objects();
      yield* hidden.objects();
    },
  };
}

/** The newest section at `offset` and those before it, newest first. Null where even the first cannot be read. */
export function readChain(source: PdfSource, offset: number): XrefSection[] | null {
  const chain: XrefSection[] = [];
  const visited = new Set<number>();
  for (let at: number | null = offset; at !== null;) {
    if (visited.has(at)) {
      note(source, 'malformed', 'cross-reference sections refer to each other in a circle');
      break;
    }
    if (chain.length === MAX_SECTIONS) {
      note(source, 'limit-exceeded', `more than ${MAX_SECTIONS} cross-reference sections; the older ones are left out`);
      break;
    }
    visited.add(at);
    const section = readSection(source, at);
    if (!section) {
      if (chain.length === 0) return null;
      note(source, 'malformed', `no cross-reference section at byte ${at}, where /Prev points`);
      break;
    }
    const hybrid = numberOf(section.trailer.get('XRefStm'));
    const hidden = hybrid === null ? null : readSection(source, hybrid);
    chain.push(hidden ? withHidden(section, hidden) : section);
    const previous = numberOf(section.trailer.get('Prev'));
    at = previous === null || previous === 0 ? null : previous;
  }
  return chain;
}
