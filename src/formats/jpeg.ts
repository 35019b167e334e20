import type { FormatReader } from '../model/input.ts';
import { imageClaims, replayImage } from './shared/image-metadata.ts';
import { carriedByJpeg } from './shared/jpeg-metadata.ts';

/** JPEG (ITU-T T.81) with Exif, XMP and IPTC in its application segments. The pixels are not read. */
export const jpeg: FormatReader = {
  id: 'jpeg',
  version: 2,
  mediaTypes: ['image/jpeg'],
  read: (input) => imageClaims(input, carriedByJpeg),
  replay: (input, locator) => replayImage(input, carriedByJpeg, locator),
};
