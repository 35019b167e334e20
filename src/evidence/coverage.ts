import { createHash } from 'node:crypto';
import type { ProblemCode } from '../model/artifact.ts';
import type { Sha256 } from '../model/provenance.ts';
import type { Coverage, Report } from '../model/report.ts';
import type { Database } from './duckdb.ts';

/** What was looked at, counted by what the bytes are, by rule, by reason. */
export async function coverageOf(db: Database, byRule: Coverage['byRule'], missingShards: readonly number[]): Promise<Coverage> {
  const types = await db.all(
    `SELECT media, count(*), sum(size), count(*) FILTER (outcome = 'read'), count(*) FILTER (outcome = 'partial'), count(*) FILTER (outcome = 'unread')
     FROM artifact GROUP BY media ORDER BY media`,
  );
  const unread = await db.all(`SELECT why, count(*) FROM artifact WHERE outcome = 'unread' GROUP BY why ORDER BY why`);
  const problems = await db.all('SELECT code, count(*) FROM problem GROUP BY code ORDER BY code');
  return {
    byMediaType: types.map(([mediaType, artifacts, bytes, read, partial, none]) => ({
      mediaType: String(mediaType),
      artifacts: Number(artifacts),
      bytes: Number(bytes),
      read: Number(read),
      partial: Number(partial),
      unread: Number(none),
    })),
    byRule,
    unread: unread.map(([why, artifacts]) => ({ why: String(why), artifacts: Number(artifacts) })),
    problems: problems.map(([code, count]) => ({ code: String(code) as ProblemCode, count: Number(count) })),
    missingShards,
  };
}

/** The corpus in one digest: path, size and content of everything on disk, in path order. Not the clocks: a copy is the same corpus. */
export async function corpusOf(db: Database, label: string): Promise<Report['corpus']> {
  const hash = createHash('sha256');
  let files = 0;
  let bytes = 0;
  for await (const [path, size, sha256] of db.stream('SELECT path, size, sha256 FROM artifact WHERE parent IS NULL ORDER BY ord')) {
    hash.update(`${String(path)}\t${String(size)}\t${String(sha256)}\n`);
    files++;
    bytes += Number(size);
  }
  const [row] = await db.all(`SELECT count(*), count(*) FILTER (t.document_ord = a.ord) FROM artifact a JOIN ancestry t ON t.ord = a.ord`);
  return { label, manifest: hash.digest('hex') as Sha256, files, documents: Number(row?.[1] ?? 0), artifacts: Number(row?.[0] ?? 0), bytes };
}

export async function totalsOf(db: Database): Promise<Report['totals']> {
  const count = async (sql: string): Promise<number> => Number((await db.all(sql))[0]?.[0] ?? 0);
  return {
    ranked: await count('SELECT count(*) FROM ranked'),
    findings: await count(`SELECT count(*) FROM finding WHERE direction = 'against'`),
    supports: await count(`SELECT count(*) FROM finding WHERE direction = 'supports'`),
    problems: await count('SELECT count(*) FROM problem'),
  };
}
