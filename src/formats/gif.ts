import { type Extracted, passage } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readGif } from '../structures/image/gif.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';
import { toolInRemark } from './shared/remark-tools.ts';
import { replayTag, tagClaims, type TagTable } from './shared/tag-claims.ts';

/** 'Created with GIMP' names a program; other comments are notes. */
const TAGS: TagTable = new Map([['comment', { attribute: 'tool.application', say: toolInRemark }]]);

const carried = (input: Input): ImageMetadata => ({ exif: [], packets: packetsOf(input.once(readGif).packets), photoshop: null, problems: [] });

async function* read(input: Input): AsyncIterable<Extracted> {
  const gif = input.once(readGif);
  yield* tagClaims(input, gif, TAGS);
  for (const { raw, offset, length } of gif.tags) {
    if (raw.trim() !== '' && toolInRemark(raw) === null)
      yield passage({ role: 'note', address: { in: 'bytes', offset, length }, label: 'comment of the picture', text: raw.trim() });
  }
  yield* imageClaims(input, carried);
}

/** GIF with its comments and XMP. The pixels are not read. */
export const gif: FormatReader = {
  id: 'gif',
  version: 2,
  mediaTypes: ['image/gif'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? replayTag(input.once(readGif).tags, locator) : replayImage(input, carried, locator)),
};
