import type { Attribute } from './attribute.ts';
import type { Context, Evidence, Subject } from './evidence.ts';
import type { FindingDraft } from './finding.ts';
import type { RuleMeta } from './rule-meta.ts';

/**
 * Pure and synchronous: no clock, no network, no file system, no memory between calls. The engine assembles subjects in
 * one ordered pass over the index that all artifact rules share.
 */
export interface ArtifactRule {
  readonly scope: 'artifact';
  readonly meta: RuleMeta;
  check(subject: Subject, context: Context): Iterable<FindingDraft>;
}

/** As above but asynchronous, over streams: memory O(1) or O(one group). */
export interface CorpusRule {
  readonly scope: 'corpus';
  readonly meta: RuleMeta;
  check(evidence: Evidence, context: Context): AsyncIterable<FindingDraft>;
}

export type Rule = ArtifactRule | CorpusRule;

/** Infers R from `reads`, so that asking for an undeclared attribute does not compile. */
export function artifactRule<const R extends Attribute>(
  meta: RuleMeta<R>,
  check: (subject: Subject<R>, context: Context) => Iterable<FindingDraft>,
): ArtifactRule {
  return { scope: 'artifact', meta, check };
}

export function corpusRule<const R extends Attribute>(
  meta: RuleMeta<R>,
  check: (evidence: Evidence<R>, context: Context) => AsyncIterable<FindingDraft>,
): CorpusRule {
  return { scope: 'corpus', meta, check };
}
