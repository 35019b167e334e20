import { crc32 } from 'node:zlib';
import type { TimeValue } from '../../model/attribute.ts';
import type { Bytes } from '../../model/input.ts';
import { fromFiletime } from '../../model/time.ts';
import { openArchive } from './libarchive.ts';
import { forLibrary } from './sevenzip-coders.ts';
import { archiveOfOne } from './sevenzip-copy.ts';
import { attempt, bitsOf, byte, count, type Cursor, defined, ID, Malformed, number, take } from './sevenzip-cursor.ts';
import { type PackedFolder, packedStreams, SIGNATURE_HEADER_BYTES, sizeOf, type Streams, streamsInfo } from './sevenzip-streams.ts';

/** What the directory of a 7z says of one file (7zFormat.txt, FilesInfo). */
export interface SevenZipFile {
  readonly name: string;
  /** It has no content: an empty file or a folder. */
  readonly empty: boolean;
  readonly isFolder: boolean;
  /** FILETIME in hex as it stands and as UTC; null where none is kept. */
  readonly mtime: { readonly raw: string; readonly value: TimeValue | null } | null;
  /** The number of what it is packed in, from 0; null where it has no content. */
  readonly folder: number | null;
}

/** A directory in the clear, taken apart. */
export interface SevenZipDirectory {
  readonly streams: Streams;
  readonly files: readonly SevenZipFile[];
  /** Their attributes, as they stand. */
  readonly rawAttributes: Uint8Array | null;
}

/** The list of members of a hundred thousand files has some 10 MiB. */
const MAX_DIRECTORY = 64 * 1024 ** 2;
const NO_STREAMS: Streams = { position: 0, packSizes: [], folders: [], subStreams: [] };

function namesOf(c: Cursor, n: number): string[] {
  if (byte(c) !== 0) throw new Malformed('external');
  const names = Buffer.from(c.bytes.subarray(c.at)).toString('utf16le').split('\u0000');
  if (names.length < n) throw new Malformed('names');
  return names.slice(0, n);
}

function timesOf(c: Cursor, n: number): SevenZipFile['mtime'][] {
  const has = defined(c, n);
  if (byte(c) !== 0) throw new Malformed('external');
  return Array.from({ length: n }, (_, i) => {
    if (!has(i)) return null;
    const raw = Buffer.from(take(c, 8));
    return { raw: raw.toString('hex'), value: fromFiletime(raw.readBigUInt64LE()) };
  });
}

/** The files with content are those of the folders, in order. */
function filesInfo(c: Cursor, streams: Streams): SevenZipDirectory {
  const n = count(c);
  let names: string[] = [];
  let times: SevenZipFile['mtime'][] = [];
  let empty: boolean[] = [];
  let emptyFiles: boolean[] = [];
  let rawAttributes: Uint8Array | null = null;
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    const body: Cursor = { bytes: take(c, number(c)), at: 0 };
    if (id === ID.names) names = namesOf(body, n);
    else if (id === ID.emptyStream) empty = bitsOf(body, n);
    // Behind the bits of what is empty, of which it tells.
    else if (id === ID.emptyFile) emptyFiles = bitsOf(body, empty.filter(Boolean).length);
    else if (id === ID.mtime) times = timesOf(body, n);
    else if (id === ID.attributes) rawAttributes = body.bytes;
  }
  const folders = streams.subStreams.flatMap((s, folder) => s.map(() => folder));
  let [next, nextEmpty] = [0, 0];
  const files = names.map((name, i): SevenZipFile => {
    const mtime = times[i] ?? null;
    return empty[i]
      ? { name, mtime, empty: true, isFolder: emptyFiles[nextEmpty++] !== true, folder: null }
      : { name, mtime, empty: false, isFolder: false, folder: folders[next++] ?? null };
  });
  return { streams, files, rawAttributes };
}

/** As it stands at the end of the archive; null where it does not. */
function storedDirectory(bytes: Bytes): Uint8Array | null {
  const head = Buffer.from(bytes.slice(0, SIGNATURE_HEADER_BYTES));
  if (head.byteLength < SIGNATURE_HEADER_BYTES) return null;
  const size = Number(head.readBigUInt64LE(20));
  const header = bytes.slice(SIGNATURE_HEADER_BYTES + Number(head.readBigUInt64LE(12)), Math.min(size, MAX_DIRECTORY));
  return header.byteLength === size && size > 0 ? header : null;
}

/** The directory, where it is packed itself, as mostly it is; null where it is plain or damaged. */
export function packedDirectory(bytes: Bytes): PackedFolder | null {
  const header = storedDirectory(bytes);
  if (header?.[0] !== ID.encoded) return null;
  return attempt(() => {
    const streams = streamsInfo({ bytes: header, at: 1 });
    const [folder] = streams.folders;
    const [packed] = packedStreams(bytes, streams);
    return folder && packed && streams.folders.length === 1 ? { folder, streams: packed } : null;
  });
}

/** Unpacks a directory; null where it does not unpack to what its checksum says. */
export async function unpackDirectory(packed: PackedFolder): Promise<Uint8Array | null> {
  const content = (
    await openArchive(
      archiveOfOne(
        forLibrary(packed, MAX_DIRECTORY, () => undefined),
        sizeOf(packed.folder),
      ),
    )
  )
    .next()
    ?.read(MAX_DIRECTORY);
  if (!content || content.over || content.error !== null || content.bytes[0] !== ID.header) return null;
  return packed.folder.crc === null || packed.folder.crc === crc32(content.bytes) ? content.bytes : null;
}

/** Where it is plain. */
export const plainDirectory = (bytes: Bytes): Uint8Array | null => {
  const header = storedDirectory(bytes);
  return header?.[0] === ID.header ? header : null;
};

/** The files come in the order of the directory, folders too; null where it is damaged. */
export function readDirectory(header: Uint8Array): SevenZipDirectory | null {
  return attempt(() => {
    const c: Cursor = { bytes: header, at: 1 };
    let streams = NO_STREAMS;
    for (let id = byte(c); id !== ID.end; id = byte(c)) {
      if (id === ID.files) return filesInfo(c, streams);
      if (id === ID.archiveProperties) for (let p = byte(c); p !== ID.end; p = byte(c)) take(c, number(c));
      else if (id === ID.additionalStreams) streamsInfo(c);
      else if (id === ID.mainStreams) streams = streamsInfo(c);
      else throw new Malformed('unknown in Header');
    }
    return { streams, files: [], rawAttributes: null };
  });
}

/** Finds the file of the directory that an entry of libarchive's is, each once: entries come in another order and with '*' for letters beyond ASCII. */
export type SevenZipFinder = (name: string, empty: boolean) => SevenZipFile | null;

/** Within one blurred name the order of files with content is that of the directory. */
const blurred = (name: string, empty: boolean): string =>
  `${empty ? 'e' : 's'}${name
    .replace(/\/$/, '')
    .replace(/[^\u0000-\u007f]/g, '*')
    .replace(/\*+/g, '*')}`;

export function sevenZipFinder(files: readonly SevenZipFile[]): SevenZipFinder {
  const queues = new Map<string, SevenZipFile[]>();
  // From the end, so that the first of each is taken off the end.
  for (const file of files.toReversed()) {
    const key = blurred(file.name, file.empty);
    const queue = queues.get(key);
    if (queue) queue.push(file);
    else queues.set(key, [file]);
  }
  return (name, empty) => queues.get(blurred(name, empty))?.pop() ?? null;
}
