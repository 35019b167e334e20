import type { Bytes } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { asciiAt, numberAt, placedText } from '../placed-text.ts';

const MAX_VALUES = 20_000;
/** AMF 0 section 2.1. */
/** Bytes of a number and of a truth value. */
const FIXED: Readonly<Record<number, number>> = { 0: 8, 1: 1 };
const TEXT = 2;
const OBJECT = 3;
const LIST = 8;
const STRICT_LIST = 10;
const DATE = 11;
const LONG_TEXT = 12;

function date(bytes: Bytes, key: string, at: number, base: number): PlacedTag[] {
  const b = bufferOf(bytes.slice(at, 8));
  return b.byteLength === 8 ? [{ key, raw: String(b.readDoubleBE(0)), offset: base + at, length: 8 }] : [];
}

/**
 * Texts and dates of a script tag, 'onMetaData creator', wherever they stand in it; a date as milliseconds since 1970 in
 * decimal. Reads up to the first value of a kind that no recorder writes. `base` is where `bytes` begins in the file.
 */
export function readScript(bytes: Bytes, base: number): PlacedTag[] {
  const tags: PlacedTag[] = [];
  const nameLength = (numberAt(bytes, 0, 1) === TEXT && numberAt(bytes, 1, 2)) || 0;
  const name = asciiAt(bytes, 3, Math.min(nameLength, 256));
  let at = 3 + nameLength;
  let key = name;
  let depth = 0;
  /** Bare values of a list still to come: they have no keys. */
  let bare = 1;
  for (let n = 0; n < MAX_VALUES && at < bytes.size; n++) {
    if (bare === 0) {
      const length = numberAt(bytes, at, 2) ?? 0;
      if (length === 0) {
        at += 3;
        if (--depth <= 0) break;
        continue;
      }
      key = `${name} ${asciiAt(bytes, at + 2, Math.min(length, 256))}`;
      at += 2 + length;
    } else bare--;
    const type = numberAt(bytes, at, 1);
    at += 1;
    const fixed = FIXED[type ?? -1];
    if (fixed !== undefined) at += fixed;
    else if (type === TEXT || type === LONG_TEXT) {
      const width = type === TEXT ? 2 : 4;
      const length = numberAt(bytes, at, width) ?? 0;
      tags.push(placedText(bytes, key, at + width, length, base));
      at += width + length;
    } else if (type === OBJECT || type === LIST) {
      at += type === LIST ? 4 : 0;
      depth++;
    } else if (type === STRICT_LIST) {
      bare = numberAt(bytes, at, 4) ?? 0;
      at += 4;
    } else if (type === DATE) {
      tags.push(...date(bytes, key, at, base));
      at += 10;
    } else break;
  }
  return tags;
}
