import { crc32 } from 'node:zlib';
import { joinOf } from '../../model/bytes.ts';
import type { Bytes } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import { ID, numberBytes } from './sevenzip-cursor.ts';
import { type Folder, type PackedFolder, SIGNATURE_HEADER_BYTES, type SubStream } from './sevenzip-streams.ts';

/** A folder of a copy, and the files in it. */
export interface CopiedFolder extends PackedFolder {
  readonly subStreams: readonly SubStream[];
}

/** A file of a copy; those that are not empty are those of the folders, in order. Its name is its number, from 0. */
export interface CopiedFile {
  readonly empty: boolean;
  readonly isFolder: boolean;
}

function folderBytes({ coders, pairs, packed }: Folder): Buffer {
  const joins = pairs.flatMap((p) => [numberBytes(p.into), numberBytes(p.from)]);
  return Buffer.concat([numberBytes(coders.length), ...coders.map((k) => k.raw), ...joins, ...(packed.length > 1 ? packed.map(numberBytes) : [])]);
}

function bitBytes(bits: readonly boolean[]): Buffer {
  const out = Buffer.alloc(Math.ceil(bits.length / 8));
  for (const [i, bit] of bits.entries()) if (bit) out[i >> 3] = (out[i >> 3] ?? 0) | (0x80 >> (i & 7));
  return out;
}

function crcBytes(crcs: readonly (number | null)[]): Buffer[] {
  const present = crcs.filter((crc) => crc !== null);
  const bytes = Buffer.alloc(4 * present.length);
  for (const [i, crc] of present.entries()) bytes.writeUInt32LE(crc, 4 * i);
  return present.length === 0 ? [] : [Buffer.from([ID.crc, 0]), bitBytes(crcs.map((crc) => crc !== null)), bytes];
}

/** libarchive wants a SubStreamsInfo, be it empty. */
function subStreamsBytes(folders: readonly CopiedFolder[]): Buffer {
  const counts = folders.map((f) => numberBytes(f.subStreams.length));
  const sizes = folders.flatMap((f) => f.subStreams.slice(0, -1).map((s) => numberBytes(s.size)));
  return Buffer.concat([
    Buffer.from([ID.subStreams, ID.unpackStreams]),
    ...counts,
    ...(sizes.length === 0 ? [] : [Buffer.from([ID.size]), ...sizes]),
    // The checksum of a folder is left out, lest it stand for that of its one file.
    ...crcBytes(folders.flatMap((f) => f.subStreams.map((s) => s.crc))),
    Buffer.from([ID.end]),
  ]);
}

function streamsBytes(folders: readonly CopiedFolder[]): Buffer {
  const streams = folders.flatMap((f) => f.streams);
  return Buffer.concat([
    Buffer.from([ID.mainStreams, ID.pack, 0]),
    numberBytes(streams.length),
    Buffer.from([ID.size]),
    ...streams.map((s) => numberBytes(s.size)),
    Buffer.from([ID.end, ID.unpack, ID.folder]),
    numberBytes(folders.length),
    Buffer.from([0]),
    ...folders.map((f) => folderBytes(f.folder)),
    Buffer.from([ID.unpackSize]),
    ...folders.flatMap((f) => f.folder.unpackSizes.map(numberBytes)),
    Buffer.from([ID.end]),
    subStreamsBytes(folders),
    Buffer.from([ID.end]),
  ]);
}

const property = (id: number, body: Uint8Array): Buffer => Buffer.concat([Buffer.from([id]), numberBytes(body.byteLength), body]);

function filesBytes(files: readonly CopiedFile[], rawAttributes: Uint8Array | null): Buffer {
  const empty = files.filter((f) => f.empty);
  const names = Buffer.from(files.map((_, i) => `${i}\u0000`).join(''), 'utf16le');
  return Buffer.concat([
    Buffer.from([ID.files]),
    numberBytes(files.length),
    ...(empty.length === 0 ? [] : [property(ID.emptyStream, bitBytes(files.map((f) => f.empty)))]),
    ...(empty.length === 0 ? [] : [property(ID.emptyFile, bitBytes(empty.map((f) => !f.isFolder)))]),
    property(ID.names, Buffer.concat([Buffer.from([0]), names])),
    ...(rawAttributes ? [property(ID.attributes, rawAttributes)] : []),
    Buffer.from([ID.end]),
  ]);
}

/** A 7z archive with a plain directory: these folders, and these files with the attributes of the original. */
export function sevenZipCopy(folders: readonly CopiedFolder[], files: readonly CopiedFile[], rawAttributes: Uint8Array | null = null): Bytes {
  const packed = folders.flatMap((f) => f.streams);
  const streams = folders.length === 0 ? [] : [streamsBytes(folders)];
  const header = Buffer.concat([Buffer.from([ID.header]), ...streams, filesBytes(files, rawAttributes), Buffer.from([ID.end])]);
  const start = Buffer.alloc(SIGNATURE_HEADER_BYTES);
  start.write('7z\u00bc\u00af\u0027\u001c\u0000\u0004', 0, 'latin1');
  start.writeBigUInt64LE(BigInt(packed.reduce((sum, s) => sum + s.size, 0)), 12);
  start.writeBigUInt64LE(BigInt(header.byteLength), 20);
  start.writeUInt32LE(crc32(header), 28);
  start.writeUInt32LE(crc32(start.subarray(12)), 8);
  return joinOf([bytesOf(start), ...packed, bytesOf(header)]);
}

/** An archive of one folder that unpacks to one file without a checksum. */
export const archiveOfOne = (packed: PackedFolder, size: number): Bytes =>
  sevenZipCopy([{ ...packed, subStreams: [{ size, crc: null }] }], [{ empty: false, isFolder: false }]);
