import type { ProblemCode } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';
import { viewOf } from '../little-endian.ts';

/** Takes down what is wrong with a file; the same line twice counts once. Of lines of one `kind` the first is told, and how many more there are. */
export type Note = (code: ProblemCode, message: string, kind?: string) => void;

/** What the first 76 bytes say. [MS-CFB] 2.2. */
export interface CfbHeader {
  /** 3 or 4. */
  readonly major: number;
  /** 512 or 4096. */
  readonly sectorBytes: number;
  readonly directoryStart: number;
  /** Streams shorter than this lie in the mini stream. 4096 by the specification. */
  readonly miniCutoff: number;
  readonly miniFatStart: number;
  readonly difatStart: number;
}

const HEADER_BYTES = 512;
const MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sector numbers from here on are marks (DIFSECT, FATSECT, ENDOFCHAIN, FREESECT), not sectors. [MS-CFB] 2.1. */
const FIRST_MARK = 0xfffffffa;
const FREE = 0xffffffff;
/** FAT sectors that the header itself lists, at offset 76. */
const DIFAT_IN_HEADER = 109;

/** Null, and a note, for bytes that are no compound file or end within the header. */
export function cfbHeader(bytes: Bytes, note: Note): CfbHeader | null {
  const head = bytes.slice(0, HEADER_BYTES);
  if (MAGIC.some((b, i) => head[i] !== b)) return refuse(note, 'malformed', 'no compound file: the signature is missing');
  if (head.byteLength < HEADER_BYTES) return refuse(note, 'truncated', 'the header of the compound file breaks off');
  const view = viewOf(head);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return refuse(note, 'malformed', `compound file with sectors of 2^${shift} bytes`);
  return {
    major: view.getUint16(26, true),
    sectorBytes: 1 << shift,
    directoryStart: view.getUint32(48, true),
    miniCutoff: view.getUint32(56, true),
    miniFatStart: view.getUint32(60, true),
    difatStart: view.getUint32(68, true),
  };
}

function refuse(note: Note, code: ProblemCode, message: string): null {
  note(code, message);
  return null;
}

/** Where a sector stands in the file. The header takes a whole sector, in version 4 too. */
export const sectorOffset = (header: CfbHeader, sector: number): number => (sector + 1) * header.sectorBytes;

/** The file allocation table: the sector that follows each sector. Missing parts are marked free. */
export function cfbFat(bytes: Bytes, header: CfbHeader, note: Note): Uint32Array {
  const perSector = header.sectorBytes / 4;
  // No more than the file can hold: a DIFAT that lists one sector a million times is cut here.
  const wanted = Math.ceil(Math.ceil(bytes.size / header.sectorBytes) / perSector);
  const tables = fatSectors(bytes, header, wanted, note);
  const fat = new Uint32Array(tables.length * perSector).fill(FREE);
  tables.forEach((sector, i) => {
    const table = bytes.slice(sectorOffset(header, sector), header.sectorBytes);
    if (table.byteLength < header.sectorBytes) note('truncated', 'the table of sectors of the compound file breaks off');
    copyLinks(table, fat, i * perSector);
  });
  // Only a link counts as use: some writers fill the table's rest with end marks instead of free ones.
  let used = fat.length - 1;
  while (used >= 0 && (fat[used] ?? FREE) >= FIRST_MARK) used--;
  if (used >= 0 && sectorOffset(header, used) >= bytes.size) note('truncated', 'the compound file is shorter than its own table of sectors');
  return fat;
}

/** A table of links as numbers, for the mini FAT. */
export function linksOf(table: Uint8Array): Uint32Array {
  const links = new Uint32Array(table.byteLength >> 2);
  copyLinks(table, links, 0);
  return links;
}

function copyLinks(from: Uint8Array, to: Uint32Array, at: number): void {
  const view = viewOf(from);
  for (let i = 0; i < from.byteLength >> 2; i++) to[at + i] = view.getUint32(i * 4, true);
}

/** Sectors of the FAT, from the header and the chain of DIFAT sectors. */
function fatSectors(bytes: Bytes, header: CfbHeader, wanted: number, note: Note): number[] {
  const found: number[] = [];
  const take = (table: Uint8Array, from: number, count: number): void => {
    const view = viewOf(table);
    for (let i = 0; i < count && from + i * 4 + 4 <= table.byteLength && found.length < wanted; i++) {
      const sector = view.getUint32(from + i * 4, true);
      if (sector < FIRST_MARK) found.push(sector);
    }
  };
  take(bytes.slice(0, HEADER_BYTES), 76, DIFAT_IN_HEADER);
  const perSector = header.sectorBytes / 4 - 1;
  const visited = new Set<number>();
  let next = header.difatStart;
  while (next < FIRST_MARK && found.length < wanted) {
    if (visited.has(next)) {
      note('malformed', 'the table of allocation sectors runs in a circle');
      break;
    }
    visited.add(next);
    const table = bytes.slice(sectorOffset(header, next), header.sectorBytes);
    if (table.byteLength < header.sectorBytes) break;
    take(table, 0, perSector);
    next = viewOf(table).getUint32(perSector * 4, true);
  }
  return found;
}

/** Sectors of a chain in order, at most `limit`. Stops at a circle or a number outside the table, and says so. */
export function chainOf(links: Uint32Array, start: number, limit: number, what: string, note: Note): number[] {
  const chain: number[] = [];
  const visited = new Set<number>();
  let next = start;
  while (chain.length < limit && next < FIRST_MARK) {
    if (visited.has(next) || next >= links.length) {
      const how = visited.has(next) ? 'run in a circle' : 'lead out of the file';
      note('malformed', `the sectors of ${what} ${how}`, how);
      break;
    }
    visited.add(next);
    chain.push(next);
    next = links[next] ?? FREE;
  }
  return chain;
}

/** The bytes at these offsets, `unit` bytes each and `size` in all, or as many as the file has. Contiguous ones are not copied. */
export function joinAt(bytes: Bytes, offsets: readonly number[], unit: number, size: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let left = Math.min(size, offsets.length * unit);
  for (let i = 0; i < offsets.length && left > 0;) {
    const from = offsets[i] ?? 0;
    let n = 1;
    while (offsets[i + n] === from + n * unit) n++;
    const length = Math.min(n * unit, left);
    const piece = bytes.slice(from, length);
    pieces.push(piece);
    // What follows a hole would stand at the wrong place.
    if (piece.byteLength < length) break;
    left -= length;
    i += n;
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}
