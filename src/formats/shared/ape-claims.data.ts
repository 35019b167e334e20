import { writtenTime } from '../../structures/media/media-times.ts';
import type { TagTable } from './tag-claims.ts';

/** APEv2 item keys (wiki.hydrogenaudio.org, APE key), in upper case. */
export const APE_TAGS: TagTable = new Map([
  ['APE TITLE', { attribute: 'name.title' }],
  ['APE ARTIST', { attribute: 'party.author' }],
  ['APE YEAR', { attribute: 'time.captured', time: writtenTime }],
  ['APE RECORD DATE', { attribute: 'time.captured', time: writtenTime }],
  ['APE TOOL NAME', { attribute: 'tool.application' }],
  ['APE ENCODED BY', { attribute: 'tool.application' }],
  ['APE ENCODER', { attribute: 'tool.producer' }],
  ['APE COMMENT', { remark: 'comment of the recording' }],
]);
