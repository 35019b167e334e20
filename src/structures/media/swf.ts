import { constants, inflateSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { bufferOf } from '../placed.ts';
import { asciiAt } from '../placed-text.ts';

export interface Swf {
  readonly packets: readonly Uint8Array[];
  /** Milliseconds since 1970 in decimal, UTC: when a compiler made it; null where none said so. */
  readonly compiled: string | null;
  readonly problems: readonly ProblemDraft[];
}

/** SWF File Format Specification version 19: both stand in front of the first frame. ProductInfo is written by Flex compilers. */
export const PRODUCT_INFO = 41;
const METADATA = 77;
const PACKED_BYTES = 256 * 1024;
const MAX_TAGS = 10_000;

/** The beginning of the film behind its first eight bytes, unpacked. */
function bodyOf({ bytes, limits }: Input, problems: ProblemDraft[]): Buffer {
  const form = asciiAt(bytes, 0, 3);
  const stored = bytes.slice(8, form === 'FWS' ? limits.maxTextBytes : PACKED_BYTES);
  if (form === 'FWS') return bufferOf(stored);
  if (form !== 'CWS') {
    problems.push({ code: 'unsupported', message: 'SWF: packed with LZMA, not read' });
    return Buffer.alloc(0);
  }
  try {
    return inflateSync(stored, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limits.maxTextBytes });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    problems.push({
      code: tooLong ? 'limit-exceeded' : 'malformed',
      message: `SWF: ${tooLong ? 'its beginning unpacks beyond the limit' : 'does not unpack'}`,
    });
    return Buffer.alloc(0);
  }
}

/** Metadata and compiler's clock. Never throws; shapes and programs are not read. */
export function readSwf(input: Input): Swf {
  const problems: ProblemDraft[] = [];
  const b = bodyOf(input, problems);
  const packets: Uint8Array[] = [];
  let compiled: string | null = null;
  // The size of the stage: five bits tell how many bits each of its four sides takes. Frame rate and count follow.
  let at = Math.ceil((5 + 4 * ((b[0] ?? 0) >> 3)) / 8) + 4;
  for (let n = 0; n < MAX_TAGS && at + 2 <= b.byteLength; n++) {
    const head = b.readUInt16LE(at);
    const long = (head & 0x3f) === 0x3f;
    if (long && at + 6 > b.byteLength) break;
    const length = long ? b.readUInt32LE(at + 2) : head & 0x3f;
    const from = at + (long ? 6 : 2);
    const content = b.subarray(from, from + length);
    if (head >> 6 === METADATA) packets.push(content);
    else if (head >> 6 === PRODUCT_INFO && content.byteLength >= 26) compiled ??= content.readBigUInt64LE(18).toString();
    else if (head >> 6 === 0) break;
    at = from + length;
  }
  return { packets, compiled, problems };
}
