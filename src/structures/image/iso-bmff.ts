import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';

/** ISO/IEC 14496-12 section 4.2. */
export interface Box {
  readonly type: string;
  /** What is inside, without the header. */
  readonly bytes: Bytes;
  /** Of what is inside, counted from where `boxesOf` was told that its own bytes begin. */
  readonly offset: number;
}

/** Siblings read on one level: a film has thousands, a still picture ten. */
const MAX_BOXES = 10_000;

/**
 * The boxes side by side in `bytes`, up to the first that does not fit; that one is cut and told in `problems`. `base` is
 * where `bytes` begins in the file, `format` the file's kind in the words of the problems.
 */
export function boxesOf(bytes: Bytes, problems: ProblemDraft[], base = 0, format = 'HEIF'): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.size;) {
    if (boxes.length === MAX_BOXES) {
      problems.push({ code: 'limit-exceeded', message: `${format}: more than ${MAX_BOXES} boxes, the rest is not read` });
      break;
    }
    const head = bytes.slice(at, 16);
    const b = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
    const type = b.toString('latin1', 4, 8);
    const small = b.readUInt32BE(0);
    const header = small === 1 ? 16 : 8;
    const size = small === 0 ? bytes.size - at : small === 1 && b.byteLength === 16 ? Number(b.readBigUInt64BE(8)) : small;
    if (size < header) {
      problems.push({ code: 'malformed', message: `${format}: box '${printable(type)}' has no length` });
      break;
    }
    if (size > bytes.size - at) problems.push({ code: 'truncated', message: `${format}: box '${printable(type)}' ends beyond what is around it` });
    boxes.push({ type, bytes: bytes.window(at + header, size - header), offset: base + at + header });
    at += size;
  }
  return boxes;
}

const printable = (type: string): string => type.replace(/[^\x20-\x7e]/g, '?');

/** Reads numbers one after the other; beyond the end they are 0 and `short` is true. */
export interface Cursor {
  /** Big-endian, `size` 0, 1, 2, 4 or 8 bytes. */
  take(size: number): number;
  /** Characters up to the next NUL or the end. */
  word(): string;
  readonly short: boolean;
}

export function cursorOf(bytes: Uint8Array, from = 0): Cursor {
  const b = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  let short = false;
  return {
    take(size) {
      if (size === 0) return 0;
      const start = at;
      at += size;
      if (at > b.byteLength) {
        short = true;
        return 0;
      }
      return size === 8 ? Number(b.readBigUInt64BE(start)) : b.readUIntBE(start, size);
    },
    word() {
      const end = b.indexOf(0, at);
      const text = b.toString('utf8', at, end < 0 ? b.byteLength : end);
      at = end < 0 ? b.byteLength : end + 1;
      return text;
    },
    get short() {
      return short;
    },
  };
}
