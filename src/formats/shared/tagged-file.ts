import type { Extracted } from '../../model/claim.ts';
import type { FormatReader, Input } from '../../model/input.ts';
import type { PlacedTag } from '../../structures/placed.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './image-metadata.ts';
import { replayTag, tagClaims, type TagTable } from './tag-claims.ts';

/** What a file carries beside its pixels, samples or outlines: tags under the format's own keys, and whichever of the rest it has. */
export interface Carried extends Partial<Omit<ImageMetadata, 'packets'>> {
  readonly tags?: readonly PlacedTag[];
  /** Bytes of XMP packets, at most one byte more than the limit of text. */
  readonly packets?: readonly Uint8Array[];
}

interface Description {
  readonly id: string;
  readonly version: number;
  readonly mediaTypes: readonly string[];
  /** Runs once per artifact. Must not throw. */
  readonly carry: (input: Input) => Carried;
  readonly tags?: TagTable;
}

const NONE: TagTable = new Map();

/** A reader for a format whose whole account of itself is tags, Exif, XMP and IPTC. Tags come first. */
export function taggedFileReader({ id, version, mediaTypes, carry, tags = NONE }: Description): FormatReader {
  const picture = (input: Input): ImageMetadata => {
    const { exif = [], packets = [], photoshop = null, problems = [] } = input.once(carry);
    return { exif, packets: packetsOf(packets), photoshop, problems };
  };
  async function* read(input: Input): AsyncIterable<Extracted> {
    yield* tagClaims(input, { tags: input.once(carry).tags ?? [], problems: [] }, tags);
    yield* imageClaims(input, picture);
  }
  return {
    id,
    version,
    mediaTypes,
    read,
    replay: (input, locator) => (locator.in === 'bytes' ? replayTag(input.once(carry).tags ?? [], locator) : replayImage(input, picture, locator)),
  };
}
