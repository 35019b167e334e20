import type { Sealed } from '../evidence/segment.ts';
import type { ProblemCode, ProblemDraft } from '../model/artifact.ts';
import type { Basis, ClaimDraft, Locator } from '../model/claim.ts';
import type { Limits } from '../model/input.ts';
import type { SegmentLine } from '../model/segment.ts';
import type { Shard } from '../model/unit.ts';
import type { PasswordList } from './passwords.ts';

/** A reader or container that is left out on one artifact, because it died there. */
export interface Skip {
  /** Rendered provenance. */
  readonly path: string;
  readonly opener: string;
  readonly code: Extract<ProblemCode, 'worker-lost' | 'timed-out'>;
  readonly message: string;
}

/** What the main thread asks of a worker: the only code that touches the bytes of a dump. */
export type Task =
  | {
      readonly task: 'extract';
      readonly shard: Shard;
      readonly roots: readonly string[];
      readonly dir: string;
      readonly limits: Limits;
      readonly passwords: PasswordList;
      readonly skip: readonly Skip[];
    }
  /** Everything one file says about itself, nothing sealed. */
  | {
      readonly task: 'inspect';
      readonly file: string;
      readonly limits: Limits;
      readonly passwords: PasswordList;
      readonly skip: readonly Skip[];
    }
  /** The bytes at a provenance; the raw values at the locators of asserted claims, and observed ones made again. */
  | {
      readonly task: 'replay';
      readonly path: string;
      readonly roots: readonly string[];
      /** '' for a single root; otherwise the label each root's paths begin with. */
      readonly labels: readonly string[];
      readonly limits: Limits;
      readonly passwords: PasswordList;
      readonly claims: readonly Replayable[];
      readonly wantBytes: number;
    };

export interface Replayable {
  readonly basis: Basis;
  /** As the report has it: of several observations at one place, it tells which is meant. */
  readonly raw: string;
  readonly locator: Locator;
  readonly reader: string;
  readonly field: string;
  readonly attribute: string;
}

export type Answer =
  /** Sent before an artifact is touched, so that the main thread knows whom to blame. */
  | { readonly answer: 'at'; readonly path: string; readonly opener: string }
  /** Units are finished, of so many bytes each. */
  | { readonly answer: 'units'; readonly bytes: readonly number[] }
  | { readonly answer: 'sealed'; readonly sealed: Sealed }
  | { readonly answer: 'inspected'; readonly lines: readonly SegmentLine[] }
  | {
      readonly answer: 'replayed';
      readonly found: boolean;
      readonly size: number;
      readonly sha256: string;
      readonly bytes: Uint8Array;
      readonly says: readonly ClaimDraft[];
      readonly raws: readonly (string | null)[];
    }
  | { readonly answer: 'failed'; readonly message: string };

export const problemOf = (skip: Skip): ProblemDraft => ({ code: skip.code, message: skip.message });
