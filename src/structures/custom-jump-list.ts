import type { Certainty, Input } from '../model/input.ts';
import { bufferOf } from './placed.ts';

/** Begins a shortcut: the length of its header and its class ([MS-SHLLINK] 2.1). */
const SHORTCUT = Buffer.from('4c0000000114020000000000c000000000000046', 'hex');
/** Ends each group of entries. */
const FOOTER = Buffer.from('abfbbfba', 'hex');
const MAX_BYTES = 64 * 1024 ** 2;

/** '.customDestinations-ms': groups of shortcuts one behind another (libyal, dtformats, Jump lists format); 2 at its beginning. */
export const looksLikeCustomJumpList = (head: Uint8Array): Certainty =>
  head.byteLength > 36 && bufferOf(head).readUInt32LE(0) === 2 && bufferOf(head).includes(SHORTCUT) ? 'maybe' : 'no';

export const customJumpListType = ({ bytes }: Input): string | null =>
  FOOTER.equals(bytes.slice(bytes.size - FOOTER.byteLength, FOOTER.byteLength)) ? 'application/x-ms-custom-jump-list' : null;

/** Where shortcuts stand, in bytes; each up to the next one or to the end of its group. */
export function* customShortcuts({ bytes }: Input): Iterable<{ readonly offset: number; readonly length: number }> {
  const file = bufferOf(bytes.slice(0, MAX_BYTES));
  for (let at = file.indexOf(SHORTCUT); at !== -1;) {
    const next = file.indexOf(SHORTCUT, at + SHORTCUT.byteLength);
    const end = next === -1 ? file.byteLength : next;
    const footer = file.subarray(at, end).indexOf(FOOTER);
    yield { offset: at, length: footer === -1 ? end - at : footer };
    at = next;
  }
}
