import { rc4 } from '../rc4.ts';
import { type Cfb, streamOf } from './cfb.ts';
import { lockedSummary } from './locked-summary.ts';
import { CURRENT_USER, PPT_STREAM, type PptFile, pptFile } from './ppt-edits.ts';
import { pptRecord } from './ppt-record.ts';
import { type BlockKey, type LegacyLock, rc4Lock } from './rc4-lock.ts';
import { viewOf } from '../little-endian.ts';

/** Where a presentation keeps its properties. [MS-OFFCRYPTO] 2.3.5.4. */
export const LOCKED_SUMMARY = 'EncryptedSummary';
/** headerToken of a presentation that is enciphered, and of one that is not. [MS-PPT] 2.3.2. */
const TOKEN_AT = 12;
const ENCRYPTED_TOKEN = 0xf3d1c4df;
const CLEAR_TOKEN = 0xe391c05f;
/** CryptSession10Container, and where an edit names it: [MS-PPT] 2.3.7, 2.3.3. */
const CRYPT_SESSION = 0x2f14;
const SESSION_AT = 28;

export function hasEncryptedSlides(cfb: Cfb): boolean {
  const user = streamOf(cfb, CURRENT_USER);
  return user !== null && user.byteLength >= TOKEN_AT + 4 && viewOf(user).getUint32(TOKEN_AT, true) === ENCRYPTED_TOKEN;
}

/** The lock of a presentation; null where it has none, 'unknown' where it is not understood. */
export function pptLock(cfb: Cfb): LegacyLock<ReadonlyMap<string, Uint8Array>> | 'unknown' | null {
  const user = streamOf(cfb, CURRENT_USER);
  if (!user || !hasEncryptedSlides(cfb)) return null;
  const file = pptFile(cfb);
  const session = file && sessionOf(file);
  const lock = session && rc4Lock(session.info);
  if (!lock) return 'unknown';
  return {
    ...lock,
    keyBy(password) {
      const key = lock.keyBy(password);
      if (!key) return null;
      const clearUser = Uint8Array.from(user);
      viewOf(clearUser).setUint32(TOKEN_AT, CLEAR_TOKEN, true);
      return new Map([[PPT_STREAM, decipheredObjects(file, session.id, key)], [CURRENT_USER, clearUser], ...lockedSummary(cfb, LOCKED_SUMMARY, key)]);
    },
  };
}

/** The object that tells the cipher, and its number. */
function sessionOf({ stream, edits, object }: PptFile): { readonly id: number; readonly info: Uint8Array } | null {
  const edit = edits[0] && pptRecord(stream, edits[0].at);
  if (!edit || edit.to - edit.from < SESSION_AT + 4) return null;
  const id = viewOf(stream).getUint32(edit.from + SESSION_AT, true);
  const record = object(id);
  return record?.type === CRYPT_SESSION ? { id, info: stream.subarray(record.from, record.to) } : null;
}

const HEADER_BYTES = 8;

/** Each object is enciphered by itself, head and all, with its number for a block; edits and directories are not. [MS-PPT] 2.3.7. */
function decipheredObjects({ stream, objects }: PptFile, session: number, key: BlockKey): Uint8Array {
  const clear = Uint8Array.from(stream);
  // Honest objects do not overlap.
  let left = stream.byteLength;
  for (const [id, at] of objects) {
    if (id === session || at + HEADER_BYTES > stream.byteLength) continue;
    const head = rc4(key(id), stream.subarray(at, at + HEADER_BYTES));
    const length = HEADER_BYTES + viewOf(head).getUint32(4, true);
    left -= Math.min(length, stream.byteLength - at);
    if (left < 0) break;
    clear.set(rc4(key(id), stream.subarray(at, at + length)), at);
  }
  return clear;
}
