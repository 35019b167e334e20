import { readFlac } from '../structures/media/flac.ts';
import { taggedFileReader } from './shared/tagged-file.ts';
import { VORBIS_TAGS } from './shared/vorbis-claims.data.ts';

/** FLAC (RFC 9639): the comments. Sound and cover pictures are not read. */
export const flac = taggedFileReader({ id: 'flac', version: 1, mediaTypes: ['audio/flac'], carry: readFlac, tags: VORBIS_TAGS });
