import { latestOf, type PdfFile } from './file.ts';
import { fieldsOf } from './pages.ts';
import { isArray, isDict, isRef, numberOf, type PdfDict } from './values.ts';
import { textOf } from './zones.ts';

export interface PdfSignature {
  /** The signature dictionary's object, or that of its field where it is written inside it. */
  readonly object: number;
  readonly generation: number;
  /** Name of its field. */
  readonly field: string;
  /** 'ByteRange', or 'V/ByteRange' where the dictionary is written inside its field. */
  readonly key: string;
  /** The four numbers as written: '0 840 960 240'. */
  readonly range: string;
  /** 'whole file', 'up to byte 1200 of 1300'; null where the range is none that a signature can have. */
  readonly coverage: string | null;
  readonly numbers: readonly (number | null)[];
  /** The signature dictionary (ISO 32000-2 table 255). */
  readonly dict: PdfDict;
}

/** ISO 32000-2 12.8.1: two runs of bytes, everything but the signature itself, from the start to the end of its revision. */
function coverageOf(pdf: PdfFile, numbers: readonly (number | null)[]): string | null {
  const { bytes } = pdf.source;
  const [from, length, from2, length2] = numbers;
  if (numbers.length !== 4 || from !== 0 || length == null || from2 == null || length2 == null) return null;
  const end = from2 + length2;
  if (length <= 0 || from2 <= length || length2 < 0 || end > bytes.size) return null;
  // The gap must be the signature's own hex string: a wider one hides bytes that nobody signed.
  if (bytes.slice(length, 1)[0] !== 0x3c || bytes.slice(from2 - 1, 1)[0] !== 0x3e) return null;
  const gap = bytes.slice(length + 1, Math.min(from2 - length - 2, 1024 ** 2));
  if (gap.some((b) => !(b >= 0x30 && b <= 0x39) && !(b >= 0x41 && b <= 0x46) && !(b >= 0x61 && b <= 0x66) && b > 0x20)) return null;
  const tail = bytes.slice(end, 16);
  const isWhole = bytes.size - end <= 16 && tail.every((b) => b === 10 || b === 13 || b === 32 || b === 0);
  return isWhole ? 'whole file' : `up to byte ${end} of ${bytes.size}`;
}

/** The filled signature fields of the newest revision, in the order of the form. */
export function* signaturesOf(pdf: PdfFile): Generator<PdfSignature> {
  const { view } = latestOf(pdf);
  const seen = new Set<number>();
  for (const field of fieldsOf(view, textOf)) {
    const v = field.dict.get('V');
    const dict = field.type === 'Sig' ? view.resolve(v) : null;
    const range = isDict(dict) ? view.resolve(dict.get('ByteRange')) : null;
    if (!isDict(dict) || !isArray(range) || (isRef(v) && seen.has(v.object))) continue;
    if (isRef(v)) seen.add(v.object);
    const place = isRef(v)
      ? { object: v.object, generation: v.generation, key: 'ByteRange' }
      : { object: field.object, generation: field.generation, key: 'V/ByteRange' };
    const numbers = range.slice(0, 16).map((n) => numberOf(view.resolve(n)));
    yield { ...place, field: field.name, range: numbers.join(' '), coverage: coverageOf(pdf, numbers), numbers, dict };
  }
}
