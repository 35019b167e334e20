import { readOgg } from '../structures/media/ogg.ts';
import { taggedFileReader } from './shared/tagged-file.ts';
import { VORBIS_TAGS } from './shared/vorbis-claims.data.ts';

/** Ogg with Vorbis, Opus, Theora, FLAC or Speex: the comments of each stream. Sound and frames are not read. */
export const ogg = taggedFileReader({ id: 'ogg', version: 1, mediaTypes: ['audio/ogg'], carry: readOgg, tags: VORBIS_TAGS });
