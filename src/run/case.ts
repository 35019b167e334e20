import fs from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';

/** Bad usage of a command: one helpful line, exit code 2. */
export class UsageError extends Error {}

/** Facts of a case that later commands need and that no report holds: where the dump lay, which segments, when. */
export interface RunRecord {
  readonly schema: 'run/1';
  readonly tool: string;
  readonly node: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly arguments: readonly string[];
  readonly roots: readonly string[];
  readonly labels: readonly string[];
  readonly label: string;
  readonly limits: Record<string, number>;
  /** Absent in cases of before there was a list. */
  readonly passwords?: { readonly count: number; readonly digest: string };
  /** In shard order. */
  readonly segments: readonly string[];
  readonly missingShards: readonly number[];
  readonly readers: readonly string[];
  readonly allDocuments: boolean;
  /** Seconds spent in each stage. */
  readonly seconds: Record<string, number>;
  readonly peakRssBytes: number;
}

/** A directory that holds what a scan leaves: segments, index, reports. */
export interface CaseDir {
  readonly dir: string;
  /** Removes it where nobody asked to keep it. */
  discard(): void;
}

/** Files that mark a directory as a case of ours; anything else in it is not touched. */
const OWN = [
  'report.json',
  'report.ndjson',
  'findings.csv',
  'report.html',
  'run.json',
  'plan.json',
  'keys.json',
  'keys-progress.json',
  'evidence.duckdb',
  'evidence.duckdb.wal',
  'evidence.lines',
];

/** Refuses, before any work, a directory that is no case of ours and a case that nobody said to replace. */
export function checkCase(out: string, resume: boolean, force: boolean): void {
  const dir = resolve(out);
  if (!fs.existsSync(dir)) return;
  if (!fs.statSync(dir).isDirectory()) throw new UsageError(`--out ${out}: is a file; name a directory`);
  const entries = fs.readdirSync(dir);
  if (!isCase(entries) && entries.length > 0) throw new UsageError(`--out ${out}: the directory is not empty and is no case; name another one`);
  if (isCase(entries) && !resume && !force)
    throw new UsageError(`--out ${out}: there is a case already; add --resume to go on with it or --force to replace it`);
}

const isCase = (entries: readonly string[]): boolean => entries.includes('plan.json') || entries.includes('run.json');

/** Makes or takes the case directory; one that is not kept is temporary. */
export function openCase(out: string | null, force: boolean): CaseDir {
  if (out === null) {
    const dir = fs.mkdtempSync(join(os.tmpdir(), 'tainted-'));
    fs.mkdirSync(join(dir, 'segments'));
    return { dir, discard: () => fs.rmSync(dir, { recursive: true, force: true }) };
  }
  const dir = resolve(out);
  if (force) {
    for (const name of OWN) fs.rmSync(join(dir, name), { force: true });
    fs.rmSync(join(dir, 'segments'), { recursive: true, force: true });
  }
  fs.mkdirSync(join(dir, 'segments'), { recursive: true });
  for (const name of fs.readdirSync(join(dir, 'segments'))) if (name.startsWith('tmp-')) fs.rmSync(join(dir, 'segments', name));
  return { dir, discard: () => undefined };
}

export function readRun(caseDir: string): RunRecord {
  const file = join(caseDir, 'run.json');
  if (!fs.existsSync(file))
    throw new UsageError(`${caseDir}: no case there (run.json is missing); make one with: tainted scan <dump> --out ${caseDir}`);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as RunRecord;
}

export const writeJson = (file: string, value: unknown): void => fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
