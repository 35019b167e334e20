import type { FormatReader, Input } from '../model/input.ts';
import { readId3, readId3v1 } from '../structures/media/id3.ts';
import { encoderOf } from '../structures/media/mpeg-audio.ts';
import { ID3_TAGS } from './shared/id3-claims.data.ts';
import { replayTag, tagClaims, type TaggedFile } from './shared/tag-claims.ts';

function carried({ bytes }: Input): TaggedFile {
  const { tags, problems, size } = readId3(bytes);
  const encoder = encoderOf(bytes, size);
  return { tags: [...tags, ...(encoder ? [encoder] : []), ...readId3v1(bytes)], problems };
}

/** MPEG audio: its ID3 tags, old and new, and the encoder's signature in the first frame. Samples are not read. */
export const mp3: FormatReader = {
  id: 'mp3',
  version: 1,
  mediaTypes: ['audio/mpeg'],
  read: (input) => tagClaims(input, input.once(carried), ID3_TAGS),
  replay: (input, locator) => replayTag(input.once(carried).tags, locator),
};
