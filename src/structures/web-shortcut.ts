import type { Input } from '../model/input.ts';
import { bufferOf } from './placed.ts';
import { textOf } from './placed-text.ts';
import { readPlist } from './plist.ts';

/** No IANA types exist: these are the names that others use. */
export const WINDOWS_SHORTCUT = 'application/x-mswinurl';
export const MAC_SHORTCUT = 'application/x-webloc';
export const ZONE_NOTE = 'application/x-ms-zone-identifier';

/** Sections that may stand in front of the one that tells what it is: of a page with frames, and of properties. */
const BEFORE = /(?:\[(?:DEFAULT|DOC[#_][^\]\r\n]{1,60}|\{[0-9A-F-]{36}\}[^\]\r\n]{0,20})\][^[]{0,1000}){0,4}/;

/** By the first bytes of a text. */
export const SHORTCUT_STARTS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^${BEFORE.source}\\[InternetShortcut(?:\\.[AW])?\\][ \\t]*[\\r\\n]`, 'i'), WINDOWS_SHORTCUT],
  [/^\[ZoneTransfer\][ \t]*[\r\n]/i, ZONE_NOTE],
  [/^<\?xml[^>]{0,100}>\s*(?:<!DOCTYPE plist[^>]{0,200}>\s*)?<plist[^>]{0,60}>\s*<dict>\s*<key>URL<\/key>\s*<string>/, MAC_SHORTCUT],
];

/** A longer property list is no shortcut. */
const MAX_LIST = 64 * 1024;

export const looksLikeBinaryList = (head: Uint8Array): boolean => bufferOf(head.subarray(0, 8)).toString('latin1') === 'bplist00';

/** Of a binary property list: whether it has the one value 'URL', as a shortcut of macOS. */
export function binaryListType({ bytes }: Input): string | null {
  if (bytes.size > MAX_LIST) return null;
  const { values } = readPlist(bytes.slice(0, MAX_LIST));
  return values.length === 1 && values[0]?.path === 'URL' && values[0].kind === 'string' ? MAC_SHORTCUT : null;
}

/** One line of an initialisation file. */
export interface IniEntry {
  /** As written: 'InternetShortcut.W'. */
  readonly section: string;
  readonly key: string;
  /** UTF-8 where it is that, else Latin-1; without the blanks around it. */
  readonly text: string;
  /** Of the text, in bytes of the file. */
  readonly offset: number;
  readonly length: number;
}

const MAX_BYTES = 256 * 1024;
const MAX_ENTRIES = 1000;

/** The entries of an initialisation file (Windows, GetPrivateProfileString): at most 1,000 of its first 256 KiB. */
export function iniEntries(file: Uint8Array): { readonly entries: readonly IniEntry[]; readonly isCut: boolean } {
  const bytes = bufferOf(file.subarray(0, MAX_BYTES));
  // One character a byte, so that places in the text are places in the file.
  const lines = bytes.toString('latin1').matchAll(/[^\r\n]+/g);
  const entries: IniEntry[] = [];
  let section = '';
  for (const { 0: line, index } of lines) {
    const named = /^[ \t]*(?:\u00ef\u00bb\u00bf)?\[([^\]]{1,200})\]/.exec(line);
    const equals = line.indexOf('=');
    if (named) section = named[1] ?? '';
    if (named || equals < 1 || line.startsWith(';')) continue;
    if (entries.length === MAX_ENTRIES) return { entries, isCut: true };
    const value = line.slice(equals + 1);
    const offset = index + equals + 1 + (value.length - value.trimStart().length);
    const length = value.trim().length;
    entries.push({ section, key: line.slice(0, equals).trim(), text: textOf(bytes.subarray(offset, offset + length)), offset, length });
  }
  return { entries, isCut: file.byteLength > MAX_BYTES };
}
