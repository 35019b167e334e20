import type { Bytes, Input } from '../../model/input.ts';
import { bytesAt } from '../head.ts';
import { u32 } from '../little-endian.ts';

/** The header of one member (RFC 1952 section 2.3). */
export interface GzipHeader {
  /** Of the member, in the artifact. */
  readonly offset: number;
  /** Of the first byte of the deflate stream. */
  readonly dataOffset: number;
  /** Seconds since 1970 UTC; 0 means none. Stands at `offset` + 4, little endian. */
  readonly mtime: number;
  /** XFL: 2 = slowest, 4 = fastest. */
  readonly extraFlags: number;
  /** File system of the packer: 0 FAT, 3 Unix, 7 Macintosh, 11 NTFS, 255 unknown. */
  readonly system: number;
  /** FNAME: Latin-1 says the RFC, UTF-8 do most writers. Null where absent. */
  readonly rawName: Uint8Array | null;
}

const HEADER_BYTES = 10;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** Names and comments end with a zero; one that does not within this many bytes is none. */
const MAX_TEXT = 64 * 1024;

/** Two bytes of magic, the one method there is, and no flag that means nothing. */
export const looksLikeGzip = (head: Uint8Array): boolean => bytesAt(head, 0, 0x1f, 0x8b, 8) && ((head[3] ?? 0) & FLAG.reserved) === 0;

/** Null where no whole header stands at `offset`. */
export function readGzipHeader(bytes: Bytes, offset: number): GzipHeader | null {
  const head = bytes.slice(offset, HEADER_BYTES);
  const flags = head[3] ?? 0;
  if (head.byteLength < HEADER_BYTES || !looksLikeGzip(head)) return null;
  let at = offset + HEADER_BYTES;
  if (flags & FLAG.extra) {
    const length = bytes.slice(at, 2);
    at += 2 + (length[0] ?? 0) + (length[1] ?? 0) * 256;
  }
  const text = (): Uint8Array | null => {
    const window = bytes.slice(at, MAX_TEXT);
    const end = window.indexOf(0);
    if (end !== -1) at += end + 1;
    return end === -1 ? null : window.subarray(0, end);
  };
  const rawName = flags & FLAG.name ? text() : null;
  const comment = flags & FLAG.comment ? text() : null;
  if ((flags & FLAG.name && !rawName) || (flags & FLAG.comment && !comment)) return null;
  if (flags & FLAG.headerCrc) at += 2;
  return at > bytes.size ? null : { offset, dataOffset: at, mtime: u32(head, 4), extraFlags: head[8] ?? 0, system: head[9] ?? 0, rawName };
}

/** Call as `input.once(readGzip)`: the first member's header, whose name and time stand for the file. */
export const readGzip = (input: Input): GzipHeader | null => readGzipHeader(input.bytes, 0);
