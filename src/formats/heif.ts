import type { FormatReader, Input } from '../model/input.ts';
import { readHeif } from '../structures/image/heif.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

function carried(input: Input): ImageMetadata {
  const { exif, packets, problems } = readHeif(input);
  return { exif, packets: packetsOf(packets), photoshop: null, problems };
}

/** HEIF, HEIC and AVIF (ISO/IEC 23008-12, 14496-12): their Exif and XMP items. The pixels are not read. */
export const heif: FormatReader = {
  id: 'heif',
  version: 2,
  mediaTypes: ['image/heic', 'image/heif', 'image/avif'],
  read: (input) => imageClaims(input, carried),
  replay: (input, locator) => replayImage(input, carried, locator),
};
