import type { Input } from '../model/input.ts';
import { readApeTag } from '../structures/media/ape-tag.ts';
import { readId3, readId3v1 } from '../structures/media/id3.ts';
import { encoderOf } from '../structures/media/mpeg-audio.ts';
import { APE_TAGS } from './shared/ape-claims.data.ts';
import { ID3_TAGS } from './shared/id3-claims.data.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const TAGS: TagTable = new Map([...ID3_TAGS, ...APE_TAGS]);

function carry({ bytes }: Input): Carried {
  const { tags, packets, problems, size } = readId3(bytes);
  const encoder = encoderOf(bytes, size);
  return { tags: [...tags, ...(encoder ? [encoder] : []), ...readApeTag(bytes), ...readId3v1(bytes)], packets, problems };
}

/** MPEG audio: its ID3 tags, old and new, with XMP, APE tags, and the encoder's signature in the first frame. Samples are not read. */
export const mp3 = taggedFileReader({ id: 'mp3', version: 2, mediaTypes: ['audio/mpeg'], carry, tags: TAGS });
