import type { Attribute } from '../model/attribute.ts';
import type { Firings, Needs } from '../model/calibration.ts';
import type { RuleMeta } from '../model/rule-meta.ts';
import type { Database } from './duckdb.ts';

/** A rule, and what a document must carry before it can speak; null where that is not written down. */
export interface CountedRule {
  readonly meta: RuleMeta;
  readonly needs: Needs | null;
}

const listed = (attributes: readonly Attribute[]): string => attributes.map((a) => `'${a}'`).join(', ');
const said = (by: string, attributes: readonly Attribute[]): string => `SELECT ${by} FROM claim c WHERE c.attribute IN (${listed(attributes)})`;
const around = (attributes: readonly Attribute[]): string =>
  `SELECT e.ord FROM claim c JOIN enclosure e ON e.around = c.ord AND e.around <> e.ord WHERE c.attribute IN (${listed(attributes)})`;

/** Artifacts that a rule could speak about. */
function carriers(needs: Needs): string {
  const sets = [...needs.itself.map((list) => said('c.ord', list)), ...(needs.around ?? []).map(around)];
  const somewhere = (needs.somewhere ?? []).map((list) => `EXISTS (${said('1', list)})`);
  const found = `SELECT ord FROM (${sets.join(' INTERSECT ')}) w(ord)${somewhere.length > 0 ? ` WHERE ${somewhere.join(' AND ')}` : ''}`;
  if (!needs.among) return found;
  const { attribute, least } = needs.among;
  const valued = `SELECT DISTINCT w.ord, c.skey FROM (${found}) w JOIN claim c ON c.ord = w.ord WHERE c.attribute = '${attribute}' AND c.skey IS NOT NULL`;
  return `SELECT ord FROM (SELECT ord, count(*) OVER (PARTITION BY skey) AS size FROM (${valued})) WHERE size >= ${Math.trunc(least)}`;
}

/** Documents, by bytes, whose type is one of the wanted: `media` is a regular expression. */
const OF_KIND = 'FROM artifact d WHERE d.ord IN (SELECT document_ord FROM ancestry) AND regexp_matches(d.media,';

/** How many documents with distinct bytes there are of a kind. */
export async function documentsOfKind(db: Database, media: RegExp): Promise<number> {
  const [row] = await db.all(`SELECT count(DISTINCT d.sha256) ${OF_KIND} '${media.source}')`);
  return Number(row?.[0] ?? 0);
}

/**
 * For each rule, the documents it could have spoken about and those it spoke about. A document is counted once by its bytes, with the strongest finding.
 * One that a rule fired on is applicable whatever was written down.
 */
export async function firingsOf(db: Database, rules: readonly CountedRule[], media: RegExp): Promise<Firings[]> {
  const counted: Firings[] = [];
  for (const { meta, needs } of rules) {
    const documents = `SELECT d.ord, d.sha256 ${OF_KIND} '${media.source}')`;
    const verdicts = `SELECT v.ord, v.strength, v.root FROM verdict v JOIN finding f ON f.pos = v.pos WHERE f.rule = '${meta.id}'`;
    const [applicable] = await db.all(`SELECT count(DISTINCT d.sha256) FROM (${documents}) d JOIN (
        SELECT t.document_ord AS ord FROM ancestry t WHERE t.ord IN (${carriers(needs ?? { itself: [meta.reads] })})
        UNION SELECT ord FROM (${verdicts})) w USING (ord)`);
    const strongest = await db.all(`SELECT strength, count(*) FROM (
        SELECT d.sha256, max(v.strength) AS strength FROM (${documents}) d JOIN (${verdicts}) v USING (ord) GROUP BY d.sha256)
      GROUP BY strength ORDER BY strength`);
    const [acts] = await db.all(`SELECT count(DISTINCT v.root) FROM (${documents}) d JOIN (${verdicts}) v USING (ord)`);
    const at = (rank: number): number => Number(strongest.find(([s]) => Number(s) === rank)?.[1] ?? 0);
    counted.push({
      rule: meta.id,
      version: meta.version,
      applicable: Number(applicable?.[0] ?? 0),
      loosely: needs === null && meta.reads.length > 1,
      fired: [at(0), at(1), at(2), at(3), at(4)],
      acts: Number(acts?.[0] ?? 0),
    });
  }
  return counted;
}
