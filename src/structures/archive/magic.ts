import { crc32 } from 'node:zlib';
import type { Certainty, Input } from '../../model/input.ts';
import { asciiAt, bytesAt } from '../head.ts';
import { u16, u32 } from '../little-endian.ts';

/** compress(1): two bytes of magic, then the width of codes and a flag; the rest of the third byte is reserved. */
export const looksLikeCompress = (head: Uint8Array): boolean => {
  const flags = head[2] ?? 0x90;
  return head[0] === 0x1f && head[1] === 0x9d && (flags & 0x60) === 0 && (flags & 0x1f) >= 9 && (flags & 0x1f) <= 16;
};

const CPIO_TEXT = ['070701', '070702', '070707'];
const CPIO_HEADER = 26;
const CPIO_NAME = 1024;

/** cpio: six digits, or the two bytes of the oldest form in either order; behind its header a name that ends where the header says. */
export function looksLikeCpio(head: Uint8Array): boolean {
  if (CPIO_TEXT.some((m) => asciiAt(head, 0, m))) return true;
  const isLittle = bytesAt(head, 0, 0xc7, 0x71);
  if (!isLittle && !bytesAt(head, 0, 0x71, 0xc7)) return false;
  const length = isLittle ? u16(head, 20) : ((head[20] ?? 0) << 8) | (head[21] ?? 0);
  return length > 1 && length <= CPIO_NAME && head.indexOf(0, CPIO_HEADER) === CPIO_HEADER + length - 1;
}

const PE_POINTER = 0x3c;
const PAGE_BYTES = 512;

/** A program of DOS, whose last page is no longer than a page, or of what came after it. */
export function looksLikeMz(head: Uint8Array): boolean {
  if (!asciiAt(head, 0, 'MZ')) return false;
  return u16(head, 2) <= PAGE_BYTES || /^(?:PE|NE|LE|LX)/.test(Buffer.from(head.subarray(u32(head, PE_POINTER)).subarray(0, 2)).toString('latin1'));
}

/** '-lh5-' behind two bytes of size and checksum, and a header level that exists (LHA header levels 0 to 3). */
export const looksLikeLha = (head: Uint8Array): boolean =>
  /^-(?:lh[0-9dx]|lz[0-9s]|pm[0-2s])-$/.test(Buffer.from(head.subarray(2, 7)).toString('latin1')) && (head[20] ?? 9) <= 3;

const ARJ_SIZE = { least: 30, most: 2600 } as const;

/** ARJ technical note: the main header, whose checksum stands behind it. */
export function looksLikeArj(head: Uint8Array): boolean {
  const size = u16(head, 2);
  if (head[0] !== 0x60 || head[1] !== 0xea || size < ARJ_SIZE.least || size > ARJ_SIZE.most || head.byteLength < 8 + size) return false;
  return crc32(head.subarray(4, 4 + size)) === (u16(head, 4 + size) | (u16(head, 6 + size) << 16)) >>> 0;
}

/** The record line of a web archive (ISO 28500 section 5): 'WARC/1.0'. */
export const looksLikeWarc = (head: Uint8Array): boolean => /^WARC\/\d\.\d{1,2}\r?\n/.test(Buffer.from(head.subarray(0, 12)).toString('latin1'));

const ISO_DESCRIPTOR = 0x8000;

/**
 * An ISO image begins with 32 KiB that are free for other uses: zeros, or the boot code of a hybrid image ('ER' of an Apple
 * partition map, 0x55 0xaa at the end of a boot sector).
 */
export function mayBeIso(head: Uint8Array): Certainty {
  if (head.byteLength < 4096) return 'no';
  const isBoot = head[510] === 0x55 && head[511] === 0xaa;
  return isBoot || asciiAt(head, 0, 'ER') || head.subarray(0, 64).every((b) => b === 0) ? 'maybe' : 'no';
}

/** ECMA-119 section 8.1: a volume descriptor in the seventeenth sector. */
export const isoMediaType = ({ bytes }: Input): string | null =>
  asciiAt(bytes.slice(ISO_DESCRIPTOR, 6), 1, 'CD001') ? 'application/x-iso9660-image' : null;

/** Frames passed over in looking for one with content. */
const MAX_SKIPS = 16;

/** Frames of any content (0x184d2a50 to 0x184d2a5f) may stand in front of those of zstd and of lz4. */
export const beginsWithSkippable = (head: Uint8Array): Certainty =>
  ((head[0] ?? 0) & 0xf0) === 0x50 && asciiAt(head, 1, '*M\u0018') ? 'maybe' : 'no';

export function skippableMediaType({ bytes }: Input): string {
  let offset = 0;
  for (let i = 0; i < MAX_SKIPS; i++) {
    const frame = bytes.slice(offset, 8);
    const magic = (u16(frame, 0) | (u16(frame, 2) << 16)) >>> 0;
    if (frame.byteLength < 8 || magic >>> 4 !== 0x184d2a5)
      return magic === 0x184d2204 || magic === 0x184c2102 ? 'application/x-lz4' : 'application/zstd';
    offset += 8 + ((u16(frame, 4) | (u16(frame, 6) << 16)) >>> 0);
  }
  return 'application/zstd';
}
