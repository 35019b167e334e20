import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { textOf } from '../placed-text.ts';

export interface MiffProfile {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

export interface Miff {
  readonly tags: readonly PlacedTag[];
  readonly profiles: readonly MiffProfile[];
  readonly problems: readonly ProblemDraft[];
}

const HEADER_BYTES = 64 * 1024;
const MAX_FIELDS = 5_000;
/** A value in braces may hold blanks. */
const FIELD = /([A-Za-z][\w:.-]{0,200})=(?:\{([^{}]*)\}|(\S*))|\{[^{}]*\}/g;

/** Key and value pairs up to ':' and ^Z, then the profiles they announced, in their order (ImageMagick, 'Magick Image File Format'). */
export function readMiff({ bytes }: Input): Miff {
  const head = bufferOf(bytes.slice(0, HEADER_BYTES));
  const end = head.indexOf(':\u001a', 0, 'latin1');
  const tags: PlacedTag[] = [];
  const announced: { name: string; length: number }[] = [];
  const text = head.toString('latin1', 0, end < 0 ? head.byteLength : end);
  let fields = 0;
  for (const m of text.matchAll(FIELD)) {
    if (m[1] === undefined || ++fields > MAX_FIELDS) continue;
    const value = m[2] ?? m[3] ?? '';
    const at = m.index + m[0].length - value.length - (m[2] === undefined ? 0 : 1);
    const key = m[1].toLowerCase();
    if (key.startsWith('profile-') || key === 'profile') announced.push({ name: key.slice(8), length: Math.min(Number(value) || 0, bytes.size) });
    else tags.push({ key, raw: textOf(head.subarray(at, at + value.length)), offset: at, length: value.length });
  }
  if (end < 0) return { tags, profiles: [], problems: [{ code: 'truncated', message: 'MIFF: its header has no end' }] };
  let offset = end + 2;
  const profiles = announced.map(({ name, length }) => {
    const profile = { name, offset, length };
    offset += length;
    return profile;
  });
  const problems: ProblemDraft[] = offset > bytes.size ? [{ code: 'truncated', message: 'MIFF: its profiles end beyond the file' }] : [];
  return { tags, profiles, problems };
}
