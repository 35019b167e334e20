import type { Bytes, Input, Limits } from '../model/input.ts';

/** Clamps a range into [0, size): readers may ask beyond the end and get what is there. */
const clamp = (size: number, offset: number, length: number): [number, number] => {
  const from = Math.min(Math.max(0, offset), size);
  return [from, Math.min(Math.max(0, length), size - from)];
};

/** Bytes over memory. */
export function bytesOf(buffer: Uint8Array): Bytes {
  return {
    size: buffer.byteLength,
    slice(offset, length) {
      const [from, n] = clamp(buffer.byteLength, offset, length);
      return buffer.subarray(from, from + n);
    },
    window(offset, length) {
      const [from, n] = clamp(buffer.byteLength, offset, length);
      return bytesOf(buffer.subarray(from, from + n));
    },
  };
}

/** A window onto other bytes: an mbox message is read from the mbox's own file. */
export function windowOf(parent: Bytes, offset: number, length: number): Bytes {
  const [from, size] = clamp(parent.size, offset, length);
  return {
    size,
    slice(at, n) {
      const [start, count] = clamp(size, at, n);
      return parent.slice(from + start, count);
    },
    window(at, n) {
      const [start, count] = clamp(size, at, n);
      return windowOf(parent, from + start, count);
    },
  };
}

/** All of it, for parsers that need one buffer. The caller has checked the size against its limit. */
export const wholeOf = (bytes: Bytes): Uint8Array => bytes.slice(0, bytes.size);

/** An input whose `once` remembers one result per parsing function. */
export function inputOf(bytes: Bytes, limits: Limits): Input {
  const results = new Map<unknown, unknown>();
  const input: Input = {
    bytes,
    limits,
    once<T>(parse: (input: Input) => T): T {
      if (!results.has(parse)) results.set(parse, parse(input));
      return results.get(parse) as T;
    },
  };
  return input;
}
