import { readAiff } from '../structures/media/aiff.ts';
import { seconds1904 } from '../structures/media/media-times.ts';
import { ID3_TAGS } from './shared/id3-claims.data.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

/** AIFF 1.3 sections 'Text Chunks' and 'Comments Chunk'. */
const TAGS: TagTable = new Map([
  ...ID3_TAGS,
  ['NAME', { attribute: 'name.title' }],
  ['AUTH', { attribute: 'party.author' }],
  ['(c) ', { remark: 'copyright of the recording' }],
  ['ANNO', { remark: 'comment of the recording' }],
  ['COMT', { remark: 'comment of the recording' }],
  ['COMT time', { attribute: 'time.metadata', time: seconds1904 }],
]);

/** AIFF and AIFC: text chunks, comments with their times, ID3 and XMP. Sound is not read. */
export const aiff = taggedFileReader({ id: 'aiff', version: 1, mediaTypes: ['audio/aiff'], carry: readAiff, tags: TAGS });
