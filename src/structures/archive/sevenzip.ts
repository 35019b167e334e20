import { crc32 } from 'node:zlib';
import type { TimeValue } from '../../model/attribute.ts';
import type { Bytes } from '../../model/input.ts';
import { fromFiletime } from '../../model/time.ts';
import { bytesOf } from '../bytes.ts';

/** What the directory of a 7z says of one file (7zFormat.txt, FilesInfo). */
export interface SevenZipFile {
  readonly name: string;
  /** It has no content: an empty file or a folder. */
  readonly empty: boolean;
  /** FILETIME in hex as it stands and as UTC; null where none is kept. */
  readonly mtime: { readonly raw: string; readonly value: TimeValue | null } | null;
}

/** 7zFormat.txt, Property IDs. */
const ID = {
  end: 0x00,
  header: 0x01,
  archiveProperties: 0x02,
  additionalStreams: 0x03,
  mainStreams: 0x04,
  files: 0x05,
  pack: 0x06,
  unpack: 0x07,
  subStreams: 0x08,
  size: 0x09,
  crc: 0x0a,
  folder: 0x0b,
  unpackSize: 0x0c,
  unpackStreams: 0x0d,
  emptyStream: 0x0e,
  names: 0x11,
  mtime: 0x14,
  encoded: 0x17,
} as const;
const SIGNATURE_HEADER_BYTES = 32;
/** The list of members of a hundred thousand files has some 10 MiB. */
const MAX_DIRECTORY = 64 * 1024 ** 2;
const MAX_COUNT = 1_000_000;

/** Thrown within this file where the directory is not what it should be; the callers give null. */
class Malformed extends Error {}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function take(c: Cursor, length: number): Uint8Array {
  if (!(length >= 0) || c.at + length > c.bytes.byteLength) throw new Malformed('beyond the end');
  c.at += length;
  return c.bytes.subarray(c.at - length, c.at);
}
const byte = (c: Cursor): number => take(c, 1)[0] ?? 0;

/** The leading ones of the first byte tell how many bytes follow; its other bits are the highest. */
function number(c: Cursor): number {
  const first = byte(c);
  let value = 0;
  for (let i = 0, mask = 0x80; i < 8; i++, mask >>= 1) {
    if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * i);
    value += byte(c) * 2 ** (8 * i);
  }
  return value;
}

function count(c: Cursor): number {
  const n = number(c);
  if (n > MAX_COUNT) throw new Malformed('too many');
  return n;
}

const expectId = (c: Cursor, id: number): void => {
  if (byte(c) !== id) throw new Malformed('another property stands here');
};

/** A bit for each item, the highest first, unless a byte says that all are set. */
function defined(c: Cursor, n: number): (i: number) => boolean {
  if (byte(c) !== 0) return () => true;
  const bits = take(c, Math.ceil(n / 8));
  return (i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0;
}

/** Passes over digests; returns which items have one. */
function digests(c: Cursor, n: number): (i: number) => boolean {
  const has = defined(c, n);
  let present = 0;
  for (let i = 0; i < n; i++) if (has(i)) present++;
  take(c, present * 4);
  return has;
}

/** PackInfo behind its id: returns where the streams begin, and their sizes. */
function packInfo(c: Cursor): { readonly position: number; readonly sizes: readonly number[]; readonly afterPosition: number } {
  const position = number(c);
  const afterPosition = c.at;
  const n = count(c);
  const sizes: number[] = [];
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id === ID.size) for (let i = 0; i < n; i++) sizes.push(number(c));
    else if (id === ID.crc) digests(c, n);
    else throw new Malformed('unknown in PackInfo');
  }
  return { position, sizes, afterPosition };
}

/** Passes over one folder's coders; returns how many streams come out of them. */
function folder(c: Cursor): number {
  const coders = count(c);
  if (coders === 0 || coders > 32) throw new Malformed('coders');
  let ins = 0;
  let outs = 0;
  for (let i = 0; i < coders; i++) {
    const flags = byte(c);
    take(c, flags & 0x0f);
    ins += flags & 0x10 ? count(c) : 1;
    outs += flags & 0x10 ? count(c) : 1;
    if (flags & 0x20) take(c, number(c));
  }
  for (let i = 0; i < outs - 1; i++) {
    number(c);
    number(c);
  }
  const packed = ins - (outs - 1);
  if (packed > 1) for (let i = 0; i < packed; i++) number(c);
  return outs;
}

/** UnpackInfo behind its id: returns for each folder whether it has a digest. */
function unpackInfo(c: Cursor): readonly boolean[] {
  expectId(c, ID.folder);
  const n = count(c);
  if (byte(c) !== 0) throw new Malformed('external');
  const outs = Array.from({ length: n }, () => folder(c));
  expectId(c, ID.unpackSize);
  for (const o of outs) for (let i = 0; i < o; i++) number(c);
  let has = (_: number): boolean => false;
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id !== ID.crc) throw new Malformed('unknown in UnpackInfo');
    has = digests(c, n);
  }
  return outs.map((_, i) => has(i));
}

function subStreams(c: Cursor, folders: readonly boolean[]): void {
  let counts = folders.map(() => 1);
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id === ID.unpackStreams) counts = folders.map(() => count(c));
    else if (id === ID.size) for (const n of counts) for (let i = 1; i < n; i++) number(c);
    else if (id === ID.crc)
      digests(
        c,
        counts.reduce((sum, n, i) => sum + (n === 1 && folders[i] ? 0 : n), 0),
      );
    else throw new Malformed('unknown in SubStreamsInfo');
  }
}

function streamsInfo(c: Cursor): void {
  let folders: readonly boolean[] = [];
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id === ID.pack) packInfo(c);
    else if (id === ID.unpack) folders = unpackInfo(c);
    else if (id === ID.subStreams) subStreams(c, folders);
    else throw new Malformed('unknown in StreamsInfo');
  }
}

function namesOf(c: Cursor, n: number): string[] {
  if (byte(c) !== 0) throw new Malformed('external');
  const names = Buffer.from(c.bytes.subarray(c.at)).toString('utf16le').split('\u0000');
  if (names.length < n) throw new Malformed('names');
  return names.slice(0, n);
}

function bitsOf(c: Cursor, n: number): boolean[] {
  const bits = take(c, Math.ceil(n / 8));
  return Array.from({ length: n }, (_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
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

function filesInfo(c: Cursor): SevenZipFile[] {
  const n = count(c);
  let names: string[] = [];
  let times: SevenZipFile['mtime'][] = [];
  let empty: boolean[] = [];
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    const body: Cursor = { bytes: take(c, number(c)), at: 0 };
    if (id === ID.names) names = namesOf(body, n);
    else if (id === ID.emptyStream) empty = bitsOf(body, n);
    else if (id === ID.mtime) times = timesOf(body, n);
  }
  return names.map((name, i) => ({ name, empty: empty[i] ?? false, mtime: times[i] ?? null }));
}

function directoryOf(bytes: Bytes): { readonly header: Uint8Array } | null {
  const head = Buffer.from(bytes.slice(0, SIGNATURE_HEADER_BYTES));
  if (head.byteLength < SIGNATURE_HEADER_BYTES) return null;
  const size = Number(head.readBigUInt64LE(20));
  const header = bytes.slice(SIGNATURE_HEADER_BYTES + Number(head.readBigUInt64LE(12)), Math.min(size, MAX_DIRECTORY));
  return header.byteLength === size && size > 0 ? { header } : null;
}

/** The answer of `read`, or null where the directory is damaged. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/**
 * A 7z directory is mostly packed itself. This gives a small archive whose one file is that directory, for whoever can
 * unpack; null where the directory is plain, or cannot be understood.
 */
export function packedDirectory(bytes: Bytes): Bytes | null {
  const found = directoryOf(bytes);
  if (found?.header[0] !== ID.encoded) return null;
  return attempt(() => {
    const c: Cursor = { bytes: found.header, at: 1 };
    expectId(c, ID.pack);
    const { position, sizes, afterPosition } = packInfo(c);
    const packed = bytes.slice(
      SIGNATURE_HEADER_BYTES + position,
      Math.min(
        sizes.reduce((a, b) => a + b, 0),
        MAX_DIRECTORY,
      ),
    );
    // The same streams, now at position 0, with an empty SubStreamsInfo that libarchive wants; and one file that has no more than a name.
    const streams = Buffer.concat([
      Buffer.from([ID.mainStreams, ID.pack, 0]),
      found.header.subarray(afterPosition, -1),
      Buffer.from([ID.subStreams, ID.end, ID.end]),
    ]);
    const header = Buffer.concat([Buffer.from([ID.header]), streams, Buffer.from([ID.files, 1, ID.names, 5, 0, 0x78, 0, 0, 0, ID.end, ID.end])]);
    const start = Buffer.alloc(20);
    start.writeBigUInt64LE(BigInt(packed.byteLength), 0);
    start.writeBigUInt64LE(BigInt(header.byteLength), 8);
    start.writeUInt32LE(crc32(header), 16);
    const check = Buffer.alloc(4);
    check.writeUInt32LE(crc32(start), 0);
    return bytesOf(Buffer.concat([bytes.slice(0, 8), check, start, packed, header]));
  });
}

/** The files in the order of the directory, folders too; null where it is packed, encrypted or damaged. `directory` is an unpacked one. */
export function sevenZipFiles(bytes: Bytes, directory?: Uint8Array): readonly SevenZipFile[] | null {
  const header = directory ?? directoryOf(bytes)?.header;
  if (header?.[0] !== ID.header) return null;
  return attempt(() => {
    const c: Cursor = { bytes: header, at: 1 };
    for (let id = byte(c); id !== ID.end; id = byte(c)) {
      if (id === ID.files) return filesInfo(c);
      if (id === ID.archiveProperties) for (let p = byte(c); p !== ID.end; p = byte(c)) take(c, number(c));
      else if (id === ID.additionalStreams || id === ID.mainStreams) streamsInfo(c);
      else throw new Malformed('unknown in Header');
    }
    return [];
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
