import { MOST_FREQUENT, ONLY, PpmdContexts, STATE, SYMBOLS } from './ppmd-contexts.ts';
import { PpmdEscapes } from './ppmd-escapes.ts';
import { sizeFor } from './ppmd-memory.ts';
import type { PpmdRanges } from './ppmd-ranges.ts';
import { Broken } from './unpacking.ts';

const BINARY_TOTAL = 2 ** 14;
const FIRST_BINARY = [0x3cdd, 0x1f3f, 0x59bf, 0x48f3, 0x64a1, 0x5abc, 0x6632, 0x6051];
const ESCAPES = [25, 14, 9, 7, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2];
const BINARY_ROW = 64;
const PERIOD = 7;

const binaryOfSuffix = (states: number): number => (states === 1 ? 0 : states === 2 ? 2 : states <= 11 ? 4 : 6);
const isLetter = (symbol: number): number => (symbol >= 0x40 ? 8 : 0);

const mean = (probability: number): number => (probability + (1 << (PERIOD - 2))) >> PERIOD;

/**
 * A model of PPMd var. H (Shkarin, "PPM: one step to practicality", 2002), as RAR 2.9 to 4 have it: symbols are told by what
 * followed the same beginning before. What it learns depends on the symbols alone, so that no bytes can bring it into a state
 * that an honest text could not.
 */
export class Ppmd {
  readonly #tree: PpmdContexts;
  /** Bytes that its memory may have. */
  readonly most: number;
  #size = 0;
  #order = 2;
  #longest = 0;
  #context = 0;
  #found = 0;
  #orderFall = 0;
  #run = 0;
  #firstRun = 0;
  #wasLikely = 0;
  #letter = 0;
  readonly #binary = new Uint16Array(128 * BINARY_ROW);
  readonly #escapes = new PpmdEscapes();
  /** Symbols that are ruled out have the number of the current one. */
  readonly #masks = new Uint32Array(SYMBOLS);
  #mask = 0;
  readonly #open = new Uint32Array(SYMBOLS);

  /** `most`: bytes that its memory may have. */
  constructor(most: number) {
    this.most = most;
    this.#tree = new PpmdContexts(most);
    this.begin(2, most);
  }

  /** Forgets all. `order`: the most symbols that are looked back at, from 2 to 64; `size`: bytes of its memory, a multiple of 4. */
  begin(order: number, size: number): void {
    this.#size = size;
    this.#order = order;
    const tree = this.#tree;
    const { memory } = tree;
    memory.restart(size);
    this.#orderFall = this.#order;
    this.#run = this.#firstRun = -Math.min(this.#order, 12) - 1;
    this.#wasLikely = 0;
    const root = memory.context();
    const states = memory.piece(sizeFor(SYMBOLS / 2));
    this.#context = this.#longest = root;
    this.#found = states;
    this.#tree.setCount(root, SYMBOLS);
    this.#tree.setSum(root, SYMBOLS + 1);
    tree.setStates(root, states);
    tree.setSuffix(root, 0);
    for (let symbol = 0; symbol < SYMBOLS; symbol++) this.#tree.setState(states + symbol * STATE, symbol, 1, 0);
    for (let i = 0; i < this.#binary.length; i++)
      this.#binary[i] = BINARY_TOTAL - Math.floor((FIRST_BINARY[i % 8] ?? 0) / (Math.floor(i / BINARY_ROW) + 2));
    this.#escapes.begin();
  }

  /** The next byte. Throws where the stream says what the model does not know. */
  read(from: PpmdRanges): number {
    if (this.#tree.count(this.#context) === 1) {
      if (this.#readBinary(from)) return this.#symbolFound();
    } else if (this.#readFirst(from)) return this.#symbolFound();
    while (!this.#readEscaped(from));
    return this.#symbolFound();
  }

  /** What was found, after which the model has learnt: its place may have changed, not its symbol. */
  #symbolFound(): number {
    const symbol = this.#tree.symbol(this.#found);
    const successor = this.#tree.successor(this.#found);
    if (this.#orderFall === 0 && successor > this.#tree.memory.text) this.#context = this.#longest = successor;
    else this.#update();
    return symbol;
  }

  #readBinary(from: PpmdRanges): boolean {
    const context = this.#context;
    const state = context + ONLY;
    this.#letter = isLetter(this.#tree.symbol(this.#found));
    const row =
      this.#wasLikely +
      binaryOfSuffix(this.#tree.count(this.#tree.suffix(context))) +
      this.#letter +
      2 * isLetter(this.#tree.symbol(state)) +
      ((this.#run >> 26) & 0x20);
    const at = (this.#tree.frequency(state) - 1) * BINARY_ROW + row;
    const probability = this.#binary[at] ?? 0;
    if (from.count(BINARY_TOTAL) < probability) {
      from.take(0, probability);
      this.#binary[at] = probability + (1 << PERIOD) - mean(probability);
      this.#found = state;
      if (this.#tree.frequency(state) < 128) this.#tree.setFrequency(state, this.#tree.frequency(state) + 1);
      this.#wasLikely = 1;
      this.#run++;
      return true;
    }
    from.take(probability, BINARY_TOTAL - probability);
    const left = probability - mean(probability);
    this.#binary[at] = left;
    this.#tree.escape = ESCAPES[left >> 10] ?? 0;
    this.#wasLikely = 0;
    this.#mask++;
    this.#masks[this.#tree.symbol(state)] = this.#mask;
    return false;
  }

  #readFirst(from: PpmdRanges): boolean {
    const context = this.#context;
    const [total, states] = [this.#tree.sum(context), this.#tree.states(context)];
    const count = from.count(total);
    const last = states + (this.#tree.count(context) - 1) * STATE;
    let below = 0;
    for (let state = states; state <= last; state += STATE) {
      const frequency = this.#tree.frequency(state);
      if (count < below + frequency) {
        from.take(below, frequency);
        this.#learnFirst(state, state === states);
        return true;
      }
      below += frequency;
    }
    if (count >= total) throw new Broken('the content is damaged');
    this.#wasLikely = 0;
    this.#letter = isLetter(this.#tree.symbol(this.#found));
    from.take(below, total - below);
    this.#mask++;
    for (let state = states; state <= last; state += STATE) this.#masks[this.#tree.symbol(state)] = this.#mask;
    return false;
  }

  #learnFirst(state: number, isMostLikely: boolean): void {
    const context = this.#context;
    const frequency = this.#tree.frequency(state);
    this.#found = state;
    this.#wasLikely = isMostLikely && 2 * frequency > this.#tree.sum(context) ? 1 : 0;
    this.#run += this.#wasLikely;
    this.#tree.setSum(context, this.#tree.sum(context) + 4);
    this.#tree.setFrequency(state, frequency + 4);
    if (!isMostLikely) {
      if (frequency + 4 <= this.#tree.frequency(state - STATE)) return;
      this.#tree.swapBack(state);
      this.#found = state - STATE;
    }
    if (frequency + 4 > MOST_FREQUENT) this.#rescale();
  }

  /** In the next shorter context that knows more: true where the symbol was found. */
  #readEscaped(from: PpmdRanges): boolean {
    const masked = this.#tree.count(this.#context);
    do {
      this.#orderFall++;
      const suffix = this.#tree.suffix(this.#context);
      if (suffix === 0) throw new Broken('the content is damaged');
      this.#context = suffix;
    } while (this.#tree.count(this.#context) === masked);
    const context = this.#context;
    const left = this.#tree.count(context) - masked;
    const open = this.#open;
    let known = 0;
    const states = this.#tree.states(context);
    const end = states + this.#tree.count(context) * STATE;
    for (let state = states, i = 0; state < end; state += STATE) {
      if (this.#masks[this.#tree.symbol(state)] === this.#mask) continue;
      known += this.#tree.frequency(state);
      open[i++] = state;
    }
    const see = this.#escapes.of({
      states: masked + left,
      open: left,
      shorter: this.#tree.count(this.#tree.suffix(context)),
      sum: this.#tree.sum(context),
      letter: this.#letter,
    });
    const total = known + this.#escapes.frequency(see);
    const count = from.count(total);
    if (count >= total) throw new Broken('the content is damaged');
    if (count < known) {
      this.#choose(from, count, see);
      return true;
    }
    from.take(known, total - known);
    this.#escapes.escaped(see, total);
    for (let i = 0; i < left; i++) this.#masks[this.#tree.symbol(open[i] ?? 0)] = this.#mask;
    return false;
  }

  #choose(from: PpmdRanges, count: number, see: number): void {
    let [below, i] = [0, 0];
    for (; below + this.#tree.frequency(this.#open[i] ?? 0) <= count; i++) below += this.#tree.frequency(this.#open[i] ?? 0);
    const state = this.#open[i] ?? 0;
    const frequency = this.#tree.frequency(state);
    from.take(below, frequency);
    this.#escapes.stayed(see);
    this.#found = state;
    this.#tree.setSum(this.#context, this.#tree.sum(this.#context) + 4);
    this.#tree.setFrequency(state, frequency + 4);
    if (frequency + 4 > MOST_FREQUENT) this.#rescale();
    this.#run = this.#firstRun;
  }

  /** Halves the frequencies of the context, sorts its states by them, and drops those that fall to none. */
  #rescale(): void {
    const context = this.#context;
    const states = this.#tree.states(context);
    const [adder, count] = [this.#orderFall === 0 ? 0 : 1, this.#tree.count(context)];
    this.#tree.moveBack(this.#found, states);
    let escapes = this.#tree.sum(context) - this.#tree.frequency(states);
    let sum = (this.#tree.frequency(states) + 4 + adder) >> 1;
    this.#tree.setFrequency(states, sum);
    for (let i = 1; i < count; i++) {
      const state = states + i * STATE;
      escapes -= this.#tree.frequency(state);
      const halved = (this.#tree.frequency(state) + adder) >> 1;
      this.#tree.setFrequency(state, halved);
      sum += halved;
      let to = state;
      while (to > states && halved > this.#tree.frequency(to - STATE)) to -= STATE;
      this.#tree.moveBack(state, to);
    }
    let kept = count;
    while (this.#tree.frequency(states + (kept - 1) * STATE) === 0) kept--;
    escapes += count - kept;
    this.#found = states;
    if (kept < count && this.#drop(context, count, kept, escapes)) return;
    this.#tree.setSum(context, sum + escapes - (escapes >> 1));
    this.#found = this.#tree.states(context);
  }

  /** True where one state is left, which then stands in the context itself. */
  #drop(context: number, count: number, kept: number, escapes: number): boolean {
    const states = this.#tree.states(context);
    this.#tree.setCount(context, kept);
    const units = (count + 1) >> 1;
    if (kept > 1) {
      this.#tree.setStates(context, this.#tree.memory.shrink(states, units, (kept + 1) >> 1));
      return false;
    }
    let frequency = this.#tree.frequency(states);
    let rest = escapes;
    do {
      frequency -= frequency >> 1;
      rest >>= 1;
    } while (rest > 1);
    this.#tree.copyState(context + ONLY, states);
    this.#tree.setFrequency(context + ONLY, frequency);
    this.#tree.memory.give(states, sizeFor(units));
    this.#found = context + ONLY;
    return true;
  }

  /** Tells the next shorter context of what was found. */
  #learnShorter(symbol: number): void {
    const context = this.#tree.suffix(this.#context);
    if (context === 0) return;
    if (this.#tree.count(context) === 1) {
      const frequency = this.#tree.frequency(context + ONLY);
      if (frequency < 32) this.#tree.setFrequency(context + ONLY, frequency + 1);
      return;
    }
    let state = this.#tree.stateOf(context, symbol);
    if (state !== this.#tree.states(context) && this.#tree.frequency(state) >= this.#tree.frequency(state - STATE)) {
      this.#tree.swapBack(state);
      state -= STATE;
    }
    if (this.#tree.frequency(state) >= MOST_FREQUENT - 9) return;
    this.#tree.setFrequency(state, this.#tree.frequency(state) + 2);
    this.#tree.setSum(context, this.#tree.sum(context) + 2);
  }

  /** Learns what was found; begins anew where the memory is full. */
  #update(): void {
    if (!this.#learn()) this.begin(this.#order, this.#size);
  }

  #learn(): boolean {
    const found = this.#found;
    const [symbol, frequency, context, memory] = [this.#tree.symbol(found), this.#tree.frequency(found), this.#context, this.#tree.memory];
    let next = this.#tree.successor(found);
    if (frequency < MOST_FREQUENT / 4) this.#learnShorter(symbol);
    if (this.#orderFall === 0) {
      this.#context = this.#longest = this.#tree.lengthen(context, found, true);
      this.#tree.setSuccessor(found, this.#context);
      return this.#context !== 0;
    }
    memory.bytes[memory.text++] = symbol;
    let successor = memory.text;
    if (successor >= memory.unitsStart) return false;
    if (next === 0) {
      this.#tree.setSuccessor(found, successor);
      next = context;
    } else {
      if (next <= successor) next = this.#tree.lengthen(context, found, false);
      if (next === 0) return false;
      if (--this.#orderFall === 0) {
        successor = next;
        if (this.#longest !== context) memory.text--;
      }
    }
    const count = this.#tree.count(context);
    const others = this.#tree.sum(context) - count - (frequency - 1);
    for (let each = this.#longest; each !== context; each = this.#tree.suffix(each))
      if (!this.#tree.add(each, symbol, frequency, successor, count, others)) return false;
    this.#context = this.#longest = next;
    return true;
  }
}
