import type { TimeValue } from '../model/attribute.ts';
import { wallMs } from '../model/time.ts';
import { exifTime } from '../structures/image/exif.ts';
import { readOpenExr } from '../structures/image/openexr.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import type { PlacedTag } from '../structures/placed.ts';
import { type TagTable, withMake } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

/** Local time where it was taken; utcOffset is what must be added, in seconds, to have UTC. */
function captured(raw: string, all: readonly PlacedTag[]): TimeValue | null {
  const local = exifTime(raw, null, null);
  const seconds = Number(all.find((t) => t.key === 'utcoffset')?.raw ?? NaN);
  if (local?.kind !== 'wall' || Number.isNaN(seconds) || Math.abs(seconds) > 18 * 3600) return local;
  return {
    kind: 'instant',
    epochMs: wallMs(local) + Math.round(seconds * 1000),
    offsetMinutes: -Math.round(seconds / 60),
    precisionMs: local.precisionMs,
  };
}

/** OpenEXR's standard attributes; Blender adds Software, Date, File and Hostname. */
const TAGS: TagTable = new Map([
  ['capdate', { attribute: 'time.captured', time: captured }],
  ['date', { attribute: 'time.created', time: writtenTime }],
  ['software', { attribute: 'tool.application' }],
  ['owner', { attribute: 'party.author' }],
  ['author', { attribute: 'party.author' }],
  ['cameramodel', { attribute: 'tool.camera', say: withMake('cameramake') }],
  ['cameraserialnumber', { attribute: 'tool.camera-serial' }],
  ['file', { attribute: 'machine.path' }],
  ['hostname', { attribute: 'machine.name' }],
  ['comments', { remark: 'comment of the picture' }],
]);

/** OpenEXR: the attributes of its header. The pixels are not read. */
export const openexr = taggedFileReader({ id: 'openexr', version: 1, mediaTypes: ['image/x-exr'], carry: readOpenExr, tags: TAGS });
