/** The library: what `tainted` on the command line does, without the command line. */
export { scan, judgeCase, reopenReport, type ScanResult, type Stages } from './run/scan.ts';
export type { JudgeOptions, ScanOptions } from './run/options.ts';
export { DEFAULT_LIMITS, type Limits } from './model/input.ts';
export { artifactRule, corpusRule, type ArtifactRule, type CorpusRule, type Rule } from './model/rule.ts';
export type { RuleMeta, Strength, Proposition } from './model/rule-meta.ts';
export type { Artifact, Outcome, Problem } from './model/artifact.ts';
export type { Attribute, TimeValue } from './model/attribute.ts';
export type { Claim, Locator } from './model/claim.ts';
export type { Finding, FindingDraft } from './model/finding.ts';
export type { Report, ReportedDocument, ReportedFinding, ReportedProblem } from './model/report.ts';
