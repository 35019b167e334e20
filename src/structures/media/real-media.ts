import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import type { PlacedTag } from '../placed.ts';
import { asciiAt, numberAt, placedText } from '../placed-text.ts';

export interface RealMedia {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'RealMedia';
const CONTENT = ['Title', 'Author', 'Copyright', 'Comment'];
const MAX_CHUNKS = 10_000;
const MAX_PROPERTIES = 1_000;
const LOGICAL_FILE = 'logical-fileinfo';
const TEXT = 2;

/** Four texts, each with its length in front. */
function content(bytes: Bytes, from: number, to: number, tags: PlacedTag[]): void {
  let at = from;
  for (const key of CONTENT) {
    const length = numberAt(bytes, at, 2) ?? 0;
    if (at + 2 + length > to) return;
    if (length > 0) tags.push(placedText(bytes, key, at + 2, length));
    at += 2 + length;
  }
}

/** The stream that is no stream: names, types and values that speak of the file. */
function logicalFile(bytes: Bytes, from: number, to: number, tags: PlacedTag[]): void {
  const [streams, rules] = [numberAt(bytes, from + 6, 2) ?? 0, numberAt(bytes, from + 8 + 6 * (numberAt(bytes, from + 6, 2) ?? 0), 2) ?? 0];
  const countAt = from + 10 + 6 * streams + 2 * rules;
  const count = Math.min(numberAt(bytes, countAt, 2) ?? 0, MAX_PROPERTIES);
  let at = countAt + 2;
  for (let i = 0; i < count && at + 7 <= to; i++) {
    const size = numberAt(bytes, at, 4) ?? 0;
    const nameLength = numberAt(bytes, at + 6, 1) ?? 0;
    const valueAt = at + 7 + nameLength + 6;
    if (size < 13 + nameLength || at + size > to) return;
    if (numberAt(bytes, valueAt - 6, 4) === TEXT)
      tags.push(placedText(bytes, asciiAt(bytes, at + 7, nameLength), valueAt, Math.min(numberAt(bytes, valueAt - 2, 2) ?? 0, at + size - valueAt)));
    at += size;
  }
}

/** A stream's description: its name and its type, each with its length in front, then what is the type's own. */
function media(bytes: Bytes, from: number, to: number, tags: PlacedTag[]): void {
  const typeAt = from + 31 + (numberAt(bytes, from + 30, 1) ?? 0);
  const typeLength = numberAt(bytes, typeAt, 1) ?? 0;
  if (asciiAt(bytes, typeAt + 1, typeLength) === LOGICAL_FILE) logicalFile(bytes, typeAt + 1 + typeLength + 4, to, tags);
}

/** The header objects in front of the data (RealMedia File Format, IETF draft-heftagaum-rmff-00). Never throws. */
export function readRealMedia({ bytes }: Input): RealMedia {
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  let at = 0;
  for (let n = 0; n < MAX_CHUNKS && at + 10 <= bytes.size; n++) {
    const type = asciiAt(bytes, at, 4);
    const size = numberAt(bytes, at + 4, 4) ?? 0;
    if (type === 'DATA') break;
    if (size < 10) {
      problems.push({ code: 'malformed', message: `${NAME}: the chunk at ${at} has no length` });
      break;
    }
    if (at + size > bytes.size) problems.push({ code: 'truncated', message: `${NAME}: the chunk at ${at} ends beyond the file` });
    const to = Math.min(at + size, bytes.size);
    if (type === 'CONT') content(bytes, at + 10, to, tags);
    else if (type === 'MDPR') media(bytes, at + 10, to, tags);
    at += size;
  }
  return { tags, problems };
}
