import type { Certainty } from '../model/input.ts';
import { bufferOf } from './placed.ts';

/** Where the fields of '$I…' stand. Version 1 (Vista to 8.1) has 520 bytes for the path, version 2 (Windows 10) its length in front. */
const TIME = 16;
const PATH = { 1: 24, 2: 28 } as const;
const WHOLE_1 = 544;

/** What Windows notes of a file in its recycle bin: '$I2GXWHL.docx' beside '$R2GXWHL.docx'. No published specification. */
export interface RecycledFile {
  readonly version: 1 | 2;
  /** Of the deleted file, in bytes. */
  readonly size: bigint;
  /** FILETIME, UTC, of the deletion; at byte 16. */
  readonly deleted: bigint;
  /** Where it lay. */
  readonly path: string;
  readonly pathOffset: number;
  readonly pathLength: number;
}

export const DELETED_AT = { offset: TIME, length: 8 } as const;

/** Null for what is none: the path must begin as one does. `bytes` is the whole file, or its beginning. */
export function recycledFileOf(bytes: Uint8Array): RecycledFile | null {
  const b = bufferOf(bytes);
  const version = b[0];
  if ((version !== 1 && version !== 2) || b.byteLength < 36 || b.subarray(1, 8).some((byte) => byte !== 0)) return null;
  const pathOffset = PATH[version];
  const room = version === 1 ? WHOLE_1 - pathOffset : 2 * b.readUInt32LE(24);
  const path = b.toString('utf16le', pathOffset, pathOffset + Math.min(room, 2 * 32_768)).split('\u0000')[0] ?? '';
  if (!/^(?:[A-Za-z]:\\|\\\\)/.test(path)) return null;
  return { version, size: b.readBigUInt64LE(8), deleted: b.readBigUInt64LE(TIME), path, pathOffset, pathLength: 2 * path.length };
}

export const looksLikeRecycled = (head: Uint8Array): Certainty => (recycledFileOf(head) ? 'certain' : 'no');
