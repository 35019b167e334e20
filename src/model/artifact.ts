import type { ArtifactId, ProvenancePath, Sha256 } from './provenance.ts';

/** Anything with bytes: a file on disk, a message in an mbox, an image inside a docx inside a zip. */
export interface Artifact {
  readonly id: ArtifactId;
  readonly path: ProvenancePath;
  readonly parent: ArtifactId | null;
  /**
   * The document it belongs to: itself for a file on disk, a message, an attachment, an archive member, an embedded
   * file; the nearest one above for a package part or an embedded picture. Findings roll up to it.
   */
  readonly document: ArtifactId;
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  /** Decided from the bytes alone. What the name or the parent called it is a claim, not a fact. */
  readonly mediaType: string;
  readonly outcome: Outcome;
}

/** Silence must be explainable: every artifact says how far we got with it. */
export type Outcome =
  | { readonly state: 'read' }
  | { readonly state: 'partial'; readonly problems: number }
  | {
      readonly state: 'unread';
      readonly why: 'no-reader' | 'empty' | 'encrypted' | 'over-limit' | 'reader-failed' | 'unreadable' | 'link';
    };

export const PROBLEM_CODES = [
  'empty',
  'malformed',
  'truncated',
  'encrypted',
  'limit-exceeded',
  'unsafe-path',
  'reader-threw',
  'worker-lost',
  'timed-out',
  'unreadable-name',
  'unsupported',
  'io',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What a reader or container yields when something is wrong with the bytes; the engine adds who and which. */
export interface ProblemDraft {
  readonly code: ProblemCode;
  /** One line, about this file, without a path of this machine. */
  readonly message: string;
}

/** Something that went wrong, bound to the artifact that caused it. Problems are data, never log lines. */
export interface Problem extends ProblemDraft {
  readonly artifact: ArtifactId;
  /** 'pdf@1', or a stage: 'walk', 'extract', 'examine'. */
  readonly reader: string;
  /** False only where wall-clock time decided, so that a rerun may differ. */
  readonly reproducible: boolean;
}
