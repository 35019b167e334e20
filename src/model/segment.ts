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
  | ({ readonly t: 'artifact' } & Artifact)
  | ({ readonly t: 'claim' } & Claim)
  | ({ readonly t: 'passage'; readonly artifact: ArtifactId; readonly seq: number } & Passage)
  | ({ readonly t: 'problem' } & Problem)
  | { readonly t: 'seal'; readonly artifacts: number; readonly claims: number; readonly problems: number; readonly sha256: Sha256 };
