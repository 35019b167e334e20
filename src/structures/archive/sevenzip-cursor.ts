/** 7zFormat.txt, Property IDs. */
export const ID = {
  end: 0x00,
  header: 0x01,
  archiveProperties: 0x02,
  additionalStreams: 0x03,
  mainStreams: 0x04,
  files: 0x05,
  pack: 0x06,
  unpack: 0x07,
  subStreams: 0x08,
  size: 0x09,
  crc: 0x0a,
  folder: 0x0b,
  unpackSize: 0x0c,
  unpackStreams: 0x0d,
  emptyStream: 0x0e,
  emptyFile: 0x0f,
  names: 0x11,
  mtime: 0x14,
  attributes: 0x15,
  encoded: 0x17,
} as const;

const MAX_COUNT = 1_000_000;

/** Thrown by whatever reads a 7z directory where it is not what it should be; {@link attempt} makes null of it. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** The answer of `read`, or null where the directory is damaged. */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

export function take(c: Cursor, length: number): Uint8Array {
  if (!(length >= 0) || c.at + length > c.bytes.byteLength) throw new Malformed('beyond the end');
  c.at += length;
  return c.bytes.subarray(c.at - length, c.at);
}
export const byte = (c: Cursor): number => take(c, 1)[0] ?? 0;

/** The leading ones of the first byte tell how many bytes follow; its other bits are the highest. */
export function number(c: Cursor): number {
  const first = byte(c);
  let value = 0;
  for (let i = 0, mask = 0x80; i < 8; i++, mask >>= 1) {
    if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * i);
    value += byte(c) * 2 ** (8 * i);
  }
  return value;
}

/** A number of things, of which no honest archive has more than a million. */
export function count(c: Cursor): number {
  const n = number(c);
  if (n > MAX_COUNT) throw new Malformed('too many');
  return n;
}

export const expectId = (c: Cursor, id: number): void => {
  if (byte(c) !== id) throw new Malformed('another property stands here');
};

/** A bit for each item, the highest first. */
export function bitsOf(c: Cursor, n: number): boolean[] {
  const bits = take(c, Math.ceil(n / 8));
  return Array.from({ length: n }, (_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
}

/** A bit for each item, unless a byte says that all are set. */
export function defined(c: Cursor, n: number): (i: number) => boolean {
  if (byte(c) !== 0) return () => true;
  const bits = take(c, Math.ceil(n / 8));
  return (i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0;
}

/** The CRC-32 of each item, null where it has none. */
export function digests(c: Cursor, n: number): (number | null)[] {
  // Each item could have one by a single byte: their sum is what the counts before promised.
  if (n > MAX_COUNT) throw new Malformed('too many');
  const has = defined(c, n);
  const found: (number | null)[] = [];
  for (let i = 0; i < n; i++) found.push(has(i) ? Buffer.from(take(c, 4)).readUInt32LE() : null);
  return found;
}

/** A number as {@link number} reads it. */
export function numberBytes(n: number): Buffer {
  const out = Buffer.alloc(9, 0xff);
  for (let extra = 0; extra < 8; extra++) {
    if (n >= 2 ** (7 * (extra + 1))) continue;
    out[0] = ((0xff00 >> extra) & 0xff) | Math.floor(n / 2 ** (8 * extra));
    for (let i = 0; i < extra; i++) out[1 + i] = Math.floor(n / 2 ** (8 * i)) & 0xff;
    return out.subarray(0, 1 + extra);
  }
  out.writeBigUInt64LE(BigInt(n), 1);
  return out;
}
