import type { Attribute } from './attribute.ts';
import type { ClaimDraft, Passage } from './claim.ts';
import type { Locator } from './claim.ts';
import type { Context, Evidence } from './evidence.ts';
import type { ArtifactId } from './provenance.ts';

/** An observed claim about one artifact, made by looking at others. */
export interface Observation {
  readonly about: ArtifactId;
  readonly claim: ClaimDraft;
  /** The other end of a comparison. */
  readonly other?: { readonly artifact: ArtifactId; readonly locator: Locator };
}

/** The examiner gave up on something: a group too large to compare pair by pair. */
export interface ExaminationProblem {
  readonly about: ArtifactId;
  readonly problem: { readonly code: 'limit-exceeded' | 'malformed'; readonly message: string };
}

/** What examinations see beyond rules: the passages that extraction left at rest. */
export interface ExaminedEvidence<R extends Attribute = Attribute> extends Evidence<R> {
  /** In reading order. At most a document's worth (limits.maxTextBytes). */
  passages(artifact: ArtifactId): Promise<readonly Passage[]>;
  /** Every text of the corpus, or about one in `nth` (see {@link isSampled}), in one ordered pass: equal bytes were read once and have one text. */
  texts(nth?: number): AsyncIterable<StoredText>;
  /** Those of these positions (at most a few hundred at a time), ascending, with whom they belong to. */
  textsAt(positions: readonly number[]): Promise<readonly HeldText[]>;
}

/** One position in `nth`, spread so that no regular order of the texts escapes it; the same ones every time. */
export const isSampled = (position: number, nth: number): boolean => ((position % 65_536) * 40_503) % 65_536 < 65_536 / nth;

/** The passages of one content. */
export interface StoredText {
  /** Names the text, in the order of {@link ExaminedEvidence.texts}. */
  readonly position: number;
  readonly passages: readonly Passage[];
}

export interface HeldText extends StoredText {
  /** Artifacts of these bytes, in path order. */
  readonly artifacts: readonly ArtifactId[];
}

/**
 * Stands between evidence and rules, because a rule is pure and sees one document or one group: pairs compared, events
 * formed, identities linked. Runs in the order of the list, each after the claims of those before it are in the index.
 */
export interface Examination<R extends Attribute = Attribute> {
  readonly id: string;
  readonly version: number;
  readonly reads: readonly R[];
  examine(evidence: ExaminedEvidence<R>, context: Context): AsyncIterable<Observation | ExaminationProblem>;
}

export function examination<const R extends Attribute>(e: Examination<R>): Examination {
  return e;
}
