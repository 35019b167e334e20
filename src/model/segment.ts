import type { Artifact, Problem } from './artifact.ts';
import type { Claim, Passage } from './claim.ts';
import type { ArtifactId, Sha256 } from './provenance.ts';

/**
 * What one shard of the map phase leaves behind: NDJSON, gzipped, sealed. A pure function of
 * (the shard's bytes, readers and their versions, limits), so a shard run twice is the same shard.
 */
export type SegmentLine =
  | {
      readonly t: 'head';
      readonly schema: 'segment/1';
      readonly shard: number;
      readonly of: number;
      readonly readers: readonly string[];
      readonly options: Sha256;
    }
  /** `same` names the artifact of this segment that has the same bytes: what their reader said and found wrong stands there, once. */
  | ({ readonly t: 'artifact'; readonly same?: ArtifactId } & Artifact)
  | ({ readonly t: 'claim' } & Claim)
  /** All of one artifact, in reading order. */
  | { readonly t: 'passages'; readonly artifact: ArtifactId; readonly passages: readonly Passage[] }
  | ({ readonly t: 'problem' } & Problem)
  | { readonly t: 'seal'; readonly artifacts: number; readonly claims: number; readonly problems: number; readonly sha256: Sha256 };

/** Claims that come from an artifact's bytes are numbered from here on; those of its place and its container from 0. */
export const CONTENT_SEQ = 1_000_000;
