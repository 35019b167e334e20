import type { Bytes } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { Rar20 } from './rar20.ts';
import { Rar29 } from './rar29.ts';
import { type MemberContent, RarWindow, type SolidUnpacker } from './rar-window.ts';
import { Broken, Over } from './unpacking.ts';

/** The first version, times ten, of each method. */
const [FIRST_READ_VERSION, RAR29] = [20, 29] as const;

const OVER = 'packed with the help of a member that is over the limit';

/** Members of RAR 2 to 4, in their order, each unpacked once: solid ones with the help of those before them. */
export class RarMembers {
  readonly #out: RarWindow;
  readonly #methods: { readonly old: SolidUnpacker; readonly late: SolidUnpacker };
  /** Why nothing more can be read; null while all is well. */
  #failure: string | null = null;

  /** No more than `cap` bytes of a member are kept. */
  constructor(cap: number, alive: () => void) {
    this.#out = new RarWindow(cap, alive);
    this.#methods = { old: new Rar20(this.#out, alive), late: new Rar29(this.#out, alive) };
    this.restart();
  }

  /** The next member does without those before it. */
  restart(): void {
    this.#out.clear();
    this.#methods.old.restart();
    this.#methods.late.restart();
    this.#failure = null;
  }

  /** What went before is not all there. */
  fail(why: string): void {
    this.#failure ??= why;
  }

  /** The next member, packed by version `needs` (times ten); no more than `budget` bytes come out. Behind one that failed nothing can be read, for the same reason. */
  next(packed: Bytes, needs: number, size: number, budget: number): MemberContent {
    if (needs < FIRST_READ_VERSION) this.fail(`not supported: packed by the method of RAR ${(needs / 10).toFixed(1)}`);
    if (this.#failure !== null) return { bytes: new Uint8Array(0), over: false, error: this.#failure, made: 0 };
    const method = needs < RAR29 ? this.#methods.old : this.#methods.late;
    this.#out.begin(budget);
    const failure = this.#told(() => {
      method.unpack(wholeOf(packed), size);
    }, size);
    const unfinished = this.#told(() => {
      method.finish();
    }, Infinity);
    this.#failure = failure ?? unfinished;
    const content = this.#out.end(size, this.#failure);
    return this.#failure === OVER ? { ...content, bytes: new Uint8Array(0), over: true, error: null } : content;
  }

  /** Why `run` failed; null where it did not, or all bytes are there, whatever stands in place of the end mark: the checksum tells. */
  #told(run: () => void, size: number): string | null {
    try {
      run();
      return null;
    } catch (error) {
      if (error instanceof Over) return OVER;
      if (!(error instanceof Broken)) throw error;
      return this.#out.made >= size ? null : error.message;
    }
  }
}
