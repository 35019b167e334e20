import type { Input } from '../model/input.ts';
import { readX3f } from '../structures/image/x3f.ts';
import { wallSeconds1970 } from '../structures/media/media-times.ts';
import { carriedByJpeg } from './shared/jpeg-metadata.ts';
import { type TagTable, withMake } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const TAGS: TagTable = new Map([
  ['TIME', { attribute: 'time.captured', time: wallSeconds1970 }],
  ['CAMMODEL', { attribute: 'tool.camera', say: withMake('CAMMANUF') }],
  ['CAMSERIAL', { attribute: 'tool.camera-serial' }],
  ['FIRMVERS', { attribute: 'tool.application', say: (version: string) => `Firmware ${version}` }],
]);

function carry(input: Input): Carried {
  const { tags, jpeg, problems } = readX3f(input);
  if (!jpeg) return { tags, problems };
  const metadata = carriedByJpeg({ ...input, bytes: jpeg });
  return { ...metadata, packets: metadata.packets.map((p) => p.bytes), tags, problems: [...problems, ...metadata.problems] };
}

/** Sigma's raw format: its properties, and the metadata of the JPEG it holds. The picture is not read. */
export const x3f = taggedFileReader({ id: 'x3f', version: 2, mediaTypes: ['image/x-sigma-x3f'], carry, tags: TAGS });
