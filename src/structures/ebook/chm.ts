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

/** Compressed integer: seven bits a byte, the first bit set on all but the last. */
function packedAt(b: Buffer, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let i = at; i < b.byteLength && i < at + 8; i++) {
    value = value * 128 + ((b[i] ?? 0) & 0x7f);
    if ((b[i] ?? 0) < 0x80) return { value, next: i + 1 };
  }
  return { value: NaN, next: b.byteLength };
}

/** Where an uncompressed file of that name stands among the entries of one chunk; null where it is not listed there. */
function entryIn(chunk: Buffer, name: string): { readonly offset: number; readonly length: number } | null {
  const end = chunk.byteLength - Math.min(chunk.readUInt32LE(4), chunk.byteLength);
  for (let at = ENTRIES; at < end;) {
    const named = packedAt(chunk, at);
    if (Number.isNaN(named.value) || named.next + named.value > end) return null;
    const called = chunk.toString('utf8', named.next, named.next + named.value);
    const section = packedAt(chunk, named.next + named.value);
    const offset = packedAt(chunk, section.next);
    const length = packedAt(chunk, offset.next);
    if (called === name) return section.value === 0 && !Number.isNaN(length.value) ? { offset: offset.value, length: length.value } : null;
    at = length.next;
  }
  return null;
}

const big = (b: Buffer, at: number): number => Number(b.readBigUInt64LE(at));

/** Compiled HTML Help by its directory (M. Russotto, Microsoft's HTML Help (.chm) format; J. Wise, chmspec). Use as `input.once(readChm)`. Never throws. */
export function readChm({ bytes }: Input): Chm {
  const h = bufferOf(bytes.slice(0, 0x60));
  const broken = (message: string): Chm => ({
    language: h.byteLength < 24 ? 0 : h.readUInt32LE(20),
    notes: [],
    problems: [{ code: 'truncated', message }],
  });
  if (h.byteLength < 0x60) return broken('no whole header');
  const [directory, directoryBytes] = [big(h, 0x48), big(h, 0x50)];
  const content = h.readUInt32LE(4) >= 3 ? big(h, 0x58) : directory + directoryBytes;
  const d = bufferOf(bytes.slice(directory, DIRECTORY_HEADER));
  if (d.byteLength < DIRECTORY_HEADER || d.toString('latin1', 0, 4) !== 'ITSP') return broken('the directory is missing');
  const [start, size, count] = [directory + d.readUInt32LE(8), d.readUInt32LE(0x10), d.readUInt32LE(0x2c)];
  if (size < ENTRIES || size > MAX_CHUNK) return broken('the directory is damaged');
  for (let n = 0; n < count && n < MAX_CHUNKS && start + n * size < bytes.size; n++) {
    const chunk = bufferOf(bytes.slice(start + n * size, size));
    if (chunk.byteLength < ENTRIES || chunk.toString('latin1', 0, 4) !== 'PMGL') continue;
    const entry = entryIn(chunk, SYSTEM);
    if (entry) return { language: h.readUInt32LE(20), ...notesOf(bytes, content + entry.offset, entry.length) };
  }
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
