import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { memberOf, readMember, readZip } from '../zip/zip.ts';
import { viewOf } from '../little-endian.ts';

/** Parts of a binary workbook (.xlsb) have other contents under the same relationships. */
export const isBinary = (part: string): boolean => part.toLowerCase().endsWith('.bin');

/** A record of a binary workbook's part. [MS-XLSB] 2.1.4. */
export interface BinaryRecord {
  readonly type: number;
  /** Where its header stands in the part. */
  readonly at: number;
  readonly body: Uint8Array;
}

/** Bytes of binary parts unpacked for one workbook. */
const MAX_PART_BYTES = 64 * 1024 ** 2;

export interface BinaryPart {
  readonly bytes: Uint8Array | null;
  readonly problem: ProblemDraft | null;
}

/** One part by itself; null where there is none. */
export function binaryPart(input: Input, name: string, most = MAX_PART_BYTES): BinaryPart {
  const member = memberOf(input.once(readZip), name);
  if (!member) return { bytes: null, problem: null };
  const read = readMember(input, member, most);
  return read.ok ? { bytes: read.bytes, problem: read.problem } : { bytes: null, problem: read.problem };
}

/** Parts of one workbook, within one budget. */
export function binaryParts(input: Input): (name: string) => BinaryPart {
  let left = MAX_PART_BYTES;
  return (name) => {
    if (left <= 0)
      return { bytes: null, problem: { code: 'limit-exceeded', message: `more than ${MAX_PART_BYTES} bytes of parts; the rest was not read` } };
    const part = binaryPart(input, name, left);
    left -= part.bytes?.byteLength ?? 0;
    return part;
  };
}

/** Records in order; ends where the bytes do. Type and size are stored seven bits a byte, the lowest first. */
export function* binaryRecords(bytes: Uint8Array): Generator<BinaryRecord> {
  for (let at = 0; at < bytes.byteLength;) {
    const [type, afterType] = sevenBits(bytes, at, 2);
    const [size, from] = sevenBits(bytes, afterType, 4);
    if (from > bytes.byteLength) return;
    yield { type, at, body: bytes.subarray(from, from + size) };
    at = from + size;
  }
}

function sevenBits(bytes: Uint8Array, from: number, most: number): readonly [value: number, at: number] {
  let value = 0;
  for (let i = 0; i < most; i++) {
    const b = bytes[from + i] ?? 0;
    value += (b & 0x7f) * 2 ** (7 * i);
    if ((b & 0x80) === 0) return [value, from + i + 1];
  }
  return [value, from + most];
}

/** XLWideString, [MS-XLSB] 2.5.169: its length in characters and UTF-16. `at` behind it; null where it breaks off. */
export function wideString(bytes: Uint8Array, from: number): { readonly text: string; readonly at: number } | null {
  if (from + 4 > bytes.byteLength) return null;
  const length = viewOf(bytes).getUint32(from, true);
  // A string that is none.
  if (length === 0xffff_ffff) return { text: '', at: from + 4 };
  const at = from + 4 + length * 2;
  return at > bytes.byteLength ? null : { text: Buffer.from(bytes.buffer, bytes.byteOffset + from + 4, length * 2).toString('utf16le'), at };
}
