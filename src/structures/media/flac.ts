import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import type { PlacedTag } from '../placed.ts';
import { numberAt } from '../placed-text.ts';
import { readComments } from './vorbis-comments.ts';

export interface Flac {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

const VORBIS_COMMENT = 4;
const MAX_BLOCKS = 1_000;

/** The comments among the metadata blocks (RFC 9639 section 8). Never throws; pictures and sound are not read. */
export function readFlac({ bytes, limits }: Input): Flac {
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  let at = 4;
  for (let n = 0; n < MAX_BLOCKS; n++) {
    const head = numberAt(bytes, at, 4);
    const length = (head ?? 0) & 0xff_ffff;
    if (head === null || at + 4 + length > bytes.size) {
      problems.push({ code: 'truncated', message: 'FLAC: ends before its sound' });
      break;
    }
    const offset = at + 4;
    if (((head >>> 24) & 0x7f) === VORBIS_COMMENT) {
      const read = readComments(bytes.slice(offset, Math.min(length, limits.maxTextBytes)), 'FLAC', (i) => offset + i);
      tags.push(...read.tags);
      problems.push(...read.problems);
    }
    at = offset + length;
    if (head >>> 31 === 1) return { tags, problems };
  }
  return { tags, problems };
}
