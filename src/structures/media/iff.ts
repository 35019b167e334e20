import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';
import { asciiAt, numberAt } from '../placed-text.ts';

export interface IffChunk {
  readonly type: string;
  /** Of the data behind type and length, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

const MAX_CHUNKS = 100_000;

/** Chunk by chunk, numbers big-endian, padded to even lengths (EA IFF 85). The first that does not fit is cut and told in `problems`. */
export function readIff(bytes: Bytes, format: string, problems: ProblemDraft[], from: number, to = bytes.size): IffChunk[] {
  const chunks: IffChunk[] = [];
  for (let at = from; at + 8 <= to;) {
    const length = numberAt(bytes, at + 4, 4) ?? 0;
    const type = asciiAt(bytes, at, 4);
    if (!/^[\x20-\x7e]{4}$/.test(type)) {
      problems.push({ code: 'malformed', message: `${format}: no chunk at ${at}` });
      break;
    }
    if (chunks.length === MAX_CHUNKS) {
      problems.push({ code: 'limit-exceeded', message: `${format}: more than ${MAX_CHUNKS} chunks, the rest is not read` });
      break;
    }
    const there = Math.min(length, to - at - 8);
    if (there < length) problems.push({ code: 'truncated', message: `${format}: chunk '${type}' ends beyond what is around it` });
    chunks.push({ type, offset: at + 8, length: there });
    at += 8 + length + (length & 1);
  }
  return chunks;
}
