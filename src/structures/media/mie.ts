import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { asciiAt, placedText } from '../placed-text.ts';

export interface Mie {
  readonly tags: readonly PlacedTag[];
  readonly exif: readonly Bytes[];
  readonly packets: readonly Uint8Array[];
  readonly iptc: Uint8Array | null;
  readonly problems: readonly ProblemDraft[];
}

/** MIE 1.1 section 'MIE file format': values of these formats hold others, or are text. Bit 2 says packed. */
const GROUPS = new Set([0x10, 0x18]);
const LITTLE_ENDIAN_GROUP = 0x18;
const TEXTS = new Set([0x20, 0x28]);
const PACKED = 4;
const MAX_ELEMENTS = 10_000;
const IPTC_BYTES = 64 * 1024;

interface Element {
  readonly format: number;
  readonly name: string;
  readonly from: number;
  readonly length: number;
}

/** A tilde, a format, the lengths of name and value, the name; 253 to 255 stand for a length of 8, 4 or 2 bytes behind it. */
function elementAt(bytes: Bytes, at: number, littleEndian: boolean): Element | null {
  const b = bufferOf(bytes.slice(at, 4 + 255 + 8));
  const [nameLength, stored] = [b[2] ?? 0, b[3] ?? 0];
  const width = stored < 253 ? 0 : 2 ** (256 - stored);
  const lengthAt = 4 + nameLength;
  if (b[0] !== 0x7e || lengthAt + width > b.byteLength) return null;
  const read = (): number => {
    if (width === 8) return Number(littleEndian ? b.readBigUInt64LE(lengthAt) : b.readBigUInt64BE(lengthAt));
    return littleEndian ? b.readUIntLE(lengthAt, width) : b.readUIntBE(lengthAt, width);
  };
  return { format: b[1] ?? 0, name: b.toString('latin1', 4, lengthAt), from: at + lengthAt + width, length: width === 0 ? stored : read() };
}

/** Texts by their names, and the blocks that were taken from a picture. Groups are walked, not nested. Never throws. */
export function readMie({ bytes, limits }: Input): Mie {
  const tags: PlacedTag[] = [];
  const exif: Bytes[] = [];
  const packets: Uint8Array[] = [];
  const problems: ProblemDraft[] = [];
  let iptc: Uint8Array | null = null;
  const littleEndian = asciiAt(bytes, 1, 1) === '\u0018';
  let at = 0;
  for (let n = 0; n < MAX_ELEMENTS && at < bytes.size; n++) {
    const e = elementAt(bytes, at, littleEndian);
    if (!e) {
      problems.push({ code: 'malformed', message: `MIE: no element at ${at}` });
      break;
    }
    const isGroup = GROUPS.has(e.format);
    const ends = e.name === '';
    if (!isGroup && !ends && e.from + e.length > bytes.size)
      problems.push({ code: 'truncated', message: `MIE: the element at ${at} ends beyond the file` });
    if ((e.format & PACKED) !== 0 && !ends) problems.push({ code: 'unsupported', message: `MIE: the element at ${at} is packed, not read` });
    else if (TEXTS.has(e.format) && !ends) tags.push(placedText(bytes, e.name, e.from, e.length));
    else if (e.name === 'EXIF') exif.push(bytes.window(e.from, e.length));
    else if (e.name === 'XMP') packets.push(bytes.slice(e.from, Math.min(e.length, limits.maxTextBytes + 1)));
    else if (e.name === 'IPTC') iptc ??= bytes.slice(e.from, Math.min(e.length, IPTC_BYTES));
    if (e.format === LITTLE_ENDIAN_GROUP && !littleEndian)
      problems.push({ code: 'unsupported', message: `MIE: a group of another byte order at ${at}` });
    at = isGroup ? e.from : e.from + e.length;
  }
  return { tags, exif, packets, iptc, problems };
}
