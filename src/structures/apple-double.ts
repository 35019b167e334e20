import type { ProblemDraft } from '../model/artifact.ts';
import type { Certainty, Input } from '../model/input.ts';
import { bufferOf } from './placed.ts';

const SINGLE = 0x00051600;
const DOUBLE = 0x00051607;
const VERSIONS: readonly number[] = [0x00010000, 0x00020000];
const HEADER = 26;
const ENTRY = 12;

/** Entry ids of RFC 1740 appendix B. */
export const ENTRY_ID = { dataFork: 1, resourceFork: 2, realName: 3, comment: 4, fileDates: 8, finderInfo: 9 } as const;

/** One entry: `offset` and `length` in bytes of the file, kept inside of it. */
export interface AppleEntry {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
}

/** An extended attribute, 'com.apple.quarantine'; its value's place in bytes of the file. */
export interface ExtendedAttribute {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

export interface AppleDouble {
  /** AppleSingle holds the data fork too. */
  readonly single: boolean;
  readonly entries: readonly AppleEntry[];
  readonly attributes: readonly ExtendedAttribute[];
  readonly problems: readonly ProblemDraft[];
}

/** By the magic number and a version that exists. */
export function looksLikeAppleDouble(head: Uint8Array): Certainty {
  if (head.byteLength < HEADER) return 'no';
  const b = bufferOf(head);
  return (b.readUInt32BE(0) === SINGLE || b.readUInt32BE(0) === DOUBLE) && VERSIONS.includes(b.readUInt32BE(4)) ? 'certain' : 'no';
}

/** Bytes of the Finder's own information, and two of padding, in front of extended attributes. */
const FINDER_INFO = 34;
/** Header of the attributes and what stands before a name (XNU, bsd/vfs/vfs_xattr.c: attr_header, attr_entry). */
const ATTRIBUTE_HEADER = 36;
const ATTRIBUTE_ENTRY = 11;
/** The list of extended attributes is made of records of at least twelve bytes, within the first kilobytes. */
const MAX_ATTRIBUTES = 1000;
const MAX_LIST = 128 * 1024;

/**
 * AppleSingle and AppleDouble (RFC 1740): what a Mac keeps of a file beside its data, in '._name' and '__MACOSX'. Extended attributes
 * stand behind the Finder's information. Never throws.
 */
export function readAppleDouble({ bytes }: Input): AppleDouble {
  const head = bufferOf(bytes.slice(0, HEADER));
  const problems: ProblemDraft[] = [];
  if (head.byteLength < HEADER) return { single: false, entries: [], attributes: [], problems: [{ code: 'truncated', message: 'no whole header' }] };
  const count = head.readUInt16BE(24);
  const table = bufferOf(bytes.slice(HEADER, count * ENTRY));
  const entries: AppleEntry[] = [];
  for (let at = 0; at + ENTRY <= table.byteLength; at += ENTRY) {
    const [id, offset, length] = [table.readUInt32BE(at), table.readUInt32BE(at + 4), table.readUInt32BE(at + 8)];
    const kept = Math.max(0, Math.min(length, bytes.size - offset));
    if (kept < length) problems.push({ code: 'truncated', message: `entry ${id} of ${length} bytes does not fit` });
    if (kept > 0) entries.push({ id, offset, length: kept });
  }
  if (entries.length < count && table.byteLength < count * ENTRY) problems.push({ code: 'truncated', message: `${count} entries are announced` });
  const finder = entries.find((e) => e.id === ENTRY_ID.finderInfo);
  const attributes = finder && finder.length > FINDER_INFO + ATTRIBUTE_HEADER ? attributesOf(bytes, finder.offset + FINDER_INFO, problems) : [];
  return { single: head.readUInt32BE(0) === SINGLE, entries, attributes, problems };
}

function attributesOf(bytes: Input['bytes'], at: number, problems: ProblemDraft[]): ExtendedAttribute[] {
  const list = bufferOf(bytes.slice(at, MAX_LIST));
  if (list.byteLength < ATTRIBUTE_HEADER || list.toString('latin1', 0, 4) !== 'ATTR') return [];
  const count = list.readUInt16BE(34);
  const found: ExtendedAttribute[] = [];
  let next = ATTRIBUTE_HEADER;
  for (let n = 0; n < count && n < MAX_ATTRIBUTES && next + ATTRIBUTE_ENTRY <= list.byteLength; n++) {
    const [offset, length, named] = [list.readUInt32BE(next), list.readUInt32BE(next + 4), list[next + 10] ?? 0];
    const name = list.toString('utf8', next + ATTRIBUTE_ENTRY, next + ATTRIBUTE_ENTRY + named).split('\u0000')[0] ?? '';
    if (offset + length <= bytes.size && length > 0) found.push({ name, offset, length });
    else if (length > 0) problems.push({ code: 'truncated', message: `the attribute '${name.slice(0, 100)}' does not fit` });
    next += (ATTRIBUTE_ENTRY + named + 3) & ~3;
  }
  if (count > MAX_ATTRIBUTES) problems.push({ code: 'limit-exceeded', message: `more than ${MAX_ATTRIBUTES} attributes; the rest was left out` });
  return found;
}
