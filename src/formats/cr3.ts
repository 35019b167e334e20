import { type Extracted, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readCanonRaw } from '../structures/media/canon-raw.ts';
import { exifClaims, exifText } from './shared/exif-claims.ts';
import { filmClaims, replayFilm } from './shared/film-claims.ts';

async function* read(input: Input): AsyncIterable<Extracted> {
  const tiff = input.once(readCanonRaw);
  if (tiff) yield* exifClaims(tiff);
  else yield problem('malformed', 'CR3: no directories');
  yield* filmClaims(input);
}

/** Canon's raw format: a film of one frame with Exif directories in boxes of their own, besides the clocks of the film. The picture is not read. */
export const cr3: FormatReader = {
  id: 'cr3',
  version: 3,
  mediaTypes: ['image/x-canon-cr3'],
  read,
  replay(input, locator) {
    if (locator.in !== 'tag') return replayFilm(input, locator);
    const tiff = input.once(readCanonRaw);
    return tiff && exifText(tiff, locator);
  },
};
