import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { numberAt, placedText } from '../placed-text.ts';

export interface Ciff {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'CIFF';
const ENTRY_BYTES = 10;
const MAX_DIRECTORIES = 64;
const MAX_ENTRIES = 1_000;
/** CIFF 1.0 revision 4 section 'Heap': where the data is, its kind, and its number. */
const IN_ENTRY = 0x4000;
const KIND = 0x3800;
const DIRECTORIES = new Set([0x2800, 0x3000]);
const TEXTS: ReadonlyMap<number, string> = new Map([
  [0x0805, 'description'],
  [0x080a, 'make and model'],
  [0x080b, 'firmware'],
  [0x0810, 'owner'],
  [0x0815, 'image type'],
]);
/** Seconds since 1970 of the camera's clock; a serial number. 32 bits each. */
const NUMBERS: ReadonlyMap<number, string> = new Map([
  [0x180e, 'captured'],
  [0x180b, 'body serial'],
]);

interface Heap {
  readonly from: number;
  readonly to: number;
}

function entry(bytes: Bytes, head: Buffer, at: number, heap: Heap, heaps: Heap[], tags: PlacedTag[]): void {
  const type = head.readUInt16LE(0);
  const inEntry = (type & 0xc000) === IN_ENTRY;
  const from = inEntry ? at + 2 : heap.from + head.readUInt32LE(6);
  const length = inEntry ? 8 : head.readUInt32LE(2);
  if (from + length > heap.to && !inEntry) return;
  const id = type & 0x3fff;
  const [text, number] = [TEXTS.get(id), NUMBERS.get(id)];
  if (DIRECTORIES.has(type & KIND) && !inEntry) heaps.push({ from, to: from + length });
  else if (id === 0x080a) {
    const both = placedText(bytes, '', from, length);
    const make = both.raw.split('\u0000', 1)[0] ?? '';
    tags.push({ key: 'make', raw: make, offset: from, length: make.length });
    const model = both.raw.split('\u0000', 2)[1] ?? '';
    tags.push({ key: 'model', raw: model, offset: from + make.length + 1, length: model.length });
  } else if (text !== undefined) tags.push(placedText(bytes, text, from, length));
  else if (number !== undefined) {
    const value = numberAt(bytes, from, 4, true);
    if (value !== null) tags.push({ key: number, raw: String(value), offset: from, length: 4 });
  }
}

/** Heaps in heaps, each with its directory at the end. Never throws; the picture is not read. */
export function readCiff({ bytes }: Input): Ciff {
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  const heaps: Heap[] = [{ from: numberAt(bytes, 2, 4, true) ?? 0, to: bytes.size }];
  for (let n = 0; n < heaps.length && n < MAX_DIRECTORIES; n++) {
    const heap = heaps[n];
    if (!heap || heap.to - heap.from < 6) continue;
    const at = heap.from + (numberAt(bytes, heap.to - 4, 4, true) ?? 0);
    const count = numberAt(bytes, at, 2, true);
    if (count === null || at + 2 + count * ENTRY_BYTES > heap.to) {
      problems.push({ code: 'truncated', message: `${NAME}: a directory lies outside its heap` });
      continue;
    }
    for (let i = 0; i < Math.min(count, MAX_ENTRIES); i++) {
      const entryAt = at + 2 + i * ENTRY_BYTES;
      entry(bytes, bufferOf(bytes.slice(entryAt, ENTRY_BYTES)), entryAt, heap, heaps, tags);
    }
  }
  if (heaps.length > MAX_DIRECTORIES) problems.push({ code: 'limit-exceeded', message: `${NAME}: more than ${MAX_DIRECTORIES} directories` });
  return { tags, problems };
}
