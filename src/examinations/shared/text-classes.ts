import type { Boilerplate } from './boilerplate.ts';
import { MOST_TEXTS, SignatureStore } from './families.ts';
import type { Shingles } from './shingles.ts';

/** In a shorter text one changed word leaves less than 0.6 of it. */
const LEAST_SHINGLES = 20;
/** Positions of one text that are kept beside its first. */
const MOST_POSITIONS = 16;

/** A text of a family: where it stands, and how long it is. */
export interface TextClass {
  readonly positions: readonly number[];
  readonly words: number;
}

export interface TextFamily {
  readonly texts: readonly TextClass[];
  /** Different texts in it, told or not. */
  readonly size: number;
}

/** Different texts, the positions that hold each, and the families they form. */
export class TextClasses {
  readonly #store = new SignatureStore();
  readonly #classes = new Map<number, number>();
  /** By class; further positions of the same text stand apart, as few have any. */
  readonly #first: number[] = [];
  readonly #words: number[] = [];
  readonly #further = new Map<number, number[]>();
  #beyond: number | null = null;

  /** The first position that found no room. */
  get beyond(): number | null {
    return this.#beyond;
  }

  add(position: number, { key, words, hashes }: Shingles, boilerplate: Boilerplate): void {
    const known = this.#classes.get(key);
    if (known !== undefined) {
      const further = this.#further.get(known);
      if (!further) this.#further.set(known, [position]);
      else if (further.length < MOST_POSITIONS) further.push(position);
      return;
    }
    const own = boilerplate.without(hashes);
    if (own.length < LEAST_SHINGLES) return;
    if (this.#store.count === MOST_TEXTS) {
      this.#beyond ??= position;
      return;
    }
    this.#classes.set(key, this.#store.add(own));
    this.#first.push(position);
    this.#words.push(words);
  }

  /** Of a family of more than `most` texts only the first is told. */
  *families(most: number): Iterable<TextFamily> {
    for (const family of this.#store.families()) {
      const told = (family.length > most ? family.slice(0, 1) : family).map((c) => ({
        positions: [this.#first[c] ?? 0, ...(this.#further.get(c) ?? [])],
        words: this.#words[c] ?? 0,
      }));
      yield { texts: told, size: family.length };
    }
  }
}
