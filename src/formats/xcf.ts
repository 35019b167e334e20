import type { Bytes, Input } from '../model/input.ts';
import type { TimeValue } from '../model/attribute.ts';
import { exifTime } from '../structures/image/exif.ts';
import { type Parasite, readXcf } from '../structures/image/xcf.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import { bufferOf, type PlacedTag } from '../structures/placed.ts';
import { placedText, textOf } from '../structures/placed-text.ts';
import { toolInRemark } from './shared/remark-tools.ts';
import { type TagTable, withMake } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const EXIF_PREFIX_BYTES = 6;
/** In front of the packet that GIMP 2.8 kept. */
const OLD_XMP = 'GIMP_XMP_1';
const METADATA_BYTES = 4 * 1024 ** 2;
const TAG = /<tag name="([^"]{1,200})">([^<]*)<\/tag>/g;
const MAX_TAGS = 5_000;

const exifClock = (raw: string): TimeValue | null => exifTime(raw, null, null);

/** GIMP's own clock of the last export: microseconds since 1970, UTC. */
function microseconds(raw: string): TimeValue | null {
  const epochMs = /^\d{1,17}$/.test(raw) ? Math.floor(Number(raw) / 1000) : 0;
  return epochMs > 0 && epochMs < 253_402_300_800_000 ? { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs: 1 } : null;
}

/** Exif and XMP as GIMP 2.10 keeps them: by Exiv2's names, one element each. */
const TAGS: TagTable = new Map([
  ['gimp-comment', { attribute: 'tool.application', say: toolInRemark }],
  ['remark', { remark: 'comment of the picture' }],
  ['Exif.Image.DateTime', { attribute: 'time.modified', time: exifClock }],
  ['Exif.Photo.DateTimeOriginal', { attribute: 'time.captured', time: exifClock }],
  ['Exif.Photo.DateTimeDigitized', { attribute: 'time.digitized', time: exifClock }],
  ['Exif.Image.Model', { attribute: 'tool.camera', say: withMake('Exif.Image.Make') }],
  ['Exif.Image.Artist', { attribute: 'party.author' }],
  ['Exif.Image.Software', { attribute: 'tool.application' }],
  ['Xmp.GIMP.TimeStamp', { attribute: 'time.modified', time: microseconds }],
  ['Xmp.xmp.CreatorTool', { attribute: 'tool.application' }],
  ['Xmp.xmp.CreateDate', { attribute: 'time.created', time: writtenTime }],
  ['Xmp.dc.creator', { attribute: 'party.author' }],
  ['Xmp.xmpMM.DocumentID', { attribute: 'id.document' }],
  ['Xmp.xmpMM.InstanceID', { attribute: 'id.instance' }],
]);

function metadata(bytes: Bytes, p: Parasite): PlacedTag[] {
  const stored = bufferOf(bytes.slice(p.offset, Math.min(p.length, METADATA_BYTES)));
  const tags: PlacedTag[] = [];
  for (const m of stored.toString('latin1').matchAll(TAG)) {
    const [whole, key = '', value = ''] = m;
    const at = m.index + whole.length - '</tag>'.length - value.length;
    if (tags.length < MAX_TAGS) tags.push({ key, raw: textOf(stored.subarray(at, at + value.length)), offset: p.offset + at, length: value.length });
  }
  return tags;
}

function comment(bytes: Bytes, p: Parasite): PlacedTag {
  const tag = placedText(bytes, 'gimp-comment', p.offset, p.length);
  return toolInRemark(tag.raw) === null ? { ...tag, key: 'remark' } : tag;
}

function carry(input: Input): Carried {
  const { bytes, limits } = input;
  const { parasites, problems } = readXcf(input);
  const named = (...names: string[]): Parasite[] => parasites.filter((p) => names.includes(p.name));
  // Older versions of GIMP list the comment twice.
  const comments = named('gimp-comment').slice(0, 1);
  return {
    tags: [...comments.map((p) => comment(bytes, p)), ...named('gimp-image-metadata').flatMap((p) => metadata(bytes, p))],
    exif: named('exif-data').map((p) => bytes.window(p.offset + EXIF_PREFIX_BYTES, p.length - EXIF_PREFIX_BYTES)),
    packets: named('gimp-metadata').map((p) => bytes.slice(p.offset + OLD_XMP.length, Math.min(p.length - OLD_XMP.length, limits.maxTextBytes + 1))),
    problems,
  };
}

/** GIMP's own format: the comment, and the metadata kept with the image. Layers are not read. */
export const xcf = taggedFileReader({ id: 'xcf', version: 2, mediaTypes: ['image/x-xcf'], carry, tags: TAGS });
