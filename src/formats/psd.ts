import type { Extracted } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { photoshopBlock } from '../structures/image/exif.ts';
import { type ImageResource, readPhotoshop } from '../structures/image/photoshop.ts';
import { bufferOf, type PlacedTag, withoutPadding } from '../structures/placed.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';
import { replayTag, tagClaims, type TagTable } from './shared/tag-claims.ts';

/** Adobe Photoshop File Formats Specification, Image Resource IDs. */
const IPTC = 0x0404;
const VERSION = 0x0421;
const EXIF = [0x0422, 0x0423];
const XMP = 0x0424;
const IPTC_BYTES = 64 * 1024;
const MAX_NAME_CHARACTERS = 512;

const TAGS: TagTable = new Map([['writer name', { attribute: 'tool.producer' }]]);

const found = (input: Input, ...ids: number[]): ImageResource[] => input.once(readPhotoshop).resources.filter((r) => ids.includes(r.id));

function carried(input: Input): ImageMetadata {
  const { bytes, limits } = input;
  const [iptc] = found(input, IPTC);
  return {
    exif: found(input, ...EXIF).map((r) => bytes.window(r.offset, r.length)),
    packets: packetsOf(found(input, XMP).map((r) => bytes.slice(r.offset, Math.min(r.length, limits.maxTextBytes + 1)))),
    photoshop: iptc ? photoshopBlock(bytes.slice(iptc.offset, Math.min(iptc.length, IPTC_BYTES))) : null,
    problems: input.once(readPhotoshop).problems,
  };
}

/** Version 4 bytes, a flag, then two names with their lengths in characters of UTF-16BE in front: who wrote, who reads. */
function writers(input: Input): PlacedTag[] {
  return found(input, VERSION).flatMap(({ offset, length }) => {
    const b = bufferOf(input.bytes.slice(offset, Math.min(length, 9 + 2 * MAX_NAME_CHARACTERS)));
    if (b.byteLength < 9) return [];
    const text = b.subarray(9, 9 + 2 * Math.min(b.readUInt32BE(5), MAX_NAME_CHARACTERS));
    return [{ key: 'writer name', raw: withoutPadding(new TextDecoder('utf-16be').decode(text)), offset: offset + 9, length: text.byteLength }];
  });
}

async function* read(input: Input): AsyncIterable<Extracted> {
  yield* tagClaims(input, { tags: input.once(writers), problems: [] }, TAGS);
  yield* imageClaims(input, carried);
}

/** Photoshop's PSD and PSB: Exif, XMP, IPTC and the writer's name among its image resources. Layers and pixels are not read. */
export const psd: FormatReader = {
  id: 'psd',
  version: 2,
  mediaTypes: ['image/vnd.adobe.photoshop'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? replayTag(input.once(writers), locator) : replayImage(input, carried, locator)),
};
