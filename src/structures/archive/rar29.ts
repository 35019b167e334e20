import { Ppmd } from './ppmd.ts';
import { RarRanges } from './ppmd-ranges.ts';
import { Bits, Code, numberOf, ranges } from './rar-bits.ts';
import { RarPrograms } from './rar-programs.ts';
import { type MemberContent, RarWindow } from './rar-window.ts';
import { Broken, Over } from './unpacking.ts';

const BITS_OF_LENGTHS = 20;
/** Codes of literals and matches, distances, low bits of distances, lengths of repeats. */
const SIZES = [299, 60, 17, 28] as const;
const ALL_CODES = 404;
const SYMBOL = { endOfBlock: 256, filter: 257, again: 258, recent: 259, short: 263, match: 271 } as const;
const LOW_REPEATS = 15;

const LENGTHS = ranges([8, 4, 4, 4, 4, 4]);
const DISTANCES = ranges([4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 14, 0, 12], 1);
const SHORT_DISTANCES = ranges([0, 0, 2, 1, 1, 1, 3], 1);

type Codes = readonly [main: Code, distance: Code, low: Code, repeat: Code];

/** What follows the escape within PPMd: anything else is the escape itself. */
const ESCAPED = { endOfBlock: 0, endOfMember: 2, filter: 3, match: 4, run: 5 } as const;
const FIRST_ESCAPE = 2;
const PPMD = { begins: 0x20, escape: 0x40 } as const;
const MEBIBYTE = 1024 ** 2;

const over = 'packed with the help of a member that is over the limit';

/** Unpacks members of a solid archive of RAR 2.9 to 4, each in its turn: codes, models, programs and the window are handed on. */
export class Rar29 {
  readonly #out: RarWindow;
  #lengths = new Uint8Array(ALL_CODES);
  #codes: Codes | null = null;
  /** The model goes on where a block does not begin a new one. */
  #model: Ppmd | null = null;
  #escape: number = FIRST_ESCAPE;
  readonly #programs = new RarPrograms();
  #recent = [0, 0, 0, 0];
  #lastLength = 0;
  #low = 0;
  #lowRepeats = 0;
  /** Why nothing more can be read; null while all is well. */
  #failure: string | null = null;

  /** No more than `cap` bytes of a member are kept. */
  constructor(cap: number, alive: () => void) {
    this.#out = new RarWindow(cap, alive);
  }

  /** Nothing is handed on to the next member. */
  restart(): void {
    this.#out.clear();
    this.#lengths.fill(0);
    this.#codes = this.#model = null;
    this.#escape = FIRST_ESCAPE;
    this.#programs.forget();
    this.#recent = [0, 0, 0, 0];
    this.#lastLength = 0;
    this.#failure = null;
  }

  /** The next member; no more than `budget` bytes come out. Behind a member that failed nothing can be read, for the same reason. */
  next(packed: Uint8Array, size: number, budget: number): MemberContent {
    if (this.#failure !== null) return { bytes: new Uint8Array(0), over: false, error: this.#failure, made: 0 };
    this.#out.begin(budget);
    const error = this.#told(() => {
      this.#run(new Bits(packed), size);
    }, size);
    const content = this.#out.end(size, this.#told(() => this.#programs.run(this.#out), Infinity) ?? error);
    if (error === over) return { ...content, bytes: new Uint8Array(0), over: true, error: null };
    return content;
  }

  /** Why `run` failed; null where it did not, or all of `size` bytes is there, whatever stands in place of the end mark: the checksum tells. */
  #told(run: () => void, size: number): string | null {
    try {
      run();
      return null;
    } catch (error) {
      if (!(error instanceof Over) && !(error instanceof Broken)) throw error;
      if (error instanceof Broken && this.#out.made >= size) return null;
      return (this.#failure = error instanceof Over ? over : error.message);
    }
  }

  #run(bits: Bits, size: number): void {
    let isMore = true;
    if (this.#codes === null) this.#readHeader(bits);
    while (isMore) isMore = this.#codes === null ? this.#readModelled(bits, size) : this.#readCoded(bits, size);
  }
}
