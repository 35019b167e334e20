import os from 'node:os';
import { PLAIN_SCAN, type ScanOptions } from './run/options.ts';
import { scan as run, type ScanResult, type Stages } from './run/scan.ts';

const SILENT: Stages = { planned: () => undefined, read: () => undefined, lost: () => undefined, stage: () => undefined };

/**
 * What `tainted scan` does, without the command line: reads everything below the paths and judges it. Nothing is kept unless `out` names a case
 * directory. Throws NothingToScan, UsageError, and what the file system throws for a root that cannot be read. Call `close()` on the result when its report was read.
 */
export function scan(paths: readonly string[], options: Partial<ScanOptions> = {}, stages: Partial<Stages> = {}): Promise<ScanResult> {
  const jobs = Math.max(1, Math.min(8, os.availableParallelism()));
  return run(paths, { ...PLAIN_SCAN, jobs, isolation: 'thread', ...options }, { ...SILENT, ...stages }, []);
}

export { judgeCase, reopenReport, type ScanResult, type Stages } from './run/scan.ts';
export { UsageError } from './run/case.ts';
export { NothingToScan } from './run/plan.ts';
export type { JudgeOptions, ScanOptions } from './run/options.ts';
export { NO_PASSWORDS, passwordListOf, type PasswordList } from './run/passwords.ts';
export { DEFAULT_LIMITS, type Limits } from './model/input.ts';
export { artifactRule, corpusRule, type ArtifactRule, type CorpusRule, type Rule } from './model/rule.ts';
export type { RuleMeta, Strength, Proposition } from './model/rule-meta.ts';
export type { Artifact, Outcome, Problem } from './model/artifact.ts';
export type { Attribute, TimeValue } from './model/attribute.ts';
export type { Claim, Locator } from './model/claim.ts';
export type { Finding, FindingDraft } from './model/finding.ts';
export type { Report, ReportedDocument, ReportedFinding, ReportedProblem } from './model/report.ts';
