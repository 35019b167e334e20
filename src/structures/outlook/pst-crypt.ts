import { R, S } from './pst-crypt.data.ts';

const ROTOR_R = Buffer.from(R, 'hex');
const ROTOR_S = Buffer.from(S, 'hex');
const ROTOR_I = new Uint8Array(256);
for (const [i, b] of ROTOR_R.entries()) ROTOR_I[b] = i;

/** Values of bCryptMethod. [MS-PST] 2.2.2.6. */
export const CRYPT = { none: 0, permute: 1, cyclic: 2, edpCrypted: 0x10 } as const;

/**
 * The bytes of a data block as they were before the store encoded them: both ways hide text from a casual look, and need no key
 * but the block's own number. A copy, or the bytes themselves where nothing is encoded. [MS-PST] 5.1, 5.2.
 */
export function decodeBlock(bytes: Uint8Array, method: number, bid: number): Uint8Array {
  if (method === CRYPT.permute) return bytes.map((b) => ROTOR_I[b] ?? 0);
  return method === CRYPT.cyclic ? cyclic(bytes, bid) : bytes;
}

/** Symmetric: the same call encodes. */
export function cyclic(bytes: Uint8Array, bid: number): Uint8Array {
  const low = bid % 0x1_0000_0000;
  let w = ((low / 0x1_0000) ^ low) & 0xffff;
  return bytes.map((b) => {
    const high = w >>> 8;
    let c = ROTOR_R[(b + w) & 0xff] ?? 0;
    c = ROTOR_S[(c + high) & 0xff] ?? 0;
    c = ROTOR_I[(c - high) & 0xff] ?? 0;
    c = (c - w) & 0xff;
    w = (w + 1) & 0xffff;
    return c;
  });
}

/** What a writer does to a data block before it stores it. */
export const permute = (bytes: Uint8Array): Uint8Array => bytes.map((b) => ROTOR_R[b] ?? 0);
