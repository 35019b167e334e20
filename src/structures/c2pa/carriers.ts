import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { boxesOf } from '../image/iso-bmff.ts';
import { payloadOf, readJpeg } from '../image/jpeg.ts';
import { chunkOf, readPng } from '../image/png.ts';
import { readTiff, valueBytesOf } from '../image/tiff.ts';
import { readRiff } from '../media/riff.ts';
import { bufferOf } from '../placed.ts';
import { looksLikeStore } from './manifest.ts';

/** Manifest stores are some hundred kilobytes, most of it thumbnails. */
const MAX_STORE = 64 * 1024 ** 2;
const APP11 = 0xeb;
const TIFF_TAG = 0xcd41;
const UUID = 'd8fec3d61b0e483c92975828877ec481';

/** JPEG XT (ISO/IEC 18477-3 annex B.2): one box over several segments, each with its number and the box's header again. */
function fromJpeg(input: Input): Uint8Array[] {
  const boxes = new Map<number, { readonly packet: number; readonly data: Buffer }[]>();
  for (const s of readJpeg(input).segments) {
    if (s.marker !== APP11 || s.length < 16) continue;
    const b = bufferOf(payloadOf(input.bytes, s));
    if (b.toString('latin1', 0, 2) !== 'JP') continue;
    const instance = b.readUInt16BE(2);
    const pieces = boxes.get(instance) ?? [];
    boxes.set(instance, pieces);
    pieces.push({ packet: b.readUInt32BE(4), data: b.subarray(8) });
  }
  return [...boxes.values()].map((pieces) => {
    const header = pieces[0]?.data.readUInt32BE(0) === 1 ? 16 : 8;
    const sorted = [...pieces].sort((x, y) => x.packet - y.packet);
    return Buffer.concat(sorted.map(({ data }, i) => (i === 0 ? data : data.subarray(header))));
  });
}

/** C2PA 2.1 annex A.5: version and flags, a purpose in words, an offset, the store. */
function fromBmff({ bytes }: Input): Uint8Array[] {
  const ignored: ProblemDraft[] = [];
  return boxesOf(bytes, ignored, 0, 'C2PA').flatMap((box) => {
    if (box.type !== 'uuid' || Buffer.from(box.bytes.slice(0, 16)).toString('hex') !== UUID) return [];
    const head = bufferOf(box.bytes.slice(16, 64));
    const end = head.indexOf(0, 4);
    return end < 0 ? [] : [box.bytes.slice(16 + end + 1 + 8, Math.min(box.bytes.size, MAX_STORE))];
  });
}

/** A box of its own at the top (C2PA 2.1 annex A.3.6); its header belongs to the store. */
function fromJxl({ bytes }: Input): Uint8Array[] {
  const ignored: ProblemDraft[] = [];
  return boxesOf(bytes, ignored, 0, 'C2PA').flatMap((box) =>
    box.type === 'jumb' ? [bytes.slice(box.offset - 8, Math.min(box.bytes.size + 8, MAX_STORE))] : [],
  );
}

const fromRiff = ({ bytes }: Input): Uint8Array[] =>
  readRiff(bytes, 'RIFF')
    .chunks.filter((c) => c.type === 'C2PA')
    .map((c) => bytes.slice(c.offset, Math.min(c.length, MAX_STORE)));

const fromPng = (input: Input): Uint8Array[] =>
  readPng(input)
    .chunks.filter((c) => c.type === 'caBX' && c.length <= MAX_STORE)
    .map((c) => chunkOf(input, c));

function fromTiff({ bytes }: Input): Uint8Array[] {
  const value = valueBytesOf(readTiff(bytes), 'ifd0', TIFF_TAG, MAX_STORE);
  return value ? [value] : [];
}

const CARRIERS: ReadonlyMap<string, (input: Input) => Uint8Array[]> = new Map([
  ['image/jpeg', fromJpeg],
  ['image/png', fromPng],
  ['image/tiff', fromTiff],
  ['image/jxl', fromJxl],
  ...['image/webp', 'audio/wav', 'video/x-msvideo'].map((type) => [type, fromRiff] as const),
  ...['image/avif', 'image/heic', 'image/heif', 'audio/mp4', 'video/3gpp', 'video/mp4', 'video/quicktime'].map((type) => [type, fromBmff] as const),
]);

export const C2PA_CARRIERS: readonly string[] = [...CARRIERS.keys()];

/** Which of the carriers the bytes are: by their first bytes, as a container is not told. */
function carrierOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xd8) return 'image/jpeg';
  if (head[0] === 0x89 && head[1] === 0x50) return 'image/png';
  if (head.toString('latin1', 0, 4) === 'RIFF') return 'image/webp';
  if (head.toString('latin1', 4, 8) === 'JXL ') return 'image/jxl';
  return /^(?:II|MM)/.test(head.toString('latin1', 0, 2)) ? 'image/tiff' : 'video/mp4';
}

/** Manifest stores inside a picture, film or recording, put together again. Call as input.once(storesIn). */
export function storesIn(input: Input): readonly Uint8Array[] {
  const carrier = CARRIERS.get(carrierOf(bufferOf(input.bytes.slice(0, 16))));
  return (carrier?.(input) ?? []).filter((store) => looksLikeStore(store) === 'certain').slice(0, 10);
}
