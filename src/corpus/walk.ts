import fs from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { compareBytes } from '../model/provenance.ts';
import type { Unit } from '../model/unit.ts';

/** What a directory listing may ask of the file system; tests put a refusing one in its place. */
export type FileSystem = Pick<typeof fs, 'lstatSync' | 'readdir' | 'readdirSync' | 'readlinkSync'>;

export interface WalkOptions {
  /** Absolute paths left out with everything below them: the case directory. */
  readonly exclude: readonly string[];
  readonly fs?: FileSystem;
}

/** The first line of a file-system error without the path of this machine: 'EACCES: permission denied'. */
const reasonOf = (error: unknown): string => (error instanceof Error ? (error.message.split(',')[0] ?? 'unreadable') : 'unreadable');

/** A name Node could not decode; it cannot be opened by that string either (nodejs/node#59202). */
const UNDECODABLE = '\uFFFD';

/** Bytes that are no UTF-8 become %xx, so that two such names stay apart. */
function keyOfBytes(name: Buffer): string {
  const text = name.toString('utf8');
  if (!text.includes(UNDECODABLE)) return text;
  return [...name].map((b) => (b < 0x80 ? String.fromCharCode(b) : `\\x${b.toString(16)}`)).join('');
}

/**
 * Everything below one root, sorted by path as UTF-8 bytes: files, dotfiles, links (listed, never followed), and what
 * cannot be read, with the reason. A root may be a single file. Throws what lstat throws when the root itself is missing.
 */
export async function walk(root: string, rootIndex: number, label: string, options: WalkOptions): Promise<Unit[]> {
  const files = options.fs ?? fs;
  const base = resolve(root);
  const prefix = label === '' ? '' : `${label}/`;
  const stat = files.lstatSync(base);
  if (!stat.isDirectory()) return [unitAt(files, base, { path: `${prefix}${basename(base)}`, file: '', root: rootIndex })].filter(isUnit);

  const units: Unit[] = [];
  const unreadable = (dir: string, error: unknown): void => {
    const path = relative(base, dir).split(sep).join('/');
    units.push({
      path: `${prefix}${path || '.'}`,
      file: path,
      root: rootIndex,
      size: 0,
      mtimeMs: 0,
      kind: 'unreadable',
      reason: `directory cannot be listed: ${reasonOf(error)}`,
    });
  };
  const excluded = (path: string): boolean => options.exclude.some((e) => path === e || path.startsWith(e + sep));
  const foreign: string[] = [];
  // fast-glob gives up on the whole walk at the first directory it may not list; a listing that fails is ours to report.
  const readdir = (dir: string, opts: { withFileTypes: true }, done: (error: NodeJS.ErrnoException | null, entries: fs.Dirent[]) => void): void => {
    files.readdir(dir, opts, (error, entries) => {
      if (error) {
        unreadable(dir, error);
        return done(null, []);
      }
      if (entries.some((e) => e.name.includes(UNDECODABLE))) foreign.push(dir);
      done(
        null,
        entries.filter((e) => !e.name.includes(UNDECODABLE) && !excluded(join(dir, e.name))),
      );
    });
  };
  const stream = fastGlob.stream('**', {
    cwd: base,
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    suppressErrors: false,
    unique: true,
    fs: { readdir: readdir as unknown as typeof fs.readdir },
  });
  for await (const entry of stream) {
    const path = String(entry);
    const found = unitAt(files, join(base, path), { path: `${prefix}${path}`, file: path, root: rootIndex });
    if (isUnit(found)) units.push(found);
  }
  for (const dir of foreign) units.push(...walkBytes(files, Buffer.from(base), Buffer.from(dir), prefix, rootIndex));
  return units.sort((a, b) => compareBytes(a.path, b.path));
}

type Found = Omit<Unit, 'kind'> & { readonly kind: Unit['kind'] | 'directory' };

function unitAt(files: FileSystem, absolute: string | Buffer, place: Pick<Unit, 'path' | 'file' | 'root'>): Found {
  try {
    const stat = files.lstatSync(absolute);
    const common = { ...place, size: stat.size, mtimeMs: Math.trunc(stat.mtimeMs) };
    if (stat.isDirectory()) return { ...common, kind: 'directory' };
    if (stat.isSymbolicLink()) return { ...common, size: 0, kind: 'link', target: files.readlinkSync(absolute).toString() };
    if (!stat.isFile()) return { ...common, size: 0, kind: 'special', reason: 'not a regular file (device, pipe or socket)' };
    return { ...common, kind: 'file' };
  } catch (error) {
    return { ...place, size: 0, mtimeMs: 0, kind: 'unreadable', reason: reasonOf(error) };
  }
}

const isUnit = (found: Found): found is Unit => found.kind !== 'directory';

/** Only for directories that hold names which are no UTF-8 (archives unpacked from CP1251 or CP866): walks those by bytes. */
function walkBytes(files: FileSystem, base: Buffer, dir: Buffer, prefix: string, root: number): Unit[] {
  const slash = Buffer.from(sep);
  const units: Unit[] = [];
  const visit = (at: Buffer, onlyForeign: boolean): void => {
    for (const name of files.readdirSync(at, { encoding: 'buffer' })) {
      if (onlyForeign && !name.toString('utf8').includes(UNDECODABLE)) continue;
      const absolute = Buffer.concat([at, slash, name]);
      const raw = absolute.subarray(base.length + 1);
      const found = unitAt(files, absolute, { path: `${prefix}${keyOfBytes(raw)}`, file: raw.toString('utf8'), root });
      if (isUnit(found)) units.push({ ...found, rawPath: raw.toString('base64') });
      else visit(absolute, false);
    }
  };
  visit(dir, true);
  return units;
}
