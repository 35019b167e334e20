import type { ProblemDraft } from '../../model/artifact.ts';
import { type Extracted, type Locator, problem } from '../../model/claim.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { type Iptc, iptcTime, readIptc } from '../../structures/image/exif.ts';
import { readTiff, type Tiff } from '../../structures/image/tiff.ts';
import { decodeXmp, replayXmp, xmpClaims } from '../../structures/xmp.ts';
import { exifClaims, exifText, said } from './exif-claims.ts';

/** What a picture's container carries, whichever it is. Bytes only: nothing in here is decoded yet. */
export interface ImageMetadata {
  /** TIFF structures with Exif. More than one is a trace of two writers; the first is read. */
  readonly exif: readonly Bytes[];
  readonly packets: readonly XmpPacket[];
  /** A 'Photoshop 3.0' block with IPTC datasets. */
  readonly photoshop: Uint8Array | null;
  readonly problems: readonly ProblemDraft[];
}

export interface XmpPacket {
  /** Goes into locators: 'xmp', 'xmp-extended'. */
  readonly part: string;
  readonly bytes: Uint8Array;
}

/** The carrier's reading, remembered by `input.once`: replaying ten claims walks the file once. */
export type Carry = (input: Input) => ImageMetadata;

/** IPTC datasets of record 2 (IIM 4.2): Keywords, Date Created, Time Created, By-line. */
const KEYWORDS = 25;
const DATE_CREATED = 55;
const TIME_CREATED = 60;
const BY_LINE = 80;
/** Datasets that may repeat (IIM 4.2 section 6). */
const IPTC_TEXTS = [
  [BY_LINE, 'IPTC By-line', 'party.author'],
  [KEYWORDS, 'IPTC Keywords', 'property.custom'],
] as const;
/** Locators of the first of a number name the block 'iptc', those of the second 'iptc 2'. */
const IPTC_BLOCK = /^iptc(?: ([1-9]\d{0,3}))?$/;

const repeated = ({ datasets, further }: Iptc, tag: number): readonly string[] => {
  const first = datasets.get(tag);
  return first === undefined ? [] : [first, ...(further.get(tag) ?? [])];
};

/** 'xmp', then 'xmp-2' for a second packet. */
export const packetsOf = (packets: readonly Uint8Array[]): XmpPacket[] =>
  packets.map((bytes, i) => ({ part: i === 0 ? 'xmp' : `xmp-${i + 1}`, bytes }));

const tiffOf = (metadata: ImageMetadata): Tiff | null => (metadata.exif[0] ? readTiff(metadata.exif[0]) : null);

/** Exif, then XMP, then IPTC, then what was wrong around them. */
export async function* imageClaims(input: Input, carry: Carry): AsyncIterable<Extracted> {
  const metadata = input.once(carry);
  for (const p of metadata.problems) yield problem(p.code, p.message);
  const tiff = tiffOf(metadata);
  if (tiff) yield* exifClaims(tiff);
  if (metadata.exif.length > 1) yield problem('malformed', `Exif: ${metadata.exif.length} blocks, the first is read`);
  for (const { part, bytes } of metadata.packets) {
    if (bytes.byteLength > input.limits.maxTextBytes) yield problem('limit-exceeded', `XMP: ${bytes.byteLength} bytes, not read`);
    else yield* xmpClaims(decodeXmp(bytes), part);
  }
  if (metadata.photoshop) yield* iptcClaims(await readIptc(metadata.photoshop));
}

function* iptcClaims(iptc: Iptc): Iterable<Extracted> {
  const { datasets, error } = iptc;
  const date = datasets.get(DATE_CREATED);
  if (date !== undefined)
    yield* said('time.captured', iptcTime(date, datasets.get(TIME_CREATED)), {
      field: 'IPTC DateCreated',
      raw: date,
      locator: { in: 'tag', block: 'iptc', tag: DATE_CREATED },
    });
  for (const [tag, field, attribute] of IPTC_TEXTS)
    for (const [i, raw] of repeated(iptc, tag).entries())
      if (raw.trim() !== '')
        yield* said(attribute, raw.trim(), { field, raw, locator: { in: 'tag', block: i === 0 ? 'iptc' : `iptc ${i + 1}`, tag } });
  if (error !== null) yield problem('malformed', error);
}

/** The raw value at a tag or in a packet, whether or not a claim was made of it. */
export async function replayImage(input: Input, carry: Carry, locator: Locator): Promise<string | null> {
  const metadata = input.once(carry);
  if (locator.in === 'xml') {
    const packet = metadata.packets.find((p) => p.part === locator.part);
    return packet ? replayXmp(decodeXmp(packet.bytes), locator) : null;
  }
  if (locator.in !== 'tag') return null;
  const nth = IPTC_BLOCK.exec(locator.block);
  if (nth) return metadata.photoshop ? (repeated(await readIptc(metadata.photoshop), locator.tag)[Number(nth[1] ?? 1) - 1] ?? null) : null;
  const tiff = tiffOf(metadata);
  return tiff && exifText(tiff, locator);
}
