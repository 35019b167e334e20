import { CONTENT_SEQ } from '../model/segment.ts';
import type { Database } from './duckdb.ts';

/**
 * Rows sorted at once. A sort of millions of rows fails for want of memory even where it may spill: six million claims did at
 * 200 MB. So only keys are sorted as a whole, and rows a slice at a time.
 */
const SLICE = 100_000;

/** Numbers the artifacts and lays everything in the order of that number. */
export async function arrangeTables(db: Database): Promise<void> {
  await db.run(`CREATE TABLE numbering AS SELECT row, (row_number() OVER ())::INTEGER - 1 AS ord
    FROM (SELECT row FROM loaded_artifact ORDER BY okey)`);
  await db.run(`CREATE TABLE repeated AS SELECT a.row AS row, n.ord AS ord, f.row AS first
    FROM (SELECT row, same FROM loaded_artifact WHERE same IS NOT NULL) a
    JOIN (SELECT row, id FROM loaded_artifact) f ON f.id = a.same JOIN numbering n ON n.row = a.row`);
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
  await arrangeClaims(db);
  await db.run(`CREATE TABLE problem AS SELECT * FROM (
    SELECT n.ord AS ord, p.code, p.reader, p.message, p.reproducible FROM loaded_problem p JOIN numbering n ON n.row = p.row
    UNION ALL
    SELECT r.ord, p.code, p.reader, p.message, p.reproducible FROM loaded_problem p JOIN repeated r ON r.first = p.row
    ) ORDER BY ord, code, message`);
  for (const table of ['loaded_problem', 'repeated', 'numbering']) await db.run(`DROP TABLE ${table}`);
}

/** `text` is the number of its passages, and where they stand in the store: where the same bytes were read before, theirs. */
async function arrangeArtifacts(db: Database): Promise<void> {
  await db.run(`CREATE TABLE reading AS SELECT t.row AS row, t.text AS text, t.start AS text_at, t.length AS text_length FROM loaded_text t
    UNION ALL SELECT r.row, t.text, t.start, t.length FROM repeated r JOIN loaded_text t ON t.row = r.first`);
  await db.run(`CREATE TABLE artifact AS
    SELECT 0::INTEGER AS ord, a.* EXCLUDE (row, same, okey), 0::INTEGER AS text, 0::DOUBLE AS text_at, 0::DOUBLE AS text_length FROM loaded_artifact a LIMIT 0`);
  const [count] = await db.all('SELECT count(*) FROM loaded_artifact');
  for (let from = 0; from < Number(count?.[0] ?? 0); from += SLICE)
    await db.run(`INSERT INTO artifact SELECT n.ord, a.* EXCLUDE (row, same, okey), r.text, r.text_at, r.text_length
      FROM (SELECT * FROM numbering WHERE ord >= ${from} AND ord < ${from + SLICE}) n
      JOIN loaded_artifact a ON a.row = n.row LEFT JOIN reading r ON r.row = n.row ORDER BY n.ord`);
  await db.run('CREATE TABLE text AS SELECT text, start, length FROM loaded_text ORDER BY text');
  for (const table of ['loaded_artifact', 'loaded_text', 'reading']) await db.run(`DROP TABLE ${table}`);
}

/** By attribute, then by artifact. Equal bytes were read once: what they say is said at each of their places. */
async function arrangeClaims(db: Database): Promise<void> {
  await db.run(`CREATE TABLE said AS
    SELECT n.ord AS ord, c.seq, c.attribute, c.skey, c.start, c.length FROM loaded_claim c JOIN numbering n ON n.row = c.row
    UNION ALL
    SELECT r.ord, c.seq, c.attribute, c.skey, c.start, c.length FROM loaded_claim c JOIN repeated r ON r.first = c.row WHERE c.seq >= ${CONTENT_SEQ}`);
  await db.run('DROP TABLE loaded_claim');
  await db.run('CREATE TABLE claim AS SELECT ord, seq, attribute, skey, start, length FROM said LIMIT 0');
  const attributes = await db.all('SELECT attribute, count(*), min(ord), max(ord) FROM said GROUP BY attribute ORDER BY attribute');
  for (const [attribute, rows, least, most] of attributes) {
    const span = Number(most) - Number(least) + 1;
    const step = Math.max(1, Math.ceil(span / Math.ceil(Number(rows) / SLICE)));
    for (let from = Number(least); from <= Number(most); from += step)
      await db.run(`INSERT INTO claim SELECT ord, seq, attribute, skey, start, length FROM said
        WHERE attribute = '${String(attribute)}' AND ord >= ${from} AND ord < ${from + step} ORDER BY ord, seq`);
  }
  await db.run('DROP TABLE said');
}
