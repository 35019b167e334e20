import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { readComments } from './vorbis-comments.ts';

export interface Ogg {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'Ogg';
/** The headers lie in the first pages; a cover picture takes some dozens of them. */
const MAX_PAGES = 2_000;
const PAGE_HEADER_BYTES = 27;
const MAX_STREAMS = 32;
/** Behind these the comments begin: Vorbis I 4.2.1, RFC 7845 5.2, Theora 6.2, the FLAC mapping (a block header of four bytes). */
const COMMENT_PACKETS: readonly (readonly [string, number])[] = [
  ['\u0003vorbis', 7],
  ['OpusTags', 8],
  ['\u0081theora', 7],
  ['\u0004', 4],
  ['\u0084', 4],
];

interface Page {
  readonly stream: number;
  readonly from: number;
  /** Lengths of the pieces of packets, 255 where a packet goes on. */
  readonly lacing: Uint8Array;
  readonly end: number;
}

/** RFC 3533 section 6. */
function pageAt(bytes: Bytes, at: number): Page | null {
  const head = bufferOf(bytes.slice(at, 27));
  if (head.byteLength < 27 || head.toString('latin1', 0, 4) !== 'OggS') return null;
  const lacing = bytes.slice(at + 27, head[26] ?? 0);
  const from = at + 27 + (head[26] ?? 0);
  return { stream: head.readUInt32LE(14), from, lacing, end: from + lacing.reduce((sum, n) => sum + n, 0) };
}

/** The second packet of a stream as it comes together, and where its pieces stand. */
interface Gathering {
  packets: number;
  readonly pieces: { readonly at: number; readonly offset: number; readonly bytes: Uint8Array }[];
  length: number;
  done: boolean;
}

function gather(page: Page, bytes: Bytes, g: Gathering, limit: number): void {
  let offset = page.from;
  for (const n of page.lacing) {
    if (g.done) return;
    if (g.packets === 1 && g.length < limit) {
      g.pieces.push({ at: g.length, offset, bytes: bytes.slice(offset, n) });
      g.length += n;
    }
    offset += n;
    if (n === 255) continue;
    if (g.packets === 1) g.done = true;
    g.packets++;
  }
}

function commentsOf(g: Gathering): Ogg {
  const packet = Buffer.concat(g.pieces.map((p) => p.bytes));
  const head = packet.toString('latin1', 0, 8);
  // Speex has no name in front of its comments.
  const skip = COMMENT_PACKETS.find(([name]) => head.startsWith(name))?.[1] ?? 0;
  return readComments(packet.subarray(skip), NAME, (at) => {
    const target = at + skip;
    let [low, high] = [0, g.pieces.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((g.pieces[middle]?.at ?? 0) <= target) low = middle;
      else high = middle - 1;
    }
    const piece = g.pieces[low];
    return piece ? piece.offset + target - piece.at : 0;
  });
}

/** The comments of every stream in an Ogg file. Never throws; sound and pictures are not read. */
export function readOgg({ bytes, limits }: Input): Ogg {
  const streams = new Map<number, Gathering>();
  const problems: ProblemDraft[] = [];
  let at = 0;
  for (let n = 0; n < MAX_PAGES; n++) {
    const page = pageAt(bytes, at);
    if (!page) break;
    if (!streams.has(page.stream) && streams.size < MAX_STREAMS) streams.set(page.stream, { packets: 0, pieces: [], length: 0, done: false });
    const g = streams.get(page.stream);
    if (g) gather(page, bytes, g, limits.maxTextBytes);
    at = page.end;
    if ([...streams.values()].every((s) => s.done)) break;
  }
  const read = [...streams.values()].filter((s) => s.length > 0).map(commentsOf);
  if (at > bytes.size || (at < bytes.size && at + PAGE_HEADER_BYTES > bytes.size))
    problems.push({ code: 'truncated', message: `${NAME}: a page ends beyond the file` });
  else if (read.length === 0) problems.push({ code: 'malformed', message: `${NAME}: no comments in front of the sound` });
  return { tags: read.flatMap((r) => r.tags), problems: [...problems, ...read.flatMap((r) => r.problems)] };
}
