import { Broken, truncated, type UnpackFile, type Unpacking, unpackWith } from './unpacking.ts';

const HEADER_BYTES = 3;
const MIN_BITS = 9;
const MAX_BITS = 16;
const BLOCK_MODE = 0x80;
const RESERVED = 0x60;
const CLEAR = 256;

/** Codes come in groups of eight of one width; when the width changes, the rest of the group is skipped. */
class Codes {
  readonly #packed: Uint8Array;
  #at = HEADER_BYTES;
  #bits = 0;
  #held = 0;
  #group = 0;
  width = MIN_BITS;

  constructor(packed: Uint8Array) {
    this.#packed = packed;
  }

  /** -1 at the end. Fewer bits than a code are padding. */
  next(): number {
    while (this.#bits < this.width) {
      const byte = this.#packed[this.#at];
      if (byte === undefined) return -1;
      this.#at++;
      this.#held |= byte << this.#bits;
      this.#bits += 8;
    }
    const code = this.#held & ((1 << this.width) - 1);
    this.#held >>>= this.width;
    this.#bits -= this.width;
    this.#group = (this.#group + 1) % 8;
    return code;
  }

  /** A group of eight codes of n bits has n bytes. */
  change(width: number): void {
    if (this.#group > 0) {
      this.#at += Math.max(0, ((8 - this.#group) * this.width - this.#bits) / 8);
      this.#bits = 0;
      this.#held = 0;
      this.#group = 0;
    }
    this.width = width;
  }
}

/** What the codes stand for: each but the first 256 is an earlier one and a byte. */
class Dictionary {
  readonly #prefix = new Uint16Array(1 << MAX_BITS);
  readonly #suffix = new Uint8Array(1 << MAX_BITS);
  readonly #stack = new Uint8Array((1 << MAX_BITS) + 1);
  readonly #first: number;
  readonly #end: number;
  #previous = -1;
  #head = 0;
  /** The code to be given next. */
  free: number;

  constructor(first: number, maxBits: number) {
    this.#first = first;
    this.#end = 1 << maxBits;
    this.free = first;
  }

  clear(): void {
    this.free = this.#first;
    this.#previous = -1;
  }

  #isKnown(code: number): boolean {
    return this.#previous === -1 ? code < CLEAR : code <= this.free;
  }

  /** Writes what a code stands for, and gives the next code to the one before it with the first byte of this one. */
  expand(code: number, out: Unpacking): void {
    if (!this.#isKnown(code)) throw new Broken(`no code ${code} is known yet`);
    let depth = 0;
    let at = code;
    // The code that is just being given: the one before with its own first byte once more.
    if (code === this.free) {
      this.#stack[depth++] = this.#head;
      at = this.#previous;
    }
    for (; at >= this.#first; at = this.#prefix[at] ?? 0) this.#stack[depth++] = this.#suffix[at] ?? 0;
    this.#head = at;
    this.#stack[depth++] = at;
    out.reserve(depth);
    for (let i = depth - 1; i >= 0; i--) out.bytes[out.size++] = this.#stack[i] ?? 0;
    if (this.#previous !== -1 && this.free < this.#end) {
      this.#prefix[this.free] = this.#previous;
      this.#suffix[this.free++] = this.#head;
    }
    this.#previous = code;
  }
}

function decode(packed: Uint8Array, out: Unpacking): void {
  if (packed.byteLength < HEADER_BYTES) truncated();
  const flags = packed[2] ?? 0;
  const maxBits = flags & 0x1f;
  if (maxBits < MIN_BITS || maxBits > MAX_BITS || (flags & RESERVED) !== 0) throw new Broken('the header is damaged');
  const clears = (flags & BLOCK_MODE) !== 0;
  const dictionary = new Dictionary(clears ? CLEAR + 1 : CLEAR, maxBits);
  const codes = new Codes(packed);
  for (let code = codes.next(); code !== -1; code = codes.next()) {
    if (clears && code === CLEAR) {
      codes.change(MIN_BITS);
      dictionary.clear();
      continue;
    }
    const { free } = dictionary;
    dictionary.expand(code, out);
    // The width grows as soon as the next code to be given could not be written.
    if (dictionary.free > free && dictionary.free === 1 << codes.width && codes.width < maxBits) codes.change(codes.width + 1);
  }
}

/** Unpacks a file of compress(1) (POSIX.1-2024 compress: adaptive LZW; layout as in ncompress 4.2). It has no checksum and no end mark. */
export const unpackLzw: UnpackFile = (packed, cap, alive) => unpackWith(cap, alive, (out) => decode(packed, out));
