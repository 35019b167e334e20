import type { Outcome, ProblemCode } from './artifact.ts';
import type { Attribute } from './attribute.ts';
import type { Basis, Locator } from './claim.ts';
import type { ArtifactId, Sha256 } from './provenance.ts';
import type { Proposition, RuleMeta, Strength } from './rule-meta.ts';

/** Says what was looked at, so that "no findings" can be told from "not examined". */
export interface Coverage {
  readonly byMediaType: readonly {
    readonly mediaType: string;
    readonly artifacts: number;
    readonly bytes: number;
    readonly read: number;
    readonly partial: number;
    readonly unread: number;
  }[];
  readonly byRule: readonly { readonly rule: string; readonly applicable: number; readonly fired: number; readonly failed: number }[];
  /** Why artifacts stayed unread, counted. */
  readonly unread: readonly { readonly why: string; readonly artifacts: number }[];
  readonly problems: readonly { readonly code: ProblemCode; readonly count: number }[];
  readonly missingShards: readonly number[];
}

/** What one proposition has against a document. */
export interface Assessed {
  readonly strength: Strength;
  readonly findings: readonly Sha256[];
}

export interface ReportedDocument {
  readonly id: ArtifactId;
  /** Rendered provenance. */
  readonly path: string;
  /** What a person would call it: a file name or a subject; '' where the path says it all. */
  readonly label: string;
  readonly sha256: Sha256;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly outcome: Outcome;
  /** 1 = look here first. Null: nothing was found against it, which is not a certificate. */
  readonly rank: number | null;
  /** The strongest support for authenticity, or null where none was found. */
  readonly authenticity: Assessed | null;
  readonly assessment: { readonly [P in Proposition]?: Assessed };
  /** Independent acts behind the findings against it. */
  readonly rootCauses: number;
}

export interface ReportedClaim {
  readonly attribute: Attribute;
  readonly field: string;
  readonly raw: string;
  readonly value: unknown;
  readonly basis: Basis;
  readonly locator: Locator;
  readonly path: string;
  readonly reader: string;
  readonly other?: { readonly path: string; readonly locator: Locator };
}

export interface ReportedFinding {
  readonly id: Sha256;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly proposition: Proposition;
  readonly direction: 'against' | 'supports';
  readonly strength: Strength;
  readonly rootCause: string;
  readonly statement: string;
  readonly documents: readonly ArtifactId[];
  /** Rendered paths of `documents`, in the same order. */
  readonly paths: readonly string[];
  readonly evidence: readonly { readonly role: 'primary' | 'contradicts' | 'context'; readonly note?: string; readonly claim: ReportedClaim }[];
  /** Ids of the rule's innocent explanations that stand. */
  readonly openExplanations: readonly string[];
  readonly ruledOut: readonly { readonly innocent: string; readonly because: string }[];
}

export interface ReportedProblem {
  readonly path: string;
  readonly code: ProblemCode;
  readonly reader: string;
  readonly message: string;
  readonly reproducible: boolean;
}

/** Everything in here is a function of (corpus bytes, tool version, options). Wall-clock facts live in run.json. */
export interface Report {
  readonly schema: 'report/1';
  readonly tool: { readonly name: string; readonly version: string; readonly readers: readonly string[] };
  readonly corpus: {
    readonly label: string;
    readonly manifest: Sha256;
    readonly files: number;
    readonly documents: number;
    readonly artifacts: number;
    readonly bytes: number;
  };
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly rules: readonly RuleMeta[];
  readonly coverage: Coverage;
  readonly totals: { readonly ranked: number; readonly findings: number; readonly supports: number; readonly problems: number };
  /** Ranked ones first, by rank; then the others by path. A stream: a report may be larger than memory. May be read again. */
  documents(): AsyncIterable<ReportedDocument>;
  /** Sorted by rule id, then primary artifact's path, then finding id. May be read again. */
  findings(): AsyncIterable<ReportedFinding>;
  /** Sorted by path, then code, then message. May be read again. */
  problems(): AsyncIterable<ReportedProblem>;
}

export interface Out {
  write(chunk: string): Promise<void>;
}

export interface Reporter {
  readonly id: string;
  readonly fileName: string;
  /** Every string in a report comes from a hostile file: the reporter owns the escaping for its medium. */
  write(report: Report, out: Out): Promise<void>;
}
