import type { FormatReader, Input } from '../model/input.ts';
import { photoshopBlock } from '../structures/image/exif.ts';
import { readTiff, valueBytesOf } from '../structures/image/tiff.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

/** Adobe's XMP Specification part 3 section 1.1.2.2; IPTC datasets as TIFF/EP numbers them. */
const XMP = 0x02bc;
const IPTC = 0x83bb;
/** Photoshop's image resources, IPTC among them (Adobe Photoshop TIFF Technical Notes). */
const RESOURCES = 0x8649;
const IPTC_BYTES = 64 * 1024;

function carried({ bytes, limits }: Input): ImageMetadata {
  const tiff = readTiff(bytes);
  // One byte more than the limit, so that whoever decodes sees it exceeded.
  const packet = valueBytesOf(tiff, 'ifd0', XMP, limits.maxTextBytes + 1);
  const datasets = valueBytesOf(tiff, 'ifd0', IPTC, IPTC_BYTES);
  const resources = datasets ? null : valueBytesOf(tiff, 'ifd0', RESOURCES, IPTC_BYTES);
  const photoshop = datasets ? photoshopBlock(datasets) : resources && Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resources]);
  return { exif: [bytes], packets: packetsOf(packet ? [packet] : []), photoshop, problems: [] };
}

/** TIFF 6.0, BigTIFF and the raw formats of cameras that are TIFF underneath: the first directory and its Exif, GPS, XMP and IPTC. */
export const tiff: FormatReader = {
  id: 'tiff',
  version: 3,
  mediaTypes: ['image/jxr', 'image/tiff', 'image/x-olympus-orf', 'image/x-panasonic-rw2'],
  read: (input) => imageClaims(input, carried),
  replay: (input, locator) => replayImage(input, carried, locator),
};
