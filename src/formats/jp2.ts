import type { ProblemDraft } from '../model/artifact.ts';
import type { Bytes, FormatReader, Input } from '../model/input.ts';
import { photoshopBlock } from '../structures/image/exif.ts';
import { boxesOf } from '../structures/image/iso-bmff.ts';
import { bufferOf } from '../structures/placed.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

const UUID_BYTES = 16;
/** Adobe's XMP Specification part 3 section 1.1.4; Exif and IPTC as ExifTool and Exiv2 write them. */
const XMP = 'be7acfcb97a942e89c71999491e3afac';
const EXIF = bufferOf(Buffer.from('JpgTiffExif->JP2')).toString('hex');
const IPTC = '33c7a4d2b81d4723a0baf1a3e097ad38';
const IPTC_BYTES = 64 * 1024;

function carried({ bytes, limits }: Input): ImageMetadata {
  const problems: ProblemDraft[] = [];
  const contents = (id: string): Bytes[] =>
    uuids.filter((b) => bufferOf(b.slice(0, UUID_BYTES)).toString('hex') === id).map((b) => b.window(UUID_BYTES, b.size));
  const uuids = boxesOf(bytes, problems, 0, 'JPEG 2000')
    .filter((b) => b.type === 'uuid')
    .map((b) => b.bytes);
  const [iptc] = contents(IPTC);
  return {
    exif: contents(EXIF),
    packets: packetsOf(contents(XMP).map((b) => b.slice(0, limits.maxTextBytes + 1))),
    photoshop: iptc ? photoshopBlock(iptc.slice(0, IPTC_BYTES)) : null,
    problems,
  };
}

/** JPEG 2000 (ISO/IEC 15444-1 annex I): Exif, XMP and IPTC in 'uuid' boxes. The pixels are not read. */
export const jp2: FormatReader = {
  id: 'jp2',
  version: 2,
  mediaTypes: ['image/jp2'],
  read: (input) => imageClaims(input, carried),
  replay: (input, locator) => replayImage(input, carried, locator),
};
