import fs from 'node:fs';
import { join } from 'node:path';
import { bytesOf, clampRange, windowOf } from '../model/bytes.ts';
import type { Bytes } from '../model/input.ts';
import type { Unit } from '../model/unit.ts';

/** Files up to this size are read in one go; beyond it only the blocks that are asked for. */
const WHOLE_BYTES = 32 * 1024 ** 2;
const BLOCK_BYTES = 1024 ** 2;
/** Recently used blocks kept per file: a parser that jumps between directory and content finds both. */
const BLOCKS_KEPT = 8;

export interface OpenFile {
  readonly bytes: Bytes;
  close(): void;
}

/** Opens a unit for reading. Throws what the file system throws. The caller closes it when the unit is done. */
export function openUnit(unit: Unit, root: string): OpenFile {
  const path = pathOf(unit, root);
  const fd = fs.openSync(path, 'r');
  try {
    const { size } = fs.fstatSync(fd);
    if (size <= WHOLE_BYTES) {
      const bytes = bytesOf(readAt(fd, 0, size));
      fs.closeSync(fd);
      return { bytes, close: () => undefined };
    }
    return { bytes: fileBytes(fd, size), close: () => fs.closeSync(fd) };
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/** A name that is no UTF-8 opens by its bytes only. */
export function pathOf(unit: Unit, root: string): string | Buffer {
  if (unit.rawPath !== undefined) return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(unit.rawPath, 'base64')]);
  return unit.file === '' ? root : join(root, unit.file);
}

function readAt(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const n = fs.readSync(fd, buffer, done, length - done, offset + done);
    if (n === 0) break;
    done += n;
  }
  return done === length ? buffer : buffer.subarray(0, done);
}

/** Reads blocks when they are asked for. `kept` of them stay in memory. */
export function fileBytes(fd: number, size: number, kept = BLOCKS_KEPT): Bytes {
  const blocks = new Map<number, Buffer>();
  const blockAt = (index: number): Buffer => {
    const known = blocks.get(index);
    if (known) {
      blocks.delete(index);
      blocks.set(index, known);
      return known;
    }
    const block = readAt(fd, index * BLOCK_BYTES, Math.min(BLOCK_BYTES, size - index * BLOCK_BYTES));
    blocks.set(index, block);
    const oldest = blocks.keys().next().value;
    if (blocks.size > kept && oldest !== undefined) blocks.delete(oldest);
    return block;
  };
  const slice = (offset: number, length: number): Uint8Array => {
    const [from, n] = clampRange(size, offset, length);
    if (n === 0) return new Uint8Array(0);
    const first = Math.floor(from / BLOCK_BYTES);
    const last = Math.floor((from + n - 1) / BLOCK_BYTES);
    if (first === last) return blockAt(first).subarray(from - first * BLOCK_BYTES, from - first * BLOCK_BYTES + n);
    return readAt(fd, from, n);
  };
  return windowOf({ size, slice }, 0, size);
}
