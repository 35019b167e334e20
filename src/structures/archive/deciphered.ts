import { createDecipheriv } from 'node:crypto';
import type { Bytes } from '../../model/input.ts';
import { windowOf } from '../bytes.ts';

const BLOCK = 16;

/**
 * Bytes enciphered by AES in CBC mode, in the clear: deciphered where they are read, for a block needs only the one before it.
 * The key has 16 or 32 bytes. What follows the last whole block is left out.
 */
export function deciphered(packed: Bytes, key: Uint8Array, iv: Uint8Array): Bytes {
  const slice = (offset: number, length: number): Uint8Array => {
    const from = offset - (offset % BLOCK);
    const stored = packed.slice(from, Math.ceil((offset + length - from) / BLOCK) * BLOCK);
    const whole = stored.subarray(0, stored.byteLength - (stored.byteLength % BLOCK));
    if (whole.byteLength === 0) return whole;
    const cipher = createDecipheriv(`aes-${key.byteLength * 8}-cbc`, key, from === 0 ? iv : packed.slice(from - BLOCK, BLOCK));
    return cipher
      .setAutoPadding(false)
      .update(whole)
      .subarray(offset - from, offset - from + length);
  };
  return windowOf({ size: packed.size - (packed.size % BLOCK), slice }, 0, packed.size);
}
