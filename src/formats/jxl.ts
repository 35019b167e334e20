import { brotliDecompressSync } from 'node:zlib';
import type { ProblemDraft } from '../model/artifact.ts';
import type { Bytes, FormatReader, Input } from '../model/input.ts';
import { bytesOf } from '../structures/bytes.ts';
import { type Box, boxesOf } from '../structures/image/iso-bmff.ts';
import { bufferOf } from '../structures/placed.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

/** The type stands in front of what Brotli packed (ISO/IEC 18181-2 section 9.5). */
const PACKED = 'brob';
/** First byte of a bare codestream. */
const CODESTREAM = 0xff;

interface Content {
  readonly type: string;
  readonly bytes: Bytes;
}

/** The box itself, or what is packed in it; null where that does not open within `limit` bytes. */
function contentOf(box: Box, limit: number, problems: ProblemDraft[]): Content | null {
  if (box.type !== PACKED) return box;
  const type = bufferOf(box.bytes.slice(0, 4)).toString('latin1');
  if (type !== 'Exif' && type !== 'xml ') return null;
  try {
    return { type, bytes: bytesOf(brotliDecompressSync(box.bytes.slice(4, Math.min(box.bytes.size, limit)), { maxOutputLength: limit })) };
  } catch (error) {
    const tooLong = error instanceof RangeError;
    problems.push({
      code: tooLong ? 'limit-exceeded' : 'malformed',
      message: `JPEG XL: the packed box '${type.trim()}' ${tooLong ? `unpacks to more than ${limit} bytes` : 'does not unpack'}`,
    });
    return null;
  }
}

/** The TIFF header lies as far behind the first four bytes as they say. */
function tiffInside(b: Bytes): Bytes {
  const skip = b.size < 4 ? 0 : bufferOf(b.slice(0, 4)).readUInt32BE(0);
  return b.window(4 + skip, b.size);
}

function carried({ bytes, limits }: Input): ImageMetadata {
  if (bytes.slice(0, 1)[0] === CODESTREAM) return { exif: [], packets: [], photoshop: null, problems: [] };
  const problems: ProblemDraft[] = [];
  const contents = boxesOf(bytes, problems, 0, 'JPEG XL').flatMap((b) => contentOf(b, limits.maxTextBytes, problems) ?? []);
  return {
    exif: contents.filter((c) => c.type === 'Exif').map((c) => tiffInside(c.bytes)),
    packets: packetsOf(contents.filter((c) => c.type === 'xml ').map((c) => c.bytes.slice(0, limits.maxTextBytes + 1))),
    photoshop: null,
    problems,
  };
}

/** JPEG XL in its container (ISO/IEC 18181-2): Exif and XMP boxes, packed or not. A bare codestream carries none. The pixels are not read. */
export const jxl: FormatReader = {
  id: 'jxl',
  version: 3,
  mediaTypes: ['image/jxl'],
  read: (input) => imageClaims(input, carried),
  replay: (input, locator) => replayImage(input, carried, locator),
};
