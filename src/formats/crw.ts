import { readCiff } from '../structures/image/ciff.ts';
import { wallSeconds1970 } from '../structures/media/media-times.ts';
import { type TagTable, withMake } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

const TAGS: TagTable = new Map([
  ['captured', { attribute: 'time.captured', time: wallSeconds1970 }],
  ['model', { attribute: 'tool.camera', say: withMake('make') }],
  ['body serial', { attribute: 'tool.camera-serial' }],
  ['firmware', { attribute: 'tool.application' }],
  ['owner', { attribute: 'party.owner' }],
]);

/** Canon's older raw format (CIFF 1.0): the camera, its number, its owner and its clock. The picture is not read. */
export const crw = taggedFileReader({ id: 'crw', version: 1, mediaTypes: ['image/x-canon-crw'], carry: readCiff, tags: TAGS });
