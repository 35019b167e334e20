import type { Artifact } from '../model/artifact.ts';
import type { Attribute } from '../model/attribute.ts';
import type { Claim, Passage } from '../model/claim.ts';
import type { Group, Subject } from '../model/evidence.ts';
import type { ExaminedEvidence, HeldText, StoredText } from '../model/examination.ts';
import type { ArtifactId } from '../model/provenance.ts';
import type { Database, Row } from './duckdb.ts';
import type { LineStore, StoredPlace } from './line-store.ts';

/** Subjects assembled at once: one query fetches the claims of so many artifacts and all that encloses them, some kilobytes each. */
const BATCH = 2000;
const PLACES_KEPT = 20_000;

const placeIn = (at: Row[number] | undefined, length: Row[number] | undefined): StoredPlace | 'none' =>
  at === null || at === undefined ? 'none' : { at: Number(at), length: Number(length) };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

/**
 * The evidence as rules see it, over the index. Every query ends in a total order. Artifacts are gathered in batches with
 * their declared attributes and their ancestors already joined: a rule never causes a look-up.
 */
export class IndexedEvidence implements ExaminedEvidence {
  readonly #db: Database;
  readonly #reads: readonly Attribute[];
  readonly #lines: LineStore;
  /** Where the passages of lately assembled artifacts stand: a search by id for each would read a whole column. */
  readonly #places = new Map<ArtifactId, StoredPlace | 'none'>();

  constructor(db: Database, lines: LineStore, reads: readonly Attribute[]) {
    this.#db = db;
    this.#lines = lines;
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
    const sql = `SELECT ord, skey, size, start, length FROM (
        SELECT ord, skey, start, length, count(*) OVER (PARTITION BY skey) AS size FROM
          (SELECT ord, skey, min(start) AS start, arg_min(length, start) AS length FROM claim
            WHERE attribute = ${quoted(attribute)} AND skey IS NOT NULL GROUP BY ord, skey))
      WHERE size >= ${Math.trunc(min)} ORDER BY skey, ord`;
    const rows = this.#members(sql)[Symbol.asyncIterator]();
    try {
      let next = await rows.next();
      while (!next.done) {
        const { skey, size, place } = next.value;
        const { value } = JSON.parse(this.#lines.read(place)) as Claim<A>;
        if (value === null) throw new Error(`the index has no value for ${attribute}; delete evidence.duckdb and judge again`);
        const members = async function* (): AsyncIterable<Subject> {
          for (; !next.done && next.value.skey === skey; next = await rows.next()) yield await next.value.subject();
        };
        yield { value, size, members: members() };
        while (!next.done && next.value.skey === skey) next = await rows.next();
      }
    } finally {
      // Whoever has seen enough: a stream left open holds all that was sorted for it.
      await rows.return?.();
    }
  }

  /** Assembled when one of a page is asked for: who only counts, or looks for one value, pays for nothing else. */
  async *#members(sql: string): AsyncIterable<Member> {
    for await (const page of pages(this.#db.stream(sql), BATCH)) {
      const ords = page.map(([ord]) => Number(ord));
      let subjects: Promise<Subject[]> | undefined;
      for (const [i, [, skey, size, at, length]] of page.entries())
        yield {
          skey: String(skey),
          size: Number(size),
          place: { at: Number(at), length: Number(length) },
          subject: async () => (await (subjects ??= this.#assemble(ords)))[i] as Subject,
        };
    }
  }

  async passages(artifact: ArtifactId): Promise<readonly Passage[]> {
    const place = this.#places.get(artifact) ?? (await this.#placeOf(artifact));
    return place === 'none' ? [] : this.#passages(place);
  }

  async #placeOf(artifact: ArtifactId): Promise<StoredPlace | 'none'> {
    const [row] = await this.#db.all(`SELECT text_at, text_length FROM artifact WHERE id = ${quoted(artifact)}`);
    return placeIn(row?.[0], row?.[1]);
  }

  async *texts(nth = 1): AsyncIterable<StoredText> {
    // As isSampled has it.
    const sampled = `((text % 65536)::BIGINT * 40503) % 65536 < ${65_536 / Math.trunc(nth)}`;
    for await (const [row, at, length] of this.#db.stream(`SELECT text, start, length FROM text WHERE ${sampled} ORDER BY text`))
      yield { position: Number(row), passages: this.#passages({ at: Number(at), length: Number(length) }) };
  }

  #passages(place: StoredPlace): Passage[] {
    return JSON.parse(this.#lines.read(place)) as Passage[];
  }

  async textsAt(positions: readonly number[]): Promise<HeldText[]> {
    const holders = await this.#db.allFor(
      'SELECT text, text_at, text_length, id FROM artifact WHERE text IN (SELECT unnest($1)) ORDER BY text, ord',
      positions,
    );
    const byRow = new Map<number, { readonly place: StoredPlace; readonly artifacts: ArtifactId[] }>();
    for (const [row, at, length, id] of holders) {
      const held = byRow.get(Number(row)) ?? { place: { at: Number(at), length: Number(length) }, artifacts: [] };
      held.artifacts.push(String(id) as ArtifactId);
      byRow.set(Number(row), held);
    }
    return [...byRow].map(([position, { place, artifacts }]) => ({ position, artifacts, passages: this.#passages(place) }));
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
      `SELECT a.ord, t.parent_ord, a.start, a.length, a.text_at, a.text_length FROM ${around} JOIN artifact a USING (ord) JOIN ancestry t USING (ord)`,
      ords,
    );
    if (this.#places.size > PLACES_KEPT) this.#places.clear();
    const described = this.#lines.readAll(artifacts.map(([, , at, length]) => ({ at: Number(at), length: Number(length) })));
    for (const [i, [ord, parent, , , at, length]] of artifacts.entries()) {
      const entry = entryOf(described[i] ?? '', parent ?? null);
      entries.set(Number(ord), entry);
      this.#places.set(entry.artifact.id, placeIn(at, length));
    }
    const claims = await this.#db.allFor(
      `SELECT c.ord, c.attribute, c.start, c.length FROM ${around} JOIN claim c USING (ord) WHERE c.attribute IN (${listed(this.#reads)}) ORDER BY c.ord, c.seq`,
      ords,
    );
    const said = this.#lines.readAll(claims.map(([, , at, length]) => ({ at: Number(at), length: Number(length) })));
    for (const [i, [ord, attribute]] of claims.entries()) {
      const entry = entries.get(Number(ord));
      const list = entry?.claims.get(String(attribute)) ?? [];
      list.push(said[i] ?? '');
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
        if (!list) parsed.set(attribute, (list = (entry.claims.get(attribute) ?? []).map((json) => claimOf(json, entry.artifact.id))));
        return list as unknown as readonly Claim<A>[];
      },
    };
    made.set(ord, subject);
    return subject;
  }
}

/** One of a group: its claim stands at `place`. */
interface Member {
  readonly skey: string;
  readonly size: number;
  readonly place: StoredPlace;
  subject(): Promise<Subject>;
}

interface Entry {
  readonly artifact: Artifact;
  readonly parentOrd: number | null;
  readonly claims: Map<string, string[]>;
}

/** Equal bytes were read once; what they say is said at each of their places. */
const claimOf = (json: string, artifact: ArtifactId): Claim => Object.assign(JSON.parse(json) as Claim, { artifact });

const entryOf = (json: string, parent: Row[number]): Entry => ({
  artifact: JSON.parse(json) as Artifact,
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
