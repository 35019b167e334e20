import type { LibarchiveWasm } from 'libarchive-wasm';
import type { Bytes } from '../../model/input.ts';
import { LONE_FILE_HEADERS, type LoneStream } from './libarchive.data.ts';

/** One header that libarchive 3.7 came to. */
export interface ArchiveEntry {
  /** Folders and all. Letters beyond ASCII come out as '*' where the archive keeps UTF-16 (7z); '' where libarchive gave up. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  readonly encrypted: boolean;
  /** Seconds since 1970. UTC only where the format keeps UTC: DOS times pass through the zone of this machine. Null where absent. */
  readonly mtime: number | null;
  /** Of a symbolic or hard link; '' otherwise. */
  readonly target: string;
  readonly empty: boolean;
  /** Unpacks this entry, once and before the next is asked for. Stops after `cap` bytes. */
  read(cap: number): EntryContent;
}

export interface EntryContent {
  /** What came out, up to the first error. */
  readonly bytes: Uint8Array;
  /** More than `cap` bytes are in it. */
  readonly over: boolean;
  /** In libarchive's words; null where all is well. */
  readonly error: string | null;
}

export interface OpenArchive {
  /** Null at the end, and where it goes no further: then `error()` says why. */
  next(): ArchiveEntry | null;
  /** In libarchive's words, '' where there is none. */
  error(): string;
  /** Headers that were passed over because libarchive could not read them. */
  skipped(): number;
}

/** Bytes of one archive that are copied into the memory of the library, which has 2 GiB for everything. */
export const MOST_PACKED_BYTES = 256 * 1024 ** 2;

const CHUNK = 256 * 1024;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const SYMBOLIC_LINK = 0o120000;
/** Where the library's narrow integers end: a time beyond is not told apart from it. */
const FAR_FUTURE = 0x7fff_ffff;

/** What the wrapper does not declare. It checks return values by reading an error from a pointer that may be null, so the raw calls are used. */
interface RawCalls {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _archive_read_new(): number;
  _archive_read_support_filter_all(archive: number): number;
  _archive_read_support_format_all(archive: number): number;
  _archive_read_open_memory(archive: number, at: number, bytes: number): number;
  _archive_read_data(archive: number, at: number, bytes: number): number;
}

interface Library {
  readonly wrapped: LibarchiveWasm;
  readonly raw: RawCalls;
}

/** Compiled code: opaque. */
type Code = object;
type Imports = object;

/** Of the WebAssembly JavaScript interface what is used here; Node's types lack it. */
interface Wasm {
  readonly Instance: new (code: Code, imports: Imports) => object;
  compile(source: Uint8Array): Promise<Code>;
  instantiate: (source: Uint8Array, imports: Imports) => Promise<{ readonly instance: object }>;
}

const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: Wasm };

/**
 * The library's own code, compiled once in this thread. Its loader compiles and instantiates in one call and keeps the compiled
 * code to itself, so that its first call is listened to: nothing here may read files. Null where it calls something else.
 */
async function compileOnce(): Promise<Code | null> {
  const { libarchiveWasm } = await import('libarchive-wasm');
  const { instantiate } = wasm;
  let code: Code | null = null;
  wasm.instantiate = async (source, imports) => {
    // Nobody else's first call falls in between: an extraction does one thing at a time.
    code = await wasm.compile(source);
    return { instance: new wasm.Instance(code, imports) };
  };
  try {
    await libarchiveWasm();
  } finally {
    wasm.instantiate = instantiate;
  }
  return code;
}

let shared: Promise<Code | null> | null = null;

/**
 * An instance for each archive: hostile bytes that break the library's memory break this archive only, and all of it is freed at
 * once. Only the compiled code is shared, which nothing can write to.
 */
async function freshLibrary(): Promise<Library> {
  // Loaded only where an archive asks for it: 1.4 MB that most corpora never need.
  const { libarchiveWasm } = await import('libarchive-wasm');
  const code = await (shared ??= compileOnce().catch(() => null));
  const instantiateWasm = (imports: Imports, done: (instance: object) => void): void => {
    if (code) done(new wasm.Instance(code, imports));
  };
  // Emscripten's option: an instance made here in place of one it compiles.
  const wrapped = await libarchiveWasm(code ? { instantiateWasm } : {});
  return { wrapped, raw: wrapped.module as unknown as RawCalls };
}

/** A trap inside the library (WebAssembly.RuntimeError: memory out of bounds, unreachable) is an answer about these bytes; anything else is our own mistake. */
function guarded<T>(run: () => T, onTrap: (message: string) => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && error.name === 'RuntimeError') return onTrap(`the unpacker gave up: ${error.message}`);
    throw error;
  }
}

/** Copies the parts one behind another; 0 where memory is short. */
function copyIn(raw: RawCalls, parts: readonly Bytes[]): { readonly at: number; readonly size: number } {
  const size = parts.reduce((sum, p) => sum + p.size, 0);
  const at = raw._malloc(Math.max(1, size));
  let to = at;
  for (const part of at === 0 ? [] : parts) {
    for (let from = 0; from < part.size; from += CHUNK) {
      const bytes = part.slice(from, CHUNK);
      raw.HEAPU8.set(bytes, to);
      to += bytes.byteLength;
    }
  }
  return { at, size };
}

interface Reading {
  readonly library: Library;
  readonly archive: number;
  /** Not empty once nothing more can be read. */
  dead: string;
}

function begin(library: Library, memory: { readonly at: number; readonly size: number }): Reading {
  const { raw, wrapped } = library;
  const archive = raw._archive_read_new();
  raw._archive_read_support_filter_all(archive);
  raw._archive_read_support_format_all(archive);
  const opened = memory.at !== 0 && raw._archive_read_open_memory(archive, memory.at, memory.size) === 0;
  return { library, archive, dead: opened ? '' : wrapped.error_string(archive) || 'not enough memory' };
}

function readContent(reading: Reading, cap: number, chunk = CHUNK): EntryContent {
  const { raw, wrapped } = reading.library;
  const parts: Uint8Array[] = [];
  let size = 0;
  let error: string | null = null;
  const buffer = guarded(
    () => raw._malloc(chunk),
    () => 0,
  );
  const step = (): number => (buffer === 0 ? -1 : raw._archive_read_data(reading.archive, buffer, chunk));
  for (;;) {
    const got = guarded(step, (message) => {
      reading.dead = message;
      return -1;
    });
    if (got < 0) error = reading.dead || wrapped.error_string(reading.archive) || 'cannot be unpacked';
    if (got <= 0) break;
    // Read anew each time: the memory moves when it grows.
    parts.push(raw.HEAPU8.slice(buffer, buffer + got));
    size += got;
    if (size > cap) break;
  }
  return { bytes: Buffer.concat(parts), over: size > cap, error };
}

function entryOf(reading: Reading, entry: number): ArchiveEntry {
  const { wrapped } = reading.library;
  const type = wrapped.entry_filetype(entry) & FILE_TYPE;
  const mtime = wrapped.entry_mtime(entry);
  const hard = wrapped.entry_hardlink(entry);
  const target = type === SYMBOLIC_LINK ? wrapped.entry_symlink(entry) : hard;
  const isLink = type === SYMBOLIC_LINK || hard !== '';
  return {
    name: wrapped.entry_pathname(entry),
    // Archives made on Windows may have no type at all.
    kind: isLink ? 'link' : type === FOLDER ? 'folder' : type === REGULAR || type === 0 ? 'file' : 'special',
    encrypted: wrapped.entry_is_encrypted(entry) !== 0,
    mtime: mtime === 0 || mtime >= FAR_FUTURE || mtime <= -FAR_FUTURE ? null : mtime,
    target,
    empty: wrapped.entry_size(entry) === 0,
    read: (cap) => readContent(reading, cap),
  };
}

/**
 * Opens an archive of any format libarchive knows, given in parts that belong one behind another; the caller has checked the size against {@link MOST_PACKED_BYTES}. Never
 * throws over bytes. Traps: a damaged 7z may have no entries and no error; sizes of 2 GiB and more are told wrong.
 */
export async function openArchive(...parts: readonly Bytes[]): Promise<OpenArchive> {
  const library = await freshLibrary();
  const reading = begin(library, copyIn(library.raw, parts));
  const { archive } = reading;
  let skipped = 0;
  const header = (): number =>
    guarded(
      () => library.wrapped.read_next_entry(archive),
      (message) => {
        reading.dead = message;
        return 0;
      },
    );
  const error = (): string =>
    reading.dead ||
    guarded(
      () => library.wrapped.error_string(archive),
      (message) => message,
    );
  let last = '';
  return {
    next() {
      if (reading.dead !== '') return null;
      let entry = header();
      last = entry === 0 ? error() : '';
      // A warning ends in null as an error does; after a warning there is more.
      if (entry === 0 && last !== '' && reading.dead === '') {
        entry = header();
        if (entry !== 0) skipped++;
      }
      return entry === 0 ? null : entryOf(reading, entry);
    },
    error: () => reading.dead || last,
    skipped: () => skipped,
  };
}

/** What the tar reader says when the content ends before the size in our own header does: the end of a stream that is whole. */
const CAME_TO_THE_END = /^Truncated tar archive/;

/**
 * Unpacks a bzip2 or xz stream, all members of it. This build of libarchive reads no bare streams, so a compressed tar
 * header that announces 8 GiB goes in front: both formats allow streams to follow one another.
 */
export async function unpackStream(bytes: Bytes, kind: LoneStream, cap: number): Promise<EntryContent> {
  const library = await freshLibrary();
  const header = Buffer.from(LONE_FILE_HEADERS[kind], 'base64');
  const memory = copyIn(library.raw, [{ size: header.byteLength, slice: (o, n) => header.subarray(o, o + n), window: () => bytes }, bytes]);
  const first = readFrom(library, memory, (reading) => readContent(reading, cap));
  if (first.over || first.error === null) return first;
  // A read that meets the end forgets what it got, so the tail is read byte by byte.
  const tail = readFrom(library, memory, (reading) => {
    for (let at = 0; at < first.bytes.byteLength; at += CHUNK) readContent(reading, 0);
    return readContent(reading, CHUNK, 1);
  });
  const whole = Buffer.concat([first.bytes, tail.bytes]);
  return { bytes: whole, over: whole.byteLength > cap, error: CAME_TO_THE_END.test(tail.error ?? '') ? null : tail.error };
}

function readFrom(library: Library, memory: { readonly at: number; readonly size: number }, read: (reading: Reading) => EntryContent): EntryContent {
  const nothing = (error: string): EntryContent => ({ bytes: new Uint8Array(0), over: false, error });
  return guarded(() => {
    const reading = begin(library, memory);
    if (reading.dead !== '') return nothing(reading.dead);
    return library.wrapped.read_next_entry(reading.archive) === 0
      ? nothing(library.wrapped.error_string(reading.archive) || 'cannot be unpacked')
      : read(reading);
  }, nothing);
}
