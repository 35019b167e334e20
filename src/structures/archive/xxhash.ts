/** xxHash (XXH specification 0.1.1), seed 0: the checksum of LZ4 and Zstandard frames. */

const P32 = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

const u32 = (b: Uint8Array, at: number): number => (b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16) | ((b[at + 3] ?? 0) << 24) | 0;
const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
const round = (acc: number, lane: number): number => Math.imul(rotate((acc + Math.imul(lane, P32[1])) | 0, 13), P32[0]);

/** Unsigned, 32 bits. */
export function xxh32(bytes: Uint8Array): number {
  const size = bytes.byteLength;
  let at = 0;
  let hash: number;
  if (size >= 16) {
    let [a, b, c, d] = [(P32[0] + P32[1]) | 0, P32[1] | 0, 0, -P32[0] | 0];
    for (; at + 16 <= size; at += 16) {
      a = round(a, u32(bytes, at));
      b = round(b, u32(bytes, at + 4));
      c = round(c, u32(bytes, at + 8));
      d = round(d, u32(bytes, at + 12));
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  } else hash = P32[4] | 0;
  hash = (hash + size) | 0;
  for (; at + 4 <= size; at += 4) hash = Math.imul(rotate((hash + Math.imul(u32(bytes, at), P32[2])) | 0, 17), P32[3]);
  for (; at < size; at++) hash = Math.imul(rotate((hash + Math.imul(bytes[at] ?? 0, P32[4])) | 0, 11), P32[0]);
  hash = Math.imul(hash ^ (hash >>> 15), P32[1]);
  hash = Math.imul(hash ^ (hash >>> 13), P32[2]);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number of 64 bits in two halves: BigInt is ten times slower here. */
interface Wide {
  hi: number;
  lo: number;
}

const wide = (hi: number, lo: number): Wide => ({ hi: hi | 0, lo: lo | 0 });
const P64 = [
  wide(0x9e3779b1, 0x85ebca87),
  wide(0xc2b2ae3d, 0x27d4eb4f),
  wide(0x165667b1, 0x9e3779f9),
  wide(0x85ebca77, 0xc2b2ae63),
  wide(0x27d4eb2f, 0x165667c5),
] as const;

function add(x: Wide, hi: number, lo: number): void {
  const sum = (x.lo >>> 0) + (lo >>> 0);
  x.hi = (x.hi + hi + (sum > 0xffff_ffff ? 1 : 0)) | 0;
  x.lo = sum | 0;
}

/** The upper half of a product of two 32-bit numbers. */
function high(a: number, b: number): number {
  const [ah, al, bh, bl] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = ah * bl + ((al * bl) >>> 16);
  const other = al * bh + (middle % 0x10000);
  return (ah * bh + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) | 0;
}

function multiply(x: Wide, p: Wide): void {
  x.hi = (high(x.lo, p.lo) + Math.imul(x.hi, p.lo) + Math.imul(x.lo, p.hi)) | 0;
  x.lo = Math.imul(x.lo, p.lo);
}

function turn(x: Wide, by: number): void {
  const { hi, lo } = x;
  if (by === 32) return void ([x.hi, x.lo] = [lo, hi]);
  x.hi = (hi << by) | (lo >>> (32 - by));
  x.lo = (lo << by) | (hi >>> (32 - by));
}

function xorShifted(x: Wide, by: number): void {
  const { hi, lo } = x;
  const down = by === 32 ? 0 : by > 32 ? 0 : hi >>> by;
  const low = by === 32 ? hi : by > 32 ? hi >>> (by - 32) : (lo >>> by) | (hi << (32 - by));
  x.hi = hi ^ down;
  x.lo = lo ^ low;
}

/** acc = rotate(acc + lane * P2, 31) * P1 */
function lane(acc: Wide, hi: number, lo: number, scratch: Wide): void {
  scratch.hi = hi;
  scratch.lo = lo;
  multiply(scratch, P64[1]);
  add(acc, scratch.hi, scratch.lo);
  turn(acc, 31);
  multiply(acc, P64[0]);
}

function merged(lanes: readonly Wide[]): Wide {
  const hash = wide(0, 0);
  for (const [i, acc] of lanes.entries()) {
    const turned = { ...acc };
    turn(turned, [1, 7, 12, 18][i] ?? 0);
    add(hash, turned.hi, turned.lo);
  }
  for (const acc of lanes) {
    const mixed = wide(0, 0);
    lane(mixed, acc.hi, acc.lo, wide(0, 0));
    hash.hi ^= mixed.hi;
    hash.lo ^= mixed.lo;
    multiply(hash, P64[0]);
    add(hash, P64[3].hi, P64[3].lo);
  }
  return hash;
}

function stripes(bytes: Uint8Array): Wide {
  const a = { ...P64[0] };
  add(a, P64[1].hi, P64[1].lo);
  const d = wide(~P64[0].hi, ~P64[0].lo);
  add(d, 0, 1);
  const lanes = [a, { ...P64[1] }, wide(0, 0), d];
  const scratch = wide(0, 0);
  for (let at = 0; at + 32 <= bytes.byteLength; at += 32)
    for (let i = 0; i < 4; i++) lane(lanes[i] ?? scratch, u32(bytes, at + 8 * i + 4), u32(bytes, at + 8 * i), scratch);
  return merged(lanes);
}

/** The low 32 bits of XXH64, unsigned: what a Zstandard frame keeps of it. */
export function xxh64Low(bytes: Uint8Array): number {
  const size = bytes.byteLength;
  const hash = size >= 32 ? stripes(bytes) : { ...P64[4] };
  add(hash, Math.floor(size / 2 ** 32), size | 0);
  let at = size - (size % 32);
  const step = (hi: number, lo: number, by: number, first: Wide, second: Wide | null): void => {
    const word = wide(hi, lo);
    multiply(word, first);
    hash.hi ^= word.hi;
    hash.lo ^= word.lo;
    turn(hash, by);
    multiply(hash, second === null ? P64[0] : second);
  };
  for (; at + 8 <= size; at += 8) {
    const mixed = wide(0, 0);
    lane(mixed, u32(bytes, at + 4), u32(bytes, at), wide(0, 0));
    hash.hi ^= mixed.hi;
    hash.lo ^= mixed.lo;
    turn(hash, 27);
    multiply(hash, P64[0]);
    add(hash, P64[3].hi, P64[3].lo);
  }
  if (at + 4 <= size) {
    step(0, u32(bytes, at), 23, P64[0], P64[1]);
    add(hash, P64[2].hi, P64[2].lo);
    at += 4;
  }
  for (; at < size; at++) step(0, bytes[at] ?? 0, 11, P64[4], null);
  xorShifted(hash, 33);
  multiply(hash, P64[1]);
  xorShifted(hash, 29);
  multiply(hash, P64[2]);
  xorShifted(hash, 32);
  return hash.lo >>> 0;
}
