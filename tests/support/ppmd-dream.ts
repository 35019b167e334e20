import { Ppmd } from '../../src/structures/archive/ppmd.ts';
import type { PpmdRanges } from '../../src/structures/archive/ppmd-ranges.ts';

/** Numbers from 0 to 1, the same every time. */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What is written down of a dream: the part of `total` that was taken. */
export type Write = (from: number, size: number, total: number) => void;

/** A model that is asked for text before it was told any gives some; where `choose` says, of `total`, and `write` is told what that meant. */
class Dream implements PpmdRanges {
  readonly #choose: (total: number) => number;
  readonly #write: Write;
  #total = 0;

  constructor(choose: (total: number) => number, write: Write) {
    this.#choose = choose;
    this.#write = write;
  }

  count(total: number): number {
    this.#total = total;
    return Math.min(total - 1, Math.floor(this.#choose(total)));
  }

  take(from: number, size: number): void {
    this.#write(from, size, this.#total);
  }
}

/** `count` bytes that a model dreams. Chances are bent to what is likely, or everything would be new to it. */
export function dreamt(order: number, memory: number, count: number, seed: number, write: Write): Uint8Array {
  const chance = chances(seed);
  const model = new Ppmd(memory);
  model.begin(order, memory);
  // Never the last: of the shortest context that would be the end of all symbols.
  const dream = new Dream((total) => Math.max(0, total - 1) * chance() ** (1 + 3 * chance()) * 0.999_999, write);
  return Uint8Array.from({ length: count }, () => model.read(dream));
}

/** How a model is brought to these bytes: all that can be chosen is tried, byte after byte. For short texts. */
export function writtenBy(order: number, memory: number, text: readonly number[], write: Write): void {
  const model = new Ppmd(memory);
  let chosen: number[] = [];
  for (const [at, wanted] of text.entries()) chosen = choicesFor(model, order, chosen, text.slice(0, at), wanted);
  model.begin(order, memory);
  const replay = replaying(chosen, write);
  for (const _ of text) model.read(replay);
}

const replaying = (chosen: readonly number[], write: Write): Dream => {
  let next = 0;
  return new Dream(() => chosen[next++] ?? 0, write);
};

/** The choices so far and those that bring `wanted`; they are tried from the lowest on, each escape opens those of a shorter context. */
function choicesFor(model: Ppmd, order: number, before: readonly number[], text: readonly number[], wanted: number): number[] {
  let tried: number[] = [];
  for (;;) {
    const parts: (readonly [end: number, total: number])[] = [];
    model.begin(order, model.most);
    const replay = replaying([...before, ...tried], (from, size, total) => parts.push([from + size, total]));
    for (const _ of text) model.read(replay);
    const found = model.read(replay);
    const now = parts.slice(before.length);
    const choices = now.map((_, i) => tried[i] ?? 0);
    if (found === wanted) return [...before, ...choices];
    // The next part of the last total, or of the one before where that has no more.
    let i = now.length - 1;
    while (i > 0 && (now[i]?.[0] ?? 0) >= (now[i]?.[1] ?? 0)) i--;
    tried = [...choices.slice(0, i), now[i]?.[0] ?? 0];
  }
}

const TOP = 2 ** 24;

/** The range coder of RAR, the other way round. */
export class RarRangeWriter {
  readonly #out: number[] = [];
  #low = 0;
  #range = 0xffff_ffff;

  readonly write: Write = (from, size, total) => {
    this.#range = Math.floor(this.#range / total);
    this.#low = (this.#low + Math.imul(this.#range, from)) >>> 0;
    this.#range = Math.imul(this.#range, size) >>> 0;
    for (;;) {
      if ((this.#low ^ (this.#low + this.#range)) >>> 0 >= TOP) {
        if (this.#range >= 2 ** 15) return;
        this.#range = -this.#low & (2 ** 15 - 1);
      }
      this.#shift();
    }
  };

  #shift(): void {
    this.#out.push(this.#low >>> 24);
    this.#low = (this.#low << 8) >>> 0;
    this.#range = (this.#range << 8) >>> 0;
  }

  bytes(): Uint8Array {
    for (let i = 0; i < 4; i++) this.#shift();
    return Uint8Array.from(this.#out);
  }
}

/** The range coder that 7-Zip has for PPMd, as in LZMA: a carry runs back through what was written. */
export class SevenZipRangeWriter {
  readonly #out: number[] = [];
  #low = 0;
  #range = 0xffff_ffff;

  readonly write: Write = (from, size, total) => {
    const unit = Math.floor(this.#range / total);
    // Of a question with two answers the second takes all that is left.
    const isSecond = total === 2 ** 14 && from > 0;
    this.#low += unit * from;
    this.#range = isSecond ? this.#range - unit * from : unit * size;
    if (this.#low >= 2 ** 32) this.#carry();
    for (; this.#range < TOP; this.#range *= 256) this.#shift();
  };

  #carry(): void {
    this.#low -= 2 ** 32;
    let at = this.#out.length - 1;
    for (; this.#out[at] === 255; at--) this.#out[at] = 0;
    this.#out[at] = (this.#out[at] ?? 0) + 1;
  }

  #shift(): void {
    this.#out.push(this.#low >>> 24);
    this.#low = (this.#low << 8) >>> 0;
  }

  /** It begins with a zero. */
  bytes(): Uint8Array {
    for (let i = 0; i < 4; i++) this.#shift();
    return Uint8Array.from([0, ...this.#out]);
  }
}
