import type { Bytes } from '../../model/input.ts';
import { CENTRAL_HEADER, FLAG, LOCAL_BYTES, LOCAL_HEADER, METHOD_AES, readLocalHeader, type ZipHeader } from './header.ts';
import { u16, u32 } from '../little-endian.ts';

/** A member found by its local header. */
export interface Salvaged {
  readonly header: ZipHeader;
  /** From the header, else from the data descriptor, else measured up to whatever follows; may end at the end of the artifact. */
  readonly compressedSize: number;
  /** From the header or the data descriptor; 0 where neither is there. */
  readonly size: number;
  readonly crc32: number;
}

const DESCRIPTOR = 0x08074b50;
const BLOCK = 1024 * 1024;
/** Everything APPNOTE 4.4.5 lists; other numbers mean that these four bytes only look like a header. */
const METHODS = new Set([0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 14, 16, 18, 19, 20, 93, 94, 95, 96, 97, 98, METHOD_AES]);
const MAX_NAME = 4096;

/** Offsets of one of these signatures, in order, from one on. Byte by byte: a search for 'PK' in a file full of it is slower. */
function* marks(bytes: Bytes, from: number, signatures: readonly number[]): Generator<number> {
  for (let base = from; base < bytes.size; base += BLOCK) {
    // Three bytes more, so that no signature falls between two blocks.
    const block = bytes.slice(base, BLOCK + 3);
    const end = Math.min(BLOCK, block.byteLength - 3);
    for (let at = 0; at < end; at++) {
      if (block[at] === 0x50 && block[at + 1] === 0x4b && signatures.includes(u32(block, at))) yield base + at;
    }
  }
}

/** The header there, if it is more than four bytes that look like one. Looked at before it is built: a hostile file has millions. */
function headerAt(bytes: Bytes, at: number): ZipHeader | null {
  const head = bytes.slice(at, LOCAL_BYTES);
  const nameLength = u16(head, 26);
  if (head.byteLength < LOCAL_BYTES || nameLength === 0 || nameLength > MAX_NAME || (u16(head, 4) & 0xff) >= 100 || !METHODS.has(u16(head, 8)))
    return null;
  const header = readLocalHeader(bytes, at);
  return header && header.dataOffset <= bytes.size ? header : null;
}

/** Where a member of unknown length ends: at its descriptor, or where something else begins. */
function endOf(bytes: Bytes, header: ZipHeader): Pick<Salvaged, 'compressedSize' | 'size' | 'crc32'> {
  const { dataOffset } = header;
  for (const at of marks(bytes, dataOffset, [DESCRIPTOR, LOCAL_HEADER, CENTRAL_HEADER])) {
    const mark = bytes.slice(at, 16);
    const signature = u32(mark, 0);
    // A signature in the middle of compressed bytes happens, a descriptor that states the very distance to it does not.
    if (signature === DESCRIPTOR && mark.byteLength === 16 && u32(mark, 8) === at - dataOffset) {
      return { crc32: u32(mark, 4), compressedSize: at - dataOffset, size: u32(mark, 12) };
    }
    // Bounded by the first header of any kind, consistent or not: else each member would search to the end of the file.
    if (signature === DESCRIPTOR || (signature === LOCAL_HEADER && !headerAt(bytes, at))) continue;
    const before = bytes.slice(at - 12, 12);
    // A descriptor may do without its signature (APPNOTE 4.3.9.3).
    if (at - 12 >= dataOffset && u32(before, 4) === at - 12 - dataOffset)
      return { crc32: u32(before, 0), compressedSize: at - 12 - dataOffset, size: u32(before, 8) };
    return { crc32: 0, compressedSize: at - dataOffset, size: 0 };
  }
  return { crc32: 0, compressedSize: Math.max(0, bytes.size - dataOffset), size: 0 };
}

/** Members by their local headers, in the order of the file, each found once; at most `most` of them. One pass. */
export function* salvage(bytes: Bytes, most: number): Generator<Salvaged> {
  let found = 0;
  for (let from = 0; from + LOCAL_BYTES <= bytes.size && found < most; found++) {
    const header = nextHeader(bytes, from);
    if (!header) return;
    const open = (header.flags & FLAG.descriptor) !== 0 && header.compressedSize === 0;
    const extent = open ? endOf(bytes, header) : { compressedSize: header.compressedSize, size: header.size, crc32: header.crc32 };
    yield { header, ...extent };
    from = header.dataOffset + extent.compressedSize;
  }
}

function nextHeader(bytes: Bytes, from: number): ZipHeader | null {
  for (const at of marks(bytes, from, [LOCAL_HEADER])) {
    const header = headerAt(bytes, at);
    if (header) return header;
  }
  return null;
}
