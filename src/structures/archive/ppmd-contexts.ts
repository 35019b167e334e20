import { PpmdMemory } from './ppmd-memory.ts';

/** The highest frequency; beyond it all of a context are halved. */
export const MOST_FREQUENT = 124;
export const SYMBOLS = 256;
/** Bytes of a state: symbol, frequency, and what follows it, a context or a place in the text. */
export const STATE = 6;
/** Of a context: how many states, the sum of their frequencies (both half words); where they are, the next shorter context (words). */
const AT = { sum: 2, states: 4, suffix: 8 } as const;
/** The one state of a context that has one stands in place of the sum. */
export const ONLY = 2;

/** The contexts of a model of PPMd var. H in its memory: which symbols followed a text, how often, and which longer contexts they lead to. */
export class PpmdContexts {
  readonly memory: PpmdMemory;
  readonly #b: Uint8Array;
  readonly #h: Uint16Array;
  readonly #w: Uint32Array;
  readonly #path = new Uint32Array(64);
  /** How likely an escape was in the last context of one state. */
  escape = 0;

  constructor(most: number) {
    this.memory = new PpmdMemory(most);
    this.#b = this.memory.bytes;
    this.#h = this.memory.halves;
    this.#w = this.memory.words;
  }

  count(context: number): number {
    return this.#h[context >> 1] ?? 0;
  }
  setCount(context: number, value: number): void {
    this.#h[context >> 1] = value;
  }
  sum(context: number): number {
    return this.#h[(context + AT.sum) >> 1] ?? 0;
  }
  setSum(context: number, value: number): void {
    this.#h[(context + AT.sum) >> 1] = value;
  }
  states(context: number): number {
    return this.#w[(context + AT.states) >> 2] ?? 0;
  }
  suffix(context: number): number {
    return this.#w[(context + AT.suffix) >> 2] ?? 0;
  }
  setStates(context: number, states: number): void {
    this.#w[(context + AT.states) >> 2] = states;
  }
  setSuffix(context: number, suffix: number): void {
    this.#w[(context + AT.suffix) >> 2] = suffix;
  }
  symbol(state: number): number {
    return this.#b[state] ?? 0;
  }
  frequency(state: number): number {
    return this.#b[state + 1] ?? 0;
  }
  setFrequency(state: number, value: number): void {
    this.#b[state + 1] = value;
  }
  successor(state: number): number {
    const at = (state + 2) >> 1;
    return ((this.#h[at] ?? 0) | ((this.#h[at + 1] ?? 0) << 16)) >>> 0;
  }
  setSuccessor(state: number, value: number): void {
    const at = (state + 2) >> 1;
    this.#h[at] = value;
    this.#h[at + 1] = value >>> 16;
  }
  setState(state: number, symbol: number, frequency: number, successor: number): void {
    this.#b[state] = symbol;
    this.#b[state + 1] = frequency;
    this.setSuccessor(state, successor);
  }
  copyState(to: number, from: number): void {
    const [a, b] = [to >> 1, from >> 1];
    const h = this.#h;
    h[a] = h[b] ?? 0;
    h[a + 1] = h[b + 1] ?? 0;
    h[a + 2] = h[b + 2] ?? 0;
  }
  /** With the one in front of it. */
  swapBack(state: number): void {
    const h = this.#h;
    for (let at = state >> 1, i = 0; i < 3; i++, at++) {
      const before = h[at - 3] ?? 0;
      h[at - 3] = h[at] ?? 0;
      h[at] = before;
    }
  }
  /** Takes a state in front of those from `to` on. */
  moveBack(state: number, to: number): void {
    for (let at = state; at > to; at -= STATE) this.swapBack(at);
  }
  stateOf(context: number, symbol: number): number {
    let state = this.states(context);
    for (let i = 1; i < SYMBOLS && this.#b[state] !== symbol; i++) state += STATE;
    return state;
  }

  /** Adds a symbol to a context that does not know it: `count` and `others` tell of the context that does. False where there is no room. */
  add(context: number, symbol: number, frequency: number, successor: number, count: number, others: number): boolean {
    const known = this.count(context);
    if (!(known === 1 ? this.#addSecond(context, count) : this.#widen(context, known, count))) return false;
    let sum = this.sum(context);
    const weight = 2 * frequency * (sum + 6);
    const all = others + sum;
    let given: number;
    if (weight < 6 * all) {
      given = 1 + (weight > all ? 1 : 0) + (weight >= 4 * all ? 1 : 0);
      sum += 3;
    } else {
      given = 4 + (weight >= 9 * all ? 1 : 0) + (weight >= 12 * all ? 1 : 0) + (weight >= 15 * all ? 1 : 0);
      sum += given;
    }
    this.setSum(context, sum);
    this.setState(this.states(context) + known * STATE, symbol, given, successor);
    this.setCount(context, known + 1);
    return true;
  }

  #addSecond(context: number, count: number): boolean {
    const states = this.memory.piece(0);
    if (states === 0) return false;
    this.copyState(states, context + ONLY);
    this.setStates(context, states);
    const old = this.frequency(states);
    const frequency = old < MOST_FREQUENT / 4 - 1 ? old * 2 : MOST_FREQUENT - 4;
    this.setFrequency(states, frequency);
    this.setSum(context, frequency + this.escape + (count > 3 ? 1 : 0));
    return true;
  }

  #widen(context: number, known: number, count: number): boolean {
    if (known % 2 === 0) {
      const states = this.memory.grow(this.states(context), known >> 1);
      if (states === 0) return false;
      this.setStates(context, states);
    }
    const sum = this.sum(context);
    this.setSum(context, sum + (2 * known < count ? 1 : 0) + (4 * known <= count && sum <= 8 * known ? 2 : 0));
    return true;
  }

  /** Makes the contexts that are one symbol longer, from the shortest on; 0 where there is no room. */
  lengthen(from: number, found: number, skipsFirst: boolean): number {
    const path = this.#path;
    const symbol = this.symbol(found);
    const branch = this.successor(found);
    let [context, steps] = [from, 0];
    if (!skipsFirst) path[steps++] = found;
    for (let suffix = this.suffix(context); suffix !== 0; suffix = this.suffix(context)) {
      context = suffix;
      const state = this.count(context) === 1 ? context + ONLY : this.stateOf(context, symbol);
      const successor = this.successor(state);
      if (successor !== branch) {
        context = successor;
        break;
      }
      path[steps++] = state;
    }
    if (steps === 0) return context;
    const next = this.#b[branch] ?? 0;
    const frequency = this.#inherited(context, next);
    while (steps > 0) {
      const longer = this.memory.context();
      if (longer === 0) return 0;
      this.setCount(longer, 1);
      this.setState(longer + ONLY, next, frequency, branch + 1);
      this.setSuffix(longer, context);
      this.setSuccessor(path[--steps] ?? 0, longer);
      context = longer;
    }
    return context;
  }

  #inherited(context: number, symbol: number): number {
    if (this.count(context) === 1) return this.frequency(context + ONLY);
    const cf = this.frequency(this.stateOf(context, symbol)) - 1;
    const others = this.sum(context) - this.count(context) - cf;
    if (2 * cf <= others) return 1 + (5 * cf > others ? 1 : 0);
    return (1 + Math.floor((2 * cf + 3 * others - 1) / (2 * others))) & 0xff;
  }
}
