import { bufferOf } from './placed.ts';

/** Bytes written as text between two lines (RFC 7468). */
export interface Pem extends Digits {
  readonly label: string;
}

const BEGIN = /^\s*-----BEGIN ([A-Z0-9 #]{1,40})-----[^\n]*\n/;

const isDigit = (b: number): boolean => (b >= 0x41 && b <= 0x5a) || (b >= 0x61 && b <= 0x7a) || (b >= 0x30 && b <= 0x39) || b === 0x2b || b === 0x2f;

/** Bytes written as base64 digits, and where each of them stands. */
export interface Digits {
  readonly bytes: Buffer;
  /** Where the digits of some of the bytes stand in the file. */
  placeOf(offset: number, length: number): { readonly offset: number; readonly length: number };
}

/** A table of all places would be larger than the file. */
const MARK = 4096;

/** The digits in [from, to) of a file; what is none between them is passed over. */
export function digitsIn(b: Buffer, from: number, to: number): Digits {
  const marks: number[] = [];
  let seen = 0;
  for (let at = from; at < to; at++) if (isDigit(b[at] ?? 0) && seen++ % MARK === 0) marks.push(at);
  const digitAt = (n: number): number => {
    let at = marks[Math.floor(n / MARK)] ?? to;
    for (let left = n % MARK; at < to; at++) if (isDigit(b[at] ?? 0) && left-- === 0) break;
    return at;
  };
  return {
    bytes: Buffer.from(b.toString('latin1', from, to), 'base64'),
    placeOf(offset, length) {
      const first = digitAt(Math.floor((offset * 4) / 3));
      const last = digitAt(Math.ceil(((offset + length) * 4) / 3) - 1);
      return { offset: first, length: Math.min(last + 1, to) - first };
    },
  };
}

/** The first block of a text; null where it does not begin with one. Digits are read up to the line that ends them. */
export function readPem(bytes: Uint8Array): Pem | null {
  const b = bufferOf(bytes);
  const begin = BEGIN.exec(b.toString('latin1', 0, 4096));
  if (!begin) return null;
  const end = b.indexOf('-----END', begin[0].length, 'latin1');
  return { label: begin[1] ?? '', ...digitsIn(b, begin[0].length, end === -1 ? b.byteLength : end) };
}
