import { decodeCodePage } from '../charset.ts';
import { viewOf } from '../little-endian.ts';

/** More strings than any table of Word has that is read here. */
const MAX_STRINGS = 5_000;

const wide = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength & ~1).toString('utf16le');

/** A table of strings: [MS-DOC] 2.2.4 STTB, in UTF-16 where it begins with 0xFFFF, before Word 97 in the code page. Ends where the bytes do. */
export function sttb(bytes: Uint8Array, codePage: number): string[] {
  const view = viewOf(bytes);
  const extended = bytes.byteLength >= 2 && view.getUint16(0, true) === 0xffff;
  let at = extended ? 2 : 0;
  if (at + 4 > bytes.byteLength) return [];
  const count = Math.min(view.getUint16(at, true), MAX_STRINGS);
  const extra = view.getUint16(at + 2, true);
  at += 4;
  const strings: string[] = [];
  while (strings.length < count && at + (extended ? 2 : 1) <= bytes.byteLength) {
    const length = extended ? view.getUint16(at, true) * 2 : view.getUint8(at);
    at += extended ? 2 : 1;
    if (at + length > bytes.byteLength) break;
    const body = bytes.subarray(at, at + length);
    strings.push(extended ? wide(body) : decodeCodePage(body, codePage));
    at += length + extra;
  }
  return strings;
}

/** Strings one behind the other, each behind its length: [MS-DOC] Xst; one byte of length before Word 97. */
export function xsts(bytes: Uint8Array, modern: boolean, codePage: number): string[] {
  const view = viewOf(bytes);
  const strings: string[] = [];
  const head = modern ? 2 : 1;
  for (let at = 0; at + head <= bytes.byteLength && strings.length < MAX_STRINGS;) {
    const length = modern ? view.getUint16(at, true) * 2 : view.getUint8(at);
    at += head;
    if (at + length > bytes.byteLength) break;
    const body = bytes.subarray(at, at + length);
    strings.push(modern ? wide(body) : decodeCodePage(body, codePage));
    at += length;
  }
  return strings;
}
