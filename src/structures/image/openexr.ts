import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { placedText } from '../placed-text.ts';

export interface OpenExr {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

const MAX_ATTRIBUTES = 5_000;
const MAX_NAME = 256;

function wordAt(bytes: Bytes, at: number): string | null {
  const b = bufferOf(bytes.slice(at, MAX_NAME));
  const end = b.indexOf(0);
  return end < 0 ? null : b.toString('latin1', 0, end);
}

/**
 * The texts and the UTC offset among the attributes of the first header (OpenEXR File Layout, 'Header'): names in lower
 * case, since writers differ in theirs. Never throws; pixels are not read.
 */
export function readOpenExr({ bytes }: Input): OpenExr {
  const tags: PlacedTag[] = [];
  let at = 8;
  for (let n = 0; n < MAX_ATTRIBUTES; n++) {
    const name = wordAt(bytes, at);
    if (name === '') return { tags, problems: [] };
    const type = name === null ? null : wordAt(bytes, at + name.length + 1);
    const sizeAt = at + (name ?? '').length + (type ?? '').length + 2;
    const head = bufferOf(bytes.slice(sizeAt, 8));
    if (name === null || type === null || head.byteLength < 4) break;
    const size = head.readUInt32LE(0);
    const key = name.toLowerCase();
    if (type === 'string') tags.push(placedText(bytes, key, sizeAt + 4, size));
    else if (type === 'float' && key === 'utcoffset' && head.byteLength === 8)
      tags.push({ key, raw: String(head.readFloatLE(4)), offset: sizeAt + 4, length: 4 });
    at = sizeAt + 4 + size;
  }
  return { tags, problems: [{ code: 'truncated', message: 'OpenEXR: its header breaks off' }] };
}
