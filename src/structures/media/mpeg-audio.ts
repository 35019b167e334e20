import type { Bytes } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';

/** Bytes behind the tag in which the first frame is looked for: writers pad. */
const MAX_PADDING = 64 * 1024;
/** Side information of layer III behind the header of four bytes: MPEG-1 stereo and mono, MPEG-2 stereo and mono (ISO/IEC 11172-3, 13818-3). */
const MARK_AT = [36, 21, 13];
/** Name and version of the encoder behind the four optional fields of a Xing header (LAME's mp3 info tag, revision 1). */
const ENCODER_BYTES = 9;
const FIELDS = [
  [1, 4],
  [2, 4],
  [4, 100],
  [8, 4],
] as const;

/** A frame header of layer III: eleven bits of synchronisation, a version, a bit rate and a sampling rate that exist. */
const isFrame = (b: Uint8Array, at: number): boolean => {
  const [first, second, third] = [b[at] ?? 0, b[at + 1] ?? 0, b[at + 2] ?? 0];
  return first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
};

/** 'LAME3.98r' or 'Lavf' of the Xing, Info or LAME header in the first frame at or behind `from`; null where the encoder did not sign. */
export function encoderOf(bytes: Bytes, from: number): PlacedTag | null {
  const b = bufferOf(bytes.slice(from, MAX_PADDING));
  let frame = b.indexOf(0xff);
  while (frame >= 0 && !isFrame(b, frame)) frame = b.indexOf(0xff, frame + 1);
  if (frame < 0) return null;
  for (const mark of MARK_AT) {
    const at = frame + mark;
    if (!['Xing', 'Info'].includes(b.toString('latin1', at, at + 4)) || at + 8 > b.byteLength) continue;
    const flags = b.readUInt32BE(at + 4);
    const start = FIELDS.reduce((sum, [flag, size]) => sum + ((flags & flag) === 0 ? 0 : size), at + 8);
    const raw = b.toString('latin1', start, start + ENCODER_BYTES).split('\u0000', 1)[0] ?? '';
    return /^[A-Z][\x20-\x7e]{3,}$/i.test(raw) ? { key: 'LAME tag', raw, offset: from + start, length: raw.length } : null;
  }
  return null;
}
