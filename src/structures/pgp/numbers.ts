import type { PgpAlgorithm } from '../../model/pgp.ts';
import { SHAPES } from './algorithms.data.ts';

/** An RSA key of 16,384 bits; nothing honest is longer. */
const MAX_OCTETS = 2048;

export interface Numbers {
  /** In hexadecimal, without zeros in front; octets as they are. */
  readonly numbers: readonly string[];
  readonly end: number;
}

export const hexOf = (b: Uint8Array): string => Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString('hex').toUpperCase();

/** Multiprecision integers one behind the other (RFC 9580 section 3.2); null where they end early or are too long. */
function integersAt(b: Buffer, from: number, count: number): Numbers | null {
  const numbers: string[] = [];
  let at = from;
  for (let i = 0; i < count; i++) {
    if (at + 2 > b.length) return null;
    const octets = Math.ceil(b.readUInt16BE(at) / 8);
    if (octets > MAX_OCTETS || at + 2 + octets > b.length) return null;
    numbers.push(hexOf(b.subarray(at + 2, at + 2 + octets)));
    at += 2 + octets;
  }
  return { numbers, end: at };
}

/** The numbers of a key or of a signature. */
export function numbersAt(b: Buffer, at: number, algorithm: PgpAlgorithm, of: 'key' | 'signature'): Numbers | null {
  const shape = SHAPES[algorithm];
  const count = shape[of];
  if (count === 0) return null;
  if (!shape.octets) return integersAt(b, at, count);
  return at + count > b.length ? null : { numbers: [hexOf(b.subarray(at, at + count))], end: at + count };
}

/** RFC 9580 section 9.2: a length and the octets of an object identifier. */
export function curveAt(b: Buffer, at: number): { readonly curve: string; readonly end: number } | null {
  const length = b[at] ?? 0;
  if (length === 0 || length > 20 || at + 1 + length > b.length) return null;
  return { curve: hexOf(b.subarray(at + 1, at + 1 + length)), end: at + 1 + length };
}
