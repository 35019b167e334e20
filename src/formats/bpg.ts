import type { ProblemDraft } from '../model/artifact.ts';
import type { Bytes, Input } from '../model/input.ts';
import { bufferOf } from '../structures/placed.ts';
import { numberAt } from '../structures/placed-text.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const HAS_EXTENSION = 8;
const EXIF = 1;
const XMP = 3;
const MAX_EXTENSIONS = 100;

/** Seven bits a byte, high ones first; the top bit says that more follow. Five bytes at most. */
function variable(bytes: Bytes, at: number): { value: number; next: number } | null {
  let value = 0;
  for (const [i, byte] of bytes.slice(at, 5).entries()) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}

/** Some encoders leave the last byte of 'Exif\0\0' in front. */
const tiffInside = (b: Bytes): Bytes => (numberAt(b, 0, 1) === 0 ? b.window(1, b.size) : b);

/** Width, height and length of the picture, then the length of the extensions, each of seven bits a byte. */
function extensions({ bytes }: Input): { from: number; to: number } | null {
  let at = 6;
  let last = 0;
  for (let i = 0; i < 4; i++) {
    const number = variable(bytes, at);
    if (!number) return null;
    at = number.next;
    last = number.value;
  }
  return { from: at, to: at + last };
}

function carry(input: Input): Carried {
  const { bytes, limits } = input;
  if (((bufferOf(bytes.slice(5, 1))[0] ?? 0) & HAS_EXTENSION) === 0) return {};
  const problems: ProblemDraft[] = [];
  const exif: Bytes[] = [];
  const packets: Uint8Array[] = [];
  const around = extensions(input);
  let at = around?.from ?? bytes.size;
  for (let n = 0; around && n < MAX_EXTENSIONS && at < around.to; n++) {
    const tag = variable(bytes, at);
    const length = tag && variable(bytes, tag.next);
    if (!length) break;
    if (tag.value === EXIF) exif.push(tiffInside(bytes.window(length.next, length.value)));
    if (tag.value === XMP) packets.push(bytes.slice(length.next, Math.min(length.value, limits.maxTextBytes + 1)));
    at = length.next + length.value;
  }
  if (!around || at !== around.to || at > bytes.size) problems.push({ code: 'truncated', message: 'BPG: its extensions break off' });
  return { exif, packets, problems };
}

/** Better Portable Graphics (BPG Specification 0.9.8): Exif and XMP among its extensions. The pixels are not read. */
export const bpg = taggedFileReader({ id: 'bpg', version: 2, mediaTypes: ['image/bpg'], carry });
