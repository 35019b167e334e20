import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import type { PlacedTag } from '../placed.ts';
import { asciiAt, numberAt, placedText } from '../placed-text.ts';
import { readId3 } from './id3.ts';
import { type IffChunk, readIff } from './iff.ts';

export interface Aiff {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'AIFF';
/** Audio Interchange File Format 1.3: text chunks, 'COMT' apart. */
const TEXTS = new Set(['NAME', 'AUTH', '(c) ', 'ANNO']);
const MAX_COMMENTS = 1_000;

/** Each comment with the time it was written, seconds since 1904, its marker and its length. */
function comments(bytes: Bytes, c: IffChunk): PlacedTag[] {
  const tags: PlacedTag[] = [];
  const count = Math.min(numberAt(bytes, c.offset, 2) ?? 0, MAX_COMMENTS);
  let at = c.offset + 2;
  for (let i = 0; i < count && at + 8 <= c.offset + c.length; i++) {
    const length = numberAt(bytes, at + 6, 2) ?? 0;
    tags.push({ key: 'COMT time', raw: String(numberAt(bytes, at, 4) ?? 0), offset: at, length: 4 });
    tags.push(placedText(bytes, 'COMT', at + 8, Math.min(length, c.offset + c.length - at - 8)));
    at += 8 + length + (length & 1);
  }
  return tags;
}

/** Names, comments, ID3 and XMP of an AIFF or AIFC. Never throws; sound is not read. */
export function readAiff({ bytes, limits }: Input): Aiff {
  const tags: PlacedTag[] = [];
  const packets: Uint8Array[] = [];
  const problems: ProblemDraft[] = [];
  for (const c of readIff(bytes, NAME, problems, 12)) {
    if (TEXTS.has(c.type)) tags.push(placedText(bytes, c.type, c.offset, c.length));
    else if (c.type === 'COMT') tags.push(...comments(bytes, c));
    else if (c.type === 'ID3 ') {
      const id3 = readId3(bytes.window(c.offset, c.length), c.offset);
      tags.push(...id3.tags);
      packets.push(...id3.packets);
      problems.push(...id3.problems);
    } else if (c.type === 'APPL' && asciiAt(bytes, c.offset, 4) === 'XMP ')
      packets.push(bytes.slice(c.offset + 4, Math.min(c.length - 4, limits.maxTextBytes + 1)));
  }
  return { tags, packets, problems };
}
