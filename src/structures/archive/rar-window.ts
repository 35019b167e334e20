import type { EntryContent } from './libarchive.ts';
import { Broken, Over, Unpacking } from './unpacking.ts';

const FIRST_BYTES = 64 * 1024;
/** RAR 4 has no larger one; a power of two. */
const MOST_BYTES = 4 * 1024 ** 2;
const SIGN = 1024 ** 2;

/** What came of one member. */
export interface MemberContent extends EntryContent {
  /** Bytes that were unpacked for it, kept or not. */
  readonly made: number;
}

/** A method of unpacking that writes to a window which goes on through all members. */
export interface SolidUnpacker {
  /** Forgets what members before it told. */
  restart(): void;
  /** A member, which is known to have `size` bytes. Throws {@link Broken} where it is damaged or asks for what is not read here. */
  unpack(packed: Uint8Array, size: number): void;
  /** What is to be done when all of it is there. */
  finish(): void;
}

/**
 * The last bytes that came out, of this member and those before it, and the content of this member. Only the window goes on to the
 * next. A member over the cap is unpacked all the same, for the next may need it, and thrown away.
 */
export class RarWindow {
  readonly #cap: number;
  readonly #alive: () => void;
  #ring = new Uint8Array(FIRST_BYTES);
  #content: Unpacking;
  /** Bytes that came out of all members; where this member begins, and must end. */
  #size = 0;
  #start = 0;
  #last = 0;
  #sign = SIGN;
  #over = false;

  /** No more than `cap` bytes of a member are kept. */
  constructor(cap: number, alive: () => void) {
    this.#cap = cap;
    this.#alive = alive;
    this.#content = new Unpacking(cap, alive);
  }

  /** Nothing is in front of what comes. */
  clear(): void {
    this.#size = 0;
    this.#sign = SIGN;
  }

  /** The next member, of which no more than `budget` bytes are unpacked. */
  begin(budget: number): void {
    this.#start = this.#size;
    this.#last = this.#size + budget;
    this.#over = false;
    // One buffer for many small members, but none that a large one leaves behind.
    if (this.#content.bytes.byteLength > MOST_BYTES) this.#content = new Unpacking(this.#cap, this.#alive);
    this.#content.size = 0;
  }

  /** Bytes that came out of this member. */
  get made(): number {
    return this.#size - this.#start;
  }

  /** Changes bytes of this member in place, as filters do, which the window does not see. */
  change(start: number, length: number, how: (data: Uint8Array) => void): void {
    if (this.#over || start + length > this.#content.size) return;
    this.#alive();
    how(this.#content.bytes.subarray(start, start + length));
  }

  push(byte: number): void {
    this.#room(1);
    this.#ring[this.#size & (this.#ring.byteLength - 1)] = byte;
    this.#size++;
    if (this.#keeps(1)) this.#content.push(byte);
  }

  /** `count` bytes from `distance` back. */
  copy(distance: number, count: number): void {
    if (distance <= 0 || distance > Math.min(this.#size, MOST_BYTES)) throw new Broken('a match reaches in front of the content');
    this.#room(count);
    const ring = this.#ring;
    const mask = ring.byteLength - 1;
    const keeps = this.#keeps(count);
    for (let i = 0; i < count; i++) {
      const byte = ring[(this.#size - distance) & mask] ?? 0;
      ring[this.#size & mask] = byte;
      this.#size++;
      if (keeps) this.#content.push(byte);
    }
  }

  #keeps(count: number): boolean {
    this.#over ||= this.#content.size + count > this.#cap;
    return !this.#over;
  }

  #room(count: number): void {
    const wanted = this.#size + count;
    if (wanted > this.#last) throw new Over('over the budget');
    if (wanted > this.#sign) {
      this.#alive();
      this.#sign = wanted + SIGN;
    }
    // Until the ring has its full size nothing has come around, so that what is in it keeps its place.
    while (wanted > this.#ring.byteLength && this.#ring.byteLength < MOST_BYTES) {
      const grown = new Uint8Array(2 * this.#ring.byteLength);
      grown.set(this.#ring);
      this.#ring = grown;
    }
  }

  /** The first `size` bytes of what is kept. */
  end(size: number, error: string | null): MemberContent {
    const { made } = this;
    if (this.#over) return { bytes: new Uint8Array(0), over: true, error: null, made };
    return { bytes: this.#content.bytes.slice(0, Math.min(this.#content.size, size)), over: false, error, made };
  }
}
