import { bufferOf } from './placed.ts';

/** A number or a string of a dictionary, at its place in the bytes: of a number its digits, of a string its content. */
export interface BencodeEntry {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

/** Entries that are kept; torrents have a dozen. */
const MAX_ENTRIES = 64;
/** Lists and dictionaries in one another; of honest files three or four. */
const MAX_DEPTH = 64;
const COLON = 0x3a;
const END = 0x65;

interface Item {
  /** 'open' for a list or a dictionary, whose items follow; 'end' for its end. */
  readonly kind: 'string' | 'number' | 'open' | 'end';
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** BEP 3, bencoding: '4:spam', 'i-3e', 'l…e', 'd…e'. Null where none of them stands. */
function itemAt(b: Buffer, at: number): Item | null {
  const c = b[at];
  if (c === END) return { kind: 'end', from: at, to: at + 1, next: at + 1 };
  if (c === 0x64 || c === 0x6c) return { kind: 'open', from: at, to: at + 1, next: at + 1 };
  const isNumber = c === 0x69;
  const from = isNumber ? at + 1 : at;
  const to = b.subarray(from, from + 24).indexOf(isNumber ? END : COLON) + from;
  const digits = to < from ? '' : b.toString('latin1', from, to);
  if (isNumber) return /^-?\d+$/.test(digits) ? { kind: 'number', from, to, next: to + 1 } : null;
  const end = to + 1 + Number(digits);
  return /^\d{1,12}$/.test(digits) && end <= b.byteLength ? { kind: 'string', from: to + 1, to: end, next: end } : null;
}

/** Numbers and strings of the outermost dictionary and of those in it, 'info/name', up to the first byte that does not fit. */
export function bencodeEntries(bytes: Uint8Array): readonly BencodeEntry[] {
  const b = bufferOf(bytes);
  const entries: BencodeEntry[] = [];
  /** Of each open list or dictionary: whether it is a dictionary, and the key that waits for its value. */
  const open: { readonly isDict: boolean; readonly path: string; key: string | null }[] = [];
  for (let at = 0; entries.length < MAX_ENTRIES && open.length < MAX_DEPTH;) {
    const item = itemAt(b, at);
    if (!item) break;
    at = item.next;
    const top = open.at(-1);
    if (item.kind === 'end') {
      open.pop();
      if (open.length === 0) break;
      continue;
    }
    if (top?.isDict && top.key === null) {
      top.key = item.kind === 'string' ? b.toString('latin1', item.from, Math.min(item.to, item.from + 64)) : '';
      continue;
    }
    const path = top?.isDict ? `${top.path}${top.key ?? ''}` : null;
    if (top) top.key = null;
    if (item.kind === 'open') open.push({ isDict: b[item.from] === 0x64, path: path === null ? '' : `${path}/`, key: null });
    else if (path !== null && open.length <= 2 && open.every((o) => o.isDict))
      entries.push({ key: path, offset: item.from, length: item.to - item.from });
    if (open.length === 0) break;
  }
  return entries;
}
