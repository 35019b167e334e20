import type { Problem } from '../model/artifact.ts';
import type { Claim } from '../model/claim.ts';
import { CONTENT_SEQ } from '../model/segment.ts';
import { orderKey, renderPath } from '../model/provenance.ts';
import { sortKey } from '../model/sort-key.ts';
import type { Appender, ColumnType, Database } from './duckdb.ts';
import { passagesIn, type StoredLine, withoutKind } from './segment.ts';

const ARTIFACT: readonly ColumnType[] = ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'double', 'text', 'text', 'json'];
const CLAIM: readonly ColumnType[] = ['text', 'integer', 'text', 'text', 'json'];
const PASSAGES: readonly ColumnType[] = ['text', 'json'];
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
  await db.run('CREATE TABLE passages (artifact VARCHAR, json VARCHAR)');
  await db.run('CREATE TABLE loaded_problem (artifact VARCHAR, code VARCHAR, reader VARCHAR, message VARCHAR, reproducible BOOLEAN)');
}

export class TableLoader {
  readonly #artifacts: Appender;
  readonly #claims: Appender;
  readonly #passages: Appender;
  readonly #problems: Appender;

  private constructor(artifacts: Appender, claims: Appender, passages: Appender, problems: Appender) {
    this.#artifacts = artifacts;
    this.#claims = claims;
    this.#passages = passages;
    this.#problems = problems;
  }

  static async open(db: Database): Promise<TableLoader> {
    return new TableLoader(
      await db.appender('loaded_artifact', ARTIFACT),
      await db.appender('loaded_claim', CLAIM),
      await db.appender('passages', PASSAGES),
      await db.appender('loaded_problem', PROBLEM),
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
      this.#claims.row([line.artifact, line.seq, line.attribute, keyOf(line), withoutKind(stored)]);
    } else if (line.t === 'passages') {
      this.#passages.row([line.artifact, passagesIn(stored)]);
    } else if (line.t === 'problem') {
      this.problem(line);
    }
  }

  problem(p: Problem): void {
    this.#problems.row([p.artifact, p.code, p.reader, p.message, p.reproducible]);
  }

  close(): void {
    for (const a of [this.#artifacts, this.#claims, this.#passages, this.#problems]) a.close();
  }
}

/** Numbers the artifacts and sorts everything by that number. */
export async function arrangeTables(db: Database): Promise<void> {
  // `text` is the row of its passages: where the same bytes were read before, theirs. Those rows stay where they were loaded: there is much in them to sort.
  await db.run(`CREATE TABLE artifact AS
    SELECT (row_number() OVER (ORDER BY a.okey))::INTEGER - 1 AS ord, a.*, p.row AS text
    FROM loaded_artifact a LEFT JOIN (SELECT artifact, rowid AS row FROM passages) p ON p.artifact = coalesce(a.same, a.id) ORDER BY ord`);
  await db.run('CREATE TABLE repeated AS SELECT a.ord AS ord, a.id AS id, a.same AS same FROM artifact a WHERE a.same IS NOT NULL');
  await db.run('DROP TABLE loaded_artifact');
  await db.run(`CREATE TABLE ancestry AS
    SELECT a.ord AS ord, p.ord AS parent_ord, d.ord AS document_ord
    FROM artifact a LEFT JOIN artifact p ON p.id = a.parent LEFT JOIN artifact d ON d.id = a.document ORDER BY a.ord`);
  // Every artifact with itself and all that encloses it: what a rule may see besides.
  await db.run(`CREATE TABLE enclosure AS
    WITH RECURSIVE up(ord, around) AS (
      SELECT ord, ord FROM ancestry
      UNION ALL SELECT u.ord, t.parent_ord FROM up u JOIN ancestry t ON t.ord = u.around WHERE t.parent_ord IS NOT NULL)
    SELECT ord, around FROM up ORDER BY ord, around`);
  // Equal bytes were read once: what they say is said at each of their places. An id in quotes cannot stand in a JSON string.
  await db.run(`CREATE TABLE claim AS SELECT * FROM (
    SELECT a.ord AS ord, c.seq AS seq, c.attribute AS attribute, c.skey AS skey, c.json AS json
    FROM loaded_claim c JOIN artifact a ON a.id = c.artifact
    UNION ALL
    SELECT r.ord, c.seq, c.attribute, c.skey, replace(c.json, '"artifact":"' || c.artifact || '"', '"artifact":"' || r.id || '"')
    FROM loaded_claim c JOIN repeated r ON r.same = c.artifact WHERE c.seq >= ${CONTENT_SEQ}
    ) ORDER BY attribute, ord, seq`);
  await db.run('DROP TABLE loaded_claim');
  await db.run(`CREATE TABLE problem AS SELECT * FROM (
    SELECT a.ord AS ord, p.code, p.reader, p.message, p.reproducible FROM loaded_problem p JOIN artifact a ON a.id = p.artifact
    UNION ALL
    SELECT r.ord, p.code, p.reader, p.message, p.reproducible FROM loaded_problem p JOIN repeated r ON r.same = p.artifact
    ) ORDER BY ord, code, message`);
  await db.run('DROP TABLE loaded_problem');
  await db.run('DROP TABLE repeated');
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
