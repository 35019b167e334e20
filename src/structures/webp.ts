import type { ProblemDraft } from '../model/artifact.ts';
import type { Input } from '../model/input.ts';

export interface RiffChunk {
  /** 'VP8X', 'EXIF', 'XMP '. */
  readonly type: string;
  /** Of the data behind type and length, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

export interface Webp {
  /** In the order of the file. */
  readonly chunks: readonly RiffChunk[];
  readonly problems: readonly ProblemDraft[];
}

const HEADER_BYTES = 12;
/** An animation has one a frame. */
const MAX_CHUNKS = 100_000;

/** Chunk by chunk (RFC 9649 section 2.3). Never throws; pixels are not read. */
export function readWebp({ bytes }: Input): Webp {
  const chunks: RiffChunk[] = [];
  const problems: ProblemDraft[] = [];
  let at = HEADER_BYTES;
  while (at + 8 <= bytes.size && chunks.length < MAX_CHUNKS) {
    const head = bytes.slice(at, 8);
    const b = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
    const length = b.readUInt32LE(4);
    const type = b.toString('latin1', 0, 4);
    if (at + 8 + length > bytes.size) {
      problems.push({ code: 'truncated', message: `WebP: chunk at ${at} ends beyond the file` });
      return { chunks, problems };
    }
    chunks.push({ type, offset: at + 8, length });
    // Chunks are padded to even lengths; the length does not say so.
    at += 8 + length + (length & 1);
  }
  if (chunks.length === MAX_CHUNKS && at < bytes.size)
    problems.push({ code: 'limit-exceeded', message: `WebP: more than ${MAX_CHUNKS} chunks, the rest is not read` });
  if (chunks.length === 0) problems.push({ code: 'truncated', message: 'WebP: no chunk follows the header' });
  return { chunks, problems };
}
