import { type Cfb, streamOf } from './cfb.ts';
import { viewOf } from '../little-endian.ts';

/** Numbers of the pairs of offset and length in the FIB that are read. [MS-DOC] 2.5.6 FibRgFcLcb97, 2.5.8 FibRgFcLcb2002. */
export const PAIR = { fandRef: 4, prDrvr: 27, dop: 31, assoc: 32, atnOwners: 36, rMark: 51, savedBy: 71, atrdExtra: 112 } as const;

/** The head of a Word document and what its table stream holds. */
export interface WordFile {
  /** Word 97 and later; otherwise 6.0 or 95. */
  readonly modern: boolean;
  /** The bodies below are ciphertext: none is given then. */
  readonly encrypted: boolean;
  readonly fib: DataView;
  /** Where the structures stand: '1Table', '0Table', or 'WordDocument' itself before Word 97. */
  readonly tableName: string;
  /** The bytes of a pair, null where it is empty or absent. */
  part(pair: number): Uint8Array | null;
}

export const WORD_STREAM = 'WordDocument';
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
/** Where the pairs begin: [MS-DOC] 2.5.1; 'Microsoft Word 6.0 Binary File Format', FIB. */
const PAIRS_97 = 0x9a;
const PAIRS_6 = 0x58;
/** The last pair whose place Word 6 and 97 share. */
const LAST_SHARED = 36;

/** Null where the stream does not begin with a FIB of Word 6 or later. */
export function wordFile(cfb: Cfb): WordFile | null {
  const stream = streamOf(cfb, WORD_STREAM);
  if (!stream || stream.byteLength < 0x20) return null;
  const fib = viewOf(stream);
  const ident = fib.getUint16(0, true);
  if (ident !== 0xa5ec && ident !== 0xa5dc) return null;
  const modern = ident === 0xa5ec;
  const flags = fib.getUint16(0x0a, true);
  const encrypted = (flags & ENCRYPTED) !== 0;
  const tableName = !modern ? WORD_STREAM : (flags & SECOND_TABLE) === 0 ? '0Table' : '1Table';
  const table = modern ? streamOf(cfb, tableName) : stream;
  const pairs = modern && stream.byteLength >= PAIRS_97 ? fib.getUint16(PAIRS_97 - 2, true) || LAST_SHARED : LAST_SHARED + 1;
  return {
    modern,
    encrypted,
    fib,
    tableName,
    part(pair) {
      const at = (modern ? PAIRS_97 : PAIRS_6) + pair * 8;
      if (encrypted || !table || pair >= pairs || at + 8 > stream.byteLength) return null;
      const from = fib.getUint32(at, true);
      const length = fib.getUint32(at + 4, true);
      return length === 0 || from >= table.byteLength ? null : table.subarray(from, from + length);
    },
  };
}
