import { isUtf8 } from 'node:buffer';
import type { Bytes } from '../model/input.ts';
import { bufferOf, type PlacedTag, withoutPadding } from './placed.ts';

/** Bytes read of one text. */
const MAX_TAG_BYTES = 64 * 1024;

export type TextEncoding = 'utf-8 or latin-1' | 'utf-16le' | 'utf-16be';

/** UTF-8 where it is that, else Latin-1; UTF-16 where the format says so. Without the NULs that pad it. */
export function textOf(bytes: Uint8Array, encoding: TextEncoding = 'utf-8 or latin-1'): string {
  if (encoding !== 'utf-8 or latin-1') return withoutPadding(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));
  return withoutPadding(bufferOf(bytes).toString(isUtf8(bytes) ? 'utf8' : 'latin1'));
}

/** The text at `offset` of `bytes`, at most 64 KiB of it. `base` is where `bytes` begins in the file. */
export function placedText(bytes: Bytes, key: string, offset: number, length: number, base = 0, encoding?: TextEncoding): PlacedTag {
  const value = bytes.slice(offset, Math.min(length, MAX_TAG_BYTES));
  return { key, raw: textOf(value, encoding), offset: base + offset, length: value.byteLength };
}

/** A number, big-endian unless `littleEndian`; null where the bytes end before it. */
export function numberAt(bytes: Bytes, offset: number, size: 1 | 2 | 4, littleEndian = false): number | null {
  const b = bufferOf(bytes.slice(offset, size));
  if (b.byteLength < size) return null;
  return littleEndian ? b.readUIntLE(0, size) : b.readUIntBE(0, size);
}

/** A 64-bit number, or null where the bytes end before it. */
export function wideAt(bytes: Bytes, offset: number, littleEndian = false): bigint | null {
  const b = bufferOf(bytes.slice(offset, 8));
  if (b.byteLength < 8) return null;
  return littleEndian ? b.readBigUInt64LE(0) : b.readBigUInt64BE(0);
}

export const asciiAt = (bytes: Bytes, offset: number, length: number): string => bufferOf(bytes.slice(offset, length)).toString('latin1');
