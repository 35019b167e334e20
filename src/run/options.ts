import type { TimeValue } from '../model/attribute.ts';
import type { DkimKeys } from '../model/dkim-key.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/input.ts';
import { compareBytes, sha256Of } from '../model/provenance.ts';
import { NO_PASSWORDS, type PasswordList } from './passwords.ts';
import type { Isolation } from './pool.ts';

export interface JudgeOptions {
  /** Rule ids; empty = all. */
  readonly only: readonly string[];
  readonly calibratedOnly: boolean;
  /** For measuring: what a heuristic would say were it calibrated. Its loud findings could not be counted otherwise. */
  readonly uncapped?: boolean;
  readonly acquiredAt: TimeValue | null;
  readonly releasedAt: TimeValue | null;
  /** Names and addresses that belong here, lower case. */
  readonly known: ReadonlySet<string>;
  /** Keys of mail signers, by name. */
  readonly dkimKeys?: DkimKeys;
  /** Ids of findings that an earlier report already has. */
  readonly baseline: ReadonlySet<string>;
}

export interface ScanOptions extends JudgeOptions {
  readonly jobs: number;
  readonly isolation: Isolation;
  readonly limits: Limits;
  readonly passwords: PasswordList;
  /** Case directory to keep, or null for one that is removed afterwards. */
  readonly out: string | null;
  readonly resume: boolean;
  readonly force: boolean;
  readonly allDocuments: boolean;
}

/** A scan for which nobody asked for anything, and of which nothing is kept; how many workers there are, and of what kind, is for the caller to say. */
export const PLAIN_SCAN: Omit<ScanOptions, 'jobs' | 'isolation'> = {
  limits: DEFAULT_LIMITS,
  passwords: NO_PASSWORDS,
  out: null,
  resume: false,
  force: false,
  allDocuments: false,
  only: [],
  calibratedOnly: false,
  acquiredAt: null,
  releasedAt: null,
  known: new Set(),
  baseline: new Set(),
};

/** What a report tells of the list of passwords. */
export interface PasswordsUsed {
  readonly count: number;
  readonly digest: string;
}

/** What of the options a report depends on; the rest (jobs, isolation, where it is written) must not change a byte. */
export function reportedOptions(
  o: JudgeOptions,
  limits: Limits,
  allDocuments: boolean,
  passwords: PasswordsUsed,
): Record<string, string | number | boolean> {
  const time = (t: TimeValue | null): string => (t === null ? '' : t.kind === 'instant' ? new Date(t.epochMs).toISOString() : t.local);
  return {
    ...limits,
    allDocuments,
    only: [...o.only].sort().join(','),
    calibratedOnly: o.calibratedOnly,
    acquiredAt: time(o.acquiredAt),
    releasedAt: time(o.releasedAt),
    known: [...o.known].sort().join(';'),
    dkimKeys: digestOfKeys(o.dkimKeys),
    baselineFindings: o.baseline.size,
    passwords: passwords.count,
    passwordsDigest: passwords.digest,
  };
}

/** The report depends on the keys, in whatever order they were given; '' without any. */
function digestOfKeys(keys: DkimKeys | undefined): string {
  const lines = [...(keys?.values() ?? [])].flat().map((k) => JSON.stringify([k.name, k.record, k.from, k.until, k.source]));
  return lines.length === 0 ? '' : sha256Of(lines.sort(compareBytes).join('\n'));
}
