import type { Extracted, Locator } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { readFilm } from '../../structures/media/film.ts';
import { FILM_TAGS } from './film-claims.data.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './image-metadata.ts';
import { replayTag, tagClaims } from './tag-claims.ts';

const carried = (input: Input): ImageMetadata => ({ exif: [], packets: packetsOf(input.once(readFilm).packets), photoshop: null, problems: [] });

/** Clocks, tools and people of the boxes, then of the XMP packets. */
export async function* filmClaims(input: Input): AsyncIterable<Extracted> {
  yield* tagClaims(input, input.once(readFilm), FILM_TAGS);
  yield* imageClaims(input, carried);
}

export const replayFilm = (input: Input, locator: Locator): Promise<string | null> | string | null =>
  locator.in === 'bytes' ? replayTag(input.once(readFilm).tags, locator) : replayImage(input, carried, locator);
