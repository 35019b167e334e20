import type { ProblemDraft } from '../model/artifact.ts';
import type { Input } from '../model/input.ts';
import { bufferOf } from './placed.ts';

/** What the Finder remembers of one file of a folder: 'Iloc' where its icon lay, 'ptbL' where it was before the Trash. */
export interface DsRecord {
  /** The file's name; '.' for the folder itself. */
  readonly name: string;
  readonly nameOffset: number;
  readonly nameLength: number;
  /** Four letters. */
  readonly id: string;
  readonly type: string;
  /** Of the value, in bytes of the file, without its own length. */
  readonly offset: number;
  readonly length: number;
}

export interface DsStore {
  /** In the order of the tree. */
  readonly records: readonly DsRecord[];
  readonly problems: readonly ProblemDraft[];
}

/** Offsets in the file count from its fifth byte. */
const BASE = 4;
const MAX_RECORDS = 100_000;
const NONE: DsStore = { records: [], problems: [{ code: 'malformed', message: 'the tree of records is missing or damaged' }] };

/** Bytes of a value behind its type, by type; null for those with a length in front. */
const FIXED: Readonly<Record<string, number>> = { long: 4, shor: 4, bool: 1, type: 4, comp: 8, dutc: 8 };

/**
 * The Finder's '.DS_Store': a tree of records in blocks of a buddy allocator. No published specification; the layout is that of the
 * description by W. Thimbleby and M. Lee and of the Perl module Mac::Finder::DSStore. Never throws.
 */
export function readDsStore({ bytes, limits }: Input): DsStore {
  const file = bufferOf(bytes.slice(0, Math.min(bytes.size, limits.maxTextBytes)));
  const u32 = (at: number): number => (at >= 0 && at + 4 <= file.byteLength ? file.readUInt32BE(at) : -1);
  const allocator = BASE + u32(8);
  const count = u32(allocator);
  if (file.byteLength < 36 || count < 1 || count > 0x10000) return NONE;
  /** Where a block begins and ends; its address holds the logarithm of its size in the low five bits. */
  const block = (n: number): { from: number; to: number } | null => {
    const address = n < 0 || n >= count ? -1 : u32(allocator + 8 + 4 * n);
    if (address <= 0) return null;
    const from = BASE + (address & ~0x1f);
    return from < file.byteLength ? { from, to: Math.min(file.byteLength, from + 2 ** (address & 0x1f)) } : null;
  };
  const root = rootOf(file, allocator + 8 + 4 * 256 * Math.ceil(count / 256), u32);
  const tree = root === -1 ? null : block(root);
  if (!tree) return NONE;
  const records: DsRecord[] = [];
  const problems: ProblemDraft[] = [];
  const seen = new Set<number>();
  // A node on the stack, or a record between two nodes.
  const open: (number | DsRecord)[] = [u32(tree.from)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'number') {
      records.push(next);
      continue;
    }
    const at = seen.has(next) ? null : block(next);
    if (!at || records.length + open.length > MAX_RECORDS) {
      if (problems.length === 0) problems.push({ code: 'malformed', message: 'a node of the tree is missing, doubled or one of too many' });
      continue;
    }
    seen.add(next);
    const { items, whole } = nodeItems(file, at.from, at.to);
    if (!whole && problems.length === 0) problems.push({ code: 'malformed', message: 'a record of the tree does not fit' });
    for (const item of items.reverse()) open.push(item);
  }
  return { records, problems };
}

/** Number of the block that 'DSDB' names in the table of contents at `at`; -1 where there is none. */
function rootOf(file: Buffer, at: number, u32: (at: number) => number): number {
  const entries = Math.min(u32(at), 16);
  let next = at + 4;
  for (let i = 0; i < entries; i++) {
    const named = file[next] ?? 0;
    if (file.toString('latin1', next + 1, next + 1 + named) === 'DSDB') return u32(next + 1 + named);
    next += 5 + named;
  }
  return -1;
}

/** Records and child nodes of one node, in order; the last child stands in front. */
function nodeItems(file: Buffer, from: number, to: number): { readonly items: (number | DsRecord)[]; readonly whole: boolean } {
  const items: (number | DsRecord)[] = [];
  if (from + 8 > to) return { items, whole: false };
  const last = file.readUInt32BE(from);
  const count = file.readUInt32BE(from + 4);
  let at = from + 8;
  for (let i = 0; i < count; i++) {
    if (last !== 0) {
      if (at + 4 > to) return { items, whole: false };
      items.push(file.readUInt32BE(at));
      at += 4;
    }
    const found = recordAt(file, at, to);
    if (!found) return { items, whole: false };
    items.push(found);
    at = found.offset + found.length;
  }
  if (last !== 0) items.push(last);
  return { items, whole: true };
}

function recordAt(file: Buffer, at: number, to: number): DsRecord | null {
  if (at + 4 > to) return null;
  const nameLength = 2 * file.readUInt32BE(at);
  const nameOffset = at + 4;
  const behind = nameOffset + nameLength;
  if (nameLength === 0 || nameLength > 2048 || behind + 8 > to) return null;
  const name = Buffer.from(file.subarray(nameOffset, behind)).swap16().toString('utf16le');
  const [id, type] = [file.toString('latin1', behind, behind + 4), file.toString('latin1', behind + 4, behind + 8)];
  const fixed = FIXED[type];
  const counted = type === 'blob' || type === 'ustr';
  if ((fixed === undefined && !counted) || (counted && behind + 12 > to)) return null;
  const offset = behind + (counted ? 12 : 8);
  const length = fixed ?? file.readUInt32BE(behind + 8) * (type === 'ustr' ? 2 : 1);
  return offset + length <= to ? { name, nameOffset, nameLength, id, type, offset, length } : null;
}
