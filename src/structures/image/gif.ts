import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { decodeText } from './exif.ts';
import type { PlacedTag } from '../placed.ts';

/** GIF89a. */
export interface Gif {
  /** 'comment' for the text of comment extensions, one tag each. */
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  readonly problems: readonly ProblemDraft[];
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
const XMP = 'XMP DataXMP';
/** 0x01, then 0xff down to 0x00, then 0x00: whoever walks the packet as blocks of counted bytes lands at its end (XMP Specification part 3 section 1.1.2). */
const XMP_TRAILER_BYTES = 258;
const MAX_BLOCKS = 100_000;
const MAX_COMMENT_BYTES = 64 * 1024;
const PAGE_BYTES = 64 * 1024;

interface Walk {
  /** One byte; reads pages ahead, since a picture has millions of blocks of 255. Undefined beyond the end. */
  byteAt(at: number): number | undefined;
  readonly bytes: Bytes;
  readonly problems: ProblemDraft[];
}

function walkOf(bytes: Bytes, problems: ProblemDraft[]): Walk {
  let page: Uint8Array = new Uint8Array(0);
  let base = 0;
  return {
    bytes,
    problems,
    byteAt(at) {
      if (at < base || at >= base + page.byteLength) {
        base = at;
        page = bytes.slice(at, PAGE_BYTES);
      }
      return page[at - base];
    },
  };
}

/** Behind the counted blocks that begin at `from`; null where they break off. */
function behindBlocks(walk: Walk, from: number): number | null {
  for (let at = from; ;) {
    const size = walk.byteAt(at);
    if (size === undefined) return null;
    if (size === 0) return at + 1;
    at += 1 + size;
  }
}

const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** The text of counted blocks, of which the locator covers the first: hardly a comment is longer than its 255 bytes. */
function commentAt(walk: Walk, from: number, end: number): PlacedTag {
  const blocks: Uint8Array[] = [];
  let total = 0;
  for (let at = from; at < end - 1 && total < MAX_COMMENT_BYTES;) {
    const size = walk.byteAt(at) ?? 0;
    blocks.push(walk.bytes.slice(at + 1, size));
    total += size;
    at += 1 + size;
  }
  if (total >= MAX_COMMENT_BYTES)
    walk.problems.push({ code: 'limit-exceeded', message: `GIF: a comment of more than ${MAX_COMMENT_BYTES} bytes, the rest is not read` });
  return { key: 'comment', raw: decodeText(Buffer.concat(blocks)), offset: from, length: end - from };
}

/** Comments and XMP packets, block by block. Never throws; pixels are stepped over. */
export function readGif({ bytes, limits }: Input): Gif {
  const tags: PlacedTag[] = [];
  const packets: Uint8Array[] = [];
  const problems: ProblemDraft[] = [];
  const done = (code: ProblemDraft['code'] | null, message = ''): Gif => {
    if (code !== null) problems.push({ code, message: `GIF: ${message}` });
    return { tags, packets, problems };
  };
  const walk = walkOf(bytes, problems);
  let at = 13 + tableBytes(walk.byteAt(10) ?? 0);
  for (let blocks = 0; blocks < MAX_BLOCKS; blocks++) {
    const kind = walk.byteAt(at);
    if (kind === TRAILER) return done(null);
    if (kind === undefined) return done('truncated', 'ends without its trailer');
    if (kind !== EXTENSION && kind !== IMAGE) return done('malformed', `no block at ${at}`);
    const label = walk.byteAt(at + 1);
    // An image has its descriptor, a table of colours of its own, and the code size in front of its blocks.
    const from = kind === EXTENSION ? at + 2 : at + 10 + tableBytes(walk.byteAt(at + 9) ?? 0) + 1;
    const end = behindBlocks(walk, from);
    if (end === null) return done('truncated', `the block at ${at} breaks off`);
    if (kind === EXTENSION && label === COMMENT) tags.push(commentAt(walk, from, end));
    if (kind === EXTENSION && label === APPLICATION && Buffer.from(bytes.slice(from + 1, 11)).toString('latin1') === XMP) {
      const length = end - XMP_TRAILER_BYTES - (from + 12);
      if (length < 0) problems.push({ code: 'malformed', message: 'GIF: an XMP block without a packet' });
      else packets.push(bytes.slice(from + 12, Math.min(length, limits.maxTextBytes + 1)));
    }
    at = end;
  }
  return done('limit-exceeded', `more than ${MAX_BLOCKS} blocks, the rest is not read`);
}
