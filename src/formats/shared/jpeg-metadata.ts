import type { Input } from '../../model/input.ts';
import { exifOf, payloadsAfter, readJpeg } from '../../structures/image/jpeg.ts';
import { jpegXmp } from '../../structures/image/jpeg-xmp.ts';
import { type ImageMetadata, packetsOf } from './image-metadata.ts';

const APP13 = 0xed;
const PHOTOSHOP = 'Photoshop 3.0\0';

/** Exif, XMP and image resources of a JPEG's application segments. */
export function carriedByJpeg(input: Input): ImageMetadata {
  const jpeg = readJpeg(input);
  const xmp = jpegXmp(input, jpeg);
  // What does not fit into one segment goes on in the next.
  const resources = payloadsAfter(input, jpeg, APP13, PHOTOSHOP);
  return {
    exif: exifOf(input, jpeg),
    packets: [...packetsOf(xmp.packets), ...(xmp.extended ? [{ part: 'xmp-extended', bytes: xmp.extended }] : [])],
    photoshop: resources.length > 0 ? Buffer.concat([Buffer.from(PHOTOSHOP, 'latin1'), ...resources]) : null,
    problems: [...jpeg.problems, ...xmp.problems],
  };
}
