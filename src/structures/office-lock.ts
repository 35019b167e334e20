import type { TimeValue } from '../model/attribute.ts';
import type { Certainty } from '../model/input.ts';
import { wallOf } from '../model/time.ts';

/** A value at its place: `offset` and `length` in bytes. */
export interface LockText {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Where the parts of an owner file stand, by its size in bytes. Word until 97 wrote 54, later 162; Excel and PowerPoint write 165. No published specification. */
const LAYOUTS: ReadonlyMap<number, { readonly ansiSize: number; readonly wideAt: number | null }> = new Map([
  [54, { ansiSize: 53, wideAt: null }],
  [162, { ansiSize: 53, wideAt: 54 }],
  [165, { ansiSize: 54, wideAt: 55 }],
]);

export interface OwnerFile {
  /** In the code page of the machine, which is nowhere written: text only where it is ASCII. */
  readonly ansi: LockText & { readonly isAscii: boolean };
  /** Null in a file of 54 bytes. */
  readonly wide: LockText | null;
}

const PRINTABLE = /^[^\u0000-\u001f\u007f\ud800-\udfff\ufffe\uffff]+$/;

/**
 * The file '~$name.docx' that Office keeps beside an open document: one byte with the length of the user's name, the name in
 * ANSI, and since 2000 two bytes with its length and the name in UTF-16. What stands behind the names is leftover memory. Null
 * for what is none.
 */
export function parseOwnerFile(bytes: Uint8Array): OwnerFile | null {
  const layout = LAYOUTS.get(bytes.byteLength);
  const length = bytes[0] ?? 0;
  if (!layout || length === 0 || length > layout.ansiSize) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ansi = { offset: 1, length, text: buffer.toString('latin1', 1, 1 + length), isAscii: buffer.subarray(1, 1 + length).every((b) => b < 0x80) };
  if (!PRINTABLE.test(ansi.text)) return null;
  if (layout.wideAt === null)
    return buffer.subarray(1 + length).every((b) => b === 0 || b === 0x20) && length < 53 && buffer[53] === 0 ? { ansi, wide: null } : null;
  const units = buffer.readUInt16LE(layout.wideAt);
  const offset = layout.wideAt + 2;
  // As many letters as bytes, fewer where the code page has letters of two bytes.
  if (units === 0 || units > length || offset + 2 * units > bytes.byteLength) return null;
  const wide = { offset, length: 2 * units, text: buffer.toString('utf16le', offset, offset + 2 * units) };
  const agrees = ansi.isAscii ? ansi.text === wide.text : PRINTABLE.test(wide.text);
  return agrees ? { ansi, wide } : null;
}

/** Whether these are all bytes of an owner file: only a head shorter than what is read of a file can be. */
export function looksLikeOwnerFile(head: Uint8Array): Certainty {
  const found = parseOwnerFile(head);
  return !found ? 'no' : found.wide ? 'certain' : 'maybe';
}

/** Fields of a LibreOffice lock file in their order (svl/source/misc/lockfilecommon.cxx). */
export type LockField = 'OOOUSERNAME' | 'SYSUSERNAME' | 'LOCALHOST' | 'EDITTIME' | 'USERURL';
const FIELDS: readonly LockField[] = ['OOOUSERNAME', 'SYSUSERNAME', 'LOCALHOST', 'EDITTIME', 'USERURL'];

/** A lock file is one line; a longer file is a text of another kind. */
const MAX_LOCK = 2048;
const LOCK = /^(?:(?:[^,;\\\r\n]|\\[^\r\n])*,){3}\d\d?\.\d\d?\.\d{4} \d\d?:\d\d,(?:[^,;\\\r\n]|\\[^\r\n])*;\s*$/;

/** The fields as written, escapes included, or null: '.~lock.name#' is 'name,login,host,27.03.2017 14:41,file:///home/login/.config/libreoffice/4;'. */
export function parseLibreOfficeLock(bytes: Uint8Array): ReadonlyMap<LockField, LockText> | null {
  if (bytes.byteLength > MAX_LOCK) return null;
  // One character a byte: commas, semicolons and backslashes are ASCII in UTF-8.
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!LOCK.test(line)) return null;
  const found = new Map<LockField, LockText>();
  let from = 0;
  for (let at = 0; at < line.length && found.size < FIELDS.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === ',' || line[at] === ';') {
      const name = FIELDS[found.size];
      if (name) found.set(name, { offset: from, length: at - from, text: Buffer.from(bytes.subarray(from, at)).toString('utf8') });
      from = at + 1;
    }
  }
  return found;
}

export const looksLikeLibreOfficeLock = (head: Uint8Array): Certainty => (parseLibreOfficeLock(head) ? 'certain' : 'no');

/** '27.03.2017 14:41', day first in every language, on the clock of the machine and without its zone. */
export function lockTime(text: string): TimeValue | null {
  const m = /^(\d\d?)\.(\d\d?)\.(\d{4}) (\d\d?):(\d\d)$/.exec(text);
  return m && wallOf({ day: Number(m[1]), month: Number(m[2]), year: Number(m[3]), hour: Number(m[4]), minute: Number(m[5]), second: 0 }, 60_000);
}
