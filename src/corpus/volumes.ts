import fs from 'node:fs';
import { join, posix } from 'node:path';
import { compareBytes } from '../model/provenance.ts';
import type { Unit, Volume } from '../model/unit.ts';

/** Files of one folder that are one file cut into pieces, by their names. */
export interface VolumeSet {
  /** In order; null for one that is missing between others. */
  readonly names: readonly (string | null)[];
  /** The one that opens the set: the last of 'x.z01 … x.zip', else the first. */
  readonly opener: string;
  /** What the missing ones would be called. */
  readonly missing: readonly string[];
}

interface Piece {
  readonly set: string;
  /** From 1; Infinity for the '.zip' behind 'z01', which is the last whatever their number. */
  readonly number: number;
  readonly name: string;
  /** The name of another number. */
  readonly nameOf: (number: number) => string;
}

/** More gaps than this are no set with pieces missing, but names that look like one. */
const MOST_MISSING = 100;
/** Pieces that a plain number makes of a file: 7-Zip and 'split' cut anything, and only archives are worth joining. */
const NUMBERED = /^(.+\.(?:zip|7z|rar|tar|tar\.gz|tgz|tar\.bz2|tar\.xz)\.)(\d{3,6})$/i;
const PART = /^(.+\.part)(\d{1,5})(\.rar)$/i;
const SPLIT_ZIP = /^(.+\.z)(\d{2,5})$/i;
const OLD_RAR = /^(.+\.)([r-z])(\d\d)$/i;
const LAST_ZIP = /^(.+\.z)ip$/i;
const FIRST_RAR = /^(.+\.)rar$/i;

const numbered = (kind: string, before: string, digits: string, after: string, name: string): Piece => ({
  set: `${kind} ${before}${after}`.toLowerCase(),
  number: Number(digits),
  name,
  nameOf: (n) => `${before}${String(n).padStart(digits.length, '0')}${after}`,
});

/** 'x.rar' is 1, 'x.r00' 2, 'x.s00' 102. */
function oldRar(before: string, letter: string, digits: string, name: string): Piece {
  const first = letter === letter.toLowerCase() ? 'r' : 'R';
  const nameOf = (n: number): string =>
    `${before}${String.fromCharCode(first.charCodeAt(0) + Math.floor((n - 2) / 100))}${String((n - 2) % 100).padStart(2, '0')}`;
  const number = 2 + (letter.charCodeAt(0) - first.charCodeAt(0)) * 100 + Number(digits);
  return { set: `r ${before}`.toLowerCase(), number, name, nameOf };
}

/** What a name may be a piece of: a '.zip' or '.rar' is the last or the first of a set only where others of it are there. */
function pieceOf(name: string): Piece | null {
  let m = PART.exec(name) ?? null;
  if (m) return numbered('part', m[1] ?? '', m[2] ?? '', m[3] ?? '', name);
  m = NUMBERED.exec(name);
  if (m) return numbered('n', m[1] ?? '', m[2] ?? '', '', name);
  m = SPLIT_ZIP.exec(name);
  if (m) return numbered('z', m[1] ?? '', m[2] ?? '', '', name);
  m = LAST_ZIP.exec(name);
  if (m) return { ...numbered('z', m[1] ?? '', '01', '', name), number: Infinity };
  m = OLD_RAR.exec(name);
  if (m) return oldRar(m[1] ?? '', m[2] ?? '', m[3] ?? '', name);
  m = FIRST_RAR.exec(name);
  return m ? { ...oldRar(m[1] ?? '', 'r', '00', name), number: 1 } : null;
}

/** In the order of their numbers, with nulls between; null where the names do not make a set that something opens. */
function setOf(pieces: readonly Piece[]): VolumeSet | null {
  const sorted = pieces.toSorted((a, b) => a.number - b.number);
  const last = sorted.at(-1);
  const [first, second] = sorted;
  if (!first || !second || !last) return null;
  const ofZip = first.set.startsWith('z ');
  // Without the volume that opens the set, the others are what they are.
  if (ofZip ? last.number !== Infinity : first.number !== 1) return null;
  const names: (string | null)[] = [];
  const missing: string[] = [];
  for (const piece of sorted) {
    const at = piece.number === Infinity ? names.length : piece.number - 1;
    // Two names for one number, 'x.part1.rar' and 'x.part01.rar': nobody can tell which one belongs.
    if (at < names.length || at - names.length > MOST_MISSING) return null;
    for (let n = names.length; n < at; n++) {
      names.push(null);
      missing.push((sorted[0] as Piece).nameOf(n + 1));
    }
    names.push(piece.name);
  }
  return missing.length > MOST_MISSING ? null : { names, opener: ofZip ? last.name : first.name, missing };
}

/** The sets among the names of one folder. */
export function volumeSets(names: Iterable<string>): VolumeSet[] {
  const groups = new Map<string, Piece[]>();
  for (const name of [...names].sort(compareBytes)) {
    const piece = pieceOf(name);
    if (!piece) continue;
    const group = groups.get(piece.set);
    if (group) group.push(piece);
    else groups.set(piece.set, [piece]);
  }
  return [...groups.values()].flatMap((pieces) => setOf(pieces) ?? []);
}

/** What each name of a folder is in its set; `folder` goes in front of the names of files. */
function volumesOf(names: Iterable<string>, folder: string): Map<string, Volume> {
  const found = new Map<string, Volume>();
  for (const { names: order, opener, missing } of volumeSets(names)) {
    const files = order.map((name) => (name === null ? null : posix.join(folder, name)));
    for (const [i, name] of order.entries()) {
      if (name === null) continue;
      const volume: Volume = { number: i + 1, of: order.length, openedBy: opener, missing };
      found.set(name, name === opener ? { ...volume, files } : volume);
    }
  }
  return found;
}

/** Marks the units that are volumes of a split set, each within its folder. Names that are no UTF-8, and roots that are files, stand alone. */
export function withVolumes(units: readonly Unit[]): Unit[] {
  const folders = new Map<string, { readonly folder: string; readonly names: string[] }>();
  const keyOf = (unit: Unit): string => `${unit.root}/${posix.dirname(unit.file)}`;
  const canBe = (unit: Unit): boolean => unit.kind === 'file' && unit.file !== '' && unit.rawPath === undefined;
  for (const unit of units) {
    if (!canBe(unit)) continue;
    const known = folders.get(keyOf(unit));
    const name = posix.basename(unit.file);
    if (known) known.names.push(name);
    else folders.set(keyOf(unit), { folder: posix.dirname(unit.file), names: [name] });
  }
  const volumes = new Map([...folders].map(([key, { folder, names }]) => [key, volumesOf(names, folder)]));
  return units.map((unit) => {
    const volume = canBe(unit) ? volumes.get(keyOf(unit))?.get(posix.basename(unit.file)) : undefined;
    return volume ? { ...unit, volume } : unit;
  });
}

/** As {@link withVolumes} sees it, for one file: `file` is relative to `root`. Undefined where it stands alone, or its folder cannot be listed. */
export function volumeOf(root: string, file: string): Volume | undefined {
  // A folder may hold a hundred thousand files, and is asked about for each.
  if (!pieceOf(posix.basename(file))) return undefined;
  const folder = posix.dirname(file);
  try {
    const names = fs.readdirSync(join(root, folder), { withFileTypes: true }).flatMap((e) => (e.isFile() ? [e.name] : []));
    return volumesOf(names, folder).get(posix.basename(file));
  } catch (error) {
    // A root that is the file itself has no folder to look into.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
