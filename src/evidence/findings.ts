import type { Finding } from '../model/finding.ts';
import { strengthRank } from '../model/rule-meta.ts';
import type { Appender, Database } from './duckdb.ts';

/**
 * Findings at rest, and what they add up to for each document. `finding` is ordered as the report lists it; `verdict` has a
 * row for each document and finding; `ranked` orders the documents that have a finding against them.
 */
export class FindingStore {
  readonly #db: Database;
  readonly #findings: Appender;
  readonly #about: Appender;

  private constructor(db: Database, findings: Appender, about: Appender) {
    this.#db = db;
    this.#findings = findings;
    this.#about = about;
  }

  static async open(db: Database): Promise<FindingStore> {
    await db.run(
      'CREATE TABLE judged (id VARCHAR, rule VARCHAR, proposition VARCHAR, direction VARCHAR, strength INTEGER, root VARCHAR, primary_artifact VARCHAR, json VARCHAR)',
    );
    await db.run('CREATE TABLE judged_about (id VARCHAR, artifact VARCHAR)');
    return new FindingStore(
      db,
      await db.appender('judged', ['text', 'text', 'text', 'text', 'integer', 'text', 'text', 'text']),
      await db.appender('judged_about', ['text', 'text']),
    );
  }

  add(f: Finding): void {
    this.#findings.row([
      f.id,
      f.rule,
      f.proposition,
      f.direction,
      strengthRank(f.strength),
      f.rootCause,
      f.evidence[0].claim.artifact,
      JSON.stringify(f),
    ]);
    for (const artifact of f.about) this.#about.row([f.id, artifact]);
  }

  async seal(): Promise<void> {
    this.#findings.close();
    this.#about.close();
    // One rule may see the same contradiction from two sides: the same claims cited are the same finding.
    await this.#db.run(`CREATE TABLE finding AS
      SELECT (row_number() OVER (ORDER BY rule, ord, id))::INTEGER - 1 AS pos, id, rule, proposition, direction, strength, root, json FROM (
        SELECT j.*, a.ord AS ord, row_number() OVER (PARTITION BY j.id ORDER BY j.json) AS copy FROM judged j JOIN artifact a ON a.id = j.primary_artifact)
      WHERE copy = 1 ORDER BY pos`);
    await this.#db.run(`CREATE TABLE verdict AS
      SELECT DISTINCT t.document_ord AS ord, f.pos, f.id, f.proposition, f.direction, f.strength, f.root
      FROM judged_about b JOIN finding f ON f.id = b.id JOIN artifact a ON a.id = b.artifact JOIN ancestry t ON t.ord = a.ord
      ORDER BY t.document_ord, f.pos`);
    await this.#db.run(`CREATE TABLE ranked AS
      SELECT ord, (row_number() OVER (ORDER BY tainted DESC, roots DESC, handled DESC, context DESC, ord))::INTEGER AS rank, roots::INTEGER AS roots FROM (
        SELECT ord, count(DISTINCT root) AS roots,
          max(CASE WHEN proposition IN ('altered', 'fabricated', 'misdated') THEN strength ELSE -1 END) AS tainted,
          max(CASE WHEN proposition = 'handled' THEN strength ELSE -1 END) AS handled,
          max(CASE WHEN proposition = 'context' THEN strength ELSE -1 END) AS context
        FROM verdict WHERE direction = 'against' GROUP BY ord)
      ORDER BY rank`);
    await this.#db.run('DROP TABLE judged');
    await this.#db.run('DROP TABLE judged_about');
  }
}
