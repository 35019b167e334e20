import { CONTENT_SEQ } from '../model/segment.ts';
import type { Database } from './duckdb.ts';

/**
 * Rows sorted at once. Rows are wide, and a sort of millions of them fails for want of memory even where it may spill: six
 * million claims did at 200 MB. So only keys are sorted as a whole, and rows a slice at a time.
 */
const SLICE = 100_000;

/** Numbers the artifacts and lays everything in the order of that number. */
export async function arrangeTables(db: Database): Promise<void> {
  await arrangeArtifacts(db);
  await db.run(`CREATE TABLE ancestry AS
    SELECT a.ord AS ord, p.ord AS parent_ord, d.ord AS document_ord
    FROM (SELECT ord, parent, document FROM artifact) a
    LEFT JOIN (SELECT ord, id FROM artifact) p ON p.id = a.parent LEFT JOIN (SELECT ord, id FROM artifact) d ON d.id = a.document ORDER BY a.ord`);
  // Every artifact with itself and all that encloses it: what a rule may see besides.
  await db.run(`CREATE TABLE enclosure AS
    WITH RECURSIVE up(ord, around) AS (
      SELECT ord, ord FROM ancestry
      UNION ALL SELECT u.ord, t.parent_ord FROM up u JOIN ancestry t ON t.ord = u.around WHERE t.parent_ord IS NOT NULL)
    SELECT ord, around FROM up ORDER BY ord, around`);
  await db.run('CREATE TABLE repeated AS SELECT ord, id, same FROM artifact WHERE same IS NOT NULL');
  await arrangeClaims(db);
  await db.run(`CREATE TABLE problem AS SELECT * FROM (
    SELECT a.ord AS ord, p.code, p.reader, p.message, p.reproducible FROM loaded_problem p JOIN artifact a ON a.id = p.artifact
    UNION ALL
    SELECT r.ord, p.code, p.reader, p.message, p.reproducible FROM loaded_problem p JOIN repeated r ON r.same = p.artifact
    ) ORDER BY ord, code, message`);
  await db.run('DROP TABLE loaded_problem');
  await db.run('DROP TABLE repeated');
}

/** `text` is the number of its passages, and where they stand in the store: where the same bytes were read before, theirs. */
async function arrangeArtifacts(db: Database): Promise<void> {
  await db.run(`CREATE TABLE numbering AS
    SELECT rowid AS row, (row_number() OVER (ORDER BY okey))::INTEGER - 1 AS ord FROM loaded_artifact`);
  await db.run(`CREATE TABLE reading AS
    SELECT a.rowid AS row, t.row AS text, t.start AS text_at, t.length AS text_length
    FROM loaded_artifact a JOIN loaded_text t ON t.artifact = coalesce(a.same, a.id)`);
  await db.run(`CREATE TABLE artifact AS
    SELECT 0::INTEGER AS ord, a.*, 0::INTEGER AS text, 0::DOUBLE AS text_at, 0::DOUBLE AS text_length FROM loaded_artifact a LIMIT 0`);
  const [count] = await db.all('SELECT count(*) FROM loaded_artifact');
  for (let from = 0; from < Number(count?.[0] ?? 0); from += SLICE)
    await db.run(`INSERT INTO artifact SELECT n.ord, a.*, r.text, r.text_at, r.text_length
      FROM (SELECT * FROM numbering WHERE ord >= ${from} AND ord < ${from + SLICE}) n
      JOIN loaded_artifact a ON a.rowid = n.row LEFT JOIN reading r ON r.row = n.row ORDER BY n.ord`);
  await db.run('CREATE TABLE text AS SELECT row, start, length FROM loaded_text ORDER BY row');
  for (const table of ['loaded_artifact', 'loaded_text', 'numbering', 'reading']) await db.run(`DROP TABLE ${table}`);
}

/**
 * By attribute, then by artifact. Equal bytes were read once: what they say is said at each of their places. An id in quotes cannot
 * stand in a JSON string.
 */
async function arrangeClaims(db: Database): Promise<void> {
  await db.run(`CREATE TABLE said AS
    SELECT a.ord AS ord, c.seq AS seq, c.attribute AS attribute, c.skey AS skey, c.json AS json
    FROM loaded_claim c JOIN (SELECT ord, id FROM artifact) a ON a.id = c.artifact
    UNION ALL
    SELECT r.ord, c.seq, c.attribute, c.skey, replace(c.json, '"artifact":"' || c.artifact || '"', '"artifact":"' || r.id || '"')
    FROM loaded_claim c JOIN repeated r ON r.same = c.artifact WHERE c.seq >= ${CONTENT_SEQ}`);
  await db.run('DROP TABLE loaded_claim');
  await db.run('CREATE TABLE claim AS SELECT ord, seq, attribute, skey, json FROM said LIMIT 0');
  const attributes = await db.all('SELECT attribute, count(*), min(ord), max(ord) FROM said GROUP BY attribute ORDER BY attribute');
  for (const [attribute, rows, least, most] of attributes) {
    const span = Number(most) - Number(least) + 1;
    const step = Math.max(1, Math.ceil(span / Math.ceil(Number(rows) / SLICE)));
    for (let from = Number(least); from <= Number(most); from += step)
      await db.run(`INSERT INTO claim SELECT ord, seq, attribute, skey, json FROM said
        WHERE attribute = '${String(attribute)}' AND ord >= ${from} AND ord < ${from + step} ORDER BY ord, seq`);
  }
  await db.run('DROP TABLE said');
}
