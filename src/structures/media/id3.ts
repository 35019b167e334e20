import { isUtf8 } from 'node:buffer';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';
import { bufferOf, type PlacedTag, withoutPadding } from '../placed.ts';

export interface Id3 {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
  /** XMP packets in private frames (Adobe's XMP Specification part 3 section 1.2.4). */
  readonly packets: readonly Uint8Array[];
  /** Bytes of the whole tag; 0 where there is none. */
  readonly size: number;
}

const HEADER_BYTES = 10;
/** Bytes read of one frame's text. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Bytes of a tag that are searched for escaped ones. */
const MAX_TAG_BYTES = 1024 ** 2;
/** An album's tag has some dozens. */
const MAX_FRAMES = 5_000;
const XMP_OWNER = 'XMP\0';
const MAX_PACKET_BYTES = 16 * 1024 ** 2;
const UNSYNCHRONISED = 0x80;
const EXTENDED = 0x40;

const syncsafe = (b: Buffer, at: number): number =>
  (((b[at] ?? 0) & 127) << 21) | (((b[at + 1] ?? 0) & 127) << 14) | (((b[at + 2] ?? 0) & 127) << 7) | ((b[at + 3] ?? 0) & 127);

interface Frame {
  readonly id: string;
  /** Of its content, in bytes from the tag's beginning. */
  readonly from: number;
  readonly size: number;
  readonly flags: number;
}

/** ID3v2.2 has three-character names and no flags; 2.4 writes sizes with seven bits a byte. */
function frameAt(head: Buffer, at: number, version: number): Frame | null {
  const wide = version > 2;
  const [nameLength, length] = wide ? [4, 10] : [3, 6];
  const id = head.toString('latin1', 0, nameLength);
  if (head.byteLength < length || !/^[A-Z][A-Z0-9]{2,3}$/.test(id)) return null;
  const size = !wide ? head.readUIntBE(3, 3) : version === 4 ? syncsafe(head, 4) : head.readUInt32BE(4);
  return { id, from: at + length, size, flags: wide ? head.readUInt16BE(8) : 0 };
}

/** ID3v2.4 section 4: 0 = Latin-1, 1 = UTF-16 with its mark, 2 = UTF-16BE, 3 = UTF-8. Writers put UTF-8 and code pages under 0. */
function decode(bytes: Uint8Array, encoding: number): string {
  if (encoding === 2 || (encoding === 1 && bytes[0] === 0xfe && bytes[1] === 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  if (encoding === 1) return new TextDecoder('utf-16le').decode(bytes);
  return bufferOf(bytes).toString(encoding === 3 || isUtf8(bytes) ? 'utf8' : 'latin1');
}

/** Index behind the terminator of the text at `from`; the end where there is none. */
function behindTerminator(b: Buffer, from: number, encoding: number): number {
  if (encoding === 0 || encoding === 3) {
    const end = b.indexOf(0, from);
    return end < 0 ? b.byteLength : end + 1;
  }
  for (let i = from; i + 1 < b.byteLength; i += 2) if (b[i] === 0 && b[i + 1] === 0) return i + 2;
  return b.byteLength;
}

/** 2.4 keeps flags for compression, encryption and unsynchronisation in the low byte, 2.3 the first two in the high bits of it. */
const isPacked = (frame: Frame, version: number): boolean => (frame.flags & (version === 4 ? 0x0e : 0xc0)) !== 0;

/** The text of one frame: TXXX under its description, a comment without its language and description. */
function textOf(bytes: Bytes, frame: Frame, version: number, base: number): PlacedTag {
  const lengthIndicator = version === 4 && (frame.flags & 1) !== 0 ? 4 : 0;
  const at = frame.from + lengthIndicator;
  const b = bufferOf(bytes.slice(at, Math.min(frame.size - lengthIndicator, MAX_TEXT_BYTES)));
  const encoding = b[0] ?? 0;
  let from = 1;
  let key = frame.id;
  if (frame.id === 'COMM' || frame.id === 'COM') from = behindTerminator(b, 4, encoding);
  else if (frame.id === 'TXXX' || frame.id === 'TXX') {
    from = behindTerminator(b, 1, encoding);
    key = `TXXX ${withoutPadding(decode(b.subarray(1, from), encoding))}`;
  }
  const value = b.subarray(Math.min(from, b.byteLength));
  return { key, raw: withoutPadding(decode(value, encoding)), offset: base + at + Math.min(from, b.byteLength), length: value.byteLength };
}

interface Tag {
  readonly version: number;
  /** Where its frames begin. */
  readonly from: number;
  /** Bytes of the whole tag. */
  readonly size: number;
  readonly unsynchronised: boolean;
}

/** Null where there is no tag. */
function tagAt(bytes: Bytes): Tag | null {
  const head = bufferOf(bytes.slice(0, 14));
  if (head.byteLength < HEADER_BYTES || head.toString('latin1', 0, 3) !== 'ID3') return null;
  const [version, flags] = [head[3] ?? 0, head[5] ?? 0];
  const hasMore = (flags & EXTENDED) !== 0 && version > 2 && head.byteLength === 14;
  const extended = !hasMore ? 0 : version === 4 ? syncsafe(head, 10) : 4 + head.readUInt32BE(10);
  return { version, from: HEADER_BYTES + extended, size: HEADER_BYTES + syncsafe(head, 6), unsynchronised: (flags & UNSYNCHRONISED) !== 0 };
}

/** What stands behind the owner's name, where that is XMP. */
function xmpIn(frame: Uint8Array): Uint8Array[] {
  return bufferOf(frame.subarray(0, XMP_OWNER.length)).toString('latin1') === XMP_OWNER ? [frame.subarray(XMP_OWNER.length)] : [];
}

/** Why the frames of a tag are not read; null where they are. */
function unreadable({ version, size, unsynchronised }: Tag, bytes: Bytes): string | null {
  if (version < 2 || version > 4) return `version 2.${version} is not read`;
  // 2.4 undoes it frame by frame and says so there. Before that FF 00 stands for FF throughout, so that the sizes do not hold.
  const escaped = version < 4 && unsynchronised && bufferOf(bytes.slice(0, Math.min(size, MAX_TAG_BYTES))).includes('\u00ff\u0000', 0, 'latin1');
  return escaped ? 'an unsynchronised tag is not read' : null;
}

/**
 * Text frames and comments of an ID3v2 tag at the beginning of `bytes` (ID3v2.2, 2.3, 2.4), keys as written. `base` is
 * where `bytes` begins in the file. Frames that are compressed, encrypted or unsynchronised are told as problems.
 */
export function readId3(bytes: Bytes, base = 0): Id3 {
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  const tag = tagAt(bytes);
  const packets: Uint8Array[] = [];
  if (!tag) return { tags, packets, problems, size: 0 };
  const { version, size } = tag;
  const tell = (code: ProblemDraft['code'], message: string): void => void problems.push({ code, message: `ID3: ${message}` });
  if (size > bytes.size) tell('truncated', 'the tag ends beyond the file');
  const why = unreadable(tag, bytes);
  if (why !== null) tell('unsupported', why);
  let frames = 0;
  for (let at = why === null ? tag.from : size; at < Math.min(size, bytes.size);) {
    const frame = frameAt(bufferOf(bytes.slice(at, 10)), at, version);
    // Padding.
    if (!frame) break;
    const broken = frame.from + frame.size > bytes.size;
    if (broken) tell('truncated', `frame ${frame.id} ends beyond the file`);
    if (++frames > MAX_FRAMES) tell('limit-exceeded', `more than ${MAX_FRAMES} frames, the rest is not read`);
    if (broken || frames > MAX_FRAMES) break;
    at = frame.from + frame.size;
    if (frame.id === 'PRIV' && frame.flags === 0) packets.push(...xmpIn(bytes.slice(frame.from, Math.min(frame.size, MAX_PACKET_BYTES))));
    if (!/^T|^COM/.test(frame.id) || frame.size < 2) continue;
    if (isPacked(frame, version)) tell('unsupported', `frame ${frame.id} is compressed, encrypted or unsynchronised`);
    else tags.push(textOf(bytes, frame, version, base));
    if (frame.size > MAX_TEXT_BYTES) tell('limit-exceeded', `frame ${frame.id} has ${frame.size} bytes, the first ${MAX_TEXT_BYTES} read`);
  }
  return { tags, packets, problems, size };
}

const V1_BYTES = 128;
const V1_FIELDS = [
  ['ID3v1 title', 3, 30],
  ['ID3v1 artist', 33, 30],
  ['ID3v1 year', 93, 4],
  ['ID3v1 comment', 97, 30],
] as const;

/** The 128 bytes at the end of a file that version 1 put there; empty where they are no tag. */
export function readId3v1(bytes: Bytes): PlacedTag[] {
  const at = bytes.size - V1_BYTES;
  const b = bufferOf(bytes.slice(at, V1_BYTES));
  if (at < 0 || b.toString('latin1', 0, 3) !== 'TAG') return [];
  // Padded with NULs or blanks; behind the first NUL version 1.1 keeps the track number.
  return V1_FIELDS.map(([key, from, length]) => {
    const text = b.subarray(from, from + length);
    const end = text.indexOf(0);
    const said = end < 0 ? text : text.subarray(0, end);
    return { key, raw: decode(said, 0), offset: at + from, length: said.byteLength };
  });
}
