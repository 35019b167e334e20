import type { Bytes } from '../../model/input.ts';
import { u16, u32, u64 } from '../little-endian.ts';

/** One record of an extra field (APPNOTE 4.5.1). */
export interface ZipExtra {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** One local header, as written (APPNOTE 4.3.7). With bit 3 of `flags` the sizes and the CRC stand behind the content and are 0 here. */
export interface ZipHeader {
  /** Of its signature, in the artifact. */
  readonly offset: number;
  /** Of the first byte of content, in the artifact. */
  readonly dataOffset: number;
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  readonly dosTime: number;
  readonly dosDate: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly rawName: Uint8Array;
  readonly extra: readonly ZipExtra[];
}

/** One entry of the central directory, as written (APPNOTE 4.3.12), zip64 sizes resolved. */
export interface CentralEntry extends Omit<ZipHeader, 'dataOffset'> {
  readonly versionMadeBy: number;
  readonly externalAttributes: number;
  /** As written: without the bytes that may stand in front of the archive; within its volume in a split one. */
  readonly localOffset: number;
  /** The volume that its local header stands in, from 0. */
  readonly disk: number;
  readonly rawComment: Uint8Array;
  /** Where the next entry begins. */
  readonly next: number;
}

export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const LOCAL_BYTES = 30;
/** Of the four bytes of DOS time and date, from the local header's signature. */
export const LOCAL_TIME_AT = 10;
/** The same of a directory entry. */
export const CENTRAL_TIME_AT = 12;
const CENTRAL_BYTES = 46;

/** General purpose bits (APPNOTE 4.4.4). */
export const FLAG = { encrypted: 0x0001, descriptor: 0x0008, utf8: 0x0800, masked: 0x2000 } as const;
/** WinZip AES hides the true method in an extra field. */
export const METHOD_AES = 99;

const ZIP64 = 0x0001;
const FULL = 0xffffffff;
/** No writer comes near; a hostile 64 KiB field would make sixteen thousand. */
const MAX_EXTRAS = 32;

/** The records of an extra field; what does not parse at its end is left out: some writers pad with zeros. */
function readExtra(bytes: Uint8Array): ZipExtra[] {
  const records: ZipExtra[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength && records.length < MAX_EXTRAS;) {
    const length = u16(bytes, at + 2);
    if (at + 4 + length > bytes.byteLength) break;
    records.push({ id: u16(bytes, at), bytes: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return records;
}

export const extraOf = (extra: readonly ZipExtra[], id: number): Uint8Array | undefined => extra.find((e) => e.id === id)?.bytes;

/** The zip64 record holds, in this order, only those values that are saturated in the header (APPNOTE 4.5.3). */
function zip64(extra: readonly ZipExtra[], ...values: readonly number[]): number[] {
  const wide = extraOf(extra, ZIP64);
  let at = 0;
  return values.map((value) => {
    if (value !== FULL || !wide || at + 8 > wide.byteLength) return value;
    at += 8;
    return u64(wide, at - 8);
  });
}

/** The number of a volume stands last in the zip64 record, in four bytes, behind what else is saturated. */
function diskOf(head: Uint8Array, extra: readonly ZipExtra[]): number {
  const disk = u16(head, 34);
  const wide = disk === 0xffff ? extraOf(extra, ZIP64) : undefined;
  if (!wide) return disk;
  const at = 8 * [24, 20, 42].filter((field) => u32(head, field) === FULL).length;
  return at + 4 <= wide.byteLength ? u32(wide, at) : disk;
}

/** The local header at an offset of the artifact; null where none stands there or it is cut off. */
export function readLocalHeader(bytes: Bytes, offset: number): ZipHeader | null {
  if (offset < 0) return null;
  const head = bytes.slice(offset, LOCAL_BYTES);
  if (head.byteLength < LOCAL_BYTES || u32(head, 0) !== LOCAL_HEADER) return null;
  const nameLength = u16(head, 26);
  const dataOffset = offset + LOCAL_BYTES + nameLength + u16(head, 28);
  const tail = bytes.slice(offset + LOCAL_BYTES, dataOffset - offset - LOCAL_BYTES);
  const extra = readExtra(tail.subarray(nameLength));
  const [size = 0, compressedSize = 0] = zip64(extra, u32(head, 22), u32(head, 18));
  return {
    offset,
    dataOffset,
    versionNeeded: u16(head, 4),
    flags: u16(head, 6),
    method: u16(head, 8),
    dosTime: u16(head, 10),
    dosDate: u16(head, 12),
    crc32: u32(head, 14),
    compressedSize,
    size,
    rawName: tail.subarray(0, nameLength),
    extra,
  };
}

/** The directory entry at an offset of the artifact; null where none stands there or it is cut off. */
export function readCentralEntry(bytes: Bytes, offset: number): CentralEntry | null {
  if (offset < 0) return null;
  const head = bytes.slice(offset, CENTRAL_BYTES);
  if (head.byteLength < CENTRAL_BYTES || u32(head, 0) !== CENTRAL_HEADER) return null;
  const nameLength = u16(head, 28);
  const extraEnd = nameLength + u16(head, 30);
  const length = extraEnd + u16(head, 32);
  const tail = bytes.slice(offset + CENTRAL_BYTES, length);
  if (tail.byteLength < length) return null;
  const extra = readExtra(tail.subarray(nameLength, extraEnd));
  const [size = 0, compressedSize = 0, localOffset = 0] = zip64(extra, u32(head, 24), u32(head, 20), u32(head, 42));
  return {
    offset,
    versionMadeBy: u16(head, 4),
    versionNeeded: u16(head, 6),
    flags: u16(head, 8),
    method: u16(head, 10),
    dosTime: u16(head, 12),
    dosDate: u16(head, 14),
    crc32: u32(head, 16),
    compressedSize,
    size,
    externalAttributes: u32(head, 38),
    localOffset,
    disk: diskOf(head, extra),
    rawName: tail.subarray(0, nameLength),
    extra,
    rawComment: tail.subarray(extraEnd),
    next: offset + CENTRAL_BYTES + length,
  };
}
