import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { cfbDirectory, type CfbEntry, DIRECTORY_ENTRY_BYTES } from './cfb-directory.ts';
import { cfbFat, cfbHeader, type CfbHeader, chainOf, joinAt, linksOf, type Note, sectorOffset } from './cfb-sectors.ts';

export type { CfbEntry } from './cfb-directory.ts';

/** A compound file ([MS-CFB]): a file system in a file. */
export interface Cfb {
  /** The root first, with path ''; parents before their children. Empty for garbage. */
  readonly entries: readonly CfbEntry[];
  /** The entry at 'ObjectPool/_1234/\u0001Ole', upper and lower case alike as [MS-CFB] 2.6.4 compares; null where there is none. */
  entry(path: string): CfbEntry | null;
  /** The bytes of a stream, fewer where the file breaks off (then a problem more); null where it is no stream or the budget is spent. */
  read(entry: CfbEntry): Uint8Array | null;
  /** Where byte `at` of a stream stands in the file and how many bytes lie contiguous from there; null beyond its end. */
  place(entry: CfbEntry, at: number): { readonly offset: number; readonly contiguous: number } | null;
  /** Grows while streams are read, so report it after reading. Each line once. */
  readonly problems: readonly ProblemDraft[];
}

/** The content of a stream, within `limits.maxArtifactBytes`; null where there is none. Remembered: do not write to it. */
export function streamOf(cfb: Cfb, path: string): Uint8Array | null {
  const entry = cfb.entry(path);
  return entry?.kind === 'stream' ? cfb.read(entry) : null;
}

/** Bytes of a mini sector: [MS-CFB] 2.2 knows no others. */
const MINI_BYTES = 64;
/** Sectors that {@link Cfb.place} looks ahead: a record is shorter. */
const LOOK_AHEAD = 64;

/** Never throws: garbage yields no entries and a problem. Use as `input.once(readCfb)`. */
export function readCfb(input: Input): Cfb {
  const problems: ProblemDraft[] = [];
  const note = noteIn(problems);
  const header = cfbHeader(input.bytes, note);
  if (!header) return { entries: [], entry: () => null, read: () => null, place: () => null, problems };
  const fat = cfbFat(input.bytes, header, note);
  const entries = directoryOf(input, header, fat, note);
  const byPath = new Map(entries.map((e) => [e.path.toUpperCase(), e]));
  const layoutOf = layouts(input, header, fat, entries[0], note);
  return {
    entries,
    problems,
    read: streamReader(input, layoutOf, note),
    entry: (path) => byPath.get(path.toUpperCase()) ?? null,
    place(entry, at) {
      if (entry.kind !== 'stream' || at < 0 || at >= entry.size) return null;
      const { offsets, unit } = layoutOf(entry);
      const first = Math.floor(at / unit);
      const offset = offsets[first];
      if (offset === undefined) return null;
      let n = 1;
      while (n < LOOK_AHEAD && offsets[first + n] === offset + n * unit) n++;
      return { offset: offset + (at % unit), contiguous: Math.min((first + n) * unit, entry.size) - at };
    },
  };
}

/** Lines counted. A hostile file can be wrong in a hundred thousand ways; nobody reads the thousandth. */
const MAX_NOTED = 1000;

/** One problem for each kind of line; its message grows by a count, in its place. */
function noteIn(problems: ProblemDraft[]): Note {
  const seen = new Set<string>();
  const kinds = new Map<string, { readonly at: number; readonly first: string; more: number }>();
  return (code, message, kind = message) => {
    if (seen.has(message) || seen.size >= MAX_NOTED) return;
    seen.add(message);
    const known = kinds.get(kind);
    if (!known) {
      kinds.set(kind, { at: problems.length, first: message, more: 0 });
      problems.push({ code, message });
      return;
    }
    known.more++;
    problems[known.at] = { code, message: `${known.first}; ${seen.size >= MAX_NOTED ? 'at least ' : ''}${known.more} more do so` };
  };
}

/** A stream's name in a message: the \u0001 and \u0005 in front of many, and whatever a hostile one holds, as escapes. */
const shown = (entry: CfbEntry): string => `stream ${JSON.stringify(entry.path)}`;

function directoryOf(input: Input, header: CfbHeader, fat: Uint32Array, note: Note): CfbEntry[] {
  // The directory has no length of its own: it is as long as its chain, which holds no sector twice.
  let incomplete = false;
  const noted: Note = (code, message, kind) => {
    incomplete = true;
    note(code, message, kind);
  };
  const sectors = chainOf(fat, header.directoryStart, fat.length, 'the directory', noted).map((n) => sectorOffset(header, n));
  const table = joinAt(input.bytes, sectors, header.sectorBytes, sectors.length * header.sectorBytes);
  const perSector = header.sectorBytes / DIRECTORY_ENTRY_BYTES;
  const offsetOf = (id: number): number => (sectors[Math.floor(id / perSector)] ?? 0) + (id % perSector) * DIRECTORY_ENTRY_BYTES;
  return cfbDirectory(table, { wideSizes: header.major >= 4, offsetOf, maxEntries: input.limits.maxChildren, incomplete }, note);
}

/** The file offsets of a stream's sectors, or mini sectors, of `unit` bytes each. */
interface Layout {
  readonly offsets: readonly number[];
  readonly unit: number;
  /** Its chain is damaged, and that was told: what it lacks is no second problem. */
  readonly told: boolean;
}

function layouts(input: Input, header: CfbHeader, fat: Uint32Array, root: CfbEntry | undefined, note: Note): (entry: CfbEntry) => Layout {
  const unit = header.sectorBytes;
  let told = false;
  const noted: Note = (code, message, kind) => {
    told = true;
    note(code, message, kind);
  };
  const inSectors = (start: number, sizeBytes: number, what: string): number[] =>
    chainOf(fat, start, Math.ceil(Math.min(sizeBytes, input.bytes.size) / unit), what, noted).map((n) => sectorOffset(header, n));
  let mini: { links: Uint32Array; sectors: number[] } | null = null;
  const miniOf = (): { links: Uint32Array; sectors: number[] } => {
    const table = inSectors(header.miniFatStart, input.bytes.size, 'the mini FAT');
    return {
      links: linksOf(joinAt(input.bytes, table, unit, table.length * unit)),
      sectors: root && root.size > 0 ? inSectors(root.start, root.size, 'the mini stream') : [],
    };
  };
  const layout = (entry: CfbEntry): Layout => {
    const what = shown(entry);
    mini ??= entry.size < header.miniCutoff ? miniOf() : null;
    told = false;
    if (!mini || entry.size >= header.miniCutoff) {
      const offsets = inSectors(entry.start, entry.size, what);
      return { unit, offsets, told };
    }
    const { links, sectors } = mini;
    const perSector = unit / MINI_BYTES;
    const offsets: number[] = [];
    for (const n of entry.size === 0 ? [] : chainOf(links, entry.start, Math.ceil(entry.size / MINI_BYTES), what, noted)) {
      const sector = sectors[Math.floor(n / perSector)];
      if (sector === undefined) break;
      offsets.push(sector + (n % perSector) * MINI_BYTES);
    }
    return { unit: MINI_BYTES, offsets, told };
  };
  // The last one only: a reader asks for many places of one stream.
  let last: { entry: CfbEntry; layout: Layout } | null = null;
  return (entry) => {
    if (last?.entry !== entry) last = { entry, layout: layout(entry) };
    return last.layout;
  };
}

function streamReader(input: Input, layoutOf: (entry: CfbEntry) => Layout, note: Note): (entry: CfbEntry) => Uint8Array | null {
  const { bytes, limits } = input;
  const known = new Map<CfbEntry, Uint8Array>();
  // Many entries may share one chain, so what comes out is counted, not what lies in the file.
  const budget = Math.max(limits.expansionFloorBytes, bytes.size * limits.maxExpansionRatio);
  let spent = 0;
  return (entry) => {
    if (entry.kind !== 'stream') return null;
    const before = known.get(entry);
    if (before) return before;
    const size = Math.min(entry.size, bytes.size);
    spent += size;
    if (size > limits.maxArtifactBytes || spent > budget) {
      note('limit-exceeded', 'the streams of the compound file are larger than the budget allows');
      return null;
    }
    const { offsets, unit, told } = layoutOf(entry);
    const content = joinAt(bytes, offsets, unit, size);
    if (content.byteLength < entry.size && !told)
      note('truncated', `${shown(entry)} breaks off after ${content.byteLength} of ${entry.size} bytes`, 'breaks off');
    known.set(entry, content);
    return content;
  };
}
