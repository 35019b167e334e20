import { bufferOf } from './placed.ts';

/** One item of RFC 8949, and where it stands in the bytes it was read from. */
export interface Cbor {
  readonly kind: 'number' | 'bytes' | 'text' | 'array' | 'map' | 'tag' | 'simple';
  /** Of the whole item. */
  readonly offset: number;
  readonly length: number;
  /** Of the contents of a string that is written in one piece; otherwise where its first piece begins. */
  readonly from: number;
  /** A number, a text, true, false or null; null for all other kinds. */
  readonly value: number | string | boolean | null;
  /** The octets of a byte string; empty for all other kinds. */
  readonly bytes: Buffer;
  /** Members of an array; keys and values of a map by turns; the one item behind a tag. */
  readonly items: readonly Cbor[];
}

const MAX_DEPTH = 32;
const MAX_ITEMS = 200_000;
const NOTHING = Buffer.alloc(0);
const KINDS = ['number', 'number', 'bytes', 'text', 'array', 'map', 'tag', 'simple'] as const;
/** Additional information: a length left open (RFC 8949 section 3.2.1). */
const OPEN = 31;
const BREAK = 0xff;

interface Reading {
  readonly b: Buffer;
  readonly end: number;
  at: number;
  left: number;
}

class Broken extends Error {}

/** The argument behind the first byte; null where it is left open. */
function argumentOf(r: Reading, info: number): number | null {
  if (info < 24) return info;
  if (info === OPEN) return null;
  const width = info <= 27 ? 1 << (info - 24) : 0;
  if (width === 0 || r.at + width > r.end) throw new Broken();
  const value = width === 8 ? Number(r.b.readBigUInt64BE(r.at)) : r.b.readUIntBE(r.at, width);
  r.at += width;
  return value;
}

const half = (n: number): number => {
  const [exponent, fraction] = [(n >> 10) & 0x1f, n & 0x3ff];
  const size = exponent === 0 ? fraction * 2 ** -24 : exponent === 31 ? (fraction === 0 ? Infinity : NaN) : (1024 + fraction) * 2 ** (exponent - 25);
  return n & 0x8000 ? -size : size;
};

function simpleOf(r: Reading, info: number, start: number): Cbor['value'] {
  if (info === 20 || info === 21) return info === 21;
  if (info === 25) return half(r.b.readUInt16BE(start + 1));
  if (info === 26) return r.b.readFloatBE(start + 1);
  return info === 27 ? r.b.readDoubleBE(start + 1) : null;
}

function stringAt(r: Reading, size: number | null, depth: number): { readonly from: number; readonly bytes: Buffer } {
  if (size !== null) {
    const from = r.at;
    if (size > r.end - from) throw new Broken();
    r.at += size;
    return { from, bytes: r.b.subarray(from, from + size) };
  }
  const pieces: Cbor[] = [];
  while (r.at < r.end && r.b[r.at] !== BREAK) pieces.push(itemAt(r, depth + 1));
  r.at++;
  return { from: pieces[0]?.from ?? r.at, bytes: Buffer.concat(pieces.map((p) => (p.kind === 'text' ? Buffer.from(String(p.value)) : p.bytes))) };
}

function membersAt(r: Reading, count: number | null, depth: number): Cbor[] {
  const items: Cbor[] = [];
  // Each member takes a byte at least: a count beyond the bytes is none.
  if (count !== null && count > r.end - r.at) throw new Broken();
  while (count === null ? r.b[r.at] !== BREAK : items.length < count) items.push(itemAt(r, depth + 1));
  if (count === null) r.at++;
  return items;
}

function itemAt(r: Reading, depth: number): Cbor {
  const offset = r.at;
  const first = r.b[r.at++];
  if (first === undefined || offset >= r.end || depth > MAX_DEPTH || r.left-- <= 0) throw new Broken();
  const [major, info] = [first >> 5, first & 31];
  const kind = KINDS[major] ?? 'simple';
  const argument = argumentOf(r, info);
  const item = { kind, offset, from: r.at, value: null, bytes: NOTHING, items: [] };
  const done = (rest: Partial<Cbor>): Cbor => ({ ...item, ...rest, length: r.at - offset });
  if (kind === 'number') return done({ value: major === 0 ? argument : -1 - (argument ?? 0) });
  if (kind === 'bytes') return done(stringAt(r, argument, depth));
  if (kind === 'text') {
    const { from, bytes } = stringAt(r, argument, depth);
    return done({ from, value: new TextDecoder('utf-8').decode(bytes) });
  }
  if (kind === 'array') return done({ items: membersAt(r, argument, depth) });
  if (kind === 'map') return done({ items: membersAt(r, argument === null ? null : argument * 2, depth) });
  if (kind === 'tag') return done({ value: argument, items: [itemAt(r, depth + 1)] });
  return done({ value: simpleOf(r, info, offset) });
}

/** The item at the start of a window; null where it is broken, nests too deep or has too many members. */
export function readCbor(bytes: Uint8Array, from = 0, end: number = bytes.byteLength): Cbor | null {
  try {
    return itemAt({ b: bufferOf(bytes), at: from, end, left: MAX_ITEMS }, 0);
  } catch (error) {
    // A length that leads out of the buffer is a RangeError of the buffer's.
    if (error instanceof Broken || error instanceof RangeError) return null;
    throw error;
  }
}

/** The value under a key of a map; undefined where there is none. */
export function entryOf(map: Cbor | null | undefined, key: string | number): Cbor | undefined {
  if (map?.kind !== 'map') return undefined;
  for (let i = 0; i + 1 < map.items.length; i += 2) if (map.items[i]?.value === key) return map.items[i + 1];
  return undefined;
}

/** Members of an array; none for all other kinds. */
export const membersOf = (item: Cbor | null | undefined): readonly Cbor[] => (item?.kind === 'array' ? item.items : []);
/** The text of a text string; null for all other kinds. */
export const cborText = (item: Cbor | null | undefined): string | null => (item?.kind === 'text' ? String(item.value) : null);
/** The item behind any tags. */
export function untagged(item: Cbor | null | undefined): Cbor | null {
  let inner = item ?? null;
  while (inner?.kind === 'tag') inner = inner.items[0] ?? null;
  return inner;
}
