import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { readIff } from '../media/iff.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { asciiAt, textOf } from '../placed-text.ts';

export interface Djvu {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'DjVu';
/** 'AT&T' stands in front of the first form. */
const PREFIX_BYTES = 4;
const MAX_FORMS = 10_000;
const ANNOTATION_BYTES = 1024 ** 2;
const ENTRY = /\(([A-Za-z][\w-]{0,60})\s+"((?:[^"\\]|\\.)*)"\s*\)/g;

const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3}|.)/gs, (_, c: string) =>
    c.length === 3 ? String.fromCharCode(parseInt(c, 8) & 255) : ({ n: '\n', t: '\t', r: '\r' }[c] ?? c),
  );

/** Annotations in plain text: '(metadata (Author "…"))' and '(xmp "…")'. */
function annotations(bytes: Bytes, offset: number, length: number, found: { tags: PlacedTag[]; packets: Uint8Array[] }): void {
  const stored = bufferOf(bytes.slice(offset, Math.min(length, ANNOTATION_BYTES)));
  for (const m of stored.toString('latin1').matchAll(ENTRY)) {
    const [whole, key = '', value = ''] = m;
    const at = m.index + whole.lastIndexOf(value, whole.length - 2);
    if (key === 'xmp') found.packets.push(Buffer.from(unescaped(value), 'latin1'));
    else found.tags.push({ key, raw: textOf(Buffer.from(unescaped(value), 'latin1')), offset: offset + at, length: value.length });
  }
}

/** Annotations of a document and its pages (DjVu3 section 8.3.4). Those packed with BZZ are told as a problem. Never throws. */
export function readDjvu({ bytes }: Input): Djvu {
  const found = { tags: [] as PlacedTag[], packets: [] as Uint8Array[] };
  const problems: ProblemDraft[] = [];
  const levels: { from: number; to: number }[] = [{ from: PREFIX_BYTES, to: bytes.size }];
  let packed = 0;
  for (let n = 0; n < levels.length && n < MAX_FORMS; n++) {
    const level = levels[n];
    if (!level) break;
    for (const c of readIff(bytes, NAME, problems, level.from, level.to)) {
      if (c.type === 'FORM' && /^DJV[UMI]$/.test(asciiAt(bytes, c.offset, 4))) levels.push({ from: c.offset + 4, to: c.offset + c.length });
      else if (c.type === 'ANTa') annotations(bytes, c.offset, c.length, found);
      else if (c.type === 'ANTz') packed++;
    }
  }
  if (packed > 0) problems.push({ code: 'unsupported', message: `${NAME}: ${packed} packed annotation${packed === 1 ? '' : 's'} not read` });
  return { ...found, problems };
}
