import { crc32 } from 'node:zlib';
import type { Bytes, Input, Limits } from '../model/input.ts';

export { bytesOf, windowOf } from '../model/bytes.ts';

/** All of it, for parsers that need one buffer. The caller has checked the size against its limit. */
export const wholeOf = (bytes: Bytes): Uint8Array => bytes.slice(0, bytes.size);

const CHUNK = 1024 * 1024;

/** All of it, a megabyte at a time, with a sign of life every 64. */
export function* chunksOf(bytes: Bytes, alive: () => void = () => undefined): Generator<Uint8Array> {
  for (let at = 0; at < bytes.size; at += CHUNK) {
    if (at % (64 * CHUNK) === 0) alive();
    yield bytes.slice(at, CHUNK);
  }
}

/** CRC-32 of all of it, with its signs of life. */
export function crcOf(bytes: Bytes, alive?: () => void): number {
  let crc = 0;
  for (const chunk of chunksOf(bytes, alive)) crc = crc32(chunk, crc);
  return crc;
}

/** What an input may have beside its bytes. */
export type Beside = Partial<Pick<Input, 'volumes' | 'passwords' | 'scratch' | 'alive'>>;

/** An input whose `once` remembers one result per parsing function. */
export function inputOf(bytes: Bytes, limits: Limits, beside: Beside = {}): Input {
  const results = new Map<unknown, unknown>();
  const input: Input = {
    bytes,
    limits,
    volumes: [],
    passwords: [],
    scratch: null,
    alive: () => undefined,
    ...beside,
    once<T>(parse: (input: Input) => T): T {
      if (!results.has(parse)) results.set(parse, parse(input));
      return results.get(parse) as T;
    },
  };
  return input;
}
