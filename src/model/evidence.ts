import type { Artifact } from './artifact.ts';
import type { Attribute, TimeValue, ValueOf } from './attribute.ts';
import type { Claim } from './claim.ts';
import type { DkimKeys } from './dkim-key.ts';

/** One artifact, its claims, and what encloses it. */
export interface Subject<R extends Attribute = Attribute> {
  readonly artifact: Artifact;
  readonly parent: Subject<R> | null;
  /** In reading order; empty where the artifact makes no such claim. */
  claims<A extends R>(attribute: A): readonly Claim<A>[];
}

/** A group's members arrive in path order with every attribute in `reads` already joined: no look-ups, no array of corpus size. */
export interface Group<A extends Attribute, R extends Attribute> {
  readonly value: ValueOf<A>;
  readonly size: number;
  readonly members: AsyncIterable<Subject<R>>;
}

/** The whole corpus, as streams in a fixed order. */
export interface Evidence<R extends Attribute = Attribute> {
  /** Every artifact that claims it, ordered by value (times: instants by epoch, then wall times; text by UTF-8 bytes), then by path. Once for each claim. */
  byValue<A extends R>(attribute: A): AsyncIterable<Subject<R>>;
  /** Values carried by at least `min` artifacts, ordered by value. Drain or abandon a group's members before asking for the next. */
  groups<A extends R>(attribute: A, min: number): AsyncIterable<Group<A, R>>;
}

/** What the operator told us. */
export interface Context {
  /** When the holder of the dump got it: what was changed later was changed by the holder's own people. */
  readonly acquiredAt?: TimeValue;
  readonly releasedAt?: TimeValue;
  /** Names and addresses the operator knows to belong here, lower case. */
  readonly known: ReadonlySet<string>;
  /** Keys of signers: from --dkim-keys, or recovered. */
  readonly dkimKeys?: DkimKeys;
}
