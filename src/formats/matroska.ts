import type { FormatReader } from '../model/input.ts';
import { readMatroska } from '../structures/media/matroska.ts';
import { nanoseconds2001, writtenTime } from '../structures/media/media-times.ts';
import { replayTag, tagClaims, type TagTable } from './shared/tag-claims.ts';

/** RFC 9559 section 5.1.2; the tags mkvmerge, ffmpeg and the Matroska tag registry name. */
const TAGS: TagTable = new Map([
  ['DateUTC', { attribute: 'time.created', time: nanoseconds2001 }],
  ['MuxingApp', { attribute: 'tool.producer' }],
  ['WritingApp', { attribute: 'tool.application' }],
  ['Title', { attribute: 'name.title' }],
  ['Tag TITLE', { attribute: 'name.title' }],
  ['Tag ENCODER', { attribute: 'tool.producer' }],
  ['Tag ARTIST', { attribute: 'party.author' }],
  ['Tag CREATION_TIME', { attribute: 'time.created', time: writtenTime }],
  ['Tag DATE_ENCODED', { attribute: 'time.created', time: writtenTime }],
  ['Tag DATE_RECORDED', { attribute: 'time.captured', time: writtenTime }],
  ['Tag COMMENT', { remark: 'comment of the film' }],
]);

/** Matroska and WebM: the segment's clock and programs, and the tags. Frames are not read. */
export const matroska: FormatReader = {
  id: 'matroska',
  version: 1,
  mediaTypes: ['video/x-matroska'],
  read: (input) => tagClaims(input, input.once(readMatroska), TAGS),
  replay: (input, locator) => replayTag(input.once(readMatroska).tags, locator),
};
