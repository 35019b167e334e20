import type { Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { asciiAt, numberAt, textOf } from '../placed-text.ts';

/** The clear part of a Type 1 font, in front of what is encrypted (Adobe Type 1 Font Format section 2.3). */
const CLEAR_BYTES = 64 * 1024;
const COMMENT = /(?:^|[\r\n])%%(Creator|CreationDate|Title): *([^\r\n]+)/g;
const ENTRY = /\/(version|Notice|FullName|FamilyName|FontName) *(?:\(((?:[^()\\]|\\.){0,1000})\)|\/([^\s/{}[\]()<>]{1,200}))/g;
/** Windows' font metrics: version 1.0, size, copyright; the place of the face's name. */
const PFM_COPYRIGHT = [6, 60] as const;
const PFM_FACE = 105;
const MAX_FACE = 128;

function metrics({ bytes }: Pick<Input, 'bytes'>): PlacedTag[] {
  const place = (key: string, at: number, length: number): PlacedTag => {
    const stored = bufferOf(bytes.slice(at, length));
    const end = stored.indexOf(0);
    const text = end < 0 ? stored : stored.subarray(0, end);
    return { key, raw: textOf(text), offset: at, length: text.byteLength };
  };
  const face = numberAt(bytes, PFM_FACE, 4, true) ?? 0;
  return [place('Copyright', ...PFM_COPYRIGHT), ...(face === 0 ? [] : [place('Face', face, MAX_FACE)])];
}

/** Comments and entries of a PFA or PFB, or what a PFM says, in the order of the file. Empty where it is neither. */
export function readType1(input: Pick<Input, 'bytes'>): PlacedTag[] {
  if (asciiAt(input.bytes, 0, 2) === '\0\u0001') return metrics(input);
  const stored = bufferOf(input.bytes.slice(0, CLEAR_BYTES));
  const text = stored.toString('latin1');
  const end = text.indexOf('eexec');
  const clear = end < 0 ? text : text.slice(0, end);
  return [...clear.matchAll(COMMENT), ...clear.matchAll(ENTRY)].flatMap((m) => {
    const [whole, key = '', first, second] = m;
    const value = first ?? second ?? '';
    if (value === '') return [];
    const at = m.index + whole.lastIndexOf(value);
    return [{ key, raw: textOf(stored.subarray(at, at + value.length)), offset: at, length: value.length }];
  });
}
