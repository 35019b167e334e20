import { bufferOf } from '../placed.ts';

/** Of three bytes at most 64 can come (a copy with a two-byte distance); what announces more lies. */
const MAX_RATIO = 22;

/** One element: a literal with its bytes behind it, or a copy of what came before. Null where it is cut off. */
interface Element {
  readonly length: number;
  /** 0 for a literal. */
  readonly distance: number;
  /** Where its literal bytes, or the next element, begin. */
  readonly next: number;
}

function elementAt(b: Buffer, at: number): Element | null {
  const tag = b[at] ?? 0;
  const size = tag >> 2;
  const kind = tag & 3;
  if (kind === 0) {
    const extra = size < 60 ? 0 : size - 59;
    if (at + 1 + extra > b.byteLength) return null;
    return { length: 1 + (extra === 0 ? size : b.readUIntLE(at + 1, extra)), distance: 0, next: at + 1 + extra };
  }
  const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
  if (at + 1 + width > b.byteLength) return null;
  const low = b.readUIntLE(at + 1, width);
  return kind === 1
    ? { length: 4 + (size & 7), distance: (tag >> 5) * 256 + low, next: at + 2 }
    : { length: 1 + size, distance: low, next: at + 1 + width };
}

/** A raw block of Snappy (google/snappy, format_description.txt): its length as a varint, then elements. Null where it is damaged. */
export function unsnapped(block: Uint8Array, maxBytes: number): Uint8Array | null {
  const b = bufferOf(block);
  let size = 0;
  let at = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = b[at++];
    if (byte === undefined || at > 5) return null;
    size += (byte & 0x7f) * shift;
    if (byte < 0x80) break;
  }
  if (size > maxBytes || size > (b.byteLength + 3) * MAX_RATIO) return null;
  const out = new Uint8Array(size);
  let done = 0;
  while (at < b.byteLength) {
    const e = elementAt(b, at);
    if (!e || e.length > size - done || (e.distance === 0 ? (b[at] ?? 0) & 3 : e.distance > done)) return null;
    at = e.next;
    if (e.distance === 0) {
      if (at + e.length > b.byteLength) return null;
      out.set(b.subarray(at, at + e.length), done);
      at += e.length;
      done += e.length;
    } else {
      // Byte by byte: a copy may read what it has just written.
      for (let i = 0; i < e.length; i++, done++) out[done] = out[done - e.distance] ?? 0;
    }
  }
  return done === size ? out : null;
}
