import type { Input } from '../model/input.ts';
import { numberAt, placedText } from '../structures/placed-text.ts';
import { carriedByJpeg } from './shared/jpeg-metadata.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

/** Behind the magic number, the format's version and the camera's number; the place and size of the JPEG. */
const MODEL = 28;
const JPEG = 84;

const TAGS: TagTable = new Map([['model', { attribute: 'tool.camera' }]]);

function carry(input: Input): Carried {
  const { bytes } = input;
  const [at, length] = [numberAt(bytes, JPEG, 4) ?? 0, numberAt(bytes, JPEG + 4, 4) ?? 0];
  const tags = [placedText(bytes, 'model', MODEL, 32)];
  if (at === 0 || at >= bytes.size) return { tags, problems: [{ code: 'truncated', message: 'RAF: its JPEG lies outside the file' }] };
  const metadata = carriedByJpeg({ ...input, bytes: bytes.window(at, length) });
  // The Exif of the JPEG names the camera with its make.
  return { ...metadata, packets: metadata.packets.map((p) => p.bytes), tags: metadata.exif.length > 0 ? [] : tags };
}

/** Fujifilm's raw format: the metadata of the JPEG it holds. The picture is not read. */
export const raf = taggedFileReader({ id: 'raf', version: 2, mediaTypes: ['image/x-fuji-raf'], carry, tags: TAGS });
