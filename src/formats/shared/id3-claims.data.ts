import { writtenTime } from '../../structures/media/media-times.ts';
import type { TagTable } from './tag-claims.ts';

/**
 * ID3v2.4 section 4.2, 2.3 section 4.2, and 2.2's three-letter names. TSSE is what encoded the sound; TENC, by the
 * standard whoever did, is mostly filled in with a program. 2.3 keeps year, day and time apart: only the year is read.
 */
export const ID3_TAGS: TagTable = new Map([
  ['TDRC', { attribute: 'time.captured', time: writtenTime }],
  ['TYER', { attribute: 'time.captured', time: writtenTime }],
  ['TYE', { attribute: 'time.captured', time: writtenTime }],
  ['TDEN', { attribute: 'time.created', time: writtenTime }],
  ['TDTG', { attribute: 'time.metadata', time: writtenTime }],
  ['TXXX creation_time', { attribute: 'time.created', time: writtenTime }],
  ['TSSE', { attribute: 'tool.producer' }],
  ['TSS', { attribute: 'tool.producer' }],
  ['TENC', { attribute: 'tool.application' }],
  ['TEN', { attribute: 'tool.application' }],
  ['LAME tag', { attribute: 'tool.producer' }],
  ['TIT2', { attribute: 'name.title' }],
  ['TT2', { attribute: 'name.title' }],
  ['TPE1', { attribute: 'party.author' }],
  ['TP1', { attribute: 'party.author' }],
  ['COMM', { remark: 'comment of the recording' }],
  ['COM', { remark: 'comment of the recording' }],
  ['ID3v1 title', { attribute: 'name.title' }],
  ['ID3v1 artist', { attribute: 'party.author' }],
  ['ID3v1 year', { attribute: 'time.captured', time: writtenTime }],
  ['ID3v1 comment', { remark: 'comment of the recording' }],
]);
