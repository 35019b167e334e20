import { crc32 } from 'node:zlib';
import type { Bytes, Input, Password } from '../../model/input.ts';
import { crcOf } from '../bytes.ts';
import { attemptsOf } from '../passwords.ts';
import { unpackingCap } from './archive-member.ts';
import { MOST_PACKED_BYTES, openArchive } from './libarchive.ts';
import { packedDirectory, plainDirectory, readDirectory, type SevenZipDirectory, type SevenZipFile, unpackDirectory } from './sevenzip.ts';
import { forLibrary, isReadable, needsHelp } from './sevenzip-coders.ts';
import { archiveOfOne, type CopiedFolder, sevenZipCopy } from './sevenzip-copy.ts';
import { clear, isLocked, type Keys, keysOf, visibleOf } from './sevenzip-aes.ts';
import { type PackedFolder, packedStreams, sizeOf, type SubStream } from './sevenzip-streams.ts';

/** A 7z archive, opened as far as the list of passwords goes. */
export interface SevenZip {
  /**
   * For libarchive, which stops behind what is locked: the archive itself; or, where something in it is or was, a copy whose members
   * are named by their numbers, those that stay locked without content, all others deciphered as they are read, and stored where
   * they were packed by a method that libarchive lacks.
   */
  readonly bytes: Bytes;
  readonly isCopy: boolean;
  readonly files: readonly SevenZipFile[];
  /** What opened the list of members. */
  readonly listPassword: Password | null;
  /** What opened each folder. */
  readonly passwords: readonly (Password | null)[];
  /** What is seen of the lock on the list of members, and of that on each folder, where they stayed closed; null where there is none. */
  readonly listLock: string | null;
  readonly locks: readonly (string | null)[];
  /** Whether a right password would show, on the list of members and on each folder. */
  readonly listTells: boolean;
  readonly tells: readonly boolean[];
}

/** Work of starting libarchive, and of setting up a cipher, in rounds of hashing. */
const STARTING = 10_000;
const CIPHER = 8;
const BYTES_A_ROUND = 64;
const COPY = '00';

/** What the packed bytes of a method begin with; methods that may begin with anything are not named. */
const BEGINNINGS: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  // LZMA and PPMd: their range coders write a zero first.
  '030101': ([b]) => b === 0,
  '030401': ([b]) => b === 0,
  // LZMA2: a chunk that resets the dictionary, or the end.
  '21': ([b = 0]) => b <= 1 || b >= 0xe0,
  // bzip2.
  '040202': (bytes) => Buffer.from(bytes.subarray(0, 3)).toString('latin1') === 'BZh',
};

/** A locked folder, and the first file in it: what tells whether a password is right. */
interface Locked extends PackedFolder {
  readonly index: number;
  readonly first: SubStream;
}

function methodOf({ coders, packed }: PackedFolder['folder']): string {
  let next = 0;
  return coders.find((k) => (next += k.ins) > (packed[0] ?? 0))?.method ?? '';
}

/** True where nothing speaks against the password; of what is stored and has a checksum that is all there is to know. */
function mayFit(input: Input, { folder, streams }: PackedFolder, first: SubStream): boolean {
  const [stream] = streams;
  const attempts = input.once(attemptsOf);
  if (!stream || !attempts.spend(CIPHER)) return false;
  const method = methodOf(folder);
  if (method !== COPY || first.crc === null) return BEGINNINGS[method]?.(stream.slice(0, 3)) ?? true;
  return attempts.spend(Math.ceil(first.size / BYTES_A_ROUND)) && crcOf(stream.window(0, first.size)) === first.crc;
}

/** Whether the first file unpacks to what its checksum says. */
async function fits(input: Input, open: PackedFolder, first: SubStream): Promise<boolean> {
  if (first.crc === null || !mayFit(input, open, first)) return false;
  if (methodOf(open.folder) === COPY) return true;
  if (!input.once(attemptsOf).spend(STARTING + Math.ceil(first.size / BYTES_A_ROUND))) return false;
  // What the library says of the rest does not concern the password.
  const content = (
    await openArchive(
      archiveOfOne(
        forLibrary(open, unpackingCap(input.bytes.size, input.limits), () => input.alive()),
        sizeOf(open.folder),
      ),
    )
  )
    .next()
    ?.read(Math.min(first.size, unpackingCap(input.bytes.size, input.limits)));
  return content !== undefined && content.bytes.byteLength >= first.size && crc32(content.bytes.subarray(0, first.size)) === first.crc;
}

/** The first password of the list that is proven on this folder. */
async function passwordFor(input: Input, locked: Locked, keys: Keys): Promise<Password | null> {
  const attempts = input.once(attemptsOf);
  for (const password of attempts.tries(0)) {
    const open = clear(locked, password, keys);
    if (!open || !(await fits(input, open, locked.first))) continue;
    attempts.opened(password);
    return password;
  }
  return null;
}

interface Opened {
  readonly folders: PackedFolder[];
  readonly passwords: (Password | null)[];
}

/**
 * Takes the locks off. A password is proven on the folder that is soonest unpacked, then taken for all that do not speak against
 * it: a folder of another password that seems to fit by chance (one in 256) shows as damaged.
 */
async function opened(input: Input, { streams }: SevenZipDirectory, keys: Keys): Promise<Opened> {
  const packed = packedStreams(input.bytes, streams);
  const folders = streams.folders.map((folder, i): PackedFolder => ({ folder, streams: packed[i] ?? [] }));
  const passwords: (Password | null)[] = folders.map(() => null);
  const locked = folders
    .map((f, index): Locked => ({ ...f, index, first: streams.subStreams[index]?.[0] ?? { size: 0, crc: null } }))
    .filter(({ folder }) => isLocked(folder))
    .sort((a, b) => Number(a.first.crc === null) - Number(b.first.crc === null) || a.first.size - b.first.size);
  for (const target of input.passwords.length === 0 ? [] : locked) {
    const password = passwords[target.index] ? null : await passwordFor(input, target, keys);
    for (const each of password ? locked : []) {
      const open = passwords[each.index] || !password ? null : clear(each, password, keys);
      if (!open || (each !== target && !mayFit(input, open, each.first))) continue;
      folders[each.index] = open;
      passwords[each.index] = password;
    }
  }
  return { folders, passwords };
}

/** The list of members in the clear, and what opened it where it was locked. */
async function directoryOf(input: Input, keys: Keys): Promise<{ readonly header: Uint8Array | null; readonly password: Password | null }> {
  const packed = packedDirectory(input.bytes);
  if (!packed) return { header: plainDirectory(input.bytes), password: null };
  if (!isLocked(packed.folder)) return { header: await unpackDirectory(packed), password: null };
  const attempts = input.once(attemptsOf);
  for (const password of attempts.tries(0)) {
    const open = clear(packed, password, keys);
    if (!open || !mayFit(input, open, { size: 0, crc: null }) || !attempts.spend(STARTING)) continue;
    const header = await unpackDirectory(open);
    if (!header || (open.folder.crc === null && !readDirectory(header))) continue;
    attempts.opened(password);
    return { header, password };
  }
  return { header: null, password: null };
}

const UNKNOWN_LOCK = 'in an unknown way';

function copyOf(
  { streams, files, rawAttributes }: SevenZipDirectory,
  folders: readonly PackedFolder[],
  isClosed: (folder: number) => boolean,
): Bytes {
  const copied = folders.map((f, i): CopiedFolder => ({ ...f, subStreams: streams.subStreams[i] ?? [] })).filter((_, i) => !isClosed(i));
  const emptied = files.map((f) => ({ empty: f.empty || f.folder === null || isClosed(f.folder), isFolder: f.isFolder }));
  return sevenZipCopy(copied, emptied, rawAttributes);
}

/** Together they may unpack to as much as libarchive takes. */
function helpedAll(input: Input, folders: readonly PackedFolder[]): PackedFolder[] {
  let left = Math.min(MOST_PACKED_BYTES - input.bytes.size, unpackingCap(input.bytes.size, input.limits));
  return folders.map((packed) => {
    if (isLocked(packed.folder) || !needsHelp(packed.folder)) return packed;
    const helped = forLibrary(packed, left, () => input.alive());
    left -= helped.streams.reduce((sum, s) => sum + s.size, 0);
    return helped;
  });
}

/** The archive in `input.bytes`, which is a 7z. Damage is libarchive's to tell; then there are no files here. */
export async function unlockSevenZip(input: Input): Promise<SevenZip> {
  const keys = keysOf(input.once(attemptsOf), () => input.alive());
  const { header, password } = await directoryOf(input, keys);
  const directory = header && readDirectory(header);
  const packed = header ? null : packedDirectory(input.bytes);
  const listLock = packed && isLocked(packed.folder) ? visibleOf(packed.folder) || UNKNOWN_LOCK : null;
  const listTells = packed !== null && isReadable(packed.folder);
  const asItIs = { bytes: input.bytes, isCopy: false, listPassword: null, listLock, listTells, passwords: [], locks: [], tells: [] };
  if (!directory) return { ...asItIs, files: [] };
  const { streams, files } = directory;
  if (password === null && !streams.folders.some((f) => isLocked(f) || needsHelp(f))) return { ...asItIs, files };
  const { folders, passwords } = await opened(input, directory, keys);
  const locks = folders.map(({ folder }) => (isLocked(folder) ? visibleOf(folder) || UNKNOWN_LOCK : null));
  const tells = folders.map(({ folder }, i) => isReadable(folder) && (streams.subStreams[i]?.[0]?.crc ?? null) !== null);
  const helped = helpedAll(input, folders);
  const bytes = copyOf(directory, helped, (i) => (locks[i] ?? null) !== null);
  return { bytes, isCopy: true, files, listPassword: password, passwords, listLock, locks, listTells, tells };
}
