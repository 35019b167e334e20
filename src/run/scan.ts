import fs from 'node:fs';
import { join, resolve } from 'node:path';
import { CaseIndex } from '../evidence/case-index.ts';
import { SegmentWriter } from '../evidence/segment.ts';
import { coverageOf, corpusOf, totalsOf } from '../evidence/coverage.ts';
import { documentsOfKind, firingsOf } from '../evidence/firings.ts';
import { IndexedReport, type ReportHead } from '../evidence/indexed-report.ts';
import { EXAMINATIONS } from '../examinations/index.ts';
import type { Artifact } from '../model/artifact.ts';
import type { Firings } from '../model/calibration.ts';
import type { Context } from '../model/evidence.ts';
import type { Limits } from '../model/input.ts';
import { artifactId, sha256Of, type ProvenancePath } from '../model/provenance.ts';
import type { Rule } from '../model/rule.ts';
import { STRENGTHS, type Strength } from '../model/rule-meta.ts';
import type { Shard } from '../model/unit.ts';
import { RULES } from '../rules/index.ts';
import { NEEDS } from '../rules/needs.data.ts';
import { checkCase, openCase, readRun, type RunRecord, UsageError, writeJson } from './case.ts';
import { judge, type Tally } from './judge.ts';
import { type JudgeOptions, reportedOptions, type ScanOptions } from './options.ts';
import { planDigest, sealedSegments, shardsOf, survey } from './plan.ts';
import { type Progress, runShards } from './pool.ts';
import { TOOL } from './version.ts';

export interface Stages {
  /** Files and bytes to be read, once known. */
  planned(files: number, bytes: number): void;
  read(bytes: number): void;
  lost(path: string, message: string): void;
  stage(name: 'walk' | 'extract' | 'load' | 'examine' | 'judge' | 'report'): void;
}

export interface ScanResult {
  readonly report: IndexedReport;
  readonly run: RunRecord;
  readonly tallies: readonly Tally[];
  /** The case directory, whether or not it is kept. */
  readonly dir: string;
  /** The strongest finding against any document, or null. */
  readonly strongest: Strength | null;
  /** Nothing was left unread, cut or lost. */
  readonly complete: boolean;
  /** How many documents of the wanted media types there are, and how often each rule fired on them. */
  firings(media: RegExp): Promise<{ readonly documents: number; readonly rules: readonly Firings[] }>;
  /** Closes the index and removes a case that is not kept. */
  close(): void;
}

/** DuckDB sorts in this much and spills beyond it; twice as much made loading slower, and a gigabyte of mail took 1 GB. */
const INDEX = { memoryLimit: '200MB', threads: 2 } as const;

/** walk, extract, load, examine, judge: the whole path, up to a report that can be read. */
export async function scan(paths: readonly string[], options: ScanOptions, stages: Stages, commandLine: readonly string[]): Promise<ScanResult> {
  const rules = rulesOf(options);
  if (options.out !== null) checkCase(options.out, options.resume, options.force);
  const startedAt = new Date().toISOString();
  const clock = new StageClock(stages);
  clock.enter('walk');
  const corpus = await survey(paths, options.out === null ? [] : [resolve(options.out)]);
  const kase = openCase(options.out, options.force);
  try {
    const shards = shardsOf(corpus.units);
    const segmentsDir = join(kase.dir, 'segments');
    const digest = planDigest(corpus, { ...options.limits, passwords: options.passwords.digest });
    const sealed = resumable(kase.dir, digest, options.resume) ? sealedSegments(segmentsDir) : new Map<number, string>();
    writeJson(join(kase.dir, 'plan.json'), { schema: 'plan/1', digest, shards: shards.length, files: corpus.units.length });
    clock.enter('extract');
    stages.planned(
      corpus.units.length,
      corpus.units.reduce((sum, u) => sum + u.size, 0),
    );
    const todo = shards.filter((s) => !sealed.has(s.index));
    for (const s of shards) if (sealed.has(s.index)) for (const u of s.units) stages.read(u.size);
    const progress: Progress = { unit: (bytes) => stages.read(bytes), lost: (skip) => stages.lost(skip.path, skip.message) };
    const missing: number[] = [];
    for (const result of await runShards(todo, corpus.roots, segmentsDir, options, progress)) {
      if (result.state === 'sealed') sealed.set(result.shard, result.sealed.name);
      else {
        missing.push(result.shard);
        sealed.set(result.shard, lostSegment(shards[result.shard], segmentsDir, result.reason));
        stages.lost(`shard ${result.shard}`, result.reason);
      }
    }
    const segments = shards.map((s) => sealed.get(s.index) ?? '');
    const run = {
      tool: `${TOOL.name} ${TOOL.version}`,
      startedAt,
      arguments: commandLine,
      roots: corpus.roots,
      labels: corpus.labels,
      label: corpus.label,
      limits: { ...options.limits },
      passwords: { count: options.passwords.list.length, digest: options.passwords.digest },
      segments,
      missingShards: missing.sort((a, b) => a - b),
      allDocuments: options.allDocuments,
    };
    return await judged(kase, run, options, rules, clock);
  } catch (error) {
    kase.discard();
    throw error;
  }
}

/** Judges a kept case again: new rules or new context over the same segments, no byte of the dump read. */
export async function judgeCase(caseDir: string, options: JudgeOptions, stages: Stages): Promise<ScanResult> {
  const rules = rulesOf(options);
  const dir = resolve(caseDir);
  return judged({ dir, discard: () => undefined }, readRun(dir), options, rules, new StageClock(stages));
}

/** The report of a case as it was last judged. */
export async function reopenReport(caseDir: string): Promise<{ report: IndexedReport; close(): void }> {
  const dir = resolve(caseDir);
  const run = readRun(dir);
  const index = await CaseIndex.reopen(dir, INDEX);
  const head = await index?.head();
  if (!index || !head) throw new UsageError(`${caseDir}: its index is gone or incomplete; make it again with: tainted judge ${caseDir}`);
  return { report: new IndexedReport(index.database, head, run.allDocuments), close: () => index.close() };
}

type Extracted = Pick<
  RunRecord,
  'tool' | 'startedAt' | 'arguments' | 'roots' | 'labels' | 'label' | 'limits' | 'passwords' | 'segments' | 'missingShards' | 'allDocuments'
>;

async function judged(
  kase: { dir: string; discard(): void },
  run: Extracted,
  options: JudgeOptions,
  rules: readonly Rule[],
  clock: StageClock,
): Promise<ScanResult> {
  const { dir } = kase;
  clock.enter('load');
  const index = await CaseIndex.build(dir, run.segments, INDEX);
  const context: Context = {
    known: options.known,
    ...(options.acquiredAt ? { acquiredAt: options.acquiredAt } : {}),
    ...(options.releasedAt ? { releasedAt: options.releasedAt } : {}),
    ...(options.dkimKeys ? { dkimKeys: options.dkimKeys } : {}),
  };
  clock.enter('examine');
  for (const [i, e] of EXAMINATIONS.entries()) await index.examine(e, i, context);
  clock.enter('judge');
  const tallies = await judge(index, rules, context, (f) => !options.baseline.has(f.id));
  clock.enter('report');
  const head: ReportHead = {
    schema: 'report/1',
    tool: { ...TOOL, readers: await index.readers() },
    corpus: await corpusOf(index.database, run.label),
    options: reportedOptions(options, run.limits as unknown as Limits, run.allDocuments, run.passwords ?? { count: 0, digest: '' }),
    rules: rules.map((r) => r.meta),
    coverage: await coverageOf(
      index.database,
      tallies.map(({ rule, applicable, fired, failed }) => ({ rule, applicable, fired, failed })),
      run.missingShards,
    ),
    totals: await totalsOf(index.database),
  };
  await index.keepHead(head);
  const report = new IndexedReport(index.database, head, run.allDocuments);
  const record: RunRecord = {
    ...run,
    schema: 'run/1',
    node: process.version,
    finishedAt: new Date().toISOString(),
    readers: head.tool.readers,
    seconds: clock.stop(),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
  const [strongest] = await index.database.all(`SELECT max(strength) FROM verdict WHERE direction = 'against'`);
  return {
    report,
    run: record,
    tallies,
    dir,
    strongest: strengthAt(strongest?.[0]),
    complete: head.totals.problems === 0 && run.missingShards.length === 0,
    async firings(media) {
      const counted = rules.map(({ meta }) => ({ meta, needs: NEEDS[meta.id] ?? null }));
      return { documents: await documentsOfKind(index.database, media), rules: await firingsOf(index.database, counted, media) };
    },
    close() {
      index.close();
      kase.discard();
    },
  };
}

const strengthAt = (rank: unknown): Strength | null => (typeof rank === 'number' ? (STRENGTHS[rank] ?? null) : null);

function rulesOf(options: JudgeOptions): Rule[] {
  const unknown = options.only.filter((id) => !RULES.some((r) => r.meta.id === id));
  if (unknown.length > 0) throw new UsageError(`--only ${unknown.join(',')}: no such rule; 'tainted rules' lists them`);
  const chosen = RULES.filter(
    (r) =>
      r.meta.status !== 'retired' &&
      (!options.calibratedOnly || r.meta.status === 'calibrated') &&
      (options.only.length === 0 || options.only.includes(r.meta.id)),
  );
  return options.uncapped === true ? chosen.map((r): Rule => ({ ...r, meta: { ...r.meta, status: 'calibrated' } })) : chosen;
}

function resumable(dir: string, digest: string, resume: boolean): boolean {
  const file = join(dir, 'plan.json');
  if (!resume || !fs.existsSync(file)) return false;
  const plan = JSON.parse(fs.readFileSync(file, 'utf8')) as { digest?: string };
  if (plan.digest !== digest) throw new UsageError('--resume: the files or the limits have changed since; use --force to begin again');
  return true;
}

/** A shard that no worker survived still accounts for its files: each is there, unread, with the reason. Named so that a resumed scan tries it again. */
function lostSegment(shard: Shard | undefined, dir: string, reason: string): string {
  const writer = new SegmentWriter(dir, `lost-${String(shard?.index ?? 0).padStart(4, '0')}`);
  writer.write({ t: 'head', schema: 'segment/1', shard: shard?.index ?? 0, of: shard?.of ?? 0, readers: [], options: sha256Of('lost') });
  for (const unit of shard?.units ?? []) {
    const path: ProvenancePath = [{ opener: 'corpus', key: unit.path }];
    const id = artifactId(path);
    const artifact: Artifact = {
      id,
      path,
      parent: null,
      document: id,
      sha256: sha256Of(''),
      size: unit.size,
      mediaType: 'application/octet-stream',
      outcome: { state: 'unread', why: 'reader-failed' },
    };
    writer.write({ t: 'artifact', ...artifact });
    writer.write({
      t: 'problem',
      artifact: id,
      code: 'worker-lost',
      reader: 'extract',
      message: reason.split('\n')[0] ?? 'lost',
      reproducible: false,
    });
  }
  return writer.seal().name;
}

/** Seconds by stage; the only clock of a run. */
class StageClock {
  readonly #stages: Stages;
  readonly #seconds: Record<string, number> = {};
  #current: string | null = null;
  #since = 0;

  constructor(stages: Stages) {
    this.#stages = stages;
  }

  enter(name: Parameters<Stages['stage']>[0]): void {
    this.#leave();
    this.#current = name;
    this.#since = performance.now();
    this.#stages.stage(name);
  }

  #leave(): void {
    if (this.#current !== null) this.#seconds[this.#current] = Math.round(performance.now() - this.#since) / 1000;
  }

  stop(): Record<string, number> {
    this.#leave();
    this.#current = null;
    return { ...this.#seconds };
  }
}
