import { createHash } from 'node:crypto';
import { containerOf } from '../containers/index.ts';
import { openVolumes, type OpenVolumes } from '../corpus/volume-bytes.ts';
import { readerOf } from '../formats/index.ts';
import type { Outcome, ProblemDraft } from '../model/artifact.ts';
import type { Bytes, Child, ClosedChild, Container } from '../model/input.ts';
import type { Sha256 } from '../model/provenance.ts';
import type { Unit } from '../model/unit.ts';
import { inputOf } from '../structures/bytes.ts';
import { recognise } from '../structures/recognise.ts';
import { type Bench, benchFor } from './bench.ts';
import { type Content, contentOf, type Held, MOST_HELD } from './contents.ts';
import { type Expansion, type Extraction, isSpent } from './extraction.ts';
import { ENGINE, type Notes, oneLine } from './notes.ts';
import { type Closed, type Found, foundOf, Occurrence, writeClosed } from './occurrence.ts';
import { fits, repeat } from './repeat.ts';

/** Opens everything inside one unit, depth first, and writes what was learned. One bad file never throws. */
export async function extractUnit(unit: Unit, root: string, e: Extraction): Promise<void> {
  const found = foundOf(unit);
  const closed = unopened(unit);
  if (closed) return writeClosed(found, closed, e);
  let opened;
  try {
    opened = openVolumes(unit, root);
  } catch (error) {
    const code = unit.rawPath === undefined ? 'io' : 'unreadable-name';
    return writeClosed(found, { why: 'unreadable', problem: { code, message: oneLine(error) }, by: 'walk' }, e);
  }
  try {
    if (unit.volume && !unit.volume.files) return writeVolume(found, opened.own, e);
    const set = unit.volume ? { ...opened, missing: unit.volume.missing } : null;
    await extractArtifact(found, opened.own, { inBytes: Math.max(1, opened.bytes.size), outBytes: 0 }, e, set);
  } finally {
    opened.close();
  }
}

/** Null for a file that can be opened. */
function unopened(unit: Unit): Closed | null {
  const closed = (why: Closed['why'], message: string): Closed => ({ why, problem: { code: 'io', message }, by: 'walk' });
  if (unit.kind === 'link') return closed('link', `a link to '${unit.target ?? ''}' is listed and not followed`);
  if (unit.kind === 'special') return closed('unreadable', unit.reason ?? 'not a regular file');
  return unit.kind === 'unreadable' ? closed('unreadable', unit.reason ?? 'cannot be read') : null;
}

/** What the file that opens a split set is read as: all volumes. Its digest and size stay those of the file. */
type OpenSet = OpenVolumes & { readonly missing: readonly string[] };

/** A volume that another one opens: hashed and named, and read there. */
function writeVolume(found: Found, bytes: Bytes, e: Extraction): void {
  const occurrence = new Occurrence(found, e.limits);
  const sha256 = hashOf(bytes, () => e.announce(found.path, 'sha256'));
  const { mediaType } = recognise(inputOf(bytes, e.limits));
  occurrence.describe(mediaType, [], bytes.size > 0 ? sha256 : null);
  const outcome: Outcome = bytes.size === 0 ? { state: 'unread', why: 'empty' } : { state: 'read' };
  occurrence.write({ sha256, size: bytes.size, mediaType, outcome }, e);
}

/** Null where limits cut something off, so that the same bytes elsewhere must be looked at again. */
async function extractArtifact(found: Found, bytes: Bytes, expansion: Expansion, e: Extraction, set: OpenSet | null = null): Promise<Content | null> {
  const { size } = bytes;
  const sha256 = hashOf(bytes, () => e.announce(found.path, 'sha256'));
  const known = !set && size > 0 ? (e.contents?.recall(sha256) ?? null) : null;
  if (known && fits(found, known, expansion, e.limits)) {
    expansion.outBytes += known.outBytes;
    repeat(found, known, e);
    return known;
  }
  const occurrence = new Occurrence(found, e.limits);
  const bench = benchFor(found.path, set?.bytes ?? bytes, set?.volumes ?? [], e);
  const { mediaType, also } = recognise(bench.input);
  occurrence.describe(mediaType, also, size > 0 ? sha256 : null);
  for (const name of set?.missing ?? []) occurrence.notes.problem({ code: 'truncated', message: `the volume '${name}' is missing` }, ENGINE);
  const { outcome, held } = await readAndOpen(mediaType, { occurrence, bench, expansion }, e);
  bench.clear();
  occurrence.write({ sha256, size, mediaType, outcome }, e);
  if (!held || set) return null;
  const content = contentOf({ first: occurrence.id, sha256, size, mediaType, also, outcome }, held);
  if (size > 0) e.contents?.remember(content);
  return content;
}

/** An artifact whose bytes lie open. */
interface Opening {
  readonly occurrence: Occurrence;
  readonly bench: Bench;
  readonly expansion: Expansion;
}

/** What its reader says and its container holds; `held` is null where limits or a death cut something off. */
async function readAndOpen(mediaType: string, opening: Opening, e: Extraction): Promise<{ outcome: Outcome; held: readonly Held[] | null }> {
  const { occurrence, bench } = opening;
  const { notes, found } = occurrence;
  if (bench.input.bytes.size === 0) {
    notes.problem({ code: 'empty', message: 'there is nothing in it: 0 bytes' }, ENGINE);
    return { outcome: { state: 'unread', why: 'empty' }, held: [] };
  }
  const reader = readerOf(mediaType);
  const container = containerOf(mediaType);
  let failed = false;
  let whole = true;
  if (reader) {
    bench.blame(reader.id);
    const skipped = e.skip(found.path, reader.id);
    whole = skipped === null;
    failed = !(await notes.drain(() => reader.read(bench.input), `${reader.id}@${reader.version}`, skipped));
  }
  const opened = container ? await openChildren(container, opening, e) : NOTHING_INSIDE;
  failed ||= opened.failed && !reader;
  const outcome: Outcome = reader || container ? outcomeOf(failed, notes) : { state: 'unread', why: 'no-reader' };
  return { outcome, held: whole && opened.whole ? opened.held : null };
}

function outcomeOf(failed: boolean, notes: Notes): Outcome {
  if (notes.encryptedOnly) return { state: 'unread', why: 'encrypted' };
  if (failed && notes.readerClaims === 0) return { state: 'unread', why: 'reader-failed' };
  return notes.problems === 0 ? { state: 'read' } : { state: 'partial', problems: notes.problems };
}

interface Opened {
  /** The container threw, or was left out. */
  readonly failed: boolean;
  /** No limit of the engine's and no death cut anything off. */
  readonly whole: boolean;
  readonly held: readonly Held[];
}

const NOTHING_INSIDE: Opened = { failed: false, whole: true, held: [] };

async function openChildren(container: Container, opening: Opening, e: Extraction): Promise<Opened> {
  const { occurrence, bench } = opening;
  const { notes, found } = occurrence;
  const name = `${container.id}@${container.version}`;
  const cut = (message: string): Opened => {
    notes.problem({ code: 'limit-exceeded', message }, name);
    return { failed: false, whole: false, held: [] };
  };
  bench.blame(container.id);
  const skipped = e.skip(found.path, container.id);
  if (skipped) {
    notes.problem(skipped, name, false);
    return { failed: true, whole: false, held: [] };
  }
  if (found.path.length > e.limits.maxDepth) return cut(`not opened: ${e.limits.maxDepth} levels deep`);
  const held: Held[] = [];
  let whole = true;
  let children = 0;
  try {
    for await (const item of container.open(bench.input)) {
      if (!('key' in item)) {
        notes.problem(item.problem, name);
        continue;
      }
      if (++children > e.limits.maxChildren && !container.unbounded) return cut(`more than ${e.limits.maxChildren} members; the rest was not opened`);
      const opened = await openChild(container.id, item, opening, e);
      bench.clear();
      // What comes next is the container's doing again, and a child without bytes announces nothing.
      bench.blame(container.id);
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

/** 'spent' where the budget for expansion is, null where the child cannot be remembered. */
async function openChild(opener: string, item: Child | ClosedChild, opening: Opening, e: Extraction): Promise<Held | null | 'spent'> {
  const found = opening.occurrence.inside(opener, item);
  const { expansion } = opening;
  if (isSpent(expansion, e.limits)) return 'spent';
  if (item.bytes === null) {
    writeClosed(found, { ...item, by: opener }, e);
    expansion.outBytes += item.refusedBytes ?? 0;
    return { opener, closed: item };
  }
  const { bytes, ...child } = item;
  expansion.outBytes += bytes.size;
  if (isSpent(expansion, e.limits)) return 'spent';
  if (bytes.size > e.limits.maxArtifactBytes) {
    const problem: ProblemDraft = { code: 'limit-exceeded', message: `${bytes.size} bytes are more than ${e.limits.maxArtifactBytes}` };
    const closed: ClosedChild = { ...child, bytes: null, why: 'over-limit', problem };
    writeClosed(found, { ...closed, by: opener }, e);
    return { opener, closed };
  }
  const content = await extractArtifact(found, bytes, expansion, e);
  return content && { opener, child, content };
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
