import type { Bytes } from '../../model/input.ts';
import { byte, count, type Cursor, digests, expectId, ID, Malformed, number, take } from './sevenzip-cursor.ts';

/** One step of unpacking (7zFormat.txt, Folder). */
export interface Coder {
  /** The method's id in hex, as '030101' for LZMA. */
  readonly method: string;
  readonly properties: Uint8Array;
  /** Streams that go in and come out. */
  readonly ins: number;
  readonly outs: number;
  /** As it stands in the directory. */
  readonly raw: Uint8Array;
}

/** What is packed together: coders whose streams, numbered through all of them, are joined. */
export interface Folder {
  readonly coders: readonly Coder[];
  /** What comes out of stream `from` goes into stream `into`. */
  readonly pairs: readonly { readonly into: number; readonly from: number }[];
  /** The streams in that are packed streams of the archive, in their order. */
  readonly packed: readonly number[];
  /** Of each stream out. */
  readonly unpackSizes: readonly number[];
  readonly crc: number | null;
}

/** One file's part of what comes out of a folder. */
export interface SubStream {
  readonly size: number;
  readonly crc: number | null;
}

/** Where everything is that an archive unpacks (7zFormat.txt, StreamsInfo). */
export interface Streams {
  /** Of the first packed stream, behind the signature header. */
  readonly position: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
  /** Of each folder. */
  readonly subStreams: readonly (readonly SubStream[])[];
}

export const SIGNATURE_HEADER_BYTES = 32;
const MAX_CODERS = 32;
const COPY: Coder = { method: '00', properties: new Uint8Array(0), ins: 1, outs: 1, raw: Uint8Array.of(1, 0) };

function packInfo(c: Cursor): Pick<Streams, 'position' | 'packSizes'> {
  const position = number(c);
  const n = count(c);
  const packSizes: number[] = [];
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id === ID.size) for (let i = 0; i < n; i++) packSizes.push(number(c));
    else if (id === ID.crc) digests(c, n);
    else throw new Malformed('unknown in PackInfo');
  }
  return { position, packSizes };
}

function coder(c: Cursor): Coder {
  const start = c.at;
  const flags = byte(c);
  const method = Buffer.from(take(c, flags & 0x0f)).toString('hex');
  const ins = flags & 0x10 ? count(c) : 1;
  const outs = flags & 0x10 ? count(c) : 1;
  if (ins > MAX_CODERS || outs > MAX_CODERS) throw new Malformed('streams of a coder');
  const properties = take(c, flags & 0x20 ? number(c) : 0);
  return { method, properties, ins, outs, raw: c.bytes.subarray(start, c.at) };
}

const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
const insOf = (coders: readonly Coder[]): number => sum(coders.map((k) => k.ins));
const outsOf = (coders: readonly Coder[]): number => sum(coders.map((k) => k.outs));

function folder(c: Cursor): Omit<Folder, 'unpackSizes' | 'crc'> {
  const n = count(c);
  if (n === 0 || n > MAX_CODERS) throw new Malformed('coders');
  const coders = Array.from({ length: n }, () => coder(c));
  const pairs = Array.from({ length: outsOf(coders) - 1 }, () => ({ into: number(c), from: number(c) }));
  const ins = insOf(coders);
  const free = ins - pairs.length;
  if (free < 1) throw new Malformed('no packed stream');
  // A lone one is not named: it is the stream that nothing goes into.
  const only = Array.from({ length: ins }, (_, i) => i).filter((i) => pairs.every((p) => p.into !== i));
  if (free === 1 && only.length !== 1) throw new Malformed('streams that are joined twice');
  return { coders, pairs, packed: free === 1 ? only : Array.from({ length: free }, () => number(c)) };
}

function unpackInfo(c: Cursor): Folder[] {
  expectId(c, ID.folder);
  const n = count(c);
  if (byte(c) !== 0) throw new Malformed('external');
  const folders = Array.from({ length: n }, () => folder(c));
  expectId(c, ID.unpackSize);
  const sizes = folders.map(({ coders }) => Array.from({ length: outsOf(coders) }, () => number(c)));
  let crcs: readonly (number | null)[] = [];
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id !== ID.crc) throw new Malformed('unknown in UnpackInfo');
    crcs = digests(c, n);
  }
  return folders.map((f, i) => ({ ...f, unpackSizes: sizes[i] ?? [], crc: crcs[i] ?? null }));
}

/** Of the one stream out that goes into no other: what a folder unpacks to. */
export function sizeOf({ unpackSizes, pairs }: Folder): number {
  return unpackSizes.find((_, i) => pairs.every((p) => p.from !== i)) ?? 0;
}

interface Shares {
  counts: readonly number[];
  /** Of the first of a folder, and so on; the last one has the rest. */
  sizes: readonly (readonly number[])[];
  crcs: readonly (number | null)[];
}

function shares(c: Cursor, folders: readonly Folder[]): Shares {
  const found: Shares = { counts: folders.map(() => 1), sizes: [], crcs: [] };
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id === ID.unpackStreams) found.counts = folders.map(() => count(c));
    else if (id === ID.size) found.sizes = found.counts.map((n) => Array.from({ length: Math.max(0, n - 1) }, () => number(c)));
    else if (id === ID.crc) found.crcs = digests(c, sum(found.counts.map((n, i) => (n === 1 && folders[i]?.crc !== null ? 0 : n))));
    else throw new Malformed('unknown in SubStreamsInfo');
  }
  return found;
}

function divided(folders: readonly Folder[], { counts, sizes, crcs }: Shares): SubStream[][] {
  if (sum(counts) > 1_000_000) throw new Malformed('too many');
  let next = 0;
  return folders.map((f, i) => {
    const n = counts[i] ?? 0;
    if (n === 1 && f.crc !== null) return [{ size: sizeOf(f), crc: f.crc }];
    let rest = sizeOf(f);
    return Array.from({ length: n }, (_, k) => {
      const size = k === n - 1 ? rest : (sizes[i]?.[k] ?? 0);
      rest -= size;
      return { size, crc: crcs[next++] ?? null };
    });
  });
}

/** StreamsInfo behind its id. */
export function streamsInfo(c: Cursor): Streams {
  let packing: Pick<Streams, 'position' | 'packSizes'> = { position: 0, packSizes: [] };
  let folders: Folder[] = [];
  let found: Shares | null = null;
  for (let id = byte(c); id !== ID.end; id = byte(c)) {
    if (id === ID.pack) packing = packInfo(c);
    else if (id === ID.unpack) folders = unpackInfo(c);
    else if (id === ID.subStreams) found = shares(c, folders);
    else throw new Malformed('unknown in StreamsInfo');
  }
  return { ...packing, folders, subStreams: divided(folders, found ?? { counts: folders.map(() => 1), sizes: [], crcs: [] }) };
}

/** The packed streams of each folder, in the archive. */
export function packedStreams(archive: Bytes, { position, packSizes, folders }: Streams): Bytes[][] {
  let at = SIGNATURE_HEADER_BYTES + position;
  let next = 0;
  return folders.map(({ packed }) =>
    packed.map(() => {
      const size = packSizes[next++] ?? 0;
      at += size;
      return archive.window(at - size, size);
    }),
  );
}

/** The folder without one of its coders, which has one stream in and one out and takes what is packed: its place is taken by the coder behind. */
export function withoutCoder(f: Folder, index: number): Folder {
  const before = f.coders.slice(0, index);
  const [into, from] = [insOf(before), outsOf(before)];
  const next = f.pairs.find((p) => p.from === from);
  if (!next || f.coders.length === 1) return { ...f, coders: f.coders.map((k, i) => (i === index ? COPY : k)) };
  const moved = (i: number, gone: number): number => (i > gone ? i - 1 : i);
  return {
    ...f,
    coders: f.coders.filter((_, i) => i !== index),
    pairs: f.pairs.filter((p) => p !== next).map((p) => ({ into: moved(p.into, into), from: moved(p.from, from) })),
    packed: f.packed.map((i) => moved(i === into ? next.into : i, into)),
    unpackSizes: f.unpackSizes.filter((_, i) => i !== from),
  };
}

/** A folder with its packed streams. */
export interface PackedFolder {
  readonly folder: Folder;
  readonly streams: readonly Bytes[];
}
