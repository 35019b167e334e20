import type { ProblemDraft } from '../model/artifact.ts';
import type { Limits, Password } from '../model/input.ts';
import type { ProvenancePath } from '../model/provenance.ts';
import type { SegmentLine } from '../model/segment.ts';
import type { Contents } from './contents.ts';

/** What the reading of a shard has around it. */
export interface Extraction {
  readonly limits: Limits;
  readonly passwords: readonly Password[];
  /** Where what is too big for memory may lie for a while. */
  readonly scratchDir: string;
  write(line: SegmentLine): void;
  /** Called before an artifact is touched by a reader or container, so that whoever watches knows whom to blame. */
  announce(path: ProvenancePath, opener: string): void;
  /** What this shard has read so far; null where every occurrence is read anew. */
  readonly contents: Contents | null;
  /** A reader or container that died on that artifact before and is left out now. */
  skip(path: ProvenancePath, opener: string): ProblemDraft | null;
}

/** Bytes that came out of one unit, against the bomb that is spread over many members. */
export interface Expansion {
  readonly inBytes: number;
  outBytes: number;
}

export const isSpent = (x: Expansion, limits: Limits): boolean =>
  x.outBytes > limits.expansionFloorBytes && x.outBytes / x.inBytes > limits.maxExpansionRatio;
