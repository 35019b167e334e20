/**
 * Numbers as most of these formats keep them: the lowest byte first. Beyond the end there are zeros, so that whoever reads a
 * broken file compares what he gets, and needs no check before each number.
 */
export const u16 = (b: Uint8Array, at: number): number => (b[at] ?? 0) | ((b[at + 1] ?? 0) << 8);
export const u32 = (b: Uint8Array, at: number): number => (u16(b, at) | (u16(b, at + 2) << 16)) >>> 0;
/** Inexact above 2^53, which no offset of a real file reaches. */
export const u64 = (b: Uint8Array, at: number): number => u32(b, at) + u32(b, at + 4) * 2 ** 32;

/** Four bytes of it. */
export function le32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n >>> 0);
  return bytes;
}

/** Throws beyond the end, where u16 and u32 give zero. */
export const viewOf = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength);
