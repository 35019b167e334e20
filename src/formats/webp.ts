import type { FormatReader, Input } from '../model/input.ts';
import { readRiff } from '../structures/media/riff.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

/** Six bytes that belong to JPEG; some writers keep them in front of the TIFF header. */
const EXIF_HEADER = 'Exif\0\0';

function carried(input: Input): ImageMetadata {
  const { chunks, problems } = readRiff(input.bytes, 'WebP');
  const { bytes } = input;
  const exif = chunks
    .filter((c) => c.type === 'EXIF')
    .map((c) => {
      const skip = Buffer.from(bytes.slice(c.offset, 6)).toString('latin1') === EXIF_HEADER ? 6 : 0;
      return bytes.window(c.offset + skip, c.length - skip);
    });
  const packets = chunks.filter((c) => c.type === 'XMP ').map((c) => bytes.slice(c.offset, c.length));
  return { exif, packets: packetsOf(packets), photoshop: null, problems };
}

/** WebP (RFC 9649) with Exif and XMP chunks. The pixels are not read. */
export const webp: FormatReader = {
  id: 'webp',
  version: 2,
  mediaTypes: ['image/webp'],
  read: (input) => imageClaims(input, carried),
  replay: (input, locator) => replayImage(input, carried, locator),
};
