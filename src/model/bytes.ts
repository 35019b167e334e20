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
