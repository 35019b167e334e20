import { bytesOf } from '../../model/bytes.ts';
import type { Input } from '../../model/input.ts';
import { readFilm } from './film.ts';
import { readTiff, type Tiff, type TiffBlock } from '../image/tiff.ts';

/** Which directory of a picture each box holds, as the first one of a TIFF structure of its own. */
const BLOCK_OF: Readonly<Record<string, TiffBlock>> = { CMT1: 'ifd0', CMT2: 'exif', CMT4: 'gps' };

/**
 * The directories of a CR3 put together as a TIFF would hold them, so that a time and its offset, which lie in two boxes,
 * find each other. Values of a box are where they were, behind those of the boxes before it. Null where there are none.
 */
export function readCanonRaw(input: Input): Tiff | null {
  const { canon } = input.once(readFilm);
  const blocks: [string, Tiff['blocks'] extends ReadonlyMap<string, infer B> ? B : never][] = [];
  const parts: Uint8Array[] = [];
  const problems: Tiff['problems'][number][] = [];
  let base = 0;
  let littleEndian = true;
  for (const box of canon) {
    const block = BLOCK_OF[box.type];
    if (block === undefined || blocks.some(([name]) => name === block)) continue;
    const part = box.bytes.slice(0, input.limits.maxTextBytes);
    const tiff = readTiff(bytesOf(part));
    problems.push(...tiff.problems);
    // One camera, one byte order; a box in the other one was written by something else.
    if (parts.length === 0) littleEndian = tiff.littleEndian;
    else if (littleEndian !== tiff.littleEndian) problems.push({ code: 'malformed', message: `${box.type}: its byte order differs, not read` });
    if (littleEndian !== tiff.littleEndian) continue;
    const shift = base;
    blocks.push([block, new Map([...(tiff.blocks.get('ifd0') ?? [])].map(([tag, e]) => [tag, { ...e, offset: e.offset + shift }]))]);
    parts.push(part);
    base += part.byteLength;
  }
  return parts.length === 0 ? null : { bytes: bytesOf(Buffer.concat(parts)), littleEndian, blocks: new Map(blocks), problems };
}
