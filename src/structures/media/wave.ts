import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { decodeText } from '../image/exif.ts';
import { readId3 } from './id3.ts';
import { type PlacedTag, withoutPadding } from '../placed.ts';
import { asciiAt, numberAt } from '../placed-text.ts';
import { readRiff, type RiffChunk } from './riff.ts';

/** What a WAV or an AVI says of itself. */
export interface Wave {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'RIFF';
const MAX_TEXT_BYTES = 64 * 1024;
/** A recorder makes two; a bomb nests thousands. */
const MAX_LISTS = 64;
/** EBU Tech 3285 section 2.3: fixed places in the 'bext' chunk. The date and the time behind it are one value. */
const BROADCAST = [
  ['bext Originator', 256, 32],
  ['bext OriginationDate', 320, 18],
] as const;

/** Lists that hold descriptions; those of frames and of edits are not walked. */
const WALKED = new Set(['INFO', 'hdrl']);

interface Walk {
  readonly input: Input;
  readonly tags: PlacedTag[];
  readonly packets: Uint8Array[];
  readonly problems: ProblemDraft[];
}

function place(key: string, offset: number, length: number, walk: Walk): void {
  const kept = Math.min(length, MAX_TEXT_BYTES);
  const value = walk.input.bytes.slice(offset, kept);
  walk.tags.push({ key, raw: withoutPadding(decodeText(value)), offset, length: value.byteLength });
  if (kept < length) walk.problems.push({ code: 'limit-exceeded', message: `${NAME}: ${key} has ${length} bytes, the first ${kept} read` });
}

/** Windows shows the tracks of a sound disc as files; each holds the serial it gave the disc, low byte first. */
function discSerial(c: RiffChunk, walk: Walk): void {
  const serial = numberAt(walk.input.bytes, c.offset + 4, 4, true);
  if (serial === null) return;
  const hex = serial.toString(16).toUpperCase().padStart(8, '0');
  walk.tags.push({ key: 'disc serial', raw: `${hex.slice(0, 4)}-${hex.slice(4)}`, offset: c.offset + 4, length: 4 });
}

function chunk(c: RiffChunk, list: string | null, walk: Walk): void {
  const { bytes, limits } = walk.input;
  if (list === 'INFO' || c.type === 'IDIT') place(c.type, c.offset, c.length, walk);
  else if (c.type === 'fmt ' && asciiAt(bytes, 8, 4) === 'CDDA') discSerial(c, walk);
  else if (c.type === 'bext')
    for (const [key, at, length] of BROADCAST) place(key, c.offset + at, Math.max(0, Math.min(length, c.length - at)), walk);
  else if (c.type === '_PMX') walk.packets.push(bytes.slice(c.offset, Math.min(c.length, limits.maxTextBytes + 1)));
  else if (c.type.toLowerCase() === 'id3 ') {
    const { tags, packets, problems } = readId3(bytes.window(c.offset, c.length), c.offset);
    walk.tags.push(...tags);
    walk.packets.push(...packets);
    walk.problems.push(...problems);
  }
}

/** Chunks of the file and of its lists of descriptions (RIFF 1991; Adobe's XMP Specification part 3 section 1.4). Never throws. */
export function readWave(input: Input): Wave {
  const walk: Walk = { input, tags: [], packets: [], problems: [] };
  const levels: { from: number; to: number; list: string | null }[] = [{ from: 12, to: input.bytes.size, list: null }];
  let lists = 0;
  for (let level = levels.shift(); level; level = levels.shift()) {
    const { chunks, problems } = readRiff(input.bytes, NAME, level.from, level.to);
    walk.problems.push(...problems);
    for (const c of chunks) {
      if (c.type !== 'LIST') chunk(c, level.list, walk);
      else {
        const list = Buffer.from(input.bytes.slice(c.offset, 4)).toString('latin1');
        if (WALKED.has(list) && ++lists <= MAX_LISTS) levels.push({ from: c.offset + 4, to: c.offset + c.length, list });
      }
    }
  }
  if (lists > MAX_LISTS) walk.problems.push({ code: 'limit-exceeded', message: `${NAME}: ${lists} lists, the first ${MAX_LISTS} read` });
  return walk;
}
