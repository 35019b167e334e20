import type { EntryContent } from './libarchive.ts';

/** The stream breaks its format's rules, ends early or asks for what is not read here; the message says which, in one line. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** More came out than may. */
export class Over extends Error {
  override readonly name = 'Over';
}

export const truncated = (): never => {
  throw new Broken('truncated: the stream ends before it is whole');
};

const FIRST_BYTES = 64 * 1024;
/** Grown by at most this much at a time. */
const MAX_GROWTH = 64 * 1024 ** 2;
/** Bytes out between two signs of life: the slowest of these decoders takes half a second for them. */
const SIGN = 4 * 1024 ** 2;

/** Bytes as they come out of a decoder of the LZ family, which also reads them again. Grows with what came out, never with what was announced. */
export class Unpacking {
  readonly #cap: number;
  readonly #alive: () => void;
  /** Larger than `size`; replaced when it grows, so keep no reference across a write. */
  bytes = new Uint8Array(FIRST_BYTES);
  size = 0;
  #sign = SIGN;
  /** No byte may follow at this size without {@link reserve}. */
  #due: number;

  constructor(cap: number, alive: () => void) {
    this.#cap = cap;
    this.#alive = alive;
    this.#due = Math.min(FIRST_BYTES, cap);
  }

  /** Room for `count` more. Throws where that is more than may come out. */
  reserve(count: number): void {
    const wanted = this.size + count;
    if (wanted > this.#cap) throw new Over('over the cap');
    if (wanted > this.#sign) {
      this.#alive();
      this.#sign = wanted + SIGN;
    }
    if (wanted > this.bytes.byteLength) this.#grow(wanted);
    this.#due = Math.min(this.#sign, this.#cap, this.bytes.byteLength);
  }

  #grow(wanted: number): void {
    const { byteLength } = this.bytes;
    const grown = new Uint8Array(Math.max(wanted, Math.min(this.#cap, byteLength + Math.min(byteLength, MAX_GROWTH))));
    grown.set(this.bytes.subarray(0, this.size));
    this.bytes = grown;
  }

  push(byte: number): void {
    if (this.size >= this.#due) this.reserve(1);
    this.bytes[this.size++] = byte;
  }

  append(part: Uint8Array): void {
    this.reserve(part.byteLength);
    this.bytes.set(part, this.size);
    this.size += part.byteLength;
  }

  fill(byte: number, count: number): void {
    this.reserve(count);
    this.bytes.fill(byte, this.size, this.size + count);
    this.size += count;
  }

  /** `count` bytes from `distance` back, which may overlap what they become. `floor` is the first byte that may be reached. */
  copy(distance: number, count: number, floor: number): void {
    if (distance <= 0 || this.size - distance < floor) throw new Broken('a match reaches in front of the content');
    this.reserve(count);
    const { bytes } = this;
    let to = this.size;
    if (distance >= count) bytes.copyWithin(to, to - distance, to - distance + count);
    else for (const end = to + count; to < end; to++) bytes[to] = bytes[to - distance] ?? 0;
    this.size += count;
  }

  content(error: string | null): EntryContent {
    return { bytes: this.bytes.subarray(0, this.size), over: false, error };
  }
}

/** Unpacks a whole file, up to `cap` bytes, and calls `alive` now and then. */
export type UnpackFile = (packed: Uint8Array, cap: number, alive: () => void) => EntryContent;

/** Runs a decoder. What came out before it stopped is kept. */
export function unpackWith(cap: number, alive: () => void, decode: (out: Unpacking) => void): EntryContent {
  const out = new Unpacking(cap, alive);
  try {
    decode(out);
    return out.content(null);
  } catch (error) {
    if (error instanceof Over) return { bytes: new Uint8Array(0), over: true, error: null };
    if (error instanceof Broken) return out.content(error.message);
    throw error;
  }
}
