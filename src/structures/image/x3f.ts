import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import type { PlacedTag } from '../placed.ts';
import { asciiAt, numberAt, placedText } from '../placed-text.ts';

export interface X3f {
  readonly tags: readonly PlacedTag[];
  /** The first JPEG it holds, which has Exif in newer cameras. */
  readonly jpeg: Bytes | null;
  readonly problems: readonly ProblemDraft[];
}

const MAX_SECTIONS = 100;
const MAX_PROPERTIES = 1_000;
const MAX_CHARACTERS = 512;
const PROPERTY_HEADER = 24;
const PICTURE_HEADER = 28;

/** Pairs of places, in characters of UTF-16LE behind the table: name, value, both ended by a NUL. */
function properties(bytes: Bytes, from: number, to: number): PlacedTag[] {
  const count = Math.min(numberAt(bytes, from + 8, 4, true) ?? 0, MAX_PROPERTIES);
  const texts = from + PROPERTY_HEADER + 8 * count;
  const word = (index: number, key: string): PlacedTag => {
    const at = texts + 2 * index;
    const whole = placedText(bytes, key, at, Math.max(0, Math.min(2 * MAX_CHARACTERS, to - at)), 0, 'utf-16le');
    const raw = whole.raw.split('\u0000', 1)[0] ?? '';
    return { ...whole, raw, length: 2 * raw.length };
  };
  return Array.from({ length: count }, (_, i) => {
    const row = from + PROPERTY_HEADER + 8 * i;
    const [name, value] = [numberAt(bytes, row, 4, true) ?? 0, numberAt(bytes, row + 4, 4, true) ?? 0];
    return word(value, word(name, '').raw);
  });
}

/** Sections by the directory whose place is the last thing in the file (X3F Raw File Format Specification 2.3). Never throws. */
export function readX3f({ bytes }: Input): X3f {
  const tags: PlacedTag[] = [];
  let jpeg: Bytes | null = null;
  const directory = numberAt(bytes, bytes.size - 4, 4, true) ?? 0;
  if (asciiAt(bytes, directory, 4) !== 'SECd')
    return { tags, jpeg, problems: [{ code: 'truncated', message: 'X3F: no directory where the end of the file says' }] };
  const count = Math.min(numberAt(bytes, directory + 8, 4, true) ?? 0, MAX_SECTIONS);
  for (let i = 0; i < count; i++) {
    const row = directory + 12 + 12 * i;
    const [at, length] = [numberAt(bytes, row, 4, true) ?? 0, numberAt(bytes, row + 4, 4, true) ?? 0];
    if (asciiAt(bytes, at, 4) === 'SECp') tags.push(...properties(bytes, at, Math.min(at + length, bytes.size)));
    else if (asciiAt(bytes, at, 4) === 'SECi' && asciiAt(bytes, at + PICTURE_HEADER, 3) === '\u00ff\u00d8\u00ff')
      jpeg ??= bytes.window(at + PICTURE_HEADER, length - PICTURE_HEADER);
  }
  return { tags, jpeg, problems: [] };
}
