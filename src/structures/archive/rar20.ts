import { Bits, Code, DISTANCES, LENGTHS, longer, numberOf, SHORT_DISTANCES } from './rar-bits.ts';
import { RarSound } from './rar-sound.ts';
import type { RarWindow, SolidUnpacker } from './rar-window.ts';
import { Broken } from './unpacking.ts';

const BITS_OF_LENGTHS = 19;
/** Codes of literals and matches, distances, lengths of repeats; and of each channel of sound. */
const SIZES = [298, 48, 28] as const;
const [ALL_CODES, SOUND_CODES] = [374, 257];
const MOST_CHANNELS = 4;
const SYMBOL = { again: 256, recent: 257, short: 261, endOfBlock: 269, match: 270 } as const;
const END_OF_SOUND = 256;
/** The next codes may stand behind the last byte of a member, if so many bits are left. */
const LEAST_TABLE = 40;
const TERMS = 5;

/** Three codes, or one for each channel of sound. */
interface Block {
  readonly codes: readonly Code[];
  readonly isSound: boolean;
}

const codeOf = ({ codes }: Block, which: number): Code => {
  const code = codes[which];
  if (!code) throw new Broken('no codes');
  return code;
};

/** Unpacks members of RAR 2.0 to 2.8, which have no marks at their ends. */
export class Rar20 implements SolidUnpacker {
  readonly #alive: () => void;
  readonly #out: RarWindow;
  readonly #lengths = new Uint8Array(MOST_CHANNELS * SOUND_CODES);
  #block: Block | null = null;
  /** The last four distances, the last first. */
  readonly #recent: [number, number, number, number] = [0, 0, 0, 0];
  #lastLength = 0;
  #sounds: RarSound[] = [];
  #channel = 0;
  /** Of the sample before, in whatever channel. */
  #change = 0;

  constructor(out: RarWindow, alive: () => void) {
    this.#out = out;
    this.#alive = alive;
  }

  restart(): void {
    this.#lengths.fill(0);
    this.#block = null;
    this.#recent.fill(0);
    this.#lastLength = 0;
    this.#sounds = Array.from({ length: MOST_CHANNELS }, () => new RarSound(TERMS, 1));
    [this.#channel, this.#change] = [0, 0];
  }

  unpack(packed: Uint8Array, size: number): void {
    const bits = new Bits(packed);
    while (this.#out.made < size) {
      const block = (this.#block ??= this.#readBlock(bits));
      if (this.#readNext(block, bits)) this.#block = null;
    }
    if (this.#block === null || bits.left < LEAST_TABLE) return;
    const { isSound } = this.#block;
    const end = isSound ? END_OF_SOUND : SYMBOL.endOfBlock;
    if (codeOf(this.#block, isSound ? this.#channel : 0).read(bits) === end) this.#block = this.#readBlock(bits);
  }

  finish(): void {
    // Nothing waits.
  }

  /** True at the end of a block. */
  #readNext(block: Block, bits: Bits): boolean {
    if (block.isSound) return this.#readSound(block, bits);
    const symbol = codeOf(block, 0).read(bits);
    if (symbol === SYMBOL.endOfBlock) return true;
    if (symbol < SYMBOL.again) this.#out.push(symbol);
    else if (symbol === SYMBOL.again) this.#copy(this.#recent[0], this.#lastLength);
    else if (symbol < SYMBOL.short) this.#again(this.#recent[symbol - SYMBOL.recent] ?? 0, codeOf(block, 2).read(bits), bits);
    else if (symbol < SYMBOL.endOfBlock) this.#copy(numberOf(SHORT_DISTANCES, symbol - SYMBOL.short, bits), 2);
    else {
      const length = 3 + numberOf(LENGTHS, symbol - SYMBOL.match, bits);
      const distance = numberOf(DISTANCES, codeOf(block, 1).read(bits), bits);
      this.#copy(distance, length + longer(distance));
    }
    return false;
  }

  #again(distance: number, code: number, bits: Bits): void {
    this.#copy(distance, 2 + numberOf(LENGTHS, code, bits) + (distance >= 0x101 ? 1 : 0) + longer(distance));
  }

  /** A distance that is used again stands among the last four twice. */
  #copy(distance: number, length: number): void {
    this.#recent.unshift(distance);
    this.#recent.pop();
    this.#lastLength = length;
    this.#out.copy(distance, length);
  }

  #readSound(block: Block, bits: Bits): boolean {
    const symbol = codeOf(block, this.#channel).read(bits);
    const sound = this.#sounds[this.#channel];
    if (symbol === END_OF_SOUND || !sound) return true;
    this.#out.push(sound.next(symbol, this.#change));
    this.#change = sound.change;
    this.#channel = (this.#channel + 1) % block.codes.length;
    return false;
  }

  #readBlock(bits: Bits): Block {
    // A block may be all header: no byte need come out between two of them.
    this.#alive();
    const isSound = bits.read(1) === 1;
    if (bits.read(1) === 0) this.#lengths.fill(0);
    const channels = isSound ? bits.read(2) + 1 : 0;
    if (isSound && this.#channel >= channels) this.#channel = 0;
    this.#readLengths(bits, isSound ? channels * SOUND_CODES : ALL_CODES);
    const sizes: readonly number[] = isSound ? Array.from({ length: channels }, () => SOUND_CODES) : SIZES;
    let at = 0;
    return { isSound, codes: sizes.map((size) => new Code(this.#lengths.subarray(at, (at += size)))) };
  }

  #readLengths(bits: Bits, count: number): void {
    const how = new Code(Uint8Array.from({ length: BITS_OF_LENGTHS }, () => bits.read(4)));
    const lengths = this.#lengths.subarray(0, count);
    for (let i = 0; i < count;) {
      const n = how.read(bits);
      if (n < 16) {
        lengths[i] = ((lengths[i] ?? 0) + n) & 15;
        i++;
        continue;
      }
      if (n === 16 && i === 0) throw new Broken('a table repeats what is not there');
      const run = n === 16 ? 3 + bits.read(2) : n === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
      lengths.fill(n === 16 ? (lengths[i - 1] ?? 0) : 0, i, i + run);
      i += run;
    }
  }
}
