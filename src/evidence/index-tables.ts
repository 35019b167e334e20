import type { Problem } from '../model/artifact.ts';
import type { Claim } from '../model/claim.ts';
import { orderKey, renderPath } from '../model/provenance.ts';
import { sortKey } from '../model/sort-key.ts';
import type { Appender, ColumnType, Database } from './duckdb.ts';
import { passagesIn, type StoredLine, withoutKind } from './segment.ts';
import type { TextStore } from './text-store.ts';

const ARTIFACT: readonly ColumnType[] = ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'double', 'text', 'text', 'json'];
const CLAIM: readonly ColumnType[] = ['text', 'integer', 'text', 'text', 'json'];
const TEXT: readonly ColumnType[] = ['integer', 'text', 'double', 'double'];
const PROBLEM: readonly ColumnType[] = ['text', 'text', 'text', 'text', 'boolean'];

/** Longer values sort and group by their beginning and a digest of nothing: a raw value is at most 1,024 characters anyway. */
const keyOf = (c: Claim): string | null => (c.value === null ? null : sortKey(c.attribute, c.value));

/**
 * Tables of the index. `claim.json` holds the whole claim, so that what a rule sees is what the reader said; the columns
 * beside it are what queries select and order by. After loading, artifacts are numbered (`ord`) so that a child comes right after its
 * parent. Claims are stored by attribute: a rule reads a handful of eighty, and the rest is then never touched.
 */
export async function createTables(db: Database): Promise<void> {
  await db.run(
    `CREATE TABLE loaded_artifact (id VARCHAR, same VARCHAR, path VARCHAR, okey VARCHAR, label VARCHAR, parent VARCHAR, document VARCHAR, sha256 VARCHAR, size DOUBLE, media VARCHAR, outcome VARCHAR, json VARCHAR)`,
  );
  await db.run('CREATE TABLE loaded_claim (artifact VARCHAR, seq INTEGER, attribute VARCHAR, skey VARCHAR, json VARCHAR)');
  await db.run('CREATE TABLE loaded_text (row INTEGER, artifact VARCHAR, start DOUBLE, length DOUBLE)');
  await db.run('CREATE TABLE reader (name VARCHAR)');
  await db.run('CREATE TABLE loaded_problem (artifact VARCHAR, code VARCHAR, reader VARCHAR, message VARCHAR, reproducible BOOLEAN)');
}

export class TableLoader {
  readonly #artifacts: Appender;
  readonly #claims: Appender;
  readonly #texts: Appender;
  readonly #problems: Appender;
  readonly #store: TextStore;
  readonly #readers = new Set<string>();
  #read = 0;

  private constructor(artifacts: Appender, claims: Appender, texts: Appender, problems: Appender, store: TextStore) {
    this.#artifacts = artifacts;
    this.#claims = claims;
    this.#texts = texts;
    this.#store = store;
    this.#problems = problems;
  }

  static async open(db: Database, store: TextStore): Promise<TableLoader> {
    return new TableLoader(
      await db.appender('loaded_artifact', ARTIFACT),
      await db.appender('loaded_claim', CLAIM),
      await db.appender('loaded_text', TEXT),
      await db.appender('loaded_problem', PROBLEM),
      store,
    );
  }

  load(stored: StoredLine): void {
    const { line } = stored;
    if (line.t === 'artifact') {
      const { t: _, same, ...artifact } = line;
      const path = renderPath(artifact.path);
      const label = artifact.path[artifact.path.length - 1]?.label ?? '';
      this.#artifacts.row([
        artifact.id,
        same ?? null,
        path,
        orderKey(path),
        label,
        artifact.parent,
        artifact.document,
        artifact.sha256,
        artifact.size,
        artifact.mediaType,
        artifact.outcome.state,
        same === undefined ? withoutKind(stored) : JSON.stringify(artifact),
      ]);
    } else if (line.t === 'claim') {
      this.#readers.add(line.reader);
      this.#claims.row([line.artifact, line.seq, line.attribute, keyOf(line), withoutKind(stored)]);
    } else if (line.t === 'passages') {
      const { at, length } = this.#store.append(passagesIn(stored));
      this.#texts.row([this.#read++, line.artifact, at, length]);
    } else if (line.t === 'problem') {
      this.problem(line);
    }
  }

  problem(p: Problem): void {
    this.#problems.row([p.artifact, p.code, p.reader, p.message, p.reproducible]);
  }

  /** Everybody who made a claim. */
  get readers(): readonly string[] {
    return [...this.#readers];
  }

  close(): void {
    for (const a of [this.#artifacts, this.#claims, this.#texts, this.#problems]) a.close();
    this.#store.flush();
  }
}

/** What an examination says is gathered apart and joined to the rest when it is done: it never sees its own claims. */
export async function createObserved(db: Database): Promise<void> {
  await db.run('CREATE TABLE observed_claim (artifact VARCHAR, seq INTEGER, attribute VARCHAR, skey VARCHAR, json VARCHAR)');
  await db.run('CREATE TABLE observed_problem (artifact VARCHAR, code VARCHAR, reader VARCHAR, message VARCHAR, reproducible BOOLEAN)');
}

export class ObservedLoader {
  readonly #claims: Appender;
  readonly #problems: Appender;

  private constructor(claims: Appender, problems: Appender) {
    this.#claims = claims;
    this.#problems = problems;
  }

  static async open(db: Database): Promise<ObservedLoader> {
    return new ObservedLoader(await db.appender('observed_claim', CLAIM), await db.appender('observed_problem', PROBLEM));
  }

  claim(c: Claim): void {
    this.#claims.row([c.artifact, c.seq, c.attribute, keyOf(c), JSON.stringify(c)]);
  }

  problem(p: Problem): void {
    this.#problems.row([p.artifact, p.code, p.reader, p.message, p.reproducible]);
  }

  close(): void {
    this.#claims.close();
    this.#problems.close();
  }
}

export async function adoptObserved(db: Database): Promise<void> {
  await db.run(
    `INSERT INTO claim SELECT a.ord, o.seq, o.attribute, o.skey, o.json FROM observed_claim o JOIN artifact a ON a.id = o.artifact ORDER BY a.ord, o.seq`,
  );
  await db.run(
    `INSERT INTO problem SELECT a.ord, o.code, o.reader, o.message, o.reproducible FROM observed_problem o JOIN artifact a ON a.id = o.artifact ORDER BY a.ord, o.message`,
  );
  await db.run('DROP TABLE observed_claim');
  await db.run('DROP TABLE observed_problem');
}
