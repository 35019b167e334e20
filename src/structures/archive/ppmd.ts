import { PpmdMemory, sizeFor, UNIT } from './ppmd-memory.ts';
import type { PpmdRanges } from './ppmd-ranges.ts';
import { Broken } from './unpacking.ts';

const MOST_FREQUENT = 124;
const BINARY_TOTAL = 2 ** 14;
const STATE = 6;
const SYMBOLS = 256;
/** Of a context: how many states, the sum of their frequencies (both half words); where they are, the next shorter context (words). */
const AT = { sum: 2, states: 4, suffix: 8 } as const;
/** The one state of a context that has one stands in place of the sum. */
const ONLY = 2;
const FIRST_BINARY = [0x3cdd, 0x1f3f, 0x59bf, 0x48f3, 0x64a1, 0x5abc, 0x6632, 0x6051];
const ESCAPES = [25, 14, 9, 7, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2];
const [BINARY_ROW, SEE_ROW, SEE_ROWS] = [64, 16, 25];
const PERIOD = 7;
/** Of escapes from the context that knows all symbols, which are not estimated. */
const NO_SEE = SEE_ROW * SEE_ROWS;

const binaryOfSuffix = (states: number): number => (states === 1 ? 0 : states === 2 ? 2 : states <= 11 ? 4 : 6);
const isLetter = (symbol: number): number => (symbol >= 0x40 ? 8 : 0);

/** Rows of the estimated escapes by how many states are left: one each at first, then more and more of them share one. */
const SEE_ROW_OF = new Uint8Array(SYMBOLS);
for (let i = 3, row = 3, left = 1; i < SYMBOLS; i++) {
  SEE_ROW_OF[i] = row;
  if (--left === 0) left = ++row - 2;
}
SEE_ROW_OF.set([0, 1, 2]);

const mean = (probability: number): number => (probability + (1 << (PERIOD - 2))) >> PERIOD;

/**
 * A model of PPMd var. H (Shkarin, "PPM: one step to practicality", 2002), as RAR 2.9 to 4 have it: symbols are told by what
 * followed the same beginning before. What it learns depends on the symbols alone, so that no bytes can bring it into a state
 * that an honest text could not.
 */
export class Ppmd {
  readonly #memory: PpmdMemory;
  readonly #b: Uint8Array;
  readonly #h: Uint16Array;
  readonly #w: Uint32Array;
  readonly #order: number;
  #longest = 0;
  #context = 0;
  #found = 0;
  #orderFall = 0;
  #run = 0;
  #firstRun = 0;
  #wasLikely = 0;
  #escape = 0;
  #letter = 0;
  readonly #binary = new Uint16Array(128 * BINARY_ROW);
  readonly #seeSum = new Uint16Array(NO_SEE + 1);
  readonly #seeShift = new Uint8Array(NO_SEE + 1);
  readonly #seeCount = new Uint8Array(NO_SEE + 1);
  /** Symbols that are ruled out have the number of the current one. */
  readonly #masks = new Uint32Array(SYMBOLS);
  #mask = 0;
  readonly #open = new Uint32Array(SYMBOLS);
  readonly #path = new Uint32Array(64);

  /** `order` from 2 to 64; `size`: bytes of its memory, a multiple of 4. */
  constructor(order: number, size: number) {
    this.#order = order;
    this.#memory = new PpmdMemory(size);
    this.#b = this.#memory.bytes;
    this.#h = this.#memory.halves;
    this.#w = this.#memory.words;
    this.restart();
  }

  restart(): void {
    const memory = this.#memory;
    memory.restart();
    this.#orderFall = this.#order;
    this.#run = this.#firstRun = -Math.min(this.#order, 12) - 1;
    this.#wasLikely = 0;
    const root = memory.context();
    const states = memory.piece(sizeFor(SYMBOLS / 2));
    this.#context = this.#longest = root;
    this.#found = states;
    this.#setCount(root, SYMBOLS);
    this.#setSum(root, SYMBOLS + 1);
    this.#w[(root + AT.states) >> 2] = states;
    this.#w[(root + AT.suffix) >> 2] = 0;
    for (let symbol = 0; symbol < SYMBOLS; symbol++) this.#setState(states + symbol * STATE, symbol, 1, 0);
    for (let i = 0; i < this.#binary.length; i++)
      this.#binary[i] = BINARY_TOTAL - Math.floor((FIRST_BINARY[i % 8] ?? 0) / (Math.floor(i / BINARY_ROW) + 2));
    for (let i = 0; i < NO_SEE; i++) this.#seeSum[i] = (5 * Math.floor(i / SEE_ROW) + 10) << (PERIOD - 4);
    this.#seeShift.fill(PERIOD - 4);
    this.#seeCount.fill(4);
    this.#seeShift[NO_SEE] = PERIOD;
  }

  #count(context: number): number {
    return this.#h[context >> 1] ?? 0;
  }
  #setCount(context: number, value: number): void {
    this.#h[context >> 1] = value;
  }
  #sum(context: number): number {
    return this.#h[(context + AT.sum) >> 1] ?? 0;
  }
  #setSum(context: number, value: number): void {
    this.#h[(context + AT.sum) >> 1] = value;
  }
  #states(context: number): number {
    return this.#w[(context + AT.states) >> 2] ?? 0;
  }
  #suffix(context: number): number {
    return this.#w[(context + AT.suffix) >> 2] ?? 0;
  }
  #symbol(state: number): number {
    return this.#b[state] ?? 0;
  }
  #frequency(state: number): number {
    return this.#b[state + 1] ?? 0;
  }
  #setFrequency(state: number, value: number): void {
    this.#b[state + 1] = value;
  }
  #successor(state: number): number {
    const at = (state + 2) >> 1;
    return ((this.#h[at] ?? 0) | ((this.#h[at + 1] ?? 0) << 16)) >>> 0;
  }
  #setSuccessor(state: number, value: number): void {
    const at = (state + 2) >> 1;
    this.#h[at] = value;
    this.#h[at + 1] = value >>> 16;
  }
  #setState(state: number, symbol: number, frequency: number, successor: number): void {
    this.#b[state] = symbol;
    this.#b[state + 1] = frequency;
    this.#setSuccessor(state, successor);
  }
  #copyState(to: number, from: number): void {
    const [a, b] = [to >> 1, from >> 1];
    const h = this.#h;
    h[a] = h[b] ?? 0;
    h[a + 1] = h[b + 1] ?? 0;
    h[a + 2] = h[b + 2] ?? 0;
  }
  /** With the one in front of it. */
  #swapBack(state: number): void {
    const h = this.#h;
    for (let at = state >> 1, i = 0; i < 3; i++, at++) {
      const before = h[at - 3] ?? 0;
      h[at - 3] = h[at] ?? 0;
      h[at] = before;
    }
  }
  /** Takes a state in front of those from `to` on. */
  #moveBack(state: number, to: number): void {
    for (let at = state; at > to; at -= STATE) this.#swapBack(at);
  }
  #stateOf(context: number, symbol: number): number {
    let state = this.#states(context);
    for (let i = 1; i < SYMBOLS && this.#b[state] !== symbol; i++) state += STATE;
    return state;
  }

  /** The next byte. Throws where the stream says what the model does not know. */
  read(from: PpmdRanges): number {
    if (this.#count(this.#context) === 1) {
      if (this.#readBinary(from)) return this.#symbolFound();
    } else if (this.#readFirst(from)) return this.#symbolFound();
    while (!this.#readEscaped(from));
    return this.#symbolFound();
  }

  /** What was found, after which the model has learnt: its place may have changed, not its symbol. */
  #symbolFound(): number {
    const symbol = this.#symbol(this.#found);
    const successor = this.#successor(this.#found);
    if (this.#orderFall === 0 && successor > this.#memory.text) this.#context = this.#longest = successor;
    else this.#update();
    return symbol;
  }

  #readBinary(from: PpmdRanges): boolean {
    const context = this.#context;
    const state = context + ONLY;
    this.#letter = isLetter(this.#symbol(this.#found));
    const row =
      this.#wasLikely +
      binaryOfSuffix(this.#count(this.#suffix(context))) +
      this.#letter +
      2 * isLetter(this.#symbol(state)) +
      ((this.#run >> 26) & 0x20);
    const at = (this.#frequency(state) - 1) * BINARY_ROW + row;
    const probability = this.#binary[at] ?? 0;
    if (from.count(BINARY_TOTAL) < probability) {
      from.take(0, probability);
      this.#binary[at] = probability + (1 << PERIOD) - mean(probability);
      this.#found = state;
      if (this.#frequency(state) < 128) this.#setFrequency(state, this.#frequency(state) + 1);
      this.#wasLikely = 1;
      this.#run++;
      return true;
    }
    from.take(probability, BINARY_TOTAL - probability);
    const left = probability - mean(probability);
    this.#binary[at] = left;
    this.#escape = ESCAPES[left >> 10] ?? 0;
    this.#wasLikely = 0;
    this.#mask++;
    this.#masks[this.#symbol(state)] = this.#mask;
    return false;
  }

  #readFirst(from: PpmdRanges): boolean {
    const context = this.#context;
    const [total, states] = [this.#sum(context), this.#states(context)];
    const count = from.count(total);
    const last = states + (this.#count(context) - 1) * STATE;
    let below = 0;
    for (let state = states; state <= last; state += STATE) {
      const frequency = this.#frequency(state);
      if (count < below + frequency) {
        from.take(below, frequency);
        this.#learnFirst(state, state === states);
        return true;
      }
      below += frequency;
    }
    if (count >= total) throw new Broken('the content is damaged');
    this.#wasLikely = 0;
    this.#letter = isLetter(this.#symbol(this.#found));
    from.take(below, total - below);
    this.#mask++;
    for (let state = states; state <= last; state += STATE) this.#masks[this.#symbol(state)] = this.#mask;
    return false;
  }

  #learnFirst(state: number, isMostLikely: boolean): void {
    const context = this.#context;
    const frequency = this.#frequency(state);
    this.#found = state;
    this.#wasLikely = isMostLikely && 2 * frequency > this.#sum(context) ? 1 : 0;
    this.#run += this.#wasLikely;
    this.#setSum(context, this.#sum(context) + 4);
    this.#setFrequency(state, frequency + 4);
    if (!isMostLikely) {
      if (frequency + 4 <= this.#frequency(state - STATE)) return;
      this.#swapBack(state);
      this.#found = state - STATE;
    }
    if (frequency + 4 > MOST_FREQUENT) this.#rescale();
  }

  /** In the next shorter context that knows more: true where the symbol was found. */
  #readEscaped(from: PpmdRanges): boolean {
    const masked = this.#count(this.#context);
    do {
      this.#orderFall++;
      const suffix = this.#suffix(this.#context);
      if (suffix === 0) throw new Broken('the content is damaged');
      this.#context = suffix;
    } while (this.#count(this.#context) === masked);
    const context = this.#context;
    const left = this.#count(context) - masked;
    const open = this.#open;
    let known = 0;
    const states = this.#states(context);
    const end = states + this.#count(context) * STATE;
    for (let state = states, i = 0; state < end; state += STATE) {
      if (this.#masks[this.#symbol(state)] === this.#mask) continue;
      known += this.#frequency(state);
      open[i++] = state;
    }
    const see = this.#seeOf(context, masked, left);
    const total = known + this.#escapesOf(see);
    const count = from.count(total);
    if (count >= total) throw new Broken('the content is damaged');
    if (count < known) {
      this.#choose(from, count, see);
      return true;
    }
    from.take(known, total - known);
    this.#seeSum[see] = (this.#seeSum[see] ?? 0) + total;
    for (let i = 0; i < left; i++) this.#masks[this.#symbol(open[i] ?? 0)] = this.#mask;
    return false;
  }

  #choose(from: PpmdRanges, count: number, see: number): void {
    let [below, i] = [0, 0];
    for (; below + this.#frequency(this.#open[i] ?? 0) <= count; i++) below += this.#frequency(this.#open[i] ?? 0);
    const state = this.#open[i] ?? 0;
    const frequency = this.#frequency(state);
    from.take(below, frequency);
    const shift = this.#seeShift[see] ?? 0;
    if (shift < PERIOD) {
      const left = (this.#seeCount[see] ?? 0) - 1;
      this.#seeCount[see] = left;
      if (left === 0) {
        this.#seeSum[see] = (this.#seeSum[see] ?? 0) << 1;
        this.#seeCount[see] = 3 << shift;
        this.#seeShift[see] = shift + 1;
      }
    }
    this.#found = state;
    this.#setSum(this.#context, this.#sum(this.#context) + 4);
    this.#setFrequency(state, frequency + 4);
    if (frequency + 4 > MOST_FREQUENT) this.#rescale();
    this.#run = this.#firstRun;
  }

  #seeOf(context: number, masked: number, left: number): number {
    const states = this.#count(context);
    if (states === SYMBOLS) return NO_SEE;
    const more = this.#count(this.#suffix(context)) - states;
    const column = (left < more ? 1 : 0) + (this.#sum(context) < 11 * states ? 2 : 0) + (masked > left ? 4 : 0) + this.#letter;
    return (SEE_ROW_OF[left - 1] ?? 0) * SEE_ROW + column;
  }

  #escapesOf(see: number): number {
    if (see === NO_SEE) return 1;
    const sum = this.#seeSum[see] ?? 0;
    const escapes = sum >> (this.#seeShift[see] ?? 0);
    this.#seeSum[see] = sum - escapes;
    return Math.max(1, escapes);
  }

  /** Halves the frequencies of the context, sorts its states by them, and drops those that fall to none. */
  #rescale(): void {
    const context = this.#context;
    const states = this.#states(context);
    const [adder, count] = [this.#orderFall === 0 ? 0 : 1, this.#count(context)];
    this.#moveBack(this.#found, states);
    let escapes = this.#sum(context) - this.#frequency(states);
    let sum = (this.#frequency(states) + 4 + adder) >> 1;
    this.#setFrequency(states, sum);
    for (let i = 1; i < count; i++) {
      const state = states + i * STATE;
      escapes -= this.#frequency(state);
      const halved = (this.#frequency(state) + adder) >> 1;
      this.#setFrequency(state, halved);
      sum += halved;
      let to = state;
      while (to > states && halved > this.#frequency(to - STATE)) to -= STATE;
      this.#moveBack(state, to);
    }
    let kept = count;
    while (this.#frequency(states + (kept - 1) * STATE) === 0) kept--;
    escapes += count - kept;
    this.#found = states;
    if (kept < count && this.#drop(context, count, kept, escapes)) return;
    this.#setSum(context, sum + escapes - (escapes >> 1));
    this.#found = this.#states(context);
  }

  /** True where one state is left, which then stands in the context itself. */
  #drop(context: number, count: number, kept: number, escapes: number): boolean {
    const states = this.#states(context);
    this.#setCount(context, kept);
    const units = (count + 1) >> 1;
    if (kept > 1) {
      this.#w[(context + AT.states) >> 2] = this.#memory.shrink(states, units, (kept + 1) >> 1);
      return false;
    }
    let frequency = this.#frequency(states);
    let rest = escapes;
    do {
      frequency -= frequency >> 1;
      rest >>= 1;
    } while (rest > 1);
    this.#copyState(context + ONLY, states);
    this.#setFrequency(context + ONLY, frequency);
    this.#memory.give(states, sizeFor(units));
    this.#found = context + ONLY;
    return true;
  }

  /** Tells the next shorter context of what was found. */
  #learnShorter(symbol: number): void {
    const context = this.#suffix(this.#context);
    if (context === 0) return;
    if (this.#count(context) === 1) {
      const frequency = this.#frequency(context + ONLY);
      if (frequency < 32) this.#setFrequency(context + ONLY, frequency + 1);
      return;
    }
    let state = this.#stateOf(context, symbol);
    if (state !== this.#states(context) && this.#frequency(state) >= this.#frequency(state - STATE)) {
      this.#swapBack(state);
      state -= STATE;
    }
    if (this.#frequency(state) >= MOST_FREQUENT - 9) return;
    this.#setFrequency(state, this.#frequency(state) + 2);
    this.#setSum(context, this.#sum(context) + 2);
  }

  /** Learns what was found; begins anew where the memory is full. */
  #update(): void {
    if (!this.#learn()) this.restart();
  }

  #learn(): boolean {
    const found = this.#found;
    const [symbol, frequency, context, memory] = [this.#symbol(found), this.#frequency(found), this.#context, this.#memory];
    let next = this.#successor(found);
    if (frequency < MOST_FREQUENT / 4) this.#learnShorter(symbol);
    if (this.#orderFall === 0) {
      this.#context = this.#longest = this.#lengthen(true);
      this.#setSuccessor(found, this.#context);
      return this.#context !== 0;
    }
    this.#b[memory.text++] = symbol;
    let successor = memory.text;
    if (successor >= memory.unitsStart) return false;
    if (next === 0) {
      this.#setSuccessor(found, successor);
      next = context;
    } else {
      if (next <= successor) next = this.#lengthen(false);
      if (next === 0) return false;
      if (--this.#orderFall === 0) {
        successor = next;
        if (this.#longest !== context) memory.text--;
      }
    }
    const count = this.#count(context);
    const others = this.#sum(context) - count - (frequency - 1);
    for (let each = this.#longest; each !== context; each = this.#suffix(each))
      if (!this.#add(each, symbol, frequency, successor, count, others)) return false;
    this.#context = this.#longest = next;
    return true;
  }

  /** Adds a symbol to a context that does not know it: `count` and `others` tell of the context that does. False where there is no room. */
  #add(context: number, symbol: number, frequency: number, successor: number, count: number, others: number): boolean {
    const known = this.#count(context);
    if (!(known === 1 ? this.#addSecond(context, count) : this.#widen(context, known, count))) return false;
    let sum = this.#sum(context);
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
    this.#setSum(context, sum);
    this.#setState(this.#states(context) + known * STATE, symbol, given, successor);
    this.#setCount(context, known + 1);
    return true;
  }

  #addSecond(context: number, count: number): boolean {
    const states = this.#memory.piece(0);
    if (states === 0) return false;
    this.#copyState(states, context + ONLY);
    this.#w[(context + AT.states) >> 2] = states;
    const old = this.#frequency(states);
    const frequency = old < MOST_FREQUENT / 4 - 1 ? old * 2 : MOST_FREQUENT - 4;
    this.#setFrequency(states, frequency);
    this.#setSum(context, frequency + this.#escape + (count > 3 ? 1 : 0));
    return true;
  }

  #widen(context: number, known: number, count: number): boolean {
    if (known % 2 === 0) {
      const states = this.#memory.grow(this.#states(context), known >> 1);
      if (states === 0) return false;
      this.#w[(context + AT.states) >> 2] = states;
    }
    const sum = this.#sum(context);
    this.#setSum(context, sum + (2 * known < count ? 1 : 0) + (4 * known <= count && sum <= 8 * known ? 2 : 0));
    return true;
  }

  /** Makes the contexts that are one symbol longer, from the shortest on; 0 where there is no room. */
  #lengthen(skipsFirst: boolean): number {
    const path = this.#path;
    const symbol = this.#symbol(this.#found);
    const branch = this.#successor(this.#found);
    let [context, steps] = [this.#context, 0];
    if (!skipsFirst) path[steps++] = this.#found;
    for (let suffix = this.#suffix(context); suffix !== 0; suffix = this.#suffix(context)) {
      context = suffix;
      const state = this.#count(context) === 1 ? context + ONLY : this.#stateOf(context, symbol);
      const successor = this.#successor(state);
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
      const longer = this.#memory.context();
      if (longer === 0) return 0;
      this.#setCount(longer, 1);
      this.#setState(longer + ONLY, next, frequency, branch + 1);
      this.#w[(longer + AT.suffix) >> 2] = context;
      this.#setSuccessor(path[--steps] ?? 0, longer);
      context = longer;
    }
    return context;
  }

  #inherited(context: number, symbol: number): number {
    if (this.#count(context) === 1) return this.#frequency(context + ONLY);
    const cf = this.#frequency(this.#stateOf(context, symbol)) - 1;
    const others = this.#sum(context) - this.#count(context) - cf;
    if (2 * cf <= others) return 1 + (5 * cf > others ? 1 : 0);
    return (1 + Math.floor((2 * cf + 3 * others - 1) / (2 * others))) & 0xff;
  }
}
