import fs from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { withVolumes } from '../corpus/volumes.ts';
import { walk, type FileSystem } from '../corpus/walk.ts';
import { sha256Of } from '../model/provenance.ts';
import type { Shard, Unit } from '../model/unit.ts';

/** A root that is not there, or nothing below any of them: exit code 3. */
export class NothingToScan extends Error {}

export interface Corpus {
  /** Absolute. */
  readonly roots: readonly string[];
  /** What the paths of each root begin with; '' for a single root. */
  readonly labels: readonly string[];
  /** What the report calls the corpus. */
  readonly label: string;
  readonly units: readonly Unit[];
}

/** Distinct labels for several roots: 'dump', 'dump-2'. */
function labelsOf(roots: readonly string[]): string[] {
  if (roots.length === 1) return [''];
  const seen = new Map<string, number>();
  return roots.map((root) => {
    const name = basename(root) || 'root';
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name}-${n}`;
  });
}

/** Lists everything there is to read below the given paths, leaving out `exclude`. */
export async function survey(paths: readonly string[], exclude: readonly string[], files?: FileSystem): Promise<Corpus> {
  const roots = paths.map((p) => resolve(p));
  for (const [i, root] of roots.entries()) if (!fs.existsSync(root)) throw new NothingToScan(`${paths[i] ?? root}: no such file or directory`);
  const labels = labelsOf(roots);
  const units: Unit[] = [];
  for (const [i, root] of roots.entries())
    for (const unit of await walk(root, i, labels[i] ?? '', { exclude, ...(files ? { fs: files } : {}) })) units.push(unit);
  if (units.length === 0) throw new NothingToScan(`${paths.join(', ')}: nothing to scan, there is no file in it`);
  return { roots, labels, label: roots.map((r) => basename(r)).join(' + '), units: withVolumes(units) };
}

/** Units of about this many bytes or files go into one shard: small enough to lose one, large enough to amortise a worker's start. */
const SHARD_BYTES = 16 * 1024 ** 2;
const SHARD_UNITS = 150;
const MAX_SHARDS = 1024;

/** Cuts a corpus into shards by the hash of each path: the order of discovery, and the machine, do not matter. */
export function shardsOf(units: readonly Unit[]): Shard[] {
  const bytes = units.reduce((sum, u) => sum + u.size, 0);
  const of = Math.min(MAX_SHARDS, units.length, Math.max(1, Math.ceil(bytes / SHARD_BYTES), Math.ceil(units.length / SHARD_UNITS)));
  const buckets: Unit[][] = Array.from({ length: of }, () => []);
  for (const unit of units) buckets[parseInt(sha256Of(unit.path).slice(0, 12), 16) % of]?.push(unit);
  return buckets.map((bucket, index) => ({ index, of, units: bucket }));
}

/** What a plan is a function of: a resumed scan must find the same files, unchanged. */
export const planDigest = (corpus: Corpus, limits: object): string =>
  sha256Of(JSON.stringify([corpus.roots, limits, corpus.units.map((u) => [u.path, u.size, u.mtimeMs, u.kind])]));

/** Sealed segments of an earlier run with the same plan, by shard. */
export function sealedSegments(dir: string): Map<number, string> {
  const found = new Map<number, string>();
  if (!fs.existsSync(dir)) return found;
  for (const name of fs.readdirSync(dir).sort()) {
    const shard = /^(\d{4,})-[0-9a-f]{64}\.ndjson\.gz$/.exec(name)?.[1];
    if (shard !== undefined) found.set(Number(shard), join(name));
  }
  return found;
}
