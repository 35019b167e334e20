import { scratchFiles } from '../corpus/scratch-files.ts';
import type { Bytes, Input } from '../model/input.ts';
import type { ProvenancePath } from '../model/provenance.ts';
import { inputOf } from '../structures/bytes.ts';
import type { Extraction } from './extraction.ts';

/** What a reader or a container works with, on one artifact. */
export interface Bench {
  readonly input: Input;
  /** Announces whoever touches the artifact now; the signs of life that come later are its own. */
  blame(opener: string): void;
  /** Removes what was too big for memory: between children, and at the end. */
  clear(): void;
}

export function benchFor(path: ProvenancePath, bytes: Bytes, volumes: readonly Bytes[], e: Extraction): Bench {
  const scratch = scratchFiles(e.scratchDir);
  let opener = 'recognise';
  const alive = (): void => e.announce(path, opener);
  return {
    input: inputOf(bytes, e.limits, { volumes, passwords: e.passwords, scratch: () => scratch.make(), alive }),
    blame: (by) => {
      opener = by;
      alive();
    },
    clear: () => scratch.release(),
  };
}
