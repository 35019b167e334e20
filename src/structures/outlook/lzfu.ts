import type { ProblemDraft } from '../../model/artifact.ts';
import { DICTIONARY_START } from './lzfu.data.ts';

/** RTF as it was before compression, or as much of it as could be restored. */
export interface Decompressed {
  readonly rtf: Uint8Array;
  readonly problems: readonly ProblemDraft[];
}

const HEADER_BYTES = 16;
const DICTIONARY_BYTES = 4096;
/** 'LZFu' and 'MELA' as numbers. [MS-OXRTFCP] 2.1.3.1.1. */
const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;

/**
 * The value of PidTagRtfCompressed ([MS-OXRTFCP]). One reference of two bytes yields at most 17, so output is bounded by the
 * input; `maxBytes` cuts it further. Broken input yields what comes before the break, and a problem.
 */
export function decompressRtf(bytes: Uint8Array, maxBytes: number): Decompressed {
  const problems: ProblemDraft[] = [];
  const note = (code: ProblemDraft['code'], message: string): number => problems.push({ code, message: `compressed RTF: ${message}` });
  if (bytes.byteLength < HEADER_BYTES) {
    note('truncated', 'the header breaks off');
    return { rtf: new Uint8Array(0), problems };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [packed, size, kind, checksum] = [view.getUint32(0, true) + 4, view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
  const body = bytes.subarray(HEADER_BYTES, Math.max(HEADER_BYTES, Math.min(packed, bytes.byteLength)));
  if (packed > bytes.byteLength) note('truncated', `${bytes.byteLength} of ${packed} bytes`);
  if (kind !== COMPRESSED && kind !== UNCOMPRESSED) {
    note('malformed', 'it is of no known kind');
    return { rtf: new Uint8Array(0), problems };
  }
  if (size > maxBytes) note('limit-exceeded', `${size} bytes, of which ${maxBytes} are read`);
  if (kind === UNCOMPRESSED) return { rtf: body.subarray(0, Math.min(size, maxBytes)), problems };
  if (packed <= bytes.byteLength && crc(body) !== checksum) note('malformed', 'the checksum is that of other bytes');
  const { rtf, ended } = inflate(body, Math.min(size, maxBytes, body.byteLength * 17));
  if (!ended && rtf.byteLength < Math.min(size, maxBytes)) note('truncated', `${rtf.byteLength} of ${size} bytes could be restored`);
  return { rtf, problems };
}

/** Runs of eight tokens behind a byte that tells references from literals, its low bit first. [MS-OXRTFCP] 2.2.3. */
function inflate(body: Uint8Array, limit: number): { rtf: Uint8Array; ended: boolean } {
  const dictionary = Buffer.alloc(DICTIONARY_BYTES);
  let at = dictionary.write(DICTIONARY_START, 'latin1');
  const out = new Uint8Array(limit);
  let length = 0;
  const put = (byte: number): void => {
    dictionary[at] = byte;
    at = (at + 1) % DICTIONARY_BYTES;
    if (length < limit) out[length++] = byte;
  };
  for (let i = 0; i < body.byteLength && length < limit;) {
    const control = body[i++] ?? 0;
    for (let bit = 0; bit < 8 && i < body.byteLength; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(body[i++] ?? 0);
        continue;
      }
      if (i + 1 >= body.byteLength) return { rtf: out.subarray(0, length), ended: false };
      const reference = ((body[i] ?? 0) << 8) | (body[i + 1] ?? 0);
      i += 2;
      const from = reference >> 4;
      // A reference to the place where the next byte would be written is the end.
      if (from === at) return { rtf: out.subarray(0, length), ended: true };
      for (let n = 0; n < (reference & 0xf) + 2; n++) put(dictionary[(from + n) % DICTIONARY_BYTES] ?? 0);
    }
  }
  return { rtf: out.subarray(0, length), ended: false };
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC-32 without the usual inversions. [MS-OXRTFCP] 2.1.3.2. */
export function crc(bytes: Uint8Array): number {
  let c = 0;
  for (const b of bytes) c = (CRC_TABLE[(c ^ b) & 0xff] ?? 0) ^ (c >>> 8);
  return c >>> 0;
}
