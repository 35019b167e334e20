import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { bufferOf } from '../placed.ts';

/** What the compiler noted in '/#SYSTEM': a code, and a value whose place is in bytes of the file. */
export interface ChmNote {
  readonly code: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface Chm {
  /** Windows language id of the compiler's machine, at byte 20. */
  readonly language: number;
  readonly notes: readonly ChmNote[];
  readonly problems: readonly ProblemDraft[];
}

export const CHM_LANGUAGE = { offset: 20, length: 4 } as const;
const SYSTEM = '/#SYSTEM';
const MAX_CHUNKS = 100_000;
const MAX_CHUNK = 1024 ** 2;
const MAX_SYSTEM = 1024 ** 2;
const DIRECTORY_HEADER = 0x54;
const ENTRIES = 0x14;

/** Compressed integer: seven bits a byte, the first bit set on all but the last; at most 64 bits, of which 53 are exact. */
function packedAt(b: Buffer, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let i = at; i < b.byteLength && i < at + 10; i++) {
    value = value * 128 + ((b[i] ?? 0) & 0x7f);
    if ((b[i] ?? 0) < 0x80) return { value, next: i + 1 };
  }
  return { value: NaN, next: b.byteLength };
}

/** A file that the directory lists: where it stands in its section. Section 0 is stored, section 1 packed as a whole. */
export interface ChmEntry {
  readonly name: string;
  readonly section: number;
  readonly offset: number;
  readonly length: number;
}

/** The entries of one chunk of at least 8 bytes, of which those behind its header begin at `from`, up to the first that does not fit. */
export function* entriesIn(chunk: Buffer, from = ENTRIES): Generator<ChmEntry> {
  const end = chunk.byteLength - Math.min(chunk.readUInt32LE(4), chunk.byteLength);
  for (let at = from; at < end;) {
    const named = packedAt(chunk, at);
    if (Number.isNaN(named.value) || named.next + named.value > end) return;
    const name = chunk.toString('utf8', named.next, named.next + named.value);
    const section = packedAt(chunk, named.next + named.value);
    const offset = packedAt(chunk, section.next);
    const length = packedAt(chunk, offset.next);
    if (Number.isNaN(length.value) || Number.isNaN(offset.value)) return;
    yield { name, section: section.value, offset: offset.value, length: length.value };
    at = length.next;
  }
}

const big = (b: Buffer, at: number): number => Number(b.readBigUInt64LE(at));

export interface ChmLayout {
  /** Windows language id of the compiler's machine; 0 where the file ends before it. */
  readonly language: number;
  /** Where section 0 begins. */
  readonly content: number;
  readonly entries: Iterable<ChmEntry>;
  readonly error: string | null;
}

/** Directory of a file by its two headers. */
export function chmLayout(bytes: Input['bytes']): ChmLayout {
  const h = bufferOf(bytes.slice(0, 0x60));
  const language = h.byteLength < 24 ? 0 : h.readUInt32LE(20);
  const broken = (error: string): ChmLayout => ({ language, content: 0, entries: [], error });
  if (h.byteLength < 0x60) return broken('no whole header');
  const [directory, directoryBytes] = [big(h, 0x48), big(h, 0x50)];
  const content = h.readUInt32LE(4) >= 3 ? big(h, 0x58) : directory + directoryBytes;
  const d = bufferOf(bytes.slice(directory, DIRECTORY_HEADER));
  if (d.byteLength < DIRECTORY_HEADER || d.toString('latin1', 0, 4) !== 'ITSP') return broken('the directory is missing');
  const [start, size, count] = [directory + d.readUInt32LE(8), d.readUInt32LE(0x10), d.readUInt32LE(0x2c)];
  if (size < ENTRIES || size > MAX_CHUNK) return broken('the directory is damaged');
  return { language, content, entries: entriesOf(bytes, start, size, count), error: null };
}

function* entriesOf(bytes: Input['bytes'], start: number, size: number, count: number): Generator<ChmEntry> {
  for (let n = 0; n < count && n < MAX_CHUNKS && start + n * size < bytes.size; n++) {
    const chunk = bufferOf(bytes.slice(start + n * size, size));
    if (chunk.byteLength >= ENTRIES && chunk.toString('latin1', 0, 4) === 'PMGL') yield* entriesIn(chunk);
  }
}

/** Compiled HTML Help by its directory (M. Russotto, Microsoft's HTML Help (.chm) format; J. Wise, chmspec). Use as `input.once(readChm)`. Never throws. */
export function readChm({ bytes }: Input): Chm {
  const { language, content, entries, error } = chmLayout(bytes);
  const broken = (message: string): Chm => ({ language, notes: [], problems: [{ code: 'truncated', message }] });
  if (error !== null) return broken(error);
  for (const entry of entries)
    if (entry.name === SYSTEM && entry.section === 0) return { language, ...notesOf(bytes, content + entry.offset, entry.length) };
  return broken(`${SYSTEM} is not there`);
}

function notesOf(bytes: Input['bytes'], at: number, length: number): Pick<Chm, 'notes' | 'problems'> {
  const s = bufferOf(bytes.slice(at, Math.min(length, MAX_SYSTEM)));
  const notes: ChmNote[] = [];
  for (let i = 4; i + 4 <= s.byteLength;) {
    const size = s.readUInt16LE(i + 2);
    if (i + 4 + size > s.byteLength) break;
    if (size > 0) notes.push({ code: s.readUInt16LE(i), offset: at + i + 4, bytes: s.subarray(i + 4, i + 4 + size) });
    i += 4 + size;
  }
  return { notes, problems: s.byteLength < length ? [{ code: 'truncated', message: `${SYSTEM} breaks off` }] : [] };
}
