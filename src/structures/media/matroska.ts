import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';

/** Of a Matroska or WebM file. */
export interface Matroska {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

/** RFC 9559 section 5; the numbers as they stand, with their marker bits. */
const MASTERS: ReadonlyMap<number, string> = new Map([
  [0x18538067, 'Segment'],
  [0x1549a966, 'Info'],
  [0x1254c367, 'Tags'],
  [0x7373, 'Tag'],
  [0x67c8, 'SimpleTag'],
]);
const VALUES: ReadonlyMap<number, string> = new Map([
  [0x4461, 'DateUTC'],
  [0x4d80, 'MuxingApp'],
  [0x5741, 'WritingApp'],
  [0x7ba9, 'Title'],
  [0x45a3, 'TagName'],
  [0x4487, 'TagString'],
]);
/** A film has a cluster every few seconds. */
const MAX_ELEMENTS = 200_000;
const MAX_TEXT_BYTES = 64 * 1024;

interface Element {
  readonly id: number;
  readonly from: number;
  /** Beyond the parent's end where the size is unknown (live streams). */
  readonly to: number;
}

/** A number that tells its own length by its leading zeros (RFC 8794 section 4); null where it breaks off or is longer than `most`. */
function variable(b: Buffer, at: number, most: number, keepMarker: boolean): { value: number; length: number; unknown: boolean } | null {
  const first = b[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > most || at + length > b.byteLength) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  let ones = (first & (0xff >> length)) === 0xff >> length;
  for (let i = 1; i < length; i++) {
    const next = b[at + i] ?? 0;
    value = value * 256 + next;
    ones &&= next === 0xff;
  }
  return { value, length, unknown: ones };
}

function elementAt(bytes: Bytes, at: number, end: number): Element | null {
  const head = bufferOf(bytes.slice(at, 12));
  const id = variable(head, 0, 4, true);
  const size = id && variable(head, id.length, 8, false);
  if (!size) return null;
  const from = at + id.length + size.length;
  return { id: id.value, from, to: size.unknown ? end : from + size.value };
}

function valueOf(bytes: Bytes, key: string, e: Element): PlacedTag | null {
  const length = e.to - e.from;
  const b = bufferOf(bytes.slice(e.from, Math.min(length, MAX_TEXT_BYTES)));
  if (key !== 'DateUTC') return { key, raw: b.toString('utf8').split('\u0000', 1)[0] ?? '', offset: e.from, length: b.byteLength };
  return b.byteLength === 8 ? { key, raw: b.readBigInt64BE(0).toString(), offset: e.from, length: 8 } : null;
}

/**
 * The segment's own account and its tags, 'Tag ENCODER' under the name each gives itself. Clusters are stepped over, not
 * read. Never throws; what is wrong is in `problems`.
 */
export function readMatroska({ bytes }: Input): Matroska {
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  const ends: number[] = [bytes.size];
  let name = '';
  let elements = 0;
  for (let at = 0; at + 2 <= bytes.size;) {
    while (ends.length > 1 && at >= (ends.at(-1) ?? 0)) ends.pop();
    const end = ends.at(-1) ?? bytes.size;
    if (++elements > MAX_ELEMENTS)
      return {
        tags,
        problems: [...problems, { code: 'limit-exceeded', message: `Matroska: more than ${MAX_ELEMENTS} elements, the rest is not read` }],
      };
    const e = elementAt(bytes, at, end);
    if (!e) return { tags, problems: [...problems, { code: 'malformed', message: `Matroska: no element at ${at}` }] };
    if (e.to > end) problems.push({ code: 'truncated', message: `Matroska: the element at ${at} ends beyond what is around it` });
    if (MASTERS.has(e.id) && ends.length < 8) {
      ends.push(Math.min(e.to, end));
      at = e.from;
      continue;
    }
    const key = VALUES.get(e.id);
    const tag = key === undefined ? null : valueOf(bytes, key, e);
    if (key === 'DateUTC' && !tag) problems.push({ code: 'malformed', message: 'Matroska: DateUTC has no eight bytes' });
    if (tag && key === 'TagName') name = tag.raw;
    else if (tag) tags.push(key === 'TagString' ? { ...tag, key: `Tag ${name}` } : tag);
    // An element of unknown size is a cluster: its children stand side by side with what follows.
    at = e.to === end && e.id === 0x1f43b675 ? e.from : e.to;
  }
  return { tags, problems };
}
