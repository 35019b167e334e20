import { createHash } from 'node:crypto';
import { CONTAINERS } from '../containers/index.ts';
import { tmpdir } from 'node:os';
import { scratchFiles } from '../corpus/scratch-files.ts';
import { openVolumes } from '../corpus/volume-bytes.ts';
import { volumeOf } from '../corpus/volumes.ts';
import { readerOf } from '../formats/index.ts';
import type { ClaimDraft } from '../model/claim.ts';
import type { Bytes, Child, ClosedChild, Input } from '../model/input.ts';
import { parsePath, type ProvenancePath, type Sha256 } from '../model/provenance.ts';
import { inputOf } from '../structures/bytes.ts';
import { recognise } from '../structures/recognise.ts';
import { bytesClaim, nameClaims, placeClaim, typeClaims, volumeClaim } from './engine-claims.ts';
import type { Answer, Replayable, Task } from './worker-protocol.ts';

type ReplayRequest = Omit<Extract<Task, { task: 'replay' }>, 'task'>;
type Replayed = Extract<Answer, { answer: 'replayed' }>;

const NOT_FOUND: Replayed = { answer: 'replayed', found: false, size: 0, sha256: '', bytes: new Uint8Array(0), says: [], raws: [] };

/** Follows a provenance from the disk to the artifact, and cuts raw values out again from their locators alone. */
export async function replay(request: ReplayRequest): Promise<Replayed> {
  const path = parsePath(request.path);
  const place = placeOnDisk(path, request.roots, request.labels);
  if (!place) return NOT_FOUND;
  const volume = volumeOf(place.root, place.file);
  const unit = { path: path[0].key, file: place.file, root: 0, size: 0, mtimeMs: 0, kind: 'file' } as const;
  const opened = openVolumes(volume ? { ...unit, volume } : unit, place.root);
  const scratch = scratchFiles(tmpdir());
  const beside = { passwords: request.passwords.list, scratch: () => scratch.make() };
  try {
    let own = opened.own;
    let input = inputOf(opened.bytes, request.limits, { ...beside, volumes: opened.volumes });
    let says: readonly ClaimDraft[] = volume && path.length === 1 ? [volumeClaim(volume)] : [];
    for (const step of path.slice(1)) {
      const child = await childOf(input, step.opener, step.key);
      if (!child || child.bytes === null) return NOT_FOUND;
      says = child.says;
      own = child.bytes;
      input = inputOf(own, request.limits, beside);
    }
    const raws: (string | null)[] = [];
    const observed = request.claims.some((c) => c.basis === 'observed')
      ? [...says, placeClaim(path), ...nameClaims(nameIn(says, path)), ...(await observedIn(input, own))]
      : [];
    for (const c of request.claims) raws.push(c.basis === 'observed' ? (measuredAgain(observed, c)?.raw ?? null) : await rawOf(input, says, path, c));
    const { size } = own;
    const whole = request.wantBytes > 0 ? own.slice(0, Math.min(size, request.wantBytes)) : new Uint8Array(0);
    return { answer: 'replayed', found: true, size, sha256: digestOf(own), bytes: whole, says, raws };
  } finally {
    opened.close();
    scratch.release();
  }
}

/** By pieces: what is larger than memory has a digest too. */
function digestOf(bytes: Bytes): Sha256 {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.size; at += 1024 ** 2) hash.update(bytes.slice(at, 1024 ** 2));
  return hash.digest('hex') as Sha256;
}

function placeOnDisk(path: ProvenancePath, roots: readonly string[], labels: readonly string[]): { root: string; file: string } | null {
  const { key } = path[0];
  for (const [i, root] of roots.entries()) {
    const label = labels[i] ?? '';
    if (label === '') return { root, file: key };
    if (key.startsWith(`${label}/`)) return { root, file: key.slice(label.length + 1) };
  }
  return null;
}

const nameIn = (says: readonly ClaimDraft[], path: ProvenancePath): unknown =>
  path.length === 1 ? path[0].key.split('/').pop() : says.find((c) => c.attribute === 'name.file')?.value;

async function childOf(input: Input, opener: string, key: string): Promise<Child | ClosedChild | null> {
  const container = CONTAINERS.find((c) => c.id === opener);
  if (!container) return null;
  if (container.openOne) return container.openOne(input, key);
  for await (const item of container.open(input)) if ('key' in item && item.key === key) return item;
  return null;
}

/** What we measure ourselves, measured again: the reader's observations and what the bytes are. */
async function observedIn(input: Input, own: Bytes): Promise<ClaimDraft[]> {
  const { mediaType, also } = recognise(input);
  const claims = [bytesClaim(digestOf(own)), ...typeClaims(mediaType, also)];
  const reader = readerOf(mediaType);
  if (reader) for await (const item of reader.read(input)) if (item.t === 'claim' && item.claim.basis === 'observed') claims.push(item.claim);
  return claims;
}

/** The observation that says the same, or else the first at that place. */
function measuredAgain(observed: readonly ClaimDraft[], c: Replayable): ClaimDraft | undefined {
  const there = observed.filter((o) => sameClaim(o, c));
  return there.find((o) => o.raw.startsWith(c.raw)) ?? there[0];
}

const sameClaim = (a: ClaimDraft, b: Replayable): boolean =>
  a.attribute === b.attribute && a.field === b.field && JSON.stringify(a.locator) === JSON.stringify(b.locator);

async function rawOf(input: Input, says: readonly ClaimDraft[], path: ProvenancePath, c: Replayable): Promise<string | null> {
  const { locator } = c;
  if (locator.in === 'parent') {
    const said = says.find((s) => s.locator.in === 'parent' && s.locator.key === locator.key && s.field === c.field);
    if (said) return said.raw;
    return path.length === 1 && locator.key === 'name' ? (path[0].key.split('/').pop() ?? null) : null;
  }
  const { mediaType } = recognise(input);
  const reader = readerOf(mediaType);
  return reader ? reader.replay(input, locator) : null;
}
