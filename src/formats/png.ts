import type { AttributeOf } from '../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { checksumHolds, isText, type PngChunk, readPng, textOf, timeChunkOf } from '../structures/image/png.ts';
import { readRawProfile, sortedProfiles } from '../structures/image/raw-profile.ts';
import { creationTime, renderTimeChunk, timeChunkInstant } from '../structures/image/png-time.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';

/** PNG 3rd edition, table 20. */
const KEYWORDS: ReadonlyMap<string, AttributeOf<'text'>> = new Map([
  ['Software', 'tool.application'],
  ['Author', 'party.author'],
  ['Title', 'name.title'],
]);
const CREATION_TIME = 'Creation Time';
const XMP_KEYWORD = 'XML:com.adobe.xmp';
const PROFILE_KEYWORD = /^Raw profile type (exif|app1|xmp|iptc|8bim|generic)$/i;

/** Chunks that speak of the file and not of the pixels: only these are worth a checksum. */
const isMetadata = (c: PngChunk): boolean => isText(c) || c.type === 'tIME' || c.type === 'eXIf';

/** ImageMagick's form: a name, a length, then that many bytes in hex. */
function rawProfile(input: Input, c: PngChunk): Uint8Array[] {
  const text = isText(c) ? textOf(input, c) : null;
  if (!text || !('keyword' in text) || !PROFILE_KEYWORD.test(text.keyword)) return [];
  const profile = readRawProfile(text.text);
  return profile ? [profile] : [];
}

function carried(input: Input): ImageMetadata {
  const { chunks, problems } = input.once(readPng);
  const exif = chunks.filter((c) => c.type === 'eXIf').map((c) => input.bytes.window(c.offset, c.length));
  const packets = chunks.flatMap((c) => {
    if (c.type !== 'iTXt') return [];
    const text = textOf(input, c);
    return 'keyword' in text && text.keyword === XMP_KEYWORD ? [Buffer.from(text.text)] : [];
  });
  const odd = chunks.filter((c) => isMetadata(c) && !checksumHolds(input, c));
  const notes = odd.map((c) => ({ code: 'malformed', message: `PNG: the checksum of ${c.type} at ${c.offset} does not hold` }) as const);
  // Writers that know the chunks of the standard write the older form beside them.
  const raw = sortedProfiles(chunks.flatMap((c) => rawProfile(input, c)));
  return {
    exif: exif.length > 0 ? exif : raw.exif.slice(0, 1),
    packets: packetsOf(packets.length > 0 ? packets : raw.packets),
    photoshop: raw.photoshop,
    problems: [...problems, ...notes],
  };
}

async function* read(input: Input): AsyncIterable<Extracted> {
  for (const c of input.once(readPng).chunks) {
    if (isText(c)) yield* textClaims(input, c);
    else if (c.type === 'tIME') yield* timeClaims(input, c);
  }
  yield* imageClaims(input, carried);
}

function* textClaims(input: Input, c: PngChunk): Iterable<Extracted> {
  const text = textOf(input, c);
  if ('code' in text) {
    yield problem(text.code, text.message);
    return;
  }
  const attribute = KEYWORDS.get(text.keyword);
  const found = {
    basis: 'asserted',
    field: text.keyword,
    raw: text.text.slice(0, MAX_RAW),
    locator: { in: 'bytes', offset: text.offset, length: text.length },
  } as const;
  if (text.keyword === CREATION_TIME) yield claim({ ...found, attribute: 'time.created', value: creationTime(text.text) });
  else if (attribute !== undefined && text.text.trim() !== '') yield claim({ ...found, attribute, value: text.text.trim() });
  else return;
  if (text.text.length > MAX_RAW)
    yield problem('limit-exceeded', `PNG ${text.keyword}: ${text.text.length} characters, the first ${MAX_RAW} kept as raw`);
}

function* timeClaims(input: Input, c: PngChunk): Iterable<Extracted> {
  const numbers = timeChunkOf(input, c);
  if (!numbers) {
    yield problem('malformed', `PNG: tIME at ${c.offset} has ${c.length} bytes`);
    return;
  }
  const locator = { in: 'bytes', offset: c.offset, length: c.length } as const;
  yield claim({
    basis: 'asserted',
    attribute: 'time.modified',
    field: 'tIME',
    raw: renderTimeChunk(numbers),
    value: timeChunkInstant(numbers),
    locator,
  });
}

/** A bytes locator names the text inside one chunk: what kind of chunk decides how it is spelled. */
function replayBytes(input: Input, locator: Extract<Locator, { in: 'bytes' }>): string | null {
  const { offset, length } = locator;
  const c = input.once(readPng).chunks.find((x) => x.offset <= offset && offset + length <= x.offset + x.length);
  if (!c) return null;
  if (c.type === 'tIME') {
    const numbers = timeChunkOf(input, c);
    return numbers && renderTimeChunk(numbers);
  }
  const text = isText(c) ? textOf(input, c) : null;
  return text && 'text' in text && text.offset === offset && text.length === length ? text.text : null;
}

/** PNG (3rd edition) with its text and time chunks, Exif and XMP. The pixels are not read. */
export const png: FormatReader = {
  id: 'png',
  version: 3,
  mediaTypes: ['image/png'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? replayBytes(input, locator) : replayImage(input, carried, locator)),
};
