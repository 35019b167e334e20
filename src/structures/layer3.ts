import type { Certainty, Input } from '../model/input.ts';
import { HEAD_BYTES } from './head.ts';

/** Kilobits of layer III by the number in the header: MPEG-1, then MPEG-2 and 2.5 (ISO/IEC 11172-3 section 2.4.2.3, 13818-3). */
const BIT_RATES = [
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLING_RATES = [44_100, 48_000, 32_000];

/** Bytes of a frame of layer III; 0 where there is none. */
function layer3Length(h: Uint8Array, i: number): number {
  const [second, third] = [h[i + 1] ?? 0, h[i + 2] ?? 0];
  const version = (second >> 3) & 3;
  const rate = SAMPLING_RATES[(third >> 2) & 3];
  const kilobits = BIT_RATES[version === 3 ? 0 : 1][(third >> 4) - 1];
  if (h[i] !== 0xff || (second & 0xe6) !== 0xe2 || version === 1 || rate === undefined || kilobits === undefined) return 0;
  const divided = version === 3 ? 1 : version === 2 ? 2 : 4;
  return Math.floor(((version === 3 ? 144_000 : 72_000) * kilobits) / (rate / divided)) + ((third >> 1) & 1);
}

/** Players pass over what stands in front of the first frame; three in a row are no chance. */
export function hasFramesBehind({ bytes }: Input): boolean {
  const h = bytes.slice(0, HEAD_BYTES);
  for (let first = h.indexOf(0xff); first >= 0; first = h.indexOf(0xff, first + 1)) {
    let next = first;
    for (let n = 0; n < 3; n++) {
      const length = layer3Length(h, next);
      if (length === 0) break;
      next += length;
      if (n === 2) return true;
    }
  }
  return false;
}

/** Sound without a tag: a frame whose bit rate and sampling rate exist. */
export const beginsLikeFrame = (h: Uint8Array): Certainty => (layer3Length(h, 0) > 0 ? 'maybe' : 'no');

/** Behind the first frame comes the next, or the end: three bytes alone are found in any file. */
export function framesGoOn({ bytes }: Input): boolean {
  const length = layer3Length(bytes.slice(0, 4), 0);
  return length > 0 && (length >= bytes.size || layer3Length(bytes.slice(length, 4), 0) > 0);
}
