import type { Bytes, Input } from '../model/input.ts';
import { photoshopBlock } from '../structures/image/exif.ts';
import { readMiff } from '../structures/image/miff.ts';
import { asciiAt } from '../structures/placed-text.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const EXIF_PREFIX = 'Exif\0\0';
const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0';
const RESOURCE = '8BIM';
const IPTC_BYTES = 64 * 1024;

const TAGS: TagTable = new Map([
  ['id', { attribute: 'tool.producer' }],
  ['comment', { remark: 'comment of the picture' }],
]);

/** A profile says by its first bytes what it is: APP1 of a JPEG held Exif or XMP, and 'generic' names neither. */
function carry(input: Input): Carried {
  const { bytes, limits } = input;
  const { tags, profiles, problems } = readMiff(input);
  const exif: Bytes[] = [];
  const packets: Uint8Array[] = [];
  let photoshop: Uint8Array | null = null;
  for (const { name, offset, length } of profiles) {
    const content = (skip: number): Bytes => bytes.window(offset + skip, length - skip);
    const packet = (skip: number): Uint8Array => bytes.slice(offset + skip, Math.min(length - skip, limits.maxTextBytes + 1));
    if (asciiAt(bytes, offset, EXIF_PREFIX.length) === EXIF_PREFIX) exif.push(content(EXIF_PREFIX.length));
    else if (asciiAt(bytes, offset, XMP_PREFIX.length) === XMP_PREFIX) packets.push(packet(XMP_PREFIX.length));
    else if (name === 'xmp') packets.push(packet(0));
    else if (name === 'iptc' || name === '8bim') {
      const stored = bytes.slice(offset, Math.min(length, IPTC_BYTES));
      const isResource = asciiAt(bytes, offset, 4) === RESOURCE;
      photoshop ??= isResource ? Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), stored]) : photoshopBlock(stored);
    }
  }
  return { tags, exif, packets, photoshop, problems };
}

/** ImageMagick's own format: comment, and the Exif, XMP and IPTC of its profiles. The pixels are not read. */
export const miff = taggedFileReader({ id: 'miff', version: 2, mediaTypes: ['image/x-miff'], carry, tags: TAGS });
