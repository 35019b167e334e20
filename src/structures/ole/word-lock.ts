import { type Cfb, streamOf } from './cfb.ts';
import { lockedSummary } from './locked-summary.ts';
import { decipheredBlocks, type LegacyLock, rc4Lock } from './rc4-lock.ts';
import { wordFile, WORD_STREAM } from './word-file.ts';
import { viewOf } from '../little-endian.ts';

/** Streams in the clear by their names, instead of those that lie there. */
export type ClearStreams = ReadonlyMap<string, Uint8Array>;

const BLOCK_BYTES = 512;
/** FibBase and what Word wrote behind it stay in the clear. [MS-DOC] 2.2.6.2, 2.2.6.3. */
const CLEAR_BYTES = 68;
const FLAGS_AT = 0x0a;
const KEY_AT = 0x0e;
const ENCRYPTED = 0x0100;
/** fObfuscated: XOR instead of a cipher. */
const OBFUSCATED = 0x8000;

/** Where Word and Excel keep the properties of a document with a provider's cipher. [MS-OFFCRYPTO] 2.3.5.4. */
export const SUMMARY_STREAM = 'encryption';

/** The lock of a Word document; null where it has none, 'unknown' where it is not understood. */
export function wordLock(cfb: Cfb): LegacyLock<ClearStreams> | 'unknown' | null {
  const word = wordFile(cfb);
  const stream = streamOf(cfb, WORD_STREAM);
  if (!word?.encrypted || !stream) return null;
  if (!word.modern || (viewOf(stream).getUint16(FLAGS_AT, true) & OBFUSCATED) !== 0)
    return { visible: 'XOR obfuscation', cost: 0, keyBy: () => null };
  const table = streamOf(cfb, word.tableName);
  // Behind the cipher's header, lKey bytes long, the table stream is enciphered.
  const headerBytes = viewOf(stream).getUint32(KEY_AT, true);
  const lock = table && rc4Lock(table.subarray(0, headerBytes));
  if (!table || !lock) return 'unknown';
  return {
    ...lock,
    keyBy(password) {
      const key = lock.keyBy(password);
      if (!key) return null;
      const clear = (bytes: Uint8Array, kept: number): Uint8Array => {
        const plain = decipheredBlocks(bytes, key, BLOCK_BYTES);
        plain.set(bytes.subarray(0, kept));
        return plain;
      };
      const text = clear(stream, CLEAR_BYTES);
      viewOf(text).setUint16(FLAGS_AT, viewOf(text).getUint16(FLAGS_AT, true) & ~ENCRYPTED, true);
      const streams = new Map([
        [WORD_STREAM, text],
        [word.tableName, clear(table, headerBytes)],
      ]);
      return new Map([...streams, ...lockedSummary(cfb, SUMMARY_STREAM, key)]);
    },
  };
}
