import { rc4 } from '../rc4.ts';
import { type Cfb, streamOf } from './cfb.ts';
import type { BlockKey } from './rc4-lock.ts';
import { viewOf } from '../little-endian.ts';

/** Streams in it: a document has two. */
const MAX_STREAMS = 64;
const ENTRY_BYTES = 16;

/**
 * The properties of a document locked by a provider's cipher, by the names of their streams: [MS-OFFCRYPTO] 2.3.5.4. Empty where
 * there are none.
 */
export function lockedSummary(cfb: Cfb, path: string, key: BlockKey): ReadonlyMap<string, Uint8Array> {
  const bytes = streamOf(cfb, path);
  const found = new Map<string, Uint8Array>();
  if (!bytes || bytes.byteLength < 12) return found;
  // The head is enciphered as well, and the list begins block 0 anew.
  const list = rc4(key(0), bytes.subarray(viewOf(rc4(key(0), bytes.subarray(0, 4))).getUint32(0, true)));
  const view = viewOf(list);
  const count = list.byteLength < 4 ? 0 : Math.min(view.getUint32(0, true), MAX_STREAMS);
  for (let i = 0, at = 4; i < count && at + ENTRY_BYTES <= list.byteLength; i++) {
    const from = view.getUint32(at, true);
    const size = view.getUint32(at + 4, true);
    const nameBytes = view.getUint8(at + 10) * 2;
    const name = Buffer.from(list.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)).toString('utf16le');
    if (name !== '') found.set(name, rc4(key(view.getUint16(at + 8, true)), bytes.subarray(from, from + size)));
    // A NUL stands behind the name.
    at += ENTRY_BYTES + nameBytes + 2;
  }
  return found;
}
