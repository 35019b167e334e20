/** Bytes of the smallest piece: a context, or two states. */
const UNIT = 12;
/** Sizes that pieces have, in units: 1 to 4, then in steps of 2, 3 and 4 up to 128. */
const SIZES = 38;
const LARGEST = 128;
/** Offset 0 means nothing. */
const START = 4;
const BETWEEN_GLUINGS = 255;
const MOST_GLUED = 0x10000;

const UNITS_OF = new Uint8Array(SIZES);
/** Of a number of units, less one: the smallest size that holds them. */
const SIZE_OF = new Uint8Array(LARGEST);
for (let i = 0, units = 0; i < SIZES; i++) {
  const step = i >= 12 ? 4 : (i >> 2) + 1;
  SIZE_OF.fill(i, units, units + step);
  UNITS_OF[i] = units += step;
}

const unitsOf = (size: number): number => UNITS_OF[size] ?? 0;
export const sizeFor = (units: number): number => SIZE_OF[units - 1] ?? 0;

/**
 * The memory of a model of PPMd var. H (Shkarin, 2001), which must be handed out exactly as the packer did: the model begins anew
 * where it is full. Text grows from below; contexts are taken from the top of the rest, states from its bottom; behind a context
 * stands its first half word, which is never 0 while it is used.
 */
export class PpmdMemory {
  #size = 0;
  /** Pages of it are real only once they are written to. */
  readonly bytes: Uint8Array;
  readonly halves: Uint16Array;
  readonly words: Uint32Array;
  readonly #free = new Uint32Array(SIZES);
  /** Where the next byte of text goes, and where pieces begin. */
  text = START;
  unitsStart = 0;
  #low = 0;
  #high = 0;
  #gluing = 0;

  /** The most bytes that it may be said to have. */
  constructor(most: number) {
    const buffer = new ArrayBuffer(START + most + UNIT);
    this.bytes = new Uint8Array(buffer);
    this.halves = new Uint16Array(buffer);
    this.words = new Uint32Array(buffer);
  }

  /** Empty, of `size` bytes: a multiple of 4. */
  restart(size: number): void {
    this.#size = size;
    this.#free.fill(0);
    this.text = START;
    this.#high = START + this.#size;
    this.#low = this.unitsStart = this.#high - Math.floor(this.#size / 8 / UNIT) * 7 * UNIT;
    this.#gluing = 0;
  }

  /** A unit for a context; 0 where there is none. */
  context(): number {
    if (this.#high !== this.#low) return (this.#high -= UNIT);
    return this.#free[0] === 0 ? this.#rare(0) : this.#take(0);
  }

  /** A piece of one of the sizes; 0 where there is none. */
  piece(size: number): number {
    if (this.#free[size] !== 0) return this.#take(size);
    const bytes = unitsOf(size) * UNIT;
    if (bytes > this.#high - this.#low) return this.#rare(size);
    this.#low += bytes;
    return this.#low - bytes;
  }

  /** `units` of states, one more: where they are then; 0 where there is no room. */
  grow(at: number, units: number): number {
    const size = sizeFor(units);
    if (size === sizeFor(units + 1)) return at;
    const to = this.piece(size + 1);
    if (to === 0) return 0;
    this.bytes.copyWithin(to, at, at + units * UNIT);
    this.give(at, size);
    return to;
  }

  /** Keeps the first `fewer` units: where they are then. */
  shrink(at: number, units: number, fewer: number): number {
    const [from, to] = [sizeFor(units), sizeFor(fewer)];
    if (from === to) return at;
    if (this.#free[to] === 0) {
      this.#split(at, from, to);
      return at;
    }
    const moved = this.#take(to);
    this.bytes.copyWithin(moved, at, at + fewer * UNIT);
    this.give(at, from);
    return moved;
  }

  give(at: number, size: number): void {
    this.words[at >> 2] = this.#free[size] ?? 0;
    this.#free[size] = at;
  }

  #take(size: number): number {
    const at = this.#free[size] ?? 0;
    this.#free[size] = this.words[at >> 2] ?? 0;
    return at;
  }

  /** Gives back what a piece has beyond another size. */
  #split(at: number, size: number, kept: number): void {
    this.#giveUnits(at + unitsOf(kept) * UNIT, unitsOf(size) - unitsOf(kept));
  }

  /** As one or two pieces. */
  #giveUnits(at: number, units: number): void {
    const size = sizeFor(units);
    if (unitsOf(size) === units) {
      this.give(at, size);
      return;
    }
    const smaller = unitsOf(size - 1);
    this.give(at + smaller * UNIT, units - smaller - 1);
    this.give(at, size - 1);
  }

  #rare(size: number): number {
    if (this.#gluing === 0) {
      this.#glue();
      if (this.#free[size] !== 0) return this.#take(size);
    }
    for (let larger = size + 1; larger < SIZES; larger++) {
      if (this.#free[larger] === 0) continue;
      const at = this.#take(larger);
      this.#split(at, larger, size);
      return at;
    }
    this.#gluing--;
    const bytes = unitsOf(size) * UNIT;
    return this.unitsStart - this.text > bytes ? (this.unitsStart -= bytes) : 0;
  }

  /** Joins free pieces that are neighbours. While that lasts a free piece has 0 in its first half word, its units in the second, the next behind. */
  #glue(): void {
    this.#gluing = BETWEEN_GLUINGS;
    const { halves, words } = this;
    if (this.#low !== this.#high) halves[this.#low >> 1] = 1;
    let first = 0;
    for (let size = 0; size < SIZES; size++) {
      for (let at = this.#free[size] ?? 0; at !== 0;) {
        const next = words[at >> 2] ?? 0;
        halves[at >> 1] = 0;
        halves[(at >> 1) + 1] = unitsOf(size);
        words[(at >> 2) + 1] = first;
        first = at;
        at = next;
      }
      this.#free[size] = 0;
    }
    for (let at = first; at !== 0; at = words[(at >> 2) + 1] ?? 0) this.#join(at);
    for (let at = first; at !== 0;) {
      const next = words[(at >> 2) + 1] ?? 0;
      let units = halves[(at >> 1) + 1] ?? 0;
      for (; units > LARGEST; units -= LARGEST, at += LARGEST * UNIT) this.give(at, SIZES - 1);
      if (units > 0) this.#giveUnits(at, units);
      at = next;
    }
  }

  /** A piece takes in the free ones behind it, which are left with no units. */
  #join(at: number): void {
    const { halves } = this;
    let units = halves[(at >> 1) + 1] ?? 0;
    while (units > 0) {
      const behind = (at + units * UNIT) >> 1;
      const more = halves[behind + 1] ?? 0;
      if (halves[behind] !== 0 || more === 0 || units + more >= MOST_GLUED) return;
      units += more;
      halves[(at >> 1) + 1] = units;
      halves[behind + 1] = 0;
    }
  }
}
