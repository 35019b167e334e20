import type { Artifact } from '../../src/model/artifact.ts';
import type { Attribute, ValueOf } from '../../src/model/attribute.ts';
import type { Claim, Passage } from '../../src/model/claim.ts';
import type { Group, Subject } from '../../src/model/evidence.ts';
import { type ExaminedEvidence, isSampled } from '../../src/model/examination.ts';
import {
  type ArtifactId,
  artifactId,
  compareBytes,
  orderKey,
  type ProvenancePath,
  renderPath,
  sha256Of,
  type Step,
} from '../../src/model/provenance.ts';
import { sortKey } from '../../src/model/sort-key.ts';
import type { TestClaim } from './claims.ts';

/** A document of a test's corpus, in the order in which it is written. */
export interface TestDoc {
  /** A file name, or a key inside `inside`. */
  readonly name: string;
  readonly claims: readonly TestClaim[];
  /** The artifact around it: a message, an archive. Written out once; the same object means the same artifact. */
  readonly inside?: TestDoc;
  readonly mediaType?: string;
  readonly passages?: readonly Pick<Passage, 'role' | 'label' | 'text'>[];
  /** Equal text means equal bytes. Default: the name. */
  readonly bytes?: string;
  /** Default: read. */
  readonly outcome?: Artifact['outcome'];
  /** Bytes; default: 1000. */
  readonly size?: number;
  /** A part rolls up into the document around it. */
  readonly part?: boolean;
}

interface Entry {
  readonly artifact: Artifact;
  readonly claims: Claim[];
  readonly passages: readonly Passage[];
  readonly parent: Entry | null;
}

const pathOf = (doc: TestDoc): ProvenancePath => {
  if (!doc.inside) return [{ opener: 'corpus', key: doc.name }];
  const outer = pathOf(doc.inside);
  const step: Step = { opener: doc.inside.mediaType === 'application/zip' ? 'zip' : 'mime', key: doc.name };
  return [outer[0], ...outer.slice(1), step];
};

export const idOf = (doc: TestDoc): ArtifactId => artifactId(pathOf(doc));

function entriesOf(docs: readonly TestDoc[]): Entry[] {
  const made = new Map<TestDoc, Entry>();
  const byName = new Map<string, TestDoc>();
  const collect = (doc: TestDoc): void => {
    byName.set(doc.name, doc);
    if (doc.inside) collect(doc.inside);
  };
  docs.forEach(collect);
  const add = (doc: TestDoc): Entry => {
    const known = made.get(doc);
    if (known) return known;
    const parent = doc.inside ? add(doc.inside) : null;
    const path = pathOf(doc);
    const id = artifactId(path);
    const artifact: Artifact = {
      id,
      path,
      parent: parent?.artifact.id ?? null,
      document: doc.part && parent ? parent.artifact.document : id,
      sha256: sha256Of(doc.bytes ?? doc.name),
      size: doc.size ?? 1000,
      mediaType: doc.mediaType ?? 'application/octet-stream',
      outcome: doc.outcome ?? { state: 'read' },
    };
    const claims = doc.claims.map((c, seq): Claim => {
      const { other, ...rest } = c;
      if (other === undefined) return { ...rest, artifact: id, seq };
      const target = byName.get(other);
      if (!target) throw new Error(`no document '${other}' in this test`);
      return { ...rest, artifact: id, seq, other: { artifact: idOf(target), locator: { in: 'parent', key: 'test' } } };
    });
    const passages = (doc.passages ?? []).map((p): Passage => ({ ...p, address: { in: 'xml', part: 'test', element: p.label, nth: 0 } }));
    const entry: Entry = { artifact, claims, passages, parent };
    made.set(doc, entry);
    return entry;
  };
  docs.forEach(add);
  return [...made.values()].sort((a, b) => compareBytes(orderKey(renderPath(a.artifact.path)), orderKey(renderPath(b.artifact.path))));
}

/** The same two verbs over a handful of literals. `reads` is enforced: a rule cannot see what it did not declare. */
export function memoryEvidence(docs: readonly TestDoc[], reads: readonly Attribute[]): ExaminedEvidence & { subjects(): Subject[] } {
  const entries = entriesOf(docs);
  const subjects = new Map<Entry, Subject>();
  const subjectOf = (e: Entry): Subject => {
    const known = subjects.get(e);
    if (known) return known;
    const subject: Subject = {
      artifact: e.artifact,
      parent: e.parent ? subjectOf(e.parent) : null,
      claims<A extends Attribute>(attribute: A) {
        if (!reads.includes(attribute)) throw new Error(`'${attribute}' is not declared in reads`);
        return e.claims.filter((c) => c.attribute === attribute) as unknown as readonly Claim<A>[];
      },
    };
    subjects.set(e, subject);
    return subject;
  };
  const carriers = (attribute: Attribute): { key: string; value: ValueOf<Attribute>; entry: Entry }[] =>
    entries
      .flatMap((entry) =>
        entry.claims
          .filter((c) => c.attribute === attribute && c.value !== null)
          .map((c) => ({ key: sortKey(attribute, c.value as ValueOf<Attribute>), value: c.value as ValueOf<Attribute>, entry })),
      )
      .sort((a, b) => compareBytes(a.key, b.key));
  return {
    subjects: () => entries.map(subjectOf),
    async *byValue(attribute) {
      for (const { entry } of carriers(attribute)) yield subjectOf(entry);
    },
    async *groups<A extends Attribute>(attribute: A, min: number): AsyncIterable<Group<A, Attribute>> {
      const byKey = new Map<string, { value: ValueOf<Attribute>; members: Set<Entry> }>();
      for (const c of carriers(attribute)) {
        const group = byKey.get(c.key) ?? { value: c.value, members: new Set<Entry>() };
        group.members.add(c.entry);
        byKey.set(c.key, group);
      }
      for (const { value, members } of byKey.values()) {
        if (members.size < min) continue;
        const stream = async function* (): AsyncIterable<Subject> {
          for (const e of members) yield subjectOf(e);
        };
        yield { value: value as ValueOf<A>, size: members.size, members: stream() };
      }
    },
    async *texts(nth = 1) {
      for (const [position, { passages }] of entries.entries()) if (passages.length > 0 && isSampled(position, nth)) yield { position, passages };
    },
    async textsAt(positions) {
      return [...positions]
        .sort((a, b) => a - b)
        .flatMap((position) => {
          const entry = entries[position];
          return entry ? [{ position, artifacts: [entry.artifact.id], passages: entry.passages }] : [];
        });
    },
    async passages(id) {
      return entries.find((e) => e.artifact.id === id)?.passages ?? [];
    },
  };
}
