import type { Input } from '../model/input.ts';
import { photoshopBlock } from '../structures/image/exif.ts';
import { readMie } from '../structures/media/mie.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import { type TagTable, withMake } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

/** ExifTool's list of MIE tags. */
const TAGS: TagTable = new Map([
  ['Software', { attribute: 'tool.application' }],
  ['Author', { attribute: 'party.author' }],
  ['Title', { attribute: 'name.title' }],
  ['CreateDate', { attribute: 'time.created', time: writtenTime }],
  ['ModifyDate', { attribute: 'time.modified', time: writtenTime }],
  ['OriginalDate', { attribute: 'time.captured', time: writtenTime }],
  ['Model', { attribute: 'tool.camera', say: withMake('Make') }],
  ['SerialNumber', { attribute: 'tool.camera-serial' }],
  ['Comment', { remark: 'comment of the picture' }],
]);

function carry(input: Input): Carried {
  const { iptc, ...rest } = readMie(input);
  return { ...rest, photoshop: iptc && photoshopBlock(iptc) };
}

/** MIE, ExifTool's container of metadata: its own tags, and the Exif, XMP and IPTC laid into it. */
export const mie = taggedFileReader({ id: 'mie', version: 2, mediaTypes: ['application/x-mie'], carry, tags: TAGS });
