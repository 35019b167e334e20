import { crc32 } from 'node:zlib';

const le = (length: 2 | 4, value: number): Buffer => {
  const out = Buffer.alloc(length);
  out.writeUIntLE(value >>> 0, 0, length);
  return out;
};

/** First value and extra bits of each code for a length, and for a distance (RFC 1951 section 3.2.5). */
function codeFor(value: number, first: number, perStep: number): { readonly code: number; readonly extraBits: number; readonly extra: number } {
  let at = first;
  for (let code = 0; ; code++) {
    const extraBits = Math.max(0, Math.floor(code / perStep) - 1);
    if (value < at + 2 ** extraBits) return { code, extraBits, extra: value - at };
    at += 2 ** extraBits;
  }
}

/** Bits as deflate packs them: numbers from their lowest bit on, codes from their highest. */
class Bits {
  readonly bits: number[] = [];
  number(count: number, value: number): this {
    for (let i = 0; i < count; i++) this.bits.push((value >> i) & 1);
    return this;
  }
  code(count: number, value: number): this {
    for (let i = count - 1; i >= 0; i--) this.bits.push((value >> i) & 1);
    return this;
  }
  bytes(): Buffer {
    const out = Buffer.alloc(Math.ceil(this.bits.length / 8));
    for (const [i, bit] of this.bits.entries()) out[i >> 3] = (out[i >> 3] ?? 0) | (bit << (i & 7));
    return out;
  }
}

const EMPTY_STORED = Buffer.from([0, 0, 0xff, 0xff]);

/** A block of fixed codes that repeats the last `count` bytes, in `pieces`. */
function repeating(bits: Bits, count: number, pieces: readonly number[], final: boolean): Bits {
  bits.number(1, final ? 1 : 0).number(2, 1);
  for (const piece of pieces) {
    const length = codeFor(piece, 3, 4);
    const distance = codeFor(count, 1, 2);
    // Lengths up to 114 have codes of seven bits; nothing longer is needed here.
    bits.code(7, length.code + 1).number(length.extraBits, length.extra);
    bits.code(5, distance.code).number(distance.extraBits, distance.extra);
  }
  return bits.code(7, 0);
}

/** The same, followed by empty blocks until it has so many bytes, and aligned. */
function repeat(count: number, size: number): Buffer {
  for (const pieces of [[count], [count >> 1, count - (count >> 1)]]) {
    for (let fillers = 0; fillers < 8; fillers++) {
      const bits = repeating(new Bits(), count, pieces, false);
      for (let i = 0; i < fillers; i++) bits.number(1, 0).number(2, 1).code(7, 0);
      const head = bits.number(3, 0).bytes();
      const rest = size - head.byteLength - EMPTY_STORED.byteLength;
      if (rest >= 0 && rest % 5 === 0) return Buffer.concat([head, EMPTY_STORED, ...Array.from({ length: rest / 5 }, () => literal(0))]);
    }
  }
  throw new Error(`no ${size} bytes repeat ${count}`);
}

/** The head of a stored block: so many bytes follow as they are. */
const literal = (count: number): Buffer => Buffer.concat([Buffer.from([0]), le(2, count), le(2, ~count & 0xffff)]);

/**
 * A deflate stream that unpacks to `before`, itself and `behind`: stored blocks and repetitions, each of which brings out what
 * was written one step before, after Russ Cox, 'Zip Files All The Way Down' (2010). Left is what is written, right what it unpacks to.
 */
function selfContained(before: Buffer, behind: Buffer): Buffer {
  const l = (...parts: Buffer[]): Buffer => literal(Buffer.concat(parts).byteLength);
  const opening = l(before, literal(0));
  const first = repeat(before.byteLength + 5, 15);
  const thirty = literal(30);
  const again = repeat(30, 10);
  const last = (size: number): Buffer => {
    const count = size + behind.byteLength;
    const whole = repeating(new Bits(), count, [count], true).bytes();
    return whole.byteLength === size ? whole : last(size + 1);
  };
  const end = last(1);
  const closing = l(end, behind);
  const none = literal(0);
  return Buffer.concat([
    ...[opening, before, opening], // before, opening
    ...[first], //                    before, opening
    ...[l(first), first], //          first
    ...[literal(5), l(first)], //     l(first)
    ...[thirty, first, literal(5), l(first), thirty], // the same four
    ...[again], //                    first, literal(5), l(first), thirty: only where these are thirty bytes
    ...[thirty, again, thirty, again, thirty], // again, thirty, again, thirty
    ...[again], //                    again, thirty, again, thirty
    ...[thirty, again, none, none, none, closing], // again, none, none, none, closing
    ...[again], //                    again, none, none, none, closing
    ...[none, none, none],
    ...[closing, end, behind], //     end, behind
    ...[end], //                      end, behind
  ]);
}

/** Both headers and the end of an archive of one member, around a stream of that length. */
function aroundOf(name: string, packedSize: number, crc: number, time: number): { readonly before: Buffer; readonly behind: Buffer } {
  const local = 30 + name.length;
  const central = 46 + name.length;
  const size = local + packedSize + central + 22;
  const row = Buffer.concat([
    ...[20, 0, 8, time, 0x4a7b].map((n) => le(2, n)),
    ...[crc, packedSize, size].map((n) => le(4, n)),
    ...[name.length, 0].map((n) => le(2, n)),
  ]);
  const written = Buffer.from(name, 'latin1');
  const directory = Buffer.concat([le(4, 0x02014b50), le(2, 20), row, Buffer.alloc(14), written]);
  const end = Buffer.concat([
    le(4, 0x06054b50),
    ...[0, 0, 1, 1].map((n) => le(2, n)),
    ...[directory.byteLength, local + packedSize].map((n) => le(4, n)),
    le(2, 0),
  ]);
  return { before: Buffer.concat([le(4, 0x04034b50), row, written]), behind: Buffer.concat([directory, end]) };
}

/** The whole file, which states this checksum. */
function stating(name: string, crc: number, time: number): Buffer {
  const empty = aroundOf(name, 0, crc, time);
  const { before, behind } = aroundOf(name, selfContained(empty.before, empty.behind).byteLength, crc, time);
  return Buffer.concat([before, selfContained(before, behind), behind]);
}

/**
 * The checksum that a file has which states it. What a file has is linear, over bits, in what it states: 32 equations, solved
 * by elimination. Null where they contradict each other.
 */
function ownChecksum(checksumOf: (stated: number) => number): number | null {
  const zero = checksumOf(0);
  // Row i: bit j is set where stating bit j changes bit i of the difference between had and stated; bit 32 is what it must be.
  const effects = Array.from({ length: 32 }, (_, j) => BigInt((checksumOf(2 ** j) ^ zero ^ (1 << j)) >>> 0));
  const rows = effects.map((_, i) => {
    const wanted = BigInt((zero >>> i) & 1) << 32n;
    return effects.reduce((row, effect, j) => row | (((effect >> BigInt(i)) & 1n) << BigInt(j)), wanted);
  });
  for (let j = 0; j < 32; j++) {
    const has = (row: bigint): boolean => ((row >> BigInt(j)) & 1n) === 1n;
    const pivot = rows.findIndex((row, i) => i >= j && has(row));
    if (pivot === -1) return null;
    const [own = 0n] = rows.splice(pivot, 1);
    rows.splice(j, 0, own);
    for (const [i, row] of rows.entries()) if (i !== j && has(row)) rows[i] = row ^ own;
  }
  return Number(rows.reduce((crc, row, i) => crc | ((row >> 32n) << BigInt(i)), 0n));
}

/** A zip whose only member is the zip itself, byte for byte, checksum and all. */
export function quineZip(name = 'r.zip'): Buffer {
  // Another time of day is another set of equations.
  for (let time = 0x6000; time < 0x6020; time++) {
    const crc = ownChecksum((stated) => crc32(stating(name, stated, time)));
    if (crc !== null) return stating(name, crc, time);
  }
  throw new Error('no checksum fits');
}
