import type { Claim } from './claim.ts';
import type { ArtifactId, Sha256 } from './provenance.ts';
import type { Proposition, Strength } from './rule-meta.ts';

export interface Cited {
  readonly claim: Claim;
  readonly role: 'primary' | 'contradicts' | 'context';
  readonly note?: string;
}

/** What a rule yields. */
export interface FindingDraft {
  /** One sentence with the values in it: "says it was created 2015-03-04T10:00Z, 26 h after the message says it was sent". */
  readonly statement: string;
  readonly evidence: readonly [Cited, ...Cited[]];
  /** Whom it is about: these are assessed. Other cited artifacts were only compared with. */
  readonly about: readonly [ArtifactId, ...ArtifactId[]];
  /** One act, one key: the value of event.save, 'save:<artifact>', 'twin:<message-id>'. Findings that share it count once. */
  readonly rootCause: string;
  /** A rule may speak more softly than its meta, never more loudly. */
  readonly strength?: Strength;
  /** Innocent explanations the evidence excludes; the others stand, and every report prints them. */
  readonly ruledOut?: readonly { readonly innocent: string; readonly because: string }[];
}

export interface Finding extends FindingDraft {
  /** sha256 over the rule id and, in order, each cited claim's artifact id and locator: survives reruns, rewording and new rule versions. */
  readonly id: Sha256;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly proposition: Proposition;
  readonly direction: 'against' | 'supports';
  readonly strength: Strength;
  /** The documents of `about`, each once. */
  readonly documents: readonly ArtifactId[];
  /** Ids of innocent explanations that stand. */
  readonly openExplanations: readonly string[];
}
