import { crc32 } from 'node:zlib';
import { decodeLzma, lzmaProperties } from './lzma.ts';
import { Broken, truncated, type UnpackFile, type Unpacking, unpackWith } from './unpacking.ts';
import { u32, u64 } from '../little-endian.ts';

const ALONE_HEADER = 13;
const LZIP_HEADER = 6;
const LZIP_TRAILER = 20;
const LZIP = { lc: 3, lp: 0, pb: 2 } as const;
const LZIP_MAGIC = 'LZIP';

const isDictionarySize = (size: number): boolean => {
  const top = 2 ** (31 - Math.clz32(size));
  return size >= 4096 && (size === 0xffff_ffff || size === top || size === top + top / 2);
};

/** The format has no magic: properties, a dictionary of 2^n or 3 * 2^n bytes, a size below 256 GiB or none, and the zero every stream begins with. */
export function looksLikeLzma(head: Uint8Array): boolean {
  const properties = lzmaProperties(head[0] ?? 255);
  if (head.byteLength < ALONE_HEADER + 5 || !properties || properties.lc + properties.lp > 4 || head[ALONE_HEADER] !== 0) return false;
  const unknown = u32(head, 5) === 0xffff_ffff && u32(head, 9) === 0xffff_ffff;
  return isDictionarySize(u32(head, 1)) && (unknown || (u32(head, 9) < 64 && u64(head, 5) > 0));
}

function decodeAlone(packed: Uint8Array, out: Unpacking): void {
  if (packed.byteLength < ALONE_HEADER) truncated();
  const properties = lzmaProperties(packed[0] ?? 255);
  if (!properties) throw new Broken('the header is damaged');
  const size = u32(packed, 9) === 0xffff_ffff ? Infinity : u64(packed, 5);
  const end = decodeLzma(packed, ALONE_HEADER, properties, size, out);
  if (end < packed.byteLength) throw new Broken(`${packed.byteLength - end} bytes behind the stream are not unpacked`);
}

/** One member (lzip manual, "File format"): returns where it ends. */
function decodeMember(packed: Uint8Array, start: number, out: Unpacking): number {
  if (packed[start + 4] !== 1) throw new Broken('not supported: another version of lzip');
  const from = out.size;
  const trailer = decodeLzma(packed, start + LZIP_HEADER, LZIP, Infinity, out);
  if (trailer + LZIP_TRAILER > packed.byteLength) truncated();
  const same = u32(packed, trailer) === crc32(out.bytes.subarray(from, out.size)) && u64(packed, trailer + 4) === out.size - from;
  if (!same) throw new Broken('a member has another checksum or size than it says');
  return trailer + LZIP_TRAILER;
}

function decodeLzip(packed: Uint8Array, out: Unpacking): void {
  let at = 0;
  while (at === 0 || at < packed.byteLength) {
    if (Buffer.from(packed.subarray(at, at + 4)).toString('latin1') !== LZIP_MAGIC) {
      // Zeros behind the last member are padding.
      if (packed.subarray(at).every((b) => b === 0)) return;
      throw new Broken(`${packed.byteLength - at} bytes behind the last member are not unpacked`);
    }
    if (packed.byteLength - at < LZIP_HEADER) truncated();
    at = decodeMember(packed, at, out);
  }
}

/** Unpacks a .lzma file ("LZMA alone", LZMA specification 2015). It has no checksum. */
export const unpackLzmaAlone: UnpackFile = (packed, cap, alive) => unpackWith(cap, alive, (out) => decodeAlone(packed, out));

/** Unpacks a .lz file: all members of it, which together are one file. */
export const unpackLzip: UnpackFile = (packed, cap, alive) => unpackWith(cap, alive, (out) => decodeLzip(packed, out));
