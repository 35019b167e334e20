import { crc32 } from 'node:zlib';
import type { Bytes, Input } from '../../model/input.ts';
import { findDirectory } from '../zip/directory.ts';
import { readCentralEntry, readLocalHeader } from '../zip/header.ts';

/** Stubs that unpack themselves are smaller. */
const MAX_STUB = 2 * 1024 ** 2;
const END_RECORD = 'PK\u0005\u0006';
const END_BYTES = 22;
/** Behind an end record that does not belong to a whole zip stands at most this much comment. */
const MAX_TAIL = 1024;
const RAR = 'Rar!\u001a\u0007';
const SEVEN_ZIP = '7z\u00bc\u00af\u0027\u001c';
/** Places tried: programs that unpack RAR hold its signature, too. */
const MAX_TRIES = 16;

/** Where the zip begins whose directory stands at the end; 0 for a zip without a prefix. Null where no directory leads to a local header. */
function zipStart(bytes: Bytes): number | null {
  const directory = findDirectory(bytes);
  if (!directory || directory.announced === 0) return null;
  const first = readCentralEntry(bytes, directory.start);
  const at = (first?.localOffset ?? -1) + directory.prefixBytes;
  return first && readLocalHeader(bytes, at) ? at : null;
}

/** The end record stands so that its comment ends with the artifact. */
function endsLikeZip(bytes: Bytes): boolean {
  const from = Math.max(0, bytes.size - END_BYTES - MAX_TAIL);
  const tail = Buffer.from(bytes.slice(from, END_BYTES + MAX_TAIL));
  const at = tail.lastIndexOf(END_RECORD, tail.byteLength - END_BYTES, 'latin1');
  return at >= 0 && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.byteLength;
}

/** A zip that stands whole behind bytes of another kind and ends with them: a picture that is an archive as well. */
export const hasZipBehind = (input: Input): boolean => endsLikeZip(input.bytes) && (zipStart(input.bytes) ?? 0) > 0;

/** A zip whose first header is damaged: it begins with the letters of all its records and ends with a directory's end. */
export const isHeadlessZip = ({ bytes }: Input): boolean => Buffer.from(bytes.slice(0, 2)).toString('latin1') === 'PK' && endsLikeZip(bytes);

/** A zip whose beginning is not its own: unknown bytes in front, or the last volume of a split archive, whose members lie in another. */
export function isPrefixedZip({ bytes }: Input): boolean {
  const directory = findDirectory(bytes);
  if (!directory || directory.announced === 0 || !readCentralEntry(bytes, directory.start)) return false;
  return directory.disk > 0 || zipStart(bytes) !== null;
}

/** A main header with its checksum (RAR 4), or a header with one (RAR 5). */
function isRarAt(stub: Buffer, at: number): boolean {
  const body = at + 7;
  if (stub[at + 6] === 0) {
    const size = body + 7 <= stub.byteLength ? stub.readUInt16LE(body + 5) : 0;
    const header = stub.subarray(body + 2, body + size);
    return stub[body + 2] === 0x73 && size >= 13 && header.byteLength === size - 2 && (crc32(header) & 0xffff) === stub.readUInt16LE(body);
  }
  const size = stub[body + 5] ?? 0;
  const header = stub.subarray(body + 5, body + 6 + size);
  return (
    stub[at + 6] === 1 &&
    stub[body] === 0 &&
    size > 0 &&
    size < 0x80 &&
    header.byteLength === size + 1 &&
    crc32(header) === stub.readUInt32LE(body + 1)
  );
}

/** 7zFormat.txt, SignatureHeader: the start header has a checksum of its own. */
const isSevenZipAt = (stub: Buffer, at: number): boolean =>
  at + 32 <= stub.byteLength && crc32(stub.subarray(at + 12, at + 32)) === stub.readUInt32LE(at + 8);

function signatureIn(stub: Buffer, magic: string, isThere: (stub: Buffer, at: number) => boolean): number | null {
  let at = stub.indexOf(magic, 1, 'latin1');
  for (let tries = 0; at !== -1 && tries < MAX_TRIES; tries++) {
    if (isThere(stub, at)) return at;
    at = stub.indexOf(magic, at + 1, 'latin1');
  }
  return null;
}

/**
 * Where an archive begins that a program carries behind itself: a zip by its directory, RAR and 7z by their signature in the
 * first 2 MiB, with the checksum of the header behind it. Null where there is none. Call as `input.once(carriedArchive)`.
 */
export function carriedArchive({ bytes }: Input): number | null {
  const zip = zipStart(bytes);
  if (zip !== null && zip > 0) return zip;
  const stub = Buffer.from(bytes.slice(0, MAX_STUB));
  return signatureIn(stub, RAR, isRarAt) ?? signatureIn(stub, SEVEN_ZIP, isSevenZipAt);
}
