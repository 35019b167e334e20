import type { Bytes } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { placedText } from '../placed-text.ts';

const FOOTER_BYTES = 32;
const ID3V1_BYTES = 128;
const MAX_ITEMS = 1_000;
const MAX_TAG_BYTES = 16 * 1024 ** 2;
/** Flags bits 1 and 2: 0 is UTF-8 text, 1 is bytes, 2 a link. */
const KIND = 6;

/** Footer at `at`: 'APETAGEX', version, size without the header, items, flags. */
function footerAt(bytes: Bytes, at: number): { readonly from: number; readonly items: number } | null {
  const b = bufferOf(bytes.slice(at, FOOTER_BYTES));
  if (at < 0 || b.byteLength < FOOTER_BYTES || b.toString('latin1', 0, 8) !== 'APETAGEX') return null;
  const size = b.readUInt32LE(12);
  const from = at + FOOTER_BYTES - size;
  return from < 0 || size > MAX_TAG_BYTES ? null : { from, items: Math.min(b.readUInt32LE(16), MAX_ITEMS) };
}

/** The text items of an APEv1 or APEv2 tag at the end of a file, in front of an ID3v1 tag or not: 'APE TITLE'. Empty where there is none. */
export function readApeTag(bytes: Bytes): PlacedTag[] {
  const end = bytes.size - FOOTER_BYTES;
  const footer = footerAt(bytes, end) ?? footerAt(bytes, end - ID3V1_BYTES);
  const tags: PlacedTag[] = [];
  if (!footer) return tags;
  let at = footer.from;
  for (let i = 0; i < footer.items; i++) {
    const head = bufferOf(bytes.slice(at, 8 + 256));
    const keyEnd = head.indexOf(0, 8);
    if (keyEnd < 9) return tags;
    const length = head.readUInt32LE(0);
    const from = at + keyEnd + 1;
    if (from + length > bytes.size) return tags;
    const key = head.toString('latin1', 8, keyEnd).toUpperCase();
    if ((head.readUInt32LE(4) & KIND) === 0) tags.push(placedText(bytes, `APE ${key}`, from, length));
    at = from + length;
  }
  return tags;
}
