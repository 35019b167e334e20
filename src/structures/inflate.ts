/** How a stream ended: 'stopped' where whoever takes the bytes wanted no more. */
export type InflateEnd = 'whole' | 'truncated' | 'malformed' | 'stopped';

/** Base lengths and extra bits of length codes 257 to 285, and of distance codes (RFC 1951 3.2.5). */
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
/** Deflate64 knows distances up to 64 KiB, and its last length code has 16 more bits (APPNOTE 6.3.10, 5.6). */
const DISTANCES = 32;
const DISTANCE_EXTRA = Array.from({ length: DISTANCES }, (_, i) => (i < 2 ? 0 : (i >> 1) - 1));
const DISTANCE_BASE = Array.from({ length: DISTANCES }, (_, i) => (i < 2 ? i + 1 : (2 + (i & 1)) * 2 ** ((i >> 1) - 1) + 1));
/** In this order the lengths of the code-length codes are written (RFC 1951 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_BITS = 15;
const END_OF_BLOCK = 256;
const HISTORY = 65_536;
const OUT = 4 * HISTORY;

/** Codes up to this length are looked up, longer ones counted out: tables of 15 bits would cost more than the small block they are for. */
const TABLE_BITS = 10;

interface Huffman {
  /** Length of the longest code. */
  readonly longest: number;
  /** Every pattern of `bits` bits to `symbol << 4 | length`; 0 where no code of that length begins so. */
  readonly bits: number;
  readonly table: Int32Array;
  /** Codes by length, and symbols in the order of their codes. */
  readonly count: Uint16Array;
  readonly symbols: Uint16Array;
}

const reversed = (code: number, length: number): number => {
  let out = 0;
  for (let i = 0; i < length; i++) out |= ((code >> i) & 1) << (length - 1 - i);
  return out;
};

/** Null where more codes are announced than there are patterns. */
function huffmanOf(lengths: Uint8Array): Huffman | null {
  const count = new Uint16Array(MAX_BITS + 1);
  for (const l of lengths) if (l > 0) count[l] = (count[l] ?? 0) + 1;
  const code = new Uint32Array(MAX_BITS + 2);
  const place = new Uint16Array(MAX_BITS + 2);
  let longest = 1;
  for (let l = 1, left = 1; l <= MAX_BITS; l++) {
    const n = count[l] ?? 0;
    left = left * 2 - n;
    if (left < 0) return null;
    if (n > 0) longest = l;
    code[l + 1] = ((code[l] ?? 0) + n) << 1;
    place[l + 1] = (place[l] ?? 0) + n;
  }
  const bits = Math.min(longest, TABLE_BITS);
  const table = new Int32Array(1 << bits);
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const l = lengths[symbol] ?? 0;
    if (l === 0) continue;
    symbols[place[l] as number] = symbol;
    place[l] = (place[l] as number) + 1;
    const own = code[l] as number;
    code[l] = own + 1;
    if (l <= bits) for (let at = reversed(own, l); at < table.length; at += 1 << l) table[at] = (symbol << 4) | l;
  }
  return { longest, bits, table, count, symbols };
}

const fixedLengths = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const FIXED = { literals: huffmanOf(fixedLengths), distances: huffmanOf(new Uint8Array(DISTANCES).fill(5)) };

/** Thrown within this file to leave the innermost loop; never leaves it. */
class Ended extends Error {
  readonly end: InflateEnd;

  constructor(end: InflateEnd) {
    super(end);
    this.end = end;
  }
}

class Inflater {
  readonly #chunks: Iterator<Uint8Array>;
  readonly #take: (bytes: Uint8Array) => boolean;
  readonly #wide: boolean;
  readonly #out = new Uint8Array(OUT);
  #at = 0;
  #given = 0;
  #total = 0;
  #chunk: Uint8Array = new Uint8Array(0);
  #read = 0;
  #passed = 0;
  #hold = 0;
  #held = 0;

  constructor(chunks: Iterable<Uint8Array>, take: (bytes: Uint8Array) => boolean, wide: boolean) {
    this.#chunks = chunks[Symbol.iterator]();
    this.#take = take;
    this.#wide = wide;
  }

  run(): InflateEnd {
    try {
      for (let last = false; !last;) {
        last = this.#bits(1) === 1;
        this.#block(this.#bits(2));
      }
      this.#give();
      return 'whole';
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      if (error.end === 'stopped') return 'stopped';
      try {
        this.#give();
      } catch (stop) {
        if (!(stop instanceof Ended)) throw stop;
      }
      return error.end;
    } finally {
      this.#chunks.return?.();
    }
  }

  /** Bytes of the stream so far: those read, less the whole ones still in hand. */
  get consumed(): number {
    return this.#passed + this.#read - (this.#held >> 3);
  }

  #nextByte(): number {
    while (this.#read === this.#chunk.length) {
      const next = this.#chunks.next();
      if (next.done === true) return -1;
      this.#passed += this.#chunk.length;
      this.#chunk = next.value;
      this.#read = 0;
    }
    return this.#chunk[this.#read++] as number;
  }

  /** At least `n` bits in hand, up to 16. */
  #need(n: number): void {
    while (this.#held < n) {
      const b = this.#nextByte();
      if (b < 0) throw new Ended('truncated');
      this.#hold |= b << this.#held;
      this.#held += 8;
    }
  }

  #bits(n: number): number {
    if (n === 0) return 0;
    this.#need(n);
    const value = this.#hold & ((1 << n) - 1);
    this.#hold >>>= n;
    this.#held -= n;
    return value;
  }

  #symbol(huffman: Huffman): number {
    // The last code of a stream may be shorter than the longest one, with nothing behind it.
    while (this.#held < huffman.longest) {
      const b = this.#nextByte();
      if (b < 0) break;
      this.#hold |= b << this.#held;
      this.#held += 8;
    }
    const entry = huffman.table[this.#hold & ((1 << huffman.bits) - 1)] as number;
    if (entry === 0) return this.#longSymbol(huffman);
    const length = entry & 15;
    if (length > this.#held) throw new Ended('truncated');
    this.#hold >>>= length;
    this.#held -= length;
    return entry >> 4;
  }

  #longSymbol({ longest, count, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let l = 1; l <= longest; l++) {
      if (l > this.#held) throw new Ended('truncated');
      code |= (this.#hold >>> (l - 1)) & 1;
      const n = count[l] as number;
      if (code - n < first) {
        this.#hold >>>= l;
        this.#held -= l;
        return symbols[index + code - first] as number;
      }
      index += n;
      first = (first + n) << 1;
      code <<= 1;
    }
    throw new Ended('malformed');
  }

  /** Hands over what is new and keeps the history in front. */
  #give(): void {
    if (this.#at > this.#given) {
      this.#total += this.#at - this.#given;
      if (!this.#take(this.#out.subarray(this.#given, this.#at))) throw new Ended('stopped');
    }
    if (this.#at > HISTORY) {
      this.#out.copyWithin(0, this.#at - HISTORY, this.#at);
      this.#at = HISTORY;
    }
    this.#given = this.#at;
  }

  #put(byte: number): void {
    if (this.#at === OUT) this.#give();
    this.#out[this.#at++] = byte;
  }

  #copy(distance: number, length: number): void {
    if (distance > this.#total + this.#at - this.#given) throw new Ended('malformed');
    for (let left = length; left > 0;) {
      if (this.#at === OUT) this.#give();
      const n = Math.min(left, OUT - this.#at);
      const out = this.#out;
      let from = this.#at - distance;
      for (let i = 0; i < n; i++) out[this.#at++] = out[from++] as number;
      left -= n;
    }
  }

  #block(type: number): void {
    if (type === 0) this.#stored();
    else if (type === 1) this.#coded(FIXED.literals as Huffman, FIXED.distances as Huffman);
    else if (type === 2) this.#dynamic();
    else throw new Ended('malformed');
  }

  #stored(): void {
    this.#bits(this.#held & 7);
    const length = this.#bits(16);
    if (length !== (this.#bits(16) ^ 0xffff)) throw new Ended('malformed');
    for (let i = 0; i < length; i++) this.#put(this.#bits(8));
  }

  #dynamic(): void {
    const literals = this.#bits(5) + 257;
    const distances = this.#bits(5) + 1;
    const codes = this.#bits(4) + 4;
    const lengths = new Uint8Array(19);
    for (let i = 0; i < codes; i++) lengths[ORDER[i] as number] = this.#bits(3);
    const meta = huffmanOf(lengths);
    if (!meta) throw new Ended('malformed');
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length;) {
      const symbol = this.#symbol(meta);
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Ended('malformed');
      const value = symbol === 16 ? (all[i - 1] as number) : 0;
      const times = symbol === 16 ? 3 + this.#bits(2) : symbol === 17 ? 3 + this.#bits(3) : 11 + this.#bits(7);
      if (i + times > all.length) throw new Ended('malformed');
      all.fill(value, i, i + times);
      i += times;
    }
    const byLiteral = huffmanOf(all.subarray(0, literals));
    const byDistance = huffmanOf(all.subarray(literals));
    if (!byLiteral || !byDistance) throw new Ended('malformed');
    this.#coded(byLiteral, byDistance);
  }

  #coded(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol < END_OF_BLOCK) this.#put(symbol);
      else if (symbol === END_OF_BLOCK) return;
      else this.#repeat(symbol - 257, distances);
    }
  }

  #repeat(code: number, distances: Huffman): void {
    const longest = this.#wide && code === 28;
    const base = longest ? 3 : LENGTH_BASE[code];
    if (base === undefined) throw new Ended('malformed');
    const length = base + this.#bits(longest ? 16 : (LENGTH_EXTRA[code] as number));
    const symbol = this.#symbol(distances);
    if (symbol >= (this.#wide ? 32 : 30)) throw new Ended('malformed');
    this.#copy((DISTANCE_BASE[symbol] as number) + this.#bits(DISTANCE_EXTRA[symbol] as number), length);
  }
}

/**
 * Inflates a raw deflate stream (RFC 1951), or with `wide` one of Deflate64, piece by piece within a fixed quarter of a
 * megabyte; zlib's own call without waiting holds the whole. Slower than zlib by half: for what is too big for that, and for
 * Deflate64. `take` gets pieces that it must not keep and says whether to go on. What stands behind the stream is left.
 */
export const inflateInto = (chunks: Iterable<Uint8Array>, take: (bytes: Uint8Array) => boolean, wide = false): InflateEnd =>
  new Inflater(chunks, take, wide).run();

/** As {@link inflateInto}, and how many bytes the stream takes up, for formats that have something behind it. */
export function inflateFront(chunks: Iterable<Uint8Array>, take: (bytes: Uint8Array) => boolean): { end: InflateEnd; consumed: number } {
  const inflater = new Inflater(chunks, take, false);
  return { end: inflater.run(), consumed: inflater.consumed };
}
