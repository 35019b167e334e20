import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf } from '../placed.ts';
import { type ChmEntry, entriesIn } from './chm.ts';

/** What keeps readers out of the book's pages, as Microsoft Reader calls it; null where nothing does. */
export type LitProtection = 'sealed' | 'inscribed' | 'owner exclusive';

export interface Lit {
  /** Windows language id of the program that wrote it, and where it stands. */
  readonly language: { readonly id: number; readonly offset: number } | null;
  /** By name: '/meta', '/data/ahc/content'. */
  readonly entries: ReadonlyMap<string, ChmEntry>;
  readonly protection: LitProtection | null;
  /** Offset of a stored entry in bytes of the file; null where the entry is packed or ends behind the file. */
  readonly placeOf: (name: string) => { readonly offset: number; readonly length: number } | null;
  readonly problems: readonly ProblemDraft[];
}

const HEADER = 0x28;
const PIECE = 16;
/** Blocks of the second header, behind one another; the last one is shorter. */
const BLOCK = 48;
const LAST_BLOCK = 32;
const MAX_BLOCKS = 16;
const MAX_SECOND = 64 * 1024;
const DIRECTORY_HEADER = 32;
const CHUNK_HEADER = 48;
const MAX_CHUNK = 1024 ** 2;
const MAX_CHUNKS = 100_000;
const MAX_ENTRIES = 100_000;

const nothing = (message: string): Lit => ({
  language: null,
  entries: new Map(),
  protection: null,
  placeOf: () => null,
  problems: [{ code: 'truncated', message }],
});

interface Layout {
  /** Where section 0 begins. */
  readonly content: number;
  readonly language: Lit['language'];
}

/** The block 'ITSF' of the second header: where the content begins, the language. Its time stamp has no clock that all writers share. */
function layoutOf(bytes: Bytes, start: number, length: number): Layout | null {
  const second = bufferOf(bytes.slice(start, Math.min(length, MAX_SECOND)));
  if (second.byteLength < 8) return null;
  let at = second.readUInt32LE(4);
  for (let n = 0; n < MAX_BLOCKS && at + LAST_BLOCK <= second.byteLength; n++, at += BLOCK) {
    if (second.toString('latin1', at, at + 4) !== 'ITSF') continue;
    const id = second.readUInt32LE(at + 28);
    return { content: Number(second.readBigUInt64LE(at + 16)), language: id === 0 ? null : { id, offset: start + at + 28 } };
  }
  return null;
}

function* chunksOf(bytes: Bytes, at: number, length: number): Generator<Buffer> {
  const head = bufferOf(bytes.slice(at, DIRECTORY_HEADER));
  if (head.byteLength < DIRECTORY_HEADER || head.toString('latin1', 0, 4) !== 'IFCM') return;
  const [size, count] = [head.readUInt32LE(8), head.readUInt32LE(24)];
  if (size < CHUNK_HEADER || size > MAX_CHUNK) return;
  const end = Math.min(at + length, bytes.size);
  for (let n = 0, from = at + DIRECTORY_HEADER; n < Math.min(count, MAX_CHUNKS) && from < end; n++, from += size) {
    const chunk = bufferOf(bytes.slice(from, Math.min(size, end - from)));
    if (chunk.byteLength >= CHUNK_HEADER && chunk.toString('latin1', 0, 4) === 'AOLL') yield chunk;
  }
}

function protectionOf(entries: ReadonlyMap<string, ChmEntry>): LitProtection | null {
  if (entries.has('/DRMStorage/Licenses/EUL')) return 'owner exclusive';
  if (entries.has('/DRMStorage/DRMBookplate')) return 'inscribed';
  return entries.has('/DRMStorage/DRMSealed') ? 'sealed' : null;
}

/**
 * A book of Microsoft Reader by its headers and its directory (D. Jackson, openclit; calibre's reader): of the family of compiled
 * HTML Help. Use as `input.once(readLit)`. Never throws.
 */
export function readLit({ bytes }: Input): Lit {
  const head = bufferOf(bytes.slice(0, HEADER));
  if (head.byteLength < HEADER) return nothing('no whole header');
  const [first, pieces, second] = [head.readUInt32LE(12), head.readUInt32LE(16), head.readUInt32LE(20)];
  const piece = bufferOf(bytes.slice(first + PIECE, PIECE));
  const layout = layoutOf(bytes, first + PIECE * pieces, second);
  if (pieces < 2 || piece.byteLength < PIECE || layout === null) return nothing('its second header is missing or damaged');
  const { content, language } = layout;
  const entries = new Map<string, ChmEntry>();
  let isCut = false;
  for (const chunk of chunksOf(bytes, Number(piece.readBigUInt64LE(0)), Number(piece.readBigUInt64LE(8)))) {
    for (const entry of entriesIn(chunk, CHUNK_HEADER)) {
      if (entries.size >= MAX_ENTRIES) isCut = true;
      else if (!entries.has(entry.name)) entries.set(entry.name, entry);
    }
    if (isCut) break;
  }
  if (entries.size === 0) return { ...nothing('the directory is missing or damaged'), language };
  return {
    language,
    entries,
    protection: protectionOf(entries),
    placeOf(name) {
      const entry = entries.get(name);
      if (entry?.section !== 0 || content + entry.offset + entry.length > bytes.size) return null;
      return { offset: content + entry.offset, length: entry.length };
    },
    problems: isCut ? [{ code: 'limit-exceeded', message: `more than ${MAX_ENTRIES} files; the rest was left out` }] : [],
  };
}
