import type { TimeValue } from '../model/attribute.ts';
import type { Limits } from '../model/input.ts';
import type { Isolation } from './pool.ts';

export interface JudgeOptions {
  /** Rule ids; empty = all. */
  readonly only: readonly string[];
  readonly calibratedOnly: boolean;
  readonly acquiredAt: TimeValue | null;
  readonly releasedAt: TimeValue | null;
  /** Names and addresses that belong here, lower case. */
  readonly known: ReadonlySet<string>;
  /** Ids of findings that an earlier report already has. */
  readonly baseline: ReadonlySet<string>;
}

export interface ScanOptions extends JudgeOptions {
  readonly jobs: number;
  readonly isolation: Isolation;
  readonly limits: Limits;
  /** Case directory to keep, or null for one that is removed afterwards. */
  readonly out: string | null;
  readonly resume: boolean;
  readonly force: boolean;
  readonly allDocuments: boolean;
}

/** What of the options a report depends on; the rest (jobs, isolation, where it is written) must not change a byte. */
export function reportedOptions(o: JudgeOptions, limits: Limits, allDocuments: boolean): Record<string, string | number | boolean> {
  const time = (t: TimeValue | null): string => (t === null ? '' : t.kind === 'instant' ? new Date(t.epochMs).toISOString() : t.local);
  return {
    ...limits,
    allDocuments,
    only: [...o.only].sort().join(','),
    calibratedOnly: o.calibratedOnly,
    acquiredAt: time(o.acquiredAt),
    releasedAt: time(o.releasedAt),
    known: [...o.known].sort().join(';'),
    baselineFindings: o.baseline.size,
  };
}
