import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { CONTAINERS } from '../containers/index.ts';
import { openUnit } from '../corpus/file-bytes.ts';
import { FORMATS } from '../formats/index.ts';
import type { Outcome, ProblemCode, ProblemDraft } from '../model/artifact.ts';
import { bytesOf } from '../model/bytes.ts';
import type { Claim, ClaimDraft, Extracted, Passage } from '../model/claim.ts';
import { MAX_RAW } from '../model/claim.ts';
import type { Bytes, Child, ClosedChild, Container, Input, Limits } from '../model/input.ts';
import { type ArtifactId, artifactId, type ProvenancePath, type Sha256, type Step } from '../model/provenance.ts';
import type { SegmentLine } from '../model/segment.ts';
import type { Unit } from '../model/unit.ts';
import { inputOf } from '../structures/bytes.ts';
import { recognise } from '../structures/recognise.ts';
import { bytesClaim, nameClaims, placeClaim, typeClaims } from './engine-claims.ts';

/** Problems kept of one artifact; a file can be wrong in a million places. */
const MAX_PROBLEMS = 50;
/** Raised whenever a claim made here changes. */
const ENGINE = 'engine@1';

export interface Extraction {
  readonly limits: Limits;
  write(line: SegmentLine): void;
  /** Called before an artifact is touched by a reader or container, so that whoever watches knows whom to blame. */
  announce(path: ProvenancePath, opener: string): void;
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
    opened = openUnit(unit, root);
  } catch (error) {
    const code: ProblemCode = unit.rawPath === undefined ? 'io' : 'unreadable-name';
    return writeClosed(found, 'unreadable', { code, message: oneLine(error) }, e);
  }
  try {
    await extractArtifact(found, opened.bytes, { inBytes: Math.max(1, unit.size), outBytes: 0 }, e);
  } finally {
    opened.close();
  }
}

async function extractArtifact(found: Found, bytes: Bytes, expansion: Expansion, e: Extraction): Promise<void> {
  const { path } = found;
  const id = artifactId(path);
  const document = found.role === 'document' ? id : (found.document ?? id);
  const input = inputOf(bytes, e.limits);
  const findings = new Notes(id, e);
  const sha256 = hashOf(bytes);
  const { mediaType, also } = recognise(input);
  for (const c of [...found.says, ...engineClaims(found, mediaType, also)]) findings.claim(c, ENGINE);
  if (found.role === 'document' && bytes.size > 0) findings.claim(bytesClaim(sha256), ENGINE);

  if (bytes.size === 0) findings.problem({ code: 'empty', message: 'there is nothing in it: 0 bytes' }, ENGINE);
  const reader = FORMATS.find((f) => f.mediaTypes.includes(mediaType));
  const container = CONTAINERS.find((c) => c.mediaTypes.includes(mediaType));
  let failed = false;
  if (reader && bytes.size > 0) {
    e.announce(path, reader.id);
    const name = `${reader.id}@${reader.version}`;
    failed = !(await findings.drain(() => reader.read(input), name, e.skip(path, reader.id)));
  }
  if (container && bytes.size > 0) {
    const opened = await openChildren(container, { found, id, document, input, expansion, findings }, e);
    failed ||= !opened && !reader;
  }
  e.write({
    t: 'artifact',
    id,
    path,
    parent: found.parent,
    document,
    sha256,
    size: bytes.size,
    mediaType,
    outcome: outcomeOf(bytes.size, Boolean(reader ?? container), failed, findings),
  });
  findings.flush();
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
  readonly input: Input;
  readonly expansion: Expansion;
  readonly findings: Notes;
}

/** Returns false where the container threw. */
async function openChildren(container: Container, around: Around, e: Extraction): Promise<boolean> {
  const { found, findings, input } = around;
  const name = `${container.id}@${container.version}`;
  const skipped = e.skip(found.path, container.id);
  if (skipped) {
    findings.problem(skipped, name, false);
    return false;
  }
  if (found.path.length > e.limits.maxDepth) {
    findings.problem({ code: 'limit-exceeded', message: `not opened: ${e.limits.maxDepth} levels deep` }, name);
    return true;
  }
  e.announce(found.path, container.id);
  try {
    let children = 0;
    for await (const item of container.open(input)) {
      if (!('key' in item)) {
        findings.problem(item.problem, name);
        continue;
      }
      if (++children > e.limits.maxChildren && container.id !== 'mbox') {
        findings.problem({ code: 'limit-exceeded', message: `more than ${e.limits.maxChildren} members; the rest was not opened` }, name);
        break;
      }
      if (!(await openChild(container.id, item, around, e))) {
        findings.problem(
          { code: 'limit-exceeded', message: `unpacks to more than ${e.limits.maxExpansionRatio} times its size; the rest was not opened` },
          name,
        );
        break;
      }
    }
    return true;
  } catch (error) {
    findings.problem({ code: 'reader-threw', message: oneLine(error) }, name);
    return false;
  }
}

/** Returns false where the budget for expansion is spent. */
async function openChild(opener: string, child: Child | ClosedChild, around: Around, e: Extraction): Promise<boolean> {
  const step: Step = { opener, key: child.key, ...(child.label === undefined ? {} : { label: child.label.slice(0, 300) }) };
  const found: Found = { path: [...around.found.path, step], parent: around.id, role: child.role, document: around.document, says: child.says };
  if (child.bytes === null) {
    writeClosed(found, child.why, child.problem, e, `${opener}`);
    return true;
  }
  const { expansion } = around;
  expansion.outBytes += child.bytes.size;
  if (expansion.outBytes > e.limits.expansionFloorBytes && expansion.outBytes / expansion.inBytes > e.limits.maxExpansionRatio) return false;
  if (child.bytes.size > e.limits.maxArtifactBytes) {
    writeClosed(
      found,
      'over-limit',
      { code: 'limit-exceeded', message: `${child.bytes.size} bytes are more than ${e.limits.maxArtifactBytes}` },
      e,
      opener,
    );
    return true;
  }
  await extractArtifact(found, child.bytes, expansion, e);
  return true;
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
  const notes = new Notes(id, e);
  for (const c of [...found.says, ...engineClaims(found, null, [])]) notes.claim(c, ENGINE);
  notes.problem(problem, reader);
  const document = found.role === 'document' ? id : (found.document ?? id);
  e.write({
    t: 'artifact',
    id,
    path: found.path,
    parent: found.parent,
    document,
    sha256: hashOf(bytesOf(new Uint8Array(0))),
    size: 0,
    mediaType: 'application/octet-stream',
    outcome: { state: 'unread', why },
  });
  notes.flush();
}

/** What one artifact's readers said, numbered and cut to the limits; problems are counted for its outcome. */
class Notes {
  readonly #id: ArtifactId;
  readonly #e: Extraction;
  readonly #lines: SegmentLine[] = [];
  #claims = 0;
  #passages = 0;
  #textBytes = 0;
  problems = 0;
  readerClaims = 0;
  #encrypted = 0;

  constructor(id: ArtifactId, e: Extraction) {
    this.#id = id;
    this.#e = e;
  }

  get encryptedOnly(): boolean {
    return this.#encrypted > 0 && this.readerClaims === 0 && this.problems === this.#encrypted;
  }

  claim(draft: ClaimDraft, reader: string): void {
    if (this.#claims === this.#e.limits.maxClaims)
      this.problem({ code: 'limit-exceeded', message: `more than ${this.#e.limits.maxClaims} claims; the rest was left out` }, reader);
    if (this.#claims++ >= this.#e.limits.maxClaims) return;
    if (reader !== ENGINE && draft.basis === 'asserted') this.readerClaims++;
    const claim: Claim = { ...draft, raw: draft.raw.slice(0, MAX_RAW), artifact: this.#id, seq: this.#claims - 1, reader };
    this.#lines.push({ t: 'claim', ...claim });
  }

  passage(p: Passage, reader: string): void {
    this.#textBytes += p.text.length;
    if (this.#textBytes > this.#e.limits.maxTextBytes) {
      if (this.#textBytes - p.text.length <= this.#e.limits.maxTextBytes)
        this.problem({ code: 'limit-exceeded', message: `more than ${this.#e.limits.maxTextBytes} bytes of text; the rest is not compared` }, reader);
      return;
    }
    this.#lines.push({ t: 'passage', artifact: this.#id, seq: this.#passages++, ...p });
  }

  problem(draft: ProblemDraft, reader: string, reproducible = true): void {
    this.problems++;
    if (draft.code === 'encrypted') this.#encrypted++;
    if (this.problems > MAX_PROBLEMS) return;
    const last = this.problems === MAX_PROBLEMS;
    const kept: ProblemDraft = last ? { code: 'limit-exceeded', message: `more than ${MAX_PROBLEMS} problems; the rest is not listed` } : draft;
    this.#lines.push({ t: 'problem', artifact: this.#id, code: kept.code, message: kept.message.slice(0, 500), reader, reproducible });
  }

  /** Runs a reader to its end. What it yielded before it threw is kept: that is deterministic. Returns false where it threw. */
  async drain(read: () => AsyncIterable<Extracted> | Iterable<Extracted>, reader: string, skipped: ProblemDraft | null): Promise<boolean> {
    if (skipped) {
      this.problem(skipped, reader, false);
      return false;
    }
    try {
      for await (const item of read()) {
        if (item.t === 'claim') this.claim(item.claim, reader);
        else if (item.t === 'passage') this.passage(item.passage, reader);
        else this.problem(item.problem, reader);
      }
      return true;
    } catch (error) {
      this.problem({ code: 'reader-threw', message: oneLine(error) }, reader);
      return false;
    }
  }

  flush(): void {
    for (const line of this.#lines) this.#e.write(line);
  }
}

/** One line of an error, without absolute paths: it goes into a report that must not differ between machines. */
const oneLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .split('\n')[0]
    ?.replace(/(?:file:\/\/)?(?:[A-Za-z]:)?[\\/](?:[^\s:'"]+[\\/])+[^\s:'"]*/g, '<path>')
    .slice(0, 300) ?? 'failed';

function hashOf(bytes: Bytes): Sha256 {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.size; at += 1024 ** 2) hash.update(bytes.slice(at, 1024 ** 2));
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
  return claims;
}

/** What we see ourselves: where it lies, what its bytes are, what its name promises. */
function engineClaims(found: Found, mediaType: string | null, also: readonly string[]): ClaimDraft[] {
  const name = found.says.find((c) => c.attribute === 'name.file')?.value;
  return [placeClaim(found.path), ...(mediaType === null ? [] : typeClaims(mediaType, also)), ...nameClaims(name)];
}
