import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { numberAt, placedText, textOf, wideAt } from '../placed-text.ts';

export interface Asf {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'ASF';
/** Advanced Systems Format Specification 1.20 section 10; the GUIDs as they stand, Adobe's XMP Specification part 3 for the last. */
const OBJECTS: ReadonlyMap<string, 'header' | 'file' | 'content' | 'extended' | 'extension' | 'library' | 'xmp'> = new Map([
  ['3026b2758e66cf11a6d900aa0062ce6c', 'header'],
  ['a1dcab8c47a9cf118ee400c00c205365', 'file'],
  ['3326b2758e66cf11a6d900aa0062ce6c', 'content'],
  ['40a4d0d207e3d21197f000a0c95ea850', 'extended'],
  ['b503bf5f2ea9cf118ee300c00c205365', 'extension'],
  ['eacbf8c5af5b77488467aa8c44fa4cca', 'library'],
  ['941c23449894d149a1411d134e457054', 'library'],
  ['cbcf7abea997e8429c71999491e3afac', 'xmp'],
]);
/** Bytes in front of the objects that one holds. */
const INSIDE = { header: 6, extension: 22 } as const;
const CONTENT = ['Title', 'Author', 'Copyright', 'Description', 'Rating'];
const MAX_OBJECTS = 10_000;
const MAX_RECORDS = 5_000;
const TEXT = 0;

interface Walk {
  readonly bytes: Bytes;
  readonly tags: PlacedTag[];
  readonly packets: Uint8Array[];
  readonly problems: ProblemDraft[];
  readonly maxTextBytes: number;
}

/** Creation date: 100 ns ticks since 1601, UTC; zero where a live stream was recorded. */
function fileProperties(from: number, { bytes, tags }: Walk): void {
  const ticks = wideAt(bytes, from + 24, true);
  if (ticks !== null) tags.push({ key: 'File Properties creation', raw: ticks.toString(), offset: from + 24, length: 8 });
}

function contentDescription(from: number, to: number, { bytes, tags }: Walk): void {
  let at = from + 10;
  for (const [i, key] of CONTENT.entries()) {
    const length = numberAt(bytes, from + 2 * i, 2, true) ?? 0;
    if (at + length > to) return;
    if (length > 0) tags.push(placedText(bytes, key, at, length, 0, 'utf-16le'));
    at += length;
  }
}

function value(key: string, type: number, at: number, length: number, { bytes, tags }: Walk): void {
  if (type === TEXT) tags.push(placedText(bytes, key, at, length, 0, 'utf-16le'));
  else if (type >= 2 && type <= 5 && (length === 2 || length === 4 || length === 8)) {
    const number = length === 8 ? wideAt(bytes, at, true) : numberAt(bytes, at, length, true);
    if (number !== null) tags.push({ key, raw: number.toString(), offset: at, length });
  }
}

/** Name, type, value, each with its length in front. */
function extended(from: number, to: number, walk: Walk): void {
  const { bytes } = walk;
  const count = Math.min(numberAt(bytes, from, 2, true) ?? 0, MAX_RECORDS);
  let at = from + 2;
  for (let i = 0; i < count; i++) {
    const nameLength = numberAt(bytes, at, 2, true) ?? 0;
    const key = textOf(bytes.slice(at + 2, Math.min(nameLength, 1024)), 'utf-16le');
    const typeAt = at + 2 + nameLength;
    const [type, length] = [numberAt(bytes, typeAt, 2, true), numberAt(bytes, typeAt + 2, 2, true)];
    if (type === null || length === null || typeAt + 4 + length > to) return;
    value(key, type, typeAt + 4, length, walk);
    at = typeAt + 4 + length;
  }
}

/** Language, stream, length of the name, type, length of the value; then both. */
function library(from: number, to: number, walk: Walk): void {
  const { bytes } = walk;
  const count = Math.min(numberAt(bytes, from, 2, true) ?? 0, MAX_RECORDS);
  let at = from + 2;
  for (let i = 0; i < count; i++) {
    const head = bufferOf(bytes.slice(at, 12));
    if (head.byteLength < 12) return;
    const [nameLength, type, length] = [head.readUInt16LE(4), head.readUInt16LE(6), head.readUInt32LE(8)];
    const valueAt = at + 12 + nameLength;
    if (valueAt + length > to) return;
    value(textOf(bytes.slice(at + 12, Math.min(nameLength, 1024)), 'utf-16le'), type, valueAt, length, walk);
    at = valueAt + length;
  }
}

/** Clock, descriptions and XMP of the header and of what follows the data. Never throws; frames and samples are not read. */
export function readAsf({ bytes, limits }: Input): Asf {
  const walk: Walk = { bytes, tags: [], packets: [], problems: [], maxTextBytes: limits.maxTextBytes };
  const levels: { from: number; to: number }[] = [{ from: 0, to: bytes.size }];
  let seen = 0;
  for (let level = levels.shift(); level; level = levels.shift()) {
    for (let at = level.from; at + 24 <= level.to;) {
      if (++seen > MAX_OBJECTS)
        return { ...walk, problems: [...walk.problems, { code: 'limit-exceeded', message: `${NAME}: more than ${MAX_OBJECTS} objects` }] };
      const kind = OBJECTS.get(bufferOf(bytes.slice(at, 16)).toString('hex'));
      const size = Number(wideAt(bytes, at + 16, true) ?? 0n);
      if (size < 24 || at + size > level.to) {
        walk.problems.push({
          code: size < 24 ? 'malformed' : 'truncated',
          message: `${NAME}: the object at ${at} ${size < 24 ? 'has no length' : 'ends beyond what is around it'}`,
        });
        if (size < 24) break;
      }
      const [from, to] = [at + 24, Math.min(at + size, level.to)];
      if (kind === 'header' || kind === 'extension') levels.push({ from: from + INSIDE[kind], to });
      else if (kind === 'file') fileProperties(from, walk);
      else if (kind === 'content') contentDescription(from, to, walk);
      else if (kind === 'extended') extended(from, to, walk);
      else if (kind === 'library') library(from, to, walk);
      else if (kind === 'xmp') walk.packets.push(bytes.slice(from, Math.min(to - from, walk.maxTextBytes + 1)));
      at += size;
    }
  }
  return walk;
}
