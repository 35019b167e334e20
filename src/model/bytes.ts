import type { Bytes } from './input.ts';

/** Clamps a range into [0, size): readers may ask beyond the end and get what is there. */
export const clampRange = (size: number, offset: number, length: number): readonly [from: number, length: number] => {
  const from = Math.min(Math.max(0, offset), size);
  return [from, Math.min(Math.max(0, length), size - from)];
};

/** Bytes over memory. */
export function bytesOf(buffer: Uint8Array): Bytes {
  return {
    size: buffer.byteLength,
    slice(offset, length) {
      const [from, n] = clampRange(buffer.byteLength, offset, length);
      return buffer.subarray(from, from + n);
    },
    window(offset, length) {
      const [from, n] = clampRange(buffer.byteLength, offset, length);
      return bytesOf(buffer.subarray(from, from + n));
    },
  };
}

/** A window onto other bytes, or onto whatever `slice` reads: an mbox message is read from the mbox's own file. */
export function windowOf(parent: Pick<Bytes, 'size' | 'slice'>, offset: number, length: number): Bytes {
  const [base, size] = clampRange(parent.size, offset, length);
  return {
    size,
    slice(at, n) {
      const [from, count] = clampRange(size, at, n);
      return parent.slice(base + from, count);
    },
    window(at, n) {
      const [from, count] = clampRange(size, at, n);
      return windowOf(parent, base + from, count);
    },
  };
}

/** One behind another, without a copy; a slice over a border is one. */
export function joinOf(parts: readonly Bytes[]): Bytes {
  const ends: number[] = [];
  let size = 0;
  for (const part of parts) ends.push((size += part.size));
  const partAt = (offset: number): number => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const slice = (offset: number, length: number): Uint8Array => {
    const [from, n] = clampRange(size, offset, length);
    if (n === 0) return new Uint8Array(0);
    let index = partAt(from);
    const first = parts[index] as Bytes;
    const begin = (ends[index] ?? 0) - first.size;
    if (from + n <= begin + first.size) return first.slice(from - begin, n);
    const out = new Uint8Array(n);
    for (let done = 0; done < n; index++) {
      const part = parts[index] as Bytes;
      const bytes = part.slice(from + done - ((ends[index] ?? 0) - part.size), n - done);
      // A file that shrank since gives less than it had: what follows would stand in the wrong place.
      if (bytes.byteLength === 0 && part.size > 0) return out.subarray(0, done);
      out.set(bytes, done);
      done += bytes.byteLength;
    }
    return out;
  };
  return windowOf({ size, slice }, 0, size);
}
