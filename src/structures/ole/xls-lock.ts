import { type BiffRecord, biffRecords } from './biff.ts';
import { type BlockKey, decipheredBlocks, type LegacyLock, rc4Lock } from './rc4-lock.ts';
import { RECORD } from './xls.data.ts';
import { unmasked, xorMask } from './xor-obfuscation.ts';
import { viewOf } from '../little-endian.ts';

export interface XlsKey {
  /** The stream in the clear, as long as before. */
  clear(stream: Uint8Array): Uint8Array;
  /** Null where nothing but the records is obscured. */
  readonly block: BlockKey | null;
}

const BLOCK_BYTES = 1024;
/** Records that stay in the clear: BOF, FILEPASS, INTERFACEHDR, RRDHEAD, USREXCL, FILELOCK, RRDINFO. [MS-XLS] 2.2.10. */
const CLEAR = new Set<number>([RECORD.bof, RECORD.filePass, 0x00e1, 0x0138, 0x0194, 0x0195, 0x0196]);
/** A BOUNDSHEET's pointer to its sheet stays, too. */
const POINTER_BYTES = 4;
/** No record has this number: readers pass over it. */
const NO_RECORD = 0xffff;

/** The lock of a workbook; null where it has none, 'unknown' where its FILEPASS is not understood. */
export function xlsLock(stream: Uint8Array): LegacyLock<XlsKey> | 'unknown' | null {
  for (const record of biffRecords(stream)) {
    if (record.type === RECORD.filePass) return lockOf(record) ?? 'unknown';
    if (record.type === RECORD.eof) return null;
  }
  return null;
}

/** [MS-XLS] 2.4.117; before Excel 97 it holds the two words of the XOR obfuscation and nothing else. */
function lockOf({ body }: BiffRecord): LegacyLock<XlsKey> | null {
  if (body.byteLength < 4) return null;
  const view = viewOf(body);
  if (body.byteLength < 6) return xorLock(view.getUint16(0, true), view.getUint16(2, true));
  if (view.getUint16(0, true) === 0) return xorLock(view.getUint16(2, true), view.getUint16(4, true));
  const lock = rc4Lock(body.subarray(2));
  return (
    lock && {
      ...lock,
      keyBy(password) {
        const block = lock.keyBy(password);
        return block && { block, clear: (stream) => cleared(stream, byRc4(stream, block)) };
      },
    }
  );
}

const xorLock = (key: number, verifier: number): LegacyLock<XlsKey> => ({
  visible: 'XOR obfuscation',
  cost: 1,
  keyBy(password) {
    const mask = xorMask(password, key, verifier);
    // A record's mask begins where its end stands in the stream.
    return mask && { block: null, clear: (stream) => cleared(stream, ({ at, body }) => unmasked(body, mask, at + 4 + body.byteLength)) };
  },
});

/** Heads of records are not enciphered, and use up the cipher's stream all the same. */
function byRc4(stream: Uint8Array, key: BlockKey): (record: BiffRecord) => Uint8Array {
  const plain = decipheredBlocks(stream, key, BLOCK_BYTES);
  return ({ at, body }) => plain.subarray(at + 4, at + 4 + body.byteLength);
}

function cleared(stream: Uint8Array, bodyOf: (record: BiffRecord) => Uint8Array): Uint8Array {
  const clear = Uint8Array.from(stream);
  let locked = false;
  for (const record of biffRecords(stream)) {
    const { type, at, body } = record;
    if (type === RECORD.filePass) {
      locked = true;
      viewOf(clear).setUint16(at, NO_RECORD, true);
    } else if (locked && !CLEAR.has(type)) {
      const kept = type === RECORD.boundSheet ? POINTER_BYTES : 0;
      clear.set(bodyOf(record).subarray(kept), at + 4 + Math.min(kept, body.byteLength));
    }
  }
  return clear;
}
