import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { CONTAINERS } from '../containers/index.ts';
import { scratchFiles, type ScratchFiles } from '../corpus/scratch-files.ts';
import { openVolumes, type OpenVolumes } from '../corpus/volume-bytes.ts';
import { FORMATS } from '../formats/index.ts';
import type { Outcome, ProblemCode, ProblemDraft } from '../model/artifact.ts';
import type { ClaimDraft } from '../model/claim.ts';
import type { Bytes, Child, ClosedChild, Container, Input, Limits, Password } from '../model/input.ts';
import { type ArtifactId, artifactId, type ProvenancePath, type Sha256, sha256Of, type Step } from '../model/provenance.ts';
import type { SegmentLine } from '../model/segment.ts';
import type { Unit } from '../model/unit.ts';
import { inputOf } from '../structures/bytes.ts';
import { recognise } from '../structures/recognise.ts';
import { type Content, contentOf, type Contents, type Held, MOST_HELD } from './contents.ts';
import { bytesClaim, nameClaims, placeClaim, typeClaims, volumeClaim } from './engine-claims.ts';
import { ENGINE, Notes, oneLine } from './notes.ts';

export interface Extraction {
  readonly limits: Limits;
  readonly passwords: readonly Password[];
  /** Where what is too big for memory may lie for a while. */
  readonly scratchDir: string;
  write(line: SegmentLine): void;
  /** Called before an artifact is touched by a reader or container, so that whoever watches knows whom to blame. */
  announce(path: ProvenancePath, opener: string): void;
  /** What this shard has read so far; null where every occurrence is read anew. */
  readonly contents: Contents | null;
  /** A reader or container that died on that artifact before and is left out now. */
  skip(path: ProvenancePath, opener: string): ProblemDraft | null;
}

interface Found {
  readonly path: ProvenancePath;
  readonly parent: ArtifactId | null;
  readonly role: Child['role'];
  readonly document: ArtifactId | null;
  readonly says: readonly ClaimDraft[];
}

/** Bytes that came out of one unit, against the bomb that is spread over many members. */
interface Expansion {
  readonly inBytes: number;
  outBytes: number;
}

/** Opens everything inside one unit, depth first, and writes what was learned. One bad file never throws. */
export async function extractUnit(unit: Unit, root: string, e: Extraction): Promise<void> {
  const path: ProvenancePath = [{ opener: 'corpus', key: unit.path }];
  const found: Found = { path, parent: null, role: 'document', document: null, says: fileClaims(unit) };
  if (unit.kind === 'link')
    return writeClosed(found, 'link', { code: 'io', message: `a link to '${unit.target ?? ''}' is listed and not followed` }, e);
  if (unit.kind === 'special') return writeClosed(found, 'unreadable', { code: 'io', message: unit.reason ?? 'not a regular file' }, e);
  if (unit.kind === 'unreadable') return writeClosed(found, 'unreadable', { code: 'io', message: unit.reason ?? 'cannot be read' }, e);
  let opened;
  try {
    opened = openVolumes(unit, root);
  } catch (error) {
    const code: ProblemCode = unit.rawPath === undefined ? 'io' : 'unreadable-name';
    return writeClosed(found, 'unreadable', { code, message: oneLine(error) }, e);
  }
  try {
    if (unit.volume && !unit.volume.files) return writeVolume(found, opened.own, e);
    const set = unit.volume ? { ...opened, missing: unit.volume.missing } : null;
    await extractArtifact(found, opened.own, { inBytes: Math.max(1, opened.bytes.size), outBytes: 0 }, e, set);
  } finally {
    opened.close();
  }
}

/** What the file that opens a split set is read as: all volumes. Its digest and size stay those of the file. */
type OpenSet = OpenVolumes & { readonly missing: readonly string[] };

/** A volume that another one opens: hashed and named, and read there. */
function writeVolume(found: Found, bytes: Bytes, e: Extraction): void {
  const { path, parent } = found;
  const id = artifactId(path);
  const sha256 = hashOf(bytes, () => e.announce(path, 'sha256'));
  const { mediaType } = recognise(inputOf(bytes, e.limits));
  const outcome: Outcome = bytes.size === 0 ? { state: 'unread', why: 'empty' } : { state: 'read' };
  e.write({ t: 'artifact', id, path, parent, document: id, sha256, size: bytes.size, mediaType, outcome });
  const notes = new Notes(id, e.limits);
  for (const c of ownClaims(found, mediaType, [], bytes.size > 0 ? sha256 : null)) notes.own(c);
  for (const line of notes.lines()) e.write(line);
}

interface Bench {
  readonly input: Input;
  readonly scratch: ScratchFiles;
  /** Announces whoever touches the artifact now; the signs of life that come later are its own. */
  readonly blame: (opener: string) => void;
}

function benchFor(path: ProvenancePath, bytes: Bytes, volumes: readonly Bytes[], e: Extraction): Bench {
  const scratch = scratchFiles(e.scratchDir);
  let opener = 'recognise';
  const alive = (): void => e.announce(path, opener);
  return {
    input: inputOf(bytes, e.limits, { volumes, passwords: e.passwords, scratch: () => scratch.make(), alive }),
    scratch,
    blame: (by) => {
      opener = by;
      alive();
    },
  };
}

/** Null where limits cut something off, so that the same bytes elsewhere must be looked at again. */
async function extractArtifact(found: Found, bytes: Bytes, expansion: Expansion, e: Extraction, set: OpenSet | null = null): Promise<Content | null> {
  const { path } = found;
  const sha256 = hashOf(bytes, () => e.announce(path, 'sha256'));
  const known = !set && bytes.size > 0 ? (e.contents?.recall(sha256) ?? null) : null;
  if (known && fits(found, known, expansion, e.limits)) {
    expansion.outBytes += known.outBytes;
    repeat(found, known, e);
    return known;
  }
  const id = artifactId(path);
  const document = documentOf(found, id);
  const { input, scratch, blame } = benchFor(path, set?.bytes ?? bytes, set?.volumes ?? [], e);
  const notes = new Notes(id, e.limits);
  const { mediaType, also } = recognise(input);
  for (const c of ownClaims(found, mediaType, also, bytes.size > 0 ? sha256 : null)) notes.own(c);

  if (bytes.size === 0) notes.problem({ code: 'empty', message: 'there is nothing in it: 0 bytes' }, ENGINE);
  for (const name of set?.missing ?? []) notes.problem({ code: 'truncated', message: `the volume '${name}' is missing` }, ENGINE);
  const reader = FORMATS.find((f) => f.mediaTypes.includes(mediaType));
  const container = CONTAINERS.find((c) => c.mediaTypes.includes(mediaType));
  let failed = false;
  let whole = true;
  let held: readonly Held[] = [];
  if (reader && bytes.size > 0) {
    blame(reader.id);
    const name = `${reader.id}@${reader.version}`;
    const skipped = e.skip(path, reader.id);
    whole &&= skipped === null;
    failed = !(await notes.drain(() => reader.read(input), name, skipped));
  }
  if (container && bytes.size > 0) {
    blame(container.id);
    const opened = await openChildren(container, { found, id, document, input, expansion, notes, scratch }, e);
    failed ||= opened.failed && !reader;
    whole &&= opened.whole;
    held = opened.held;
  }
  scratch.release();
  const outcome = outcomeOf(bytes.size, Boolean(reader ?? container), failed, notes);
  e.write({ t: 'artifact', id, path, parent: found.parent, document, sha256, size: bytes.size, mediaType, outcome });
  for (const line of notes.lines()) e.write(line);
  const content = whole && !set ? contentOf({ first: id, sha256, size: bytes.size, mediaType, also, outcome }, held) : null;
  if (content && bytes.size > 0) e.contents?.remember(content);
  return content;
}

const documentOf = (found: Found, id: ArtifactId): ArtifactId => (found.role === 'document' ? id : (found.document ?? id));

/** Whether the limits that are counted along the way would cut nothing off here either. */
function fits(found: Found, content: Content, expansion: Expansion, limits: Limits): boolean {
  return (
    found.path.length + content.height - 1 <= limits.maxDepth && !isSpent({ ...expansion, outBytes: expansion.outBytes + content.outBytes }, limits)
  );
}

/** The same bytes at another place: artifacts of their own, with what this place says of them; the rest stands where they were met first. */
function repeat(found: Found, content: Content, e: Extraction): void {
  const id = artifactId(found.path);
  const document = documentOf(found, id);
  const { sha256, size, mediaType, outcome } = content;
  for (const h of content.held) {
    const inside = foundInside(h.opener, 'content' in h ? h.child : h.closed, { found, id, document });
    if ('content' in h) repeat(inside, h.content, e);
    else writeClosed(inside, h.closed.why, h.closed.problem, e, h.opener);
  }
  e.write({ t: 'artifact', same: content.first, id, path: found.path, parent: found.parent, document, sha256, size, mediaType, outcome });
  const notes = new Notes(id, e.limits);
  for (const c of ownClaims(found, mediaType, content.also, size > 0 ? sha256 : null)) notes.own(c);
  for (const line of notes.lines()) e.write(line);
}

function outcomeOf(size: number, readable: boolean, failed: boolean, notes: Notes): Outcome {
  if (size === 0) return { state: 'unread', why: 'empty' };
  if (!readable) return { state: 'unread', why: 'no-reader' };
  if (notes.encryptedOnly) return { state: 'unread', why: 'encrypted' };
  if (failed && notes.readerClaims === 0) return { state: 'unread', why: 'reader-failed' };
  return notes.problems === 0 ? { state: 'read' } : { state: 'partial', problems: notes.problems };
}

interface Around {
  readonly found: Found;
  readonly id: ArtifactId;
  readonly document: ArtifactId;
}

interface Opening extends Around {
  readonly input: Input;
  readonly expansion: Expansion;
  readonly notes: Notes;
  readonly scratch: ScratchFiles;
}

interface Opened {
  /** The container threw, or was left out. */
  readonly failed: boolean;
  /** No limit of the engine's and no death cut anything off. */
  readonly whole: boolean;
  readonly held: readonly Held[];
}

async function openChildren(container: Container, around: Opening, e: Extraction): Promise<Opened> {
  const { found, notes, input } = around;
  const name = `${container.id}@${container.version}`;
  const cut = (message: string): Opened => {
    notes.problem({ code: 'limit-exceeded', message }, name);
    return { failed: false, whole: false, held: [] };
  };
  const skipped = e.skip(found.path, container.id);
  if (skipped) {
    notes.problem(skipped, name, false);
    return { failed: true, whole: false, held: [] };
  }
  if (found.path.length > e.limits.maxDepth) return cut(`not opened: ${e.limits.maxDepth} levels deep`);
  e.announce(found.path, container.id);
  const held: Held[] = [];
  let whole = true;
  let children = 0;
  try {
    for await (const item of container.open(input)) {
      if (!('key' in item)) {
        notes.problem(item.problem, name);
        continue;
      }
      if (++children > e.limits.maxChildren && !container.unbounded) return cut(`more than ${e.limits.maxChildren} members; the rest was not opened`);
      const opened = await openChild(container.id, item, around, e);
      around.scratch.release();
      // What comes next is the container's doing again, and a child without bytes announces nothing.
      e.announce(found.path, container.id);
      if (opened === 'spent') return cut(`unpacks to more than ${e.limits.maxExpansionRatio} times its size; the rest was not opened`);
      whole &&= opened !== null && children <= MOST_HELD;
      if (opened && whole) held.push(opened);
      else held.length = 0;
    }
    return { failed: false, whole, held };
  } catch (error) {
    notes.problem({ code: 'reader-threw', message: oneLine(error) }, name);
    return { failed: true, whole, held };
  }
}

const isSpent = (x: Expansion, limits: Limits): boolean =>
  x.outBytes > limits.expansionFloorBytes && x.outBytes / x.inBytes > limits.maxExpansionRatio;

function foundInside(opener: string, child: Omit<Child, 'bytes'>, around: Around): Found {
  const step: Step = { opener, key: child.key, ...(child.label === undefined ? {} : { label: child.label.slice(0, 300) }) };
  return { path: [...around.found.path, step], parent: around.id, role: child.role, document: around.document, says: child.says };
}

/** 'spent' where the budget for expansion is, null where the child cannot be remembered. */
async function openChild(opener: string, item: Child | ClosedChild, around: Opening, e: Extraction): Promise<Held | null | 'spent'> {
  const found = foundInside(opener, item, around);
  const { expansion } = around;
  if (isSpent(expansion, e.limits)) return 'spent';
  if (item.bytes === null) {
    writeClosed(found, item.why, item.problem, e, opener);
    expansion.outBytes += item.refusedBytes ?? 0;
    return { opener, closed: item };
  }
  const { bytes, ...child } = item;
  expansion.outBytes += bytes.size;
  if (isSpent(expansion, e.limits)) return 'spent';
  if (bytes.size > e.limits.maxArtifactBytes) {
    const problem: ProblemDraft = { code: 'limit-exceeded', message: `${bytes.size} bytes are more than ${e.limits.maxArtifactBytes}` };
    writeClosed(found, 'over-limit', problem, e, opener);
    return { opener, closed: { ...child, bytes: null, why: 'over-limit', problem } };
  }
  const content = await extractArtifact(found, bytes, expansion, e);
  return content && { opener, child, content };
}

/** An artifact that exists and whose bytes we do not have. Its digest is that of nothing. */
function writeClosed(
  found: Found,
  why: 'link' | 'unreadable' | 'encrypted' | 'over-limit',
  problem: ProblemDraft,
  e: Extraction,
  reader = 'walk',
): void {
  const id = artifactId(found.path);
  const notes = new Notes(id, e.limits);
  for (const c of ownClaims(found, null, [], null)) notes.own(c);
  notes.problem(problem, reader);
  e.write({
    t: 'artifact',
    id,
    path: found.path,
    parent: found.parent,
    document: documentOf(found, id),
    sha256: sha256Of(''),
    size: 0,
    mediaType: 'application/octet-stream',
    outcome: { state: 'unread', why },
  });
  for (const line of notes.lines()) e.write(line);
}

function hashOf(bytes: Bytes, alive: () => void): Sha256 {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.size; at += 1024 ** 2) {
    hash.update(bytes.slice(at, 1024 ** 2));
    // Minutes for a mailbox of a hundred gigabytes: the pool must see that this goes on.
    if (at % 2 ** 28 === 0 && at > 0) alive();
  }
  return hash.digest('hex') as Sha256;
}

function fileClaims(unit: Unit): ClaimDraft[] {
  const name = posix.basename(unit.path);
  const claims: ClaimDraft[] = [
    { basis: 'asserted', attribute: 'name.file', field: 'file name', raw: name, value: name, locator: { in: 'parent', key: 'name' } },
  ];
  if (unit.kind === 'file') {
    const value = { kind: 'instant', epochMs: unit.mtimeMs, offsetMinutes: 0, precisionMs: 1 } as const;
    claims.push({
      basis: 'asserted',
      attribute: 'time.filesystem',
      field: 'mtime',
      raw: String(unit.mtimeMs),
      value,
      locator: { in: 'parent', key: 'mtime' },
    });
  }
  if (unit.volume) claims.push(volumeClaim(unit.volume));
  return claims;
}

/** What its container says, and what we see ourselves: where it lies, what its bytes are, what its name promises. */
function ownClaims(found: Found, mediaType: string | null, also: readonly string[], sha256: Sha256 | null): ClaimDraft[] {
  const name = found.says.find((c) => c.attribute === 'name.file')?.value;
  return [
    ...found.says,
    placeClaim(found.path),
    ...(mediaType === null ? [] : typeClaims(mediaType, also)),
    ...nameClaims(name),
    ...(found.role === 'document' && sha256 !== null ? [bytesClaim(sha256)] : []),
  ];
}
