import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { type Jpeg, payloadsAfter } from './jpeg.ts';

const APP1 = 0xe1;
/** Followed by a NUL; some writers put a blank before it or damage the scheme in front, and readers take it all the same. */
const MAIN = 'ns.adobe.com/xap/1.0/';
const EXTENSION = 'http://ns.adobe.com/xmp/extension/\0';
/** Where the packet begins at the latest. A UTF-8 BOM may stand in front of it. */
const SIGNATURE_BYTES = 64;
/** The 32 hex digits of the extension's MD5, its whole length, this piece's offset. */
const EXTENSION_HEAD = 40;

export interface JpegXmp {
  /** One is the rule. */
  readonly packets: readonly Uint8Array[];
  /** The rest that did not fit into 64 KiB, put together; null where there is none or it has gaps. */
  readonly extended: Uint8Array | null;
  readonly problems: readonly ProblemDraft[];
}

interface Piece {
  readonly guid: string;
  readonly whole: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

function pieceOf(payload: Uint8Array): Piece | null {
  if (payload.byteLength < EXTENSION_HEAD) return null;
  const b = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return { guid: b.toString('latin1', 0, 32), whole: b.readUInt32BE(32), offset: b.readUInt32BE(36), bytes: payload.subarray(EXTENSION_HEAD) };
}

/** The packet of a segment whose text in front of the first '<' is the signature; null where it is none. */
function packetIn(payload: Uint8Array): Uint8Array | null {
  const start = payload.subarray(0, SIGNATURE_BYTES).indexOf(0x3c);
  const signature = Buffer.from(payload.subarray(0, Math.max(0, start))).toString('latin1');
  if (!signature.includes(MAIN)) return null;
  // Two NULs: the second is the first half of UTF-16BE's '<'.
  return payload.subarray(signature.endsWith('\0\0') ? start - 1 : start);
}

/** XMP in APP1 segments, with the extension that the main packet points to (Adobe XMP Specification part 3, 1.1.3.1). */
export function jpegXmp(input: Input, jpeg: Jpeg): JpegXmp {
  const packets = payloadsAfter(input, jpeg, APP1, '').flatMap((p) => packetIn(p) ?? []);
  const payloads = payloadsAfter(input, jpeg, APP1, EXTENSION);
  if (payloads.length === 0) return { packets, extended: null, problems: [] };
  const fail = (code: ProblemDraft['code'], message: string): JpegXmp => ({
    packets,
    extended: null,
    problems: [{ code, message: `extended XMP: ${message}` }],
  });
  const named = /HasExtendedXMP\s*(?:=\s*["']|>)\s*([0-9A-Fa-f]{32})/.exec(Buffer.from(packets[0] ?? []).toString('latin1'))?.[1]?.toUpperCase();
  const pieces = payloads.flatMap((p) => pieceOf(p) ?? []).filter((p) => named === undefined || p.guid.toUpperCase() === named);
  const [first] = pieces;
  if (!first) return fail('malformed', 'no piece carries the id that the packet names');
  if (first.whole > input.limits.maxTextBytes) return fail('limit-exceeded', `${first.whole} bytes`);
  const sorted = pieces.filter((p) => p.guid === first.guid).sort((a, b) => a.offset - b.offset);
  let filled = 0;
  for (const p of sorted) {
    if (p.offset !== filled) return fail('malformed', `its pieces do not join at ${filled}`);
    filled += p.bytes.byteLength;
  }
  if (filled !== first.whole) return fail('truncated', `${first.whole} bytes announced, ${filled} there`);
  return { packets, extended: Buffer.concat(sorted.map((p) => p.bytes)), problems: [] };
}
