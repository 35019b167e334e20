import fs from 'node:fs';
import { join } from 'node:path';
import type { Attribute } from '../model/attribute.ts';
import type { Examination } from '../model/examination.ts';
import type { Context } from '../model/evidence.ts';
import { Database } from './duckdb.ts';
import { arrangeTables } from './arrange-tables.ts';
import { adoptObserved, createObserved, createTables, ObservedLoader, TableLoader } from './index-tables.ts';
import { IndexedEvidence } from './indexed-evidence.ts';
import type { ReportHead } from './indexed-report.ts';
import { readSegment } from './segment.ts';
import { LineStore } from './line-store.ts';

/** Beside the index. */
const LINES = 'evidence.lines';

export interface IndexOptions {
  readonly memoryLimit: string;
  readonly threads: number;
}

/** Claims that examinations made begin at this number, apart for each examination: no reader makes so many. */
const EXAMINED_SEQ = 100_000_000;

/** The index over a case's segments: a cache, deleted and loaded again whenever segments change. */
export class CaseIndex {
  readonly #db: Database;
  readonly #lines: LineStore;

  private constructor(db: Database, lines: LineStore) {
    this.#db = db;
    this.#lines = lines;
  }

  /** Loads the named segments of `<dir>/segments` in the order given into a new `<dir>/evidence.duckdb`. */
  static async build(dir: string, segments: readonly string[], options: IndexOptions): Promise<CaseIndex> {
    const file = join(dir, 'evidence.duckdb');
    for (const stale of [file, `${file}.wal`]) fs.rmSync(stale, { force: true });
    const temporary = join(dir, 'tmp-duckdb');
    const db = await Database.open(file, { ...options, temporary });
    await createTables(db);
    const lines = LineStore.create(join(dir, LINES));
    const loader = await TableLoader.open(db, lines);
    for (const name of segments) for await (const stored of readSegment(join(dir, 'segments', name))) loader.load(stored);
    loader.close();
    await db.append(
      'reader',
      ['text'],
      loader.readers.map((name) => [name]),
    );
    await arrangeTables(db);
    return new CaseIndex(db, lines);
  }

  /** The index of a case that was judged before, as it is; null where it was deleted. */
  static async reopen(dir: string, options: IndexOptions): Promise<CaseIndex | null> {
    const file = join(dir, 'evidence.duckdb');
    if (!fs.existsSync(file) || !fs.existsSync(join(dir, LINES))) return null;
    return new CaseIndex(await Database.open(file, { ...options, temporary: join(dir, 'tmp-duckdb') }), LineStore.open(join(dir, LINES)));
  }

  /** Keeps what of the report is no list, so that `report` renders the same again. */
  async keepHead(head: ReportHead): Promise<void> {
    await this.#db.run('CREATE TABLE report_head (json VARCHAR)');
    await this.#db.append('report_head', ['text'], [[JSON.stringify(head)]]);
  }

  async head(): Promise<ReportHead | null> {
    const [table] = await this.#db.all(`SELECT count(*) FROM duckdb_tables() WHERE table_name = 'report_head'`);
    if (Number(table?.[0]) === 0) return null;
    const [row] = await this.#db.all('SELECT json FROM report_head');
    return row ? (JSON.parse(String(row[0])) as ReportHead) : null;
  }

  evidence(reads: readonly Attribute[]): IndexedEvidence {
    return new IndexedEvidence(this.#db, this.#lines, reads);
  }

  /** Runs one examination and adds what it observed; `position` is its place in the list. */
  async examine(e: Examination, position: number, context: Context): Promise<void> {
    const reader = `${e.id}@${e.version}`;
    await createObserved(this.#db);
    const observed = await ObservedLoader.open(this.#db, this.#lines);
    const first = EXAMINED_SEQ * (position + 1);
    let seq = first;
    for await (const item of e.examine(this.evidence(e.reads), context)) {
      if ('problem' in item) observed.problem({ artifact: item.about, ...item.problem, reader, reproducible: true });
      else observed.claim({ ...item.claim, artifact: item.about, seq: seq++, reader, ...(item.other ? { other: item.other } : {}) });
    }
    observed.close();
    await adoptObserved(this.#db);
    if (seq > first) await this.#db.append('reader', ['text'], [[reader]]);
  }

  /** Artifacts that make at least one of these claims: what a rule could look at. */
  async carriers(reads: readonly Attribute[]): Promise<number> {
    const [row] = await this.#db.all(`SELECT count(DISTINCT ord) FROM claim WHERE attribute IN (${reads.map((r) => `'${r}'`).join(', ')})`);
    return Number(row?.[0] ?? 0);
  }

  /** Every reader, container and examination that has a word in this index, with its version. */
  async readers(): Promise<string[]> {
    const rows = await this.#db.all('SELECT DISTINCT name FROM reader ORDER BY name');
    return rows.map(([name]) => String(name));
  }

  get database(): Database {
    return this.#db;
  }

  close(): void {
    this.#lines.close();
    this.#db.close();
  }
}
