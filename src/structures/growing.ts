import type { Input, Scratch } from '../model/input.ts';
import { bytesOf } from './bytes.ts';

/** Packed or unpacked, what is larger goes through a file where there is one to be had. */
export const MOST_IN_MEMORY = 64 * 1024 ** 2;

/** Bytes out between two signs of life. */
const SIGN = 64 * 1024 ** 2;

/** Room for what is unpacked: in memory while it is small, then in a file where there is one to be had. Gives signs of life as it grows. */
export function growing(input: Pick<Input, 'scratch' | 'alive'>): Scratch {
  const parts: Uint8Array[] = [];
  let size = 0;
  let sign = SIGN;
  let file: Scratch | null = null;
  return {
    write(chunk) {
      size += chunk.byteLength;
      if (size >= sign) {
        sign = size + SIGN;
        input.alive();
      }
      if (input.scratch && !file && size > MOST_IN_MEMORY) {
        file = input.scratch();
        for (const part of parts.splice(0)) file.write(part);
      }
      if (file) file.write(chunk);
      else parts.push(chunk.slice());
    },
    done: () => file?.done() ?? bytesOf(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)),
  };
}
