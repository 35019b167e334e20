import { posix } from 'node:path';
import type { Artifact, ProblemDraft } from '../model/artifact.ts';
import type { ClaimDraft } from '../model/claim.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Child, ClosedChild, Limits } from '../model/input.ts';
import { type ArtifactId, artifactId, type ProvenancePath, type Sha256, sha256Of, type Step } from '../model/provenance.ts';
import type { Unit } from '../model/unit.ts';
import { bytesClaim, nameClaims, placeClaim, typeClaims, volumeClaim } from './engine-claims.ts';
import type { Extraction } from './extraction.ts';
import { Notes } from './notes.ts';

/** Something at a place, before anybody has looked into it. */
export interface Found {
  readonly path: ProvenancePath;
  readonly parent: ArtifactId | null;
  readonly role: Child['role'];
  /** The document it is a part of; null where it is one. */
  readonly document: ArtifactId | null;
  /** What its container, or the directory, says about it. */
  readonly says: readonly ClaimDraft[];
}

const MOST_LABEL = 300;

/** One artifact on its way into the segment: who it is, what was said of it, and the lines that come of both. */
export class Occurrence {
  readonly found: Found;
  readonly id: ArtifactId;
  readonly document: ArtifactId;
  readonly notes: Notes;

  constructor(found: Found, limits: Limits) {
    this.found = found;
    this.id = artifactId(found.path);
    this.document = found.role === 'document' ? this.id : (found.document ?? this.id);
    this.notes = new Notes(this.id, limits);
  }

  /** Notes what its container says, and what we see ourselves: where it lies, what its bytes are, what its name promises. */
  describe(mediaType: string | null, also: readonly string[], sha256: Sha256 | null): void {
    const { says, path, role } = this.found;
    for (const claim of says) this.notes.own(claim);
    this.notes.own(placeClaim(path));
    if (mediaType !== null) for (const claim of typeClaims(mediaType, also)) this.notes.own(claim);
    for (const claim of nameClaims(says.find((c) => c.attribute === 'name.file')?.value)) this.notes.own(claim);
    if (role === 'document' && sha256 !== null) this.notes.own(bytesClaim(sha256));
  }

  /** A thing inside it. */
  inside(opener: string, child: Omit<Child, 'bytes'>): Found {
    const step: Step = { opener, key: child.key, ...(child.label === undefined ? {} : { label: child.label.slice(0, MOST_LABEL) }) };
    return { path: [...this.found.path, step], parent: this.id, role: child.role, document: this.document, says: child.says };
  }

  /** `same`: where the equal bytes stand whose claims are its own, too. */
  write(what: Pick<Artifact, 'sha256' | 'size' | 'mediaType' | 'outcome'>, e: Extraction, same?: ArtifactId): void {
    const { path, parent } = this.found;
    e.write({ t: 'artifact', ...(same === undefined ? {} : { same }), id: this.id, path, parent, document: this.document, ...what });
    for (const line of this.notes.lines()) e.write(line);
  }
}

/** A file of the dump, with what the directory says of it. */
export function foundOf(unit: Unit): Found {
  return { path: [{ opener: 'corpus', key: unit.path }], parent: null, role: 'document', document: null, says: fileClaims(unit) };
}

function fileClaims(unit: Unit): ClaimDraft[] {
  const name = posix.basename(unit.path);
  const claims: ClaimDraft[] = [fileNameClaim(name)];
  if (unit.kind === 'file') {
    const value = { kind: 'instant', epochMs: unit.mtimeMs, offsetMinutes: 0, precisionMs: 1 } as const;
    const locator = { in: 'parent', key: 'mtime' } as const;
    claims.push({ basis: 'asserted', attribute: 'time.filesystem', field: 'mtime', raw: String(unit.mtimeMs), value, locator });
  }
  if (unit.volume) claims.push(volumeClaim(unit.volume));
  return claims;
}

/** Why there are no bytes, and who found that. */
export interface Closed {
  readonly why: ClosedChild['why'] | 'link';
  readonly problem: ProblemDraft;
  readonly by: string;
}

/** An artifact that exists and whose bytes we do not have. Its digest is that of nothing. */
export function writeClosed(found: Found, { why, problem, by }: Closed, e: Extraction): void {
  const occurrence = new Occurrence(found, e.limits);
  occurrence.describe(null, [], null);
  occurrence.notes.problem(problem, by);
  occurrence.write({ sha256: sha256Of(''), size: 0, mediaType: 'application/octet-stream', outcome: { state: 'unread', why } }, e);
}
