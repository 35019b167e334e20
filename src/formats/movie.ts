import type { FormatReader } from '../model/input.ts';
import { filmClaims, replayFilm } from './shared/film-claims.ts';

/** MP4, QuickTime, M4A and 3GP: the clocks of the film and its tracks, what its tags and its XMP say. Frames and samples are not read. */
export const movie: FormatReader = {
  id: 'movie',
  version: 2,
  mediaTypes: ['audio/mp4', 'video/3gpp', 'video/mp4', 'video/quicktime'],
  read: filmClaims,
  replay: replayFilm,
};
