import type { Input } from '../../model/input.ts';
import type { PlacedTag } from '../placed.ts';
import { asciiAt, numberAt, placedText } from '../placed-text.ts';

const FILE_HEADER_BYTES = 14;
/** BITMAPV5HEADER ([MS-WMF] 2.2.2.5): colour space, place and size of the profile, counted from the header. */
const V5_BYTES = 124;
const COLOUR_SPACE = FILE_HEADER_BYTES + 56;
const PROFILE = FILE_HEADER_BYTES + 112;
/** 'LINK', low byte first: the profile is a file elsewhere, named by its path. */
const LINKED = 'KNIL';
const MAX_PATH = 260;

/** The path of a linked colour profile: all a bitmap ever says of where it was made. Empty for every other picture. */
export function linkedProfile({ bytes }: Input): PlacedTag[] {
  if (asciiAt(bytes, 0, 2) !== 'BM' || numberAt(bytes, FILE_HEADER_BYTES, 4, true) !== V5_BYTES || asciiAt(bytes, COLOUR_SPACE, 4) !== LINKED)
    return [];
  const [at, length] = [numberAt(bytes, PROFILE, 4, true) ?? 0, numberAt(bytes, PROFILE + 4, 4, true) ?? 0];
  return [placedText(bytes, 'linked colour profile', FILE_HEADER_BYTES + at, Math.min(length, MAX_PATH))];
}
