import type { Extracted } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { PRODUCT_INFO, readSwf } from '../structures/media/swf.ts';
import { said } from './shared/exif-claims.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

const BLOCK = 'swf';
const YEAR_10000_MS = 253_402_300_800_000;

function carried(input: Input): ImageMetadata {
  const { packets, problems } = input.once(readSwf);
  return { exif: [], packets: packetsOf(packets), photoshop: null, problems };
}

async function* read(input: Input): AsyncIterable<Extracted> {
  const raw = input.once(readSwf).compiled;
  if (raw !== null) {
    const epochMs = Number(raw);
    const value = epochMs > 0 && epochMs < YEAR_10000_MS ? ({ kind: 'instant', epochMs, offsetMinutes: 0, precisionMs: 1 } as const) : null;
    yield* said('time.created', value, { field: 'ProductInfo compilation date', raw, locator: { in: 'tag', block: BLOCK, tag: PRODUCT_INFO } });
  }
  yield* imageClaims(input, carried);
}

/** Flash films: XMP, and the clock of the compiler. Shapes and programs are not read. */
export const swf: FormatReader = {
  id: 'swf',
  version: 2,
  mediaTypes: ['application/x-shockwave-flash'],
  read,
  replay: (input, locator) =>
    locator.in === 'tag' && locator.block === BLOCK
      ? locator.tag === PRODUCT_INFO
        ? input.once(readSwf).compiled
        : null
      : replayImage(input, carried, locator),
};
