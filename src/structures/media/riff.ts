import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';

export interface RiffChunk {
  /** 'VP8X', 'EXIF', 'XMP '. */
  readonly type: string;
  /** Of the data behind type and length, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

export interface Riff {
  /** In the order of the file. */
  readonly chunks: readonly RiffChunk[];
  readonly problems: readonly ProblemDraft[];
}

const HEADER_BYTES = 12;
/** An animation has one a frame. */
const MAX_CHUNKS = 100_000;

/**
 * Chunk by chunk, from behind the form's name or from `from` up to `to` (RIFF 1991; RFC 9649 section 2.3). `format` is the file's kind
 * in the words of the problems. Never throws; pixels and samples are not read.
 */
export function readRiff(bytes: Bytes, format: string, from = HEADER_BYTES, to = bytes.size): Riff {
  const chunks: RiffChunk[] = [];
  const problems: ProblemDraft[] = [];
  let at = from;
  while (at + 8 <= to && chunks.length < MAX_CHUNKS) {
    const head = bytes.slice(at, 8);
    const b = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
    const length = b.readUInt32LE(4);
    const type = b.toString('latin1', 0, 4);
    if (at + 8 + length > to) {
      problems.push({ code: 'truncated', message: `${format}: chunk at ${at} ends beyond what is around it` });
      return { chunks, problems };
    }
    chunks.push({ type, offset: at + 8, length });
    // Chunks are padded to even lengths; the length does not say so.
    at += 8 + length + (length & 1);
  }
  if (chunks.length === MAX_CHUNKS && at < to)
    problems.push({ code: 'limit-exceeded', message: `${format}: more than ${MAX_CHUNKS} chunks, the rest is not read` });
  if (chunks.length === 0) problems.push({ code: 'truncated', message: `${format}: no chunk follows the header` });
  return { chunks, problems };
}
