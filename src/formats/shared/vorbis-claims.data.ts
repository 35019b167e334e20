import { writtenTime } from '../../structures/media/media-times.ts';
import type { TagTable } from './tag-claims.ts';

/** Vorbis I section 5.2.3 and the names ffmpeg, opusenc and flac write. The vendor is the library that encoded. */
export const VORBIS_TAGS: TagTable = new Map([
  ['vendor', { attribute: 'tool.producer' }],
  ['ENCODER', { attribute: 'tool.application' }],
  ['ENCODED_BY', { attribute: 'tool.application' }],
  ['ENCODED-BY', { attribute: 'tool.application' }],
  ['TITLE', { attribute: 'name.title' }],
  ['ARTIST', { attribute: 'party.author' }],
  ['DATE', { attribute: 'time.captured', time: writtenTime }],
  ['CREATION_TIME', { attribute: 'time.created', time: writtenTime }],
  ['COMMENT', { remark: 'comment of the recording' }],
  ['DESCRIPTION', { remark: 'comment of the recording' }],
]);
