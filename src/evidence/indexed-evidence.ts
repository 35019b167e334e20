import type { Artifact } from '../model/artifact.ts';
import type { Attribute } from '../model/attribute.ts';
import type { Claim, Passage } from '../model/claim.ts';
import type { Group, Subject } from '../model/evidence.ts';
import type { ExaminedEvidence, HeldText, StoredText } from '../model/examination.ts';
import type { ArtifactId } from '../model/provenance.ts';
import { sortKey } from '../model/sort-key.ts';
import type { Database, Row } from './duckdb.ts';

/** Subjects assembled at once: one query fetches the claims of so many artifacts and all that encloses them. */
const BATCH = 5000;
const TEXTS_KEPT = 100_000;
/** Rows of passages fetched at once: each is a document's worth. */
const TEXTS_AT_ONCE = 1000;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

/**
 * The evidence as rules see it, over the index. Every query ends in a total order. Artifacts are gathered in batches with
 * their declared attributes and their ancestors already joined: a rule never causes a look-up.
 */
export class IndexedEvidence implements ExaminedEvidence {
  readonly #db: Database;
  readonly #reads: readonly Attribute[];
  /** The rows of the passages of lately assembled artifacts, null for none: a search by id for each would read a whole column. */
  readonly #texts = new Map<ArtifactId, number | null>();

  constructor(db: Database, reads: readonly Attribute[]) {
    this.#db = db;
    this.#reads = reads;
  }

  /** All artifacts that make at least one of the declared claims, in path order. */
  async *subjects(): AsyncIterable<Subject> {
    const ords = this.#ords(`SELECT DISTINCT ord FROM claim WHERE attribute IN (${listed(this.#reads)}) ORDER BY ord`);
    yield* this.#assembled(ords);
  }

  async *byValue<A extends Attribute>(attribute: A): AsyncIterable<Subject> {
    const sql = `SELECT ord FROM claim WHERE attribute = ${quoted(attribute)} AND skey IS NOT NULL ORDER BY skey, ord, seq`;
    yield* this.#assembled(this.#ords(sql));
  }

  async *groups<A extends Attribute>(attribute: A, min: number): AsyncIterable<Group<A, Attribute>> {
    // One ordered pass over all groups: a query for each would cost milliseconds a value, and there may be 100,000 values.
    const sql = `SELECT ord, skey, size FROM (
        SELECT ord, skey, count(*) OVER (PARTITION BY skey) AS size FROM
          (SELECT DISTINCT ord, skey FROM claim WHERE attribute = ${quoted(attribute)} AND skey IS NOT NULL))
      WHERE size >= ${Math.trunc(min)} ORDER BY skey, ord`;
    const rows = this.#members(sql)[Symbol.asyncIterator]();
    let next = await rows.next();
    while (!next.done) {
      const { skey, size, subject } = next.value;
      const value = subject.claims(attribute).find((c) => c.value !== null && sortKey(attribute, c.value) === skey)?.value;
      if (value === undefined || value === null) throw new Error(`the index has no value for ${attribute}; delete evidence.duckdb and judge again`);
      const members = async function* (): AsyncIterable<Subject> {
        for (; !next.done && next.value.skey === skey; next = await rows.next()) yield next.value.subject;
      };
      yield { value, size, members: members() };
      while (!next.done && next.value.skey === skey) next = await rows.next();
    }
  }

  async *#members(sql: string): AsyncIterable<{ skey: string; size: number; subject: Subject }> {
    for await (const page of pages(this.#db.stream(sql), BATCH)) {
      const subjects = await this.#assemble(page.map(([ord]) => Number(ord)));
      for (const [i, [, skey, size]] of page.entries()) {
        const subject = subjects[i];
        if (subject) yield { skey: String(skey), size: Number(size), subject };
      }
    }
  }

  async passages(artifact: ArtifactId): Promise<readonly Passage[]> {
    const known = this.#texts.get(artifact);
    const row = known === undefined ? ((await this.#db.all(`SELECT text FROM artifact WHERE id = ${quoted(artifact)}`))[0]?.[0] ?? null) : known;
    if (row === null) return [];
    const [found] = await this.#db.all(`SELECT json FROM passages WHERE rowid = ${Number(row)}`);
    return found ? (JSON.parse(String(found[0])) as Passage[]) : [];
  }

  async *texts(nth = 1): AsyncIterable<StoredText> {
    const [last] = await this.#db.all('SELECT max(rowid) FROM passages');
    const end = last?.[0] === null || last?.[0] === undefined ? 0 : Number(last[0]) + 1;
    const step = TEXTS_AT_ONCE * Math.trunc(nth);
    for (let from = 0; from < end; from += step) {
      const rows = await this.#db.all(
        `SELECT rowid, json FROM passages WHERE rowid >= ${from} AND rowid < ${from + step} AND rowid % ${Math.trunc(nth)} = 0 ORDER BY rowid`,
      );
      for (const [row, json] of rows) yield { position: Number(row), passages: JSON.parse(String(json)) as Passage[] };
    }
  }

  async textsAt(positions: readonly number[]): Promise<HeldText[]> {
    const holders = await this.#db.allFor('SELECT text, id FROM artifact WHERE text IN (SELECT unnest($1)) ORDER BY text, ord', positions);
    const byRow = new Map<number, ArtifactId[]>();
    for (const [row, id] of holders) {
      const list = byRow.get(Number(row));
      if (list) list.push(String(id) as ArtifactId);
      else byRow.set(Number(row), [String(id) as ArtifactId]);
    }
    const texts: HeldText[] = [];
    for (const [position, artifacts] of byRow) {
      const [found] = await this.#db.all(`SELECT json FROM passages WHERE rowid = ${position}`);
      if (found) texts.push({ position, artifacts, passages: JSON.parse(String(found[0])) as Passage[] });
    }
    return texts;
  }

  async *#ords(sql: string): AsyncIterable<number> {
    for await (const [ord] of this.#db.stream(sql)) yield Number(ord);
  }

  async *#assembled(ords: AsyncIterable<number>): AsyncIterable<Subject> {
    for await (const batch of pages(ords, BATCH)) yield* await this.#assemble(batch);
  }

  async #assemble(ords: readonly number[]): Promise<Subject[]> {
    const entries = new Map<number, Entry>();
    const around = '(SELECT DISTINCT e.around AS ord FROM (SELECT unnest($1) AS ord) w JOIN enclosure e USING (ord))';
    const artifacts = await this.#db.allFor(
      `SELECT a.ord, t.parent_ord, a.json, a.text FROM ${around} JOIN artifact a USING (ord) JOIN ancestry t USING (ord)`,
      ords,
    );
    if (this.#texts.size > TEXTS_KEPT) this.#texts.clear();
    for (const [ord, parent, json, text] of artifacts) {
      const entry = entryOf(json ?? null, parent ?? null);
      entries.set(Number(ord), entry);
      this.#texts.set(entry.artifact.id, text === null || text === undefined ? null : Number(text));
    }
    const claims = await this.#db.allFor(
      `SELECT c.ord, c.attribute, c.json FROM ${around} JOIN claim c USING (ord) WHERE c.attribute IN (${listed(this.#reads)}) ORDER BY c.ord, c.seq`,
      ords,
    );
    for (const [ord, attribute, json] of claims) {
      const entry = entries.get(Number(ord));
      const list = entry?.claims.get(String(attribute)) ?? [];
      list.push(String(json));
      entry?.claims.set(String(attribute), list);
    }
    const subjects = new Map<number, Subject>();
    return ords.map((ord) => this.#subjectOf(ord, entries, subjects));
  }

  #subjectOf(ord: number, entries: ReadonlyMap<number, Entry>, made: Map<number, Subject>): Subject {
    const known = made.get(ord);
    if (known) return known;
    const entry = entries.get(ord);
    if (!entry) throw new Error(`artifact ${ord} is not in the index; delete evidence.duckdb and judge again`);
    const reads = this.#reads;
    const parsed = new Map<string, readonly Claim[]>();
    const subject: Subject = {
      artifact: entry.artifact,
      parent: entry.parentOrd === null ? null : this.#subjectOf(entry.parentOrd, entries, made),
      claims<A extends Attribute>(attribute: A): readonly Claim<A>[] {
        if (!reads.includes(attribute)) throw new Error(`'${attribute}' is not declared in reads`);
        let list = parsed.get(attribute);
        if (!list) parsed.set(attribute, (list = (entry.claims.get(attribute) ?? []).map((json) => JSON.parse(json) as Claim)));
        return list as unknown as readonly Claim<A>[];
      },
    };
    made.set(ord, subject);
    return subject;
  }
}

interface Entry {
  readonly artifact: Artifact;
  readonly parentOrd: number | null;
  readonly claims: Map<string, string[]>;
}

const entryOf = (json: Row[number], parent: Row[number]): Entry => ({
  artifact: JSON.parse(String(json)) as Artifact,
  parentOrd: parent === null ? null : Number(parent),
  claims: new Map(),
});

async function* pages<T>(items: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
