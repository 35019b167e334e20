import type { Problem } from '../model/artifact.ts';
import type { Claim } from '../model/claim.ts';
import { type ArtifactId, orderKey, renderPath } from '../model/provenance.ts';
import { sortKey } from '../model/sort-key.ts';
import type { Appender, ColumnType, Database } from './duckdb.ts';
import { passagesIn, type StoredLine, withoutKind } from './segment.ts';
import type { LineStore } from './line-store.ts';

const ARTIFACT: readonly ColumnType[] = [
  ...(['integer', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text'] as const),
  ...(['double', 'text', 'text', 'text', 'integer', 'double', 'double'] as const),
];
const CLAIM: readonly ColumnType[] = ['integer', 'integer', 'text', 'text', 'double', 'double'];
const OBSERVED: readonly ColumnType[] = ['text', 'integer', 'text', 'text', 'double', 'double'];
const TEXT: readonly ColumnType[] = ['integer', 'integer', 'double', 'double'];
const PROBLEM: readonly ColumnType[] = ['integer', 'text', 'text', 'text', 'boolean'];
const OBSERVED_PROBLEM: readonly ColumnType[] = ['text', 'text', 'text', 'text', 'boolean'];

/** Longer values sort and group by their beginning and a digest of nothing: a raw value is at most 1,024 characters anyway. */
const keyOf = (c: Claim): string | null => (c.value === null ? null : sortKey(c.attribute, c.value));

/**
 * Tables of the index: what queries select and order by. The claims themselves, so that what a rule sees is what the reader said,
 * stand in the {@link LineStore}; `start` and `length` tell where. While loading, `row` numbers the artifacts as they come; after that they
 * are numbered (`ord`) so that a child comes right after its parent. Claims are ordered by attribute: a rule reads a handful of eighty.
 */
export async function createTables(db: Database): Promise<void> {
  await db.run(
    `CREATE TABLE loaded_artifact (row INTEGER, id VARCHAR, same VARCHAR, okey VARCHAR, path VARCHAR, label VARCHAR, parent VARCHAR, document VARCHAR, sha256 VARCHAR, size DOUBLE, media VARCHAR, outcome VARCHAR, why VARCHAR, problems INTEGER, start DOUBLE, length DOUBLE)`,
  );
  await db.run('CREATE TABLE loaded_claim (row INTEGER, seq INTEGER, attribute VARCHAR, skey VARCHAR, start DOUBLE, length DOUBLE)');
  await db.run('CREATE TABLE loaded_text (text INTEGER, row INTEGER, start DOUBLE, length DOUBLE)');
  await db.run('CREATE TABLE reader (name VARCHAR)');
  await db.run('CREATE TABLE loaded_problem (row INTEGER, code VARCHAR, reader VARCHAR, message VARCHAR, reproducible BOOLEAN)');
}

export class TableLoader {
  readonly #artifacts: Appender;
  readonly #claims: Appender;
  readonly #texts: Appender;
  readonly #problems: Appender;
  readonly #store: LineStore;
  readonly #readers = new Set<string>();
  #row = -1;
  #id: ArtifactId | null = null;
  #read = 0;

  private constructor(artifacts: Appender, claims: Appender, texts: Appender, problems: Appender, store: LineStore) {
    this.#artifacts = artifacts;
    this.#claims = claims;
    this.#texts = texts;
    this.#store = store;
    this.#problems = problems;
  }

  static async open(db: Database, store: LineStore): Promise<TableLoader> {
    return new TableLoader(
      await db.appender('loaded_artifact', ARTIFACT),
      await db.appender('loaded_claim', CLAIM),
      await db.appender('loaded_text', TEXT),
      await db.appender('loaded_problem', PROBLEM),
      store,
    );
  }

  /** An artifact first, and behind it all that is said of it. Throws on a segment in another order. */
  load(stored: StoredLine): void {
    const { line } = stored;
    if (line.t === 'artifact') this.#artifact(line, stored);
    else if (line.t === 'claim') {
      this.#readers.add(line.reader);
      const { at, length } = this.#store.append(line.attribute, withoutKind(stored));
      this.#claims.row([this.#rowOf(line.artifact), line.seq, line.attribute, keyOf(line), at, length]);
    } else if (line.t === 'passages') {
      const { at, length } = this.#store.append('passages', passagesIn(stored));
      this.#texts.row([this.#read++, this.#rowOf(line.artifact), at, length]);
    } else if (line.t === 'problem') {
      this.#problems.row([this.#rowOf(line.artifact), line.code, line.reader, line.message, line.reproducible]);
    }
  }

  #artifact(line: Extract<StoredLine['line'], { t: 'artifact' }>, stored: StoredLine): void {
    const { t: _, same, ...artifact } = line;
    const { at, length } = this.#store.append('artifact', same === undefined ? withoutKind(stored) : JSON.stringify(artifact));
    const { id, outcome } = artifact;
    const path = renderPath(artifact.path);
    this.#id = id;
    this.#artifacts.row([
      ++this.#row,
      id,
      same ?? null,
      orderKey(path),
      path,
      artifact.path[artifact.path.length - 1]?.label ?? '',
      artifact.parent,
      artifact.document,
      artifact.sha256,
      artifact.size,
      artifact.mediaType,
      outcome.state,
      outcome.state === 'unread' ? outcome.why : null,
      outcome.state === 'partial' ? outcome.problems : null,
      at,
      length,
    ]);
  }

  #rowOf(artifact: ArtifactId): number {
    if (artifact !== this.#id) throw new Error('a segment says something of an artifact that it has not just named; remove the case and scan again');
    return this.#row;
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
  await db.run('CREATE TABLE observed_claim (artifact VARCHAR, seq INTEGER, attribute VARCHAR, skey VARCHAR, start DOUBLE, length DOUBLE)');
  await db.run('CREATE TABLE observed_problem (artifact VARCHAR, code VARCHAR, reader VARCHAR, message VARCHAR, reproducible BOOLEAN)');
}

export class ObservedLoader {
  readonly #claims: Appender;
  readonly #problems: Appender;
  readonly #store: LineStore;

  private constructor(claims: Appender, problems: Appender, store: LineStore) {
    this.#claims = claims;
    this.#problems = problems;
    this.#store = store;
  }

  static async open(db: Database, store: LineStore): Promise<ObservedLoader> {
    return new ObservedLoader(await db.appender('observed_claim', OBSERVED), await db.appender('observed_problem', OBSERVED_PROBLEM), store);
  }

  claim(c: Claim): void {
    const { at, length } = this.#store.append(c.attribute, JSON.stringify(c));
    this.#claims.row([c.artifact, c.seq, c.attribute, keyOf(c), at, length]);
  }

  problem(p: Problem): void {
    this.#problems.row([p.artifact, p.code, p.reader, p.message, p.reproducible]);
  }

  close(): void {
    this.#claims.close();
    this.#problems.close();
    this.#store.flush();
  }
}

export async function adoptObserved(db: Database): Promise<void> {
  await db.run(
    `INSERT INTO claim SELECT a.ord, o.seq, o.attribute, o.skey, o.start, o.length FROM observed_claim o JOIN artifact a ON a.id = o.artifact ORDER BY a.ord, o.seq`,
  );
  await db.run(
    `INSERT INTO problem SELECT a.ord, o.code, o.reader, o.message, o.reproducible FROM observed_problem o JOIN artifact a ON a.id = o.artifact ORDER BY a.ord, o.message`,
  );
  await db.run('DROP TABLE observed_claim');
  await db.run('DROP TABLE observed_problem');
}
