import type { FormatReader, Input } from '../model/input.ts';
import { carriedByJpeg } from './shared/jpeg-metadata.ts';
import { imageClaims, type ImageMetadata, replayImage } from './shared/image-metadata.ts';

/** Behind the marker 0xff01 and 'Exiv2' the segments begin, where a JPEG has them behind its two bytes. */
const EARLIER = 5;
/** What every such file would be blamed for if it were a picture. */
const NO_PICTURE = 'JPEG: ends before its picture';

function carried(input: Input): ImageMetadata {
  const metadata = carriedByJpeg({ ...input, bytes: input.bytes.window(EARLIER, input.bytes.size) });
  return { ...metadata, problems: metadata.problems.filter((p) => p.message !== NO_PICTURE) };
}

/** Exiv2's container of metadata without a picture: the segments of a JPEG behind another magic number. */
export const exv: FormatReader = {
  id: 'exv',
  version: 2,
  mediaTypes: ['image/x-exv'],
  read: (input) => imageClaims(input, carried),
  replay: (input, locator) => replayImage(input, carried, locator),
};
