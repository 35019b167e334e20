import type { ProblemDraft } from '../model/artifact.ts';
import type { Bytes, Input } from '../model/input.ts';
import { asciiAt, numberAt } from '../structures/placed-text.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const TIFF_BLOCK = '\0TTW';
const MAX_BLOCKS = 100;

function carry({ bytes }: Input): Carried {
  const exif: Bytes[] = [];
  const problems: ProblemDraft[] = [];
  const end = 8 + (numberAt(bytes, 4, 4) ?? 0);
  let at = 8;
  for (let n = 0; n < MAX_BLOCKS && at + 8 <= Math.min(end, bytes.size); n++) {
    const length = numberAt(bytes, at + 4, 4) ?? 0;
    if (asciiAt(bytes, at, 4) === TIFF_BLOCK) exif.push(bytes.window(at + 8, length));
    at += 8 + length;
  }
  if (at > bytes.size || end > bytes.size) problems.push({ code: 'truncated', message: 'MRW: ends before its picture' });
  return { exif, problems };
}

/** Minolta's raw format: the Exif among its blocks. The picture is not read. */
export const mrw = taggedFileReader({ id: 'mrw', version: 2, mediaTypes: ['image/x-minolta-mrw'], carry });
