const signed = (byte: number): number => (byte << 24) >> 24;

/** Every so many bytes the weight that would have helped most is moved. */
const ADAPTED_EVERY = 32;
const FURTHEST = 16;

/**
 * One channel of sound as RAR 2 to 4 pack it: each byte is told by what it differs from a guess, made from the byte before and
 * weighted terms: the last change, changes of the change, and the change of the channel beside where there are five terms.
 */
export class RarSound {
  readonly #weights: Int32Array;
  readonly #terms: Int32Array;
  /** What the difference would have cost as it is, and with each term taken away or added. */
  readonly #costs: Float64Array;
  #count: number;
  #last = 0;
  change = 0;

  /** `count`: bytes that are taken to be there already. */
  constructor(terms: 3 | 5, count: number) {
    this.#weights = new Int32Array(terms);
    this.#terms = new Int32Array(terms);
    this.#costs = new Float64Array(2 * terms + 1);
    this.#count = count;
  }

  /** `beside`: the last change in any channel. */
  next(stored: number, beside: number): number {
    const [terms, weights, costs] = [this.#terms, this.#weights, this.#costs];
    const before = terms[0] ?? 0;
    terms.copyWithin(2, 1, Math.min(4, terms.length) - 1);
    terms[1] = this.change - before;
    terms[0] = this.change;
    if (terms.length === 5) terms[4] = beside;
    let guess = 8 * this.#last;
    for (let i = 0; i < terms.length; i++) guess += (weights[i] ?? 0) * (terms[i] ?? 0);
    const byte = ((guess >> 3) - stored) & 0xff;
    this.change = signed(byte - this.#last);
    this.#last = byte;
    const cost = signed(stored) * 8;
    costs[0] = (costs[0] ?? 0) + Math.abs(cost);
    for (let i = 0; i < terms.length; i++) {
      costs[2 * i + 1] = (costs[2 * i + 1] ?? 0) + Math.abs(cost - (terms[i] ?? 0));
      costs[2 * i + 2] = (costs[2 * i + 2] ?? 0) + Math.abs(cost + (terms[i] ?? 0));
    }
    if (this.#count++ % ADAPTED_EVERY === 0) this.#adapt();
    return byte;
  }

  #adapt(): void {
    const best = this.#costs.indexOf(Math.min(...this.#costs));
    this.#costs.fill(0);
    if (best === 0) return;
    const which = (best - 1) >> 1;
    const weight = this.#weights[which] ?? 0;
    if (best % 2 === 1 && weight >= -FURTHEST) this.#weights[which] = weight - 1;
    if (best % 2 === 0 && weight < FURTHEST) this.#weights[which] = weight + 1;
  }
}
