import type { ProblemDraft } from './artifact.ts';
import type { ClaimDraft, Extracted, Locator } from './claim.ts';

/** Budgets counted on output, so that a bomb stops at the same byte on every machine. */
export interface Limits {
  /** Artifacts inside artifacts. */
  readonly maxDepth: number;
  /** Members of one archive. */
  readonly maxChildren: number;
  /** MIME parts of one message. */
  readonly maxParts: number;
  /** Bytes of one artifact, after unpacking. */
  readonly maxArtifactBytes: number;
  /** Bytes out per byte in, checked once more than `expansionFloorBytes` came out. */
  readonly maxExpansionRatio: number;
  readonly expansionFloorBytes: number;
  /** Claims of one artifact. */
  readonly maxClaims: number;
  /** Bytes of passages of one artifact. */
  readonly maxTextBytes: number;
  /** Wall-clock milliseconds without progress on one artifact, kept by the pool. */
  readonly maxMillis: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxDepth: 32,
  maxChildren: 100_000,
  maxParts: 10_000,
  maxArtifactBytes: 1024 ** 3,
  maxExpansionRatio: 200,
  expansionFloorBytes: 256 * 1024 ** 2,
  maxClaims: 10_000,
  maxTextBytes: 16 * 1024 ** 2,
  maxMillis: 10_000,
};

/** Random access without the whole file in memory: backed by a Buffer or a file range. */
export interface Bytes {
  readonly size: number;
  /**
   * At most `length` bytes from `offset`, fewer at the end, none beyond it. Synchronous: only workers read, from a buffer
   * or by readSync; a thousand 4-byte reads must not cost a thousand ticks. The result may share memory: do not write to it.
   */
  slice(offset: number, length: number): Uint8Array;
  /** A window that reads from this one; no copy. */
  window(offset: number, length: number): Bytes;
}

/** One line of the list given with `--password-file`. The text never reaches a report; its line may. */
export interface Password {
  /** From 1, in the file. */
  readonly line: number;
  readonly text: string;
}

/** Room outside of memory for one thing that is too big for it: written from front to back, then read at random. */
export interface Scratch {
  write(chunk: Uint8Array): void;
  /** Ends the writing. What it gives can be read until the artifact that was made of it is done. */
  done(): Bytes;
}

export interface Input {
  /** Of the file that opens a split set: all its volumes, one behind another. */
  readonly bytes: Bytes;
  /** The volumes of a split set in order, as windows of `bytes`, empty where one is missing; [] for a file that stands alone. */
  readonly volumes: readonly Bytes[];
  readonly limits: Limits;
  /** To try, in this order. */
  readonly passwords: readonly Password[];
  /** Makes room for one unpacked thing; null where there is none but memory. */
  readonly scratch: (() => Scratch) | null;
  /** Called now and then by whatever takes long, lest it be taken for hanging. */
  alive(): void;
  /** Runs `parse` once per artifact, so that a container and a reader of one type share one parse. Keyed by the function. */
  once<T>(parse: (input: Input) => T): T;
}

export type Certainty = 'no' | 'maybe' | 'certain';

/** One line of the table of types: what some bytes are, whether or not anything here reads them. */
export interface Signature {
  readonly mediaType: string;
  /** Looks at the first 4 KiB only. Must not throw, must not look at the name. */
  probe(head: Uint8Array): Certainty;
  /** A second look where the head cannot tell (a zip's directory, an OLE root). Returns the media type, or null: not this. */
  confirm?(input: Input): string | null;
}

/** Turns one artifact into claims. Yields as it goes: what was read before a failure is kept. */
export interface FormatReader {
  readonly id: string;
  /** Raised whenever output changes; part of every claim's `reader` and of the segment's cache key. */
  readonly version: number;
  readonly mediaTypes: readonly string[];
  read(input: Input): AsyncIterable<Extracted> | Iterable<Extracted>;
  /** Cuts the raw value out again, from the locator alone. Null where nothing stands there. */
  replay(input: Input, locator: Locator): Promise<string | null> | string | null;
}

export interface Child {
  /** Addresses it inside its parent; unique there, independent of the reading order. */
  readonly key: string;
  /** The name a person would know it by, where it has one. */
  readonly label?: string;
  readonly bytes: Bytes;
  /** 'document': a message, an attachment, a member. 'part': rolls up into the document around it. */
  readonly role: 'document' | 'part';
  /** What the container asserts about the child: a zip entry's time, an mbox envelope line, a declared type. Locators are `parent`. */
  readonly says: readonly ClaimDraft[];
}

/** A member that exists and cannot be opened: it still becomes an artifact, so that nothing disappears. */
export interface ClosedChild extends Omit<Child, 'bytes'> {
  readonly bytes: null;
  readonly why: 'encrypted' | 'over-limit' | 'unreadable';
  readonly problem: ProblemDraft;
  /** Bytes it announces, or gave before it was left: counted as if they had come out, so that a bomb of many members is told a few times and not for each. */
  readonly refusedBytes?: number;
}

/** A problem of the container itself, between two children. */
export interface OpeningProblem {
  readonly problem: ProblemDraft;
}

/** Opens one artifact into others. Never writes to disk under a name taken from the archive. */
export interface Container {
  readonly id: string;
  readonly version: number;
  readonly mediaTypes: readonly string[];
  /** A mailbox: `maxChildren` is against bombs, and does not apply to it. */
  readonly unbounded?: true;
  open(input: Input): AsyncIterable<Child | ClosedChild | OpeningProblem> | Iterable<Child | ClosedChild | OpeningProblem>;
  /** Opens one child by its key without the others, for `show` and `verify`; null where there is none. */
  openOne?(input: Input, key: string): Child | ClosedChild | null;
}

/** By the types that each takes. Of two with one type the first in the list is meant. */
export const byMediaType = <T extends { readonly mediaTypes: readonly string[] }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.flatMap((one) => one.mediaTypes.map((type) => [type, one] as const)).reverse());
