import type { Outcome, ProblemCode } from '../model/artifact.ts';
import type { Claim } from '../model/claim.ts';
import type { Cited, Finding } from '../model/finding.ts';
import type { ArtifactId, Sha256 } from '../model/provenance.ts';
import type { Assessed, Report, ReportedClaim, ReportedDocument, ReportedFinding, ReportedProblem } from '../model/report.ts';
import { type Proposition, STRENGTHS } from '../model/rule-meta.ts';
import type { Database, Row } from './duckdb.ts';

/** Everything of a report that is not a list. */
export type ReportHead = Omit<Report, 'documents' | 'findings' | 'problems'>;

/** Rows resolved at once. */
const PAGE = 500;

const quotedList = (ids: Iterable<string>): string => [...ids].map((id) => `'${id}'`).join(',');

/** The report over the index: streams that may be read again, in the order that the schema promises. */
export class IndexedReport implements Report {
  readonly schema;
  readonly tool;
  readonly corpus;
  readonly options;
  readonly rules;
  readonly coverage;
  readonly totals;
  readonly #db: Database;
  readonly #all: boolean;

  constructor(db: Database, head: ReportHead, allDocuments: boolean) {
    this.schema = head.schema;
    this.tool = head.tool;
    this.corpus = head.corpus;
    this.options = head.options;
    this.rules = head.rules;
    this.coverage = head.coverage;
    this.totals = head.totals;
    this.#db = db;
    this.#all = allDocuments;
  }

  async *documents(): AsyncIterable<ReportedDocument> {
    const wanted = this.#all
      ? 'SELECT DISTINCT document_ord AS ord FROM ancestry'
      : 'SELECT ord FROM verdict UNION SELECT t.document_ord FROM problem p JOIN ancestry t ON t.ord = p.ord';
    const rows = this.#db.stream(
      `SELECT a.ord, a.id, a.path, a.label, a.sha256, a.media, a.size, a.outcome, a.why, a.problems, r.rank, r.roots FROM (${wanted}) w JOIN artifact a ON a.ord = w.ord
       LEFT JOIN ranked r ON r.ord = a.ord ORDER BY r.rank NULLS LAST, a.ord`,
    );
    for await (const page of pagesOf(rows)) {
      const verdicts = await this.#verdicts(page.map(([ord]) => Number(ord)));
      for (const [ord, id, path, label, sha256, mediaType, size, state, why, problems, rank, roots] of page) {
        yield {
          id: String(id) as ArtifactId,
          path: String(path),
          label: String(label ?? ''),
          sha256: String(sha256) as Sha256,
          mediaType: String(mediaType),
          size: Number(size),
          outcome: outcomeOf(String(state), String(why), Number(problems)),
          rank: rank === null || rank === undefined ? null : Number(rank),
          rootCauses: Number(roots ?? 0),
          ...assessed(verdicts.get(Number(ord)) ?? []),
        };
      }
    }
  }

  async #verdicts(ords: readonly number[]): Promise<Map<number, Verdict[]>> {
    const rows = await this.#db.all(
      `SELECT ord, id, proposition, direction, strength FROM verdict WHERE ord IN (${ords.join(',')}) ORDER BY ord, pos`,
    );
    const byDocument = new Map<number, Verdict[]>();
    for (const [ord, id, proposition, direction, strength] of rows) {
      const list = byDocument.get(Number(ord)) ?? [];
      list.push({
        id: String(id) as Sha256,
        proposition: String(proposition) as Proposition,
        against: direction === 'against',
        strength: Number(strength),
      });
      byDocument.set(Number(ord), list);
    }
    return byDocument;
  }

  async *findings(): AsyncIterable<ReportedFinding> {
    for await (const page of pagesOf(this.#db.stream('SELECT json FROM finding ORDER BY pos'))) {
      const findings = page.map(([json]) => JSON.parse(String(json)) as Finding);
      const paths = await this.#paths(findings);
      const documents = await this.#documentsOf(findings.map((f) => f.id));
      for (const f of findings) yield reported(f, paths, documents.get(f.id) ?? []);
    }
  }

  async #paths(findings: readonly Finding[]): Promise<Map<string, string>> {
    const ids = new Set<string>();
    for (const f of findings) for (const { claim } of f.evidence) ids.add(claim.artifact).add(claim.other?.artifact ?? claim.artifact);
    const rows = await this.#db.all(`SELECT id, path FROM artifact WHERE id IN (${quotedList(ids)}) ORDER BY ord`);
    return new Map(rows.map(([id, path]) => [String(id), String(path)]));
  }

  async #documentsOf(ids: readonly string[]): Promise<Map<string, { id: ArtifactId; path: string }[]>> {
    const rows = await this.#db.all(
      `SELECT v.id, a.id, a.path FROM verdict v JOIN artifact a ON a.ord = v.ord WHERE v.id IN (${quotedList(ids)}) ORDER BY v.pos, a.ord`,
    );
    const byFinding = new Map<string, { id: ArtifactId; path: string }[]>();
    for (const [finding, id, path] of rows) {
      const list = byFinding.get(String(finding)) ?? [];
      list.push({ id: String(id) as ArtifactId, path: String(path) });
      byFinding.set(String(finding), list);
    }
    return byFinding;
  }

  async *problems(): AsyncIterable<ReportedProblem> {
    const rows = this.#db.stream(
      'SELECT a.path, p.code, p.reader, p.message, p.reproducible FROM problem p JOIN artifact a ON a.ord = p.ord ORDER BY p.ord, p.code, p.message, p.reader',
    );
    for await (const [path, code, reader, message, reproducible] of rows) {
      yield {
        path: String(path),
        code: String(code) as ProblemCode,
        reader: String(reader),
        message: String(message),
        reproducible: Boolean(reproducible),
      };
    }
  }
}

interface Verdict {
  readonly id: Sha256;
  readonly proposition: Proposition;
  readonly against: boolean;
  readonly strength: number;
}

/** The strongest of a proposition stands for it: findings of one root cause are one act, and several acts are not a sum. */
function assessed(verdicts: readonly Verdict[]): Pick<ReportedDocument, 'authenticity' | 'assessment'> {
  const over = (chosen: readonly Verdict[]): Assessed => ({
    strength: STRENGTHS[Math.max(...chosen.map((v) => v.strength))] ?? 'weak',
    findings: chosen.map((v) => v.id),
  });
  const against = verdicts.filter((v) => v.against);
  const supports = verdicts.filter((v) => !v.against);
  const assessment: { -readonly [P in Proposition]?: Assessed } = {};
  for (const proposition of ['altered', 'fabricated', 'misdated', 'handled', 'context'] as const) {
    const chosen = against.filter((v) => v.proposition === proposition);
    if (chosen.length > 0) assessment[proposition] = over(chosen);
  }
  return { authenticity: supports.length > 0 ? over(supports) : null, assessment };
}

function reported(f: Finding, paths: ReadonlyMap<string, string>, documents: readonly { id: ArtifactId; path: string }[]): ReportedFinding {
  const pathOf = (id: string): string => paths.get(id) ?? '';
  const claimOf = (c: Claim): ReportedClaim => ({
    attribute: c.attribute,
    field: c.field,
    raw: c.raw,
    value: c.value,
    basis: c.basis,
    locator: c.locator,
    path: pathOf(c.artifact),
    reader: c.reader,
    ...(c.other ? { other: { path: pathOf(c.other.artifact), locator: c.other.locator } } : {}),
  });
  const evidenceOf = (c: Cited): ReportedFinding['evidence'][number] => ({
    role: c.role,
    ...(c.note === undefined ? {} : { note: c.note }),
    claim: claimOf(c.claim),
  });
  return {
    id: f.id,
    rule: f.rule,
    ruleVersion: f.ruleVersion,
    proposition: f.proposition,
    direction: f.direction,
    strength: f.strength,
    rootCause: f.rootCause,
    statement: f.statement,
    documents: documents.map((d) => d.id),
    paths: documents.map((d) => d.path),
    evidence: f.evidence.map(evidenceOf),
    openExplanations: f.openExplanations,
    ruledOut: f.ruledOut ?? [],
  };
}

function outcomeOf(state: string, why: string, problems: number): Outcome {
  if (state === 'partial') return { state, problems };
  return state === 'unread' ? { state, why: why as Extract<Outcome, { state: 'unread' }>['why'] } : { state: 'read' };
}

async function* pagesOf(rows: AsyncIterable<Row>): AsyncIterable<Row[]> {
  let page: Row[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
