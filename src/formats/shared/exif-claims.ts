import type { AttributeOf, TimeValue } from '../../model/attribute.ts';
import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, passage, problem } from '../../model/claim.ts';
import { exifTime, gpsTime, tagText, visibleText } from '../../structures/image/exif.ts';
import { makerNoteOf } from '../../structures/image/maker-note.ts';
import { numbersOf, type Tiff } from '../../structures/image/tiff.ts';

interface TimeRow {
  readonly block: string;
  readonly tag: number;
  /** In the Exif directory: the tags that carry its UTC offset and its fraction, where a camera wrote them (Exif 2.31, 2016). */
  readonly offsetTag: number;
  readonly subsecTag: number;
  readonly field: string;
  readonly attribute: AttributeOf<'time'>;
}

/** Exif 3.0 section 4.6.5 F. TIFF/EP (raw files) keeps DateTimeOriginal in the first directory. */
const TIMES: readonly TimeRow[] = [
  { block: 'exif', tag: 0x9003, offsetTag: 0x9011, subsecTag: 0x9291, field: 'DateTimeOriginal', attribute: 'time.captured' },
  { block: 'ifd0', tag: 0x9003, offsetTag: 0x9011, subsecTag: 0x9291, field: 'DateTimeOriginal', attribute: 'time.captured' },
  { block: 'exif', tag: 0x9004, offsetTag: 0x9012, subsecTag: 0x9292, field: 'DateTimeDigitized', attribute: 'time.digitized' },
  { block: 'ifd0', tag: 0x0132, offsetTag: 0x9010, subsecTag: 0x9290, field: 'DateTime', attribute: 'time.modified' },
];

const TEXTS: readonly { readonly block: string; readonly tag: number; readonly field: string; readonly attribute: AttributeOf<'text'> }[] = [
  { block: 'ifd0', tag: 0x0131, field: 'Software', attribute: 'tool.application' },
  { block: 'ifd0', tag: 0x013b, field: 'Artist', attribute: 'party.author' },
  { block: 'ifd0', tag: 0x9c9d, field: 'XPAuthor', attribute: 'party.author' },
  { block: 'ifd0', tag: 0x010d, field: 'DocumentName', attribute: 'name.title' },
  { block: 'ifd0', tag: 0x9c9b, field: 'XPTitle', attribute: 'name.title' },
  { block: 'ifd0', tag: 0x9c9e, field: 'XPKeywords', attribute: 'property.custom' },
  { block: 'ifd0', tag: 0x9c9f, field: 'XPSubject', attribute: 'property.custom' },
  { block: 'ifd0', tag: 0x013c, field: 'HostComputer', attribute: 'machine.name' },
  { block: 'ifd0', tag: 0x0151, field: 'TargetPrinter', attribute: 'machine.printer' },
  // RFC 2306 and libtiff's tags of received faxes: whom they were for within a house, and how the two machines spoke.
  { block: 'ifd0', tag: 0x885d, field: 'FaxSubAddress', attribute: 'property.custom' },
  { block: 'ifd0', tag: 0x885e, field: 'FaxRecvTime', attribute: 'property.custom' },
  { block: 'ifd0', tag: 0x885f, field: 'FaxDcs', attribute: 'property.custom' },
  { block: 'exif', tag: 0xa430, field: 'CameraOwnerName', attribute: 'party.owner' },
  { block: 'exif', tag: 0xa431, field: 'BodySerialNumber', attribute: 'tool.camera-serial' },
  { block: 'ifd0', tag: 0xc62f, field: 'CameraSerialNumber', attribute: 'tool.camera-serial' },
];

/** What somebody, or a camera, wrote about the picture. */
const REMARKS = [
  { block: 'ifd0', tag: 0x010e, label: 'ImageDescription' },
  { block: 'ifd0', tag: 0x9c9c, label: 'XPComment' },
] as const;

/** Makers' notes, by ExifTool's names. Serial numbers of Sony's are scrambled and not read. */
const MAKER_TEXTS: typeof TEXTS = [
  { block: 'canon', tag: 0x0009, field: 'Canon OwnerName', attribute: 'party.owner' },
  { block: 'canon', tag: 0x000c, field: 'Canon SerialNumber', attribute: 'tool.camera-serial' },
  { block: 'canon', tag: 0x0096, field: 'Canon InternalSerialNumber', attribute: 'tool.camera-serial' },
  { block: 'nikon', tag: 0x001d, field: 'Nikon SerialNumber', attribute: 'tool.camera-serial' },
  { block: 'nikon', tag: 0x00a0, field: 'Nikon SerialNO', attribute: 'tool.camera-serial' },
  { block: 'olympus equipment', tag: 0x0101, field: 'Olympus SerialNumber', attribute: 'tool.camera-serial' },
  { block: 'panasonic', tag: 0x0025, field: 'Panasonic InternalSerialNumber', attribute: 'tool.camera-serial' },
  { block: 'fujifilm', tag: 0x0010, field: 'FujiFilm InternalSerialNumber', attribute: 'tool.camera-serial' },
  { block: 'pentax', tag: 0x0229, field: 'Pentax SerialNumber', attribute: 'tool.camera-serial' },
];
/** A note that an editor moved points into other bytes: only what a maker could have written counts. */
const PLAUSIBLE = /^[\x20-\x7e\u00a0-\u024f]{2,64}$/;
/** Nikon's older bodies write 'NO= 20025585'. */
const NUMBERED = /^NO= */;
const UNSAID = /^[0 ]*$/;

const MAKE = 0x010f;
const MODEL = 0x0110;
const GPS_DATE = 0x1d;
const GPS_TIME = 0x07;

type Found = Pick<ClaimDraft, 'field' | 'raw'> & { readonly locator: Locator };

/** One claim with its raw value, cut to what is kept of one, and a problem where it was cut. */
export function* said<A extends AttributeOf<'time' | 'text'>>(attribute: A, value: ClaimDraft<A>['value'], found: Found): Iterable<Extracted> {
  yield claim({ basis: 'asserted', attribute, field: found.field, raw: found.raw.slice(0, MAX_RAW), value, locator: found.locator });
  if (found.raw.length > MAX_RAW) yield problem('limit-exceeded', `${found.field}: ${found.raw.length} characters, the first ${MAX_RAW} kept as raw`);
}

/** Times, tools and people of the Exif directories. A time that is present and no time ('0000:00:00 00:00:00') has value null. */
export function* exifClaims(tiff: Tiff): Iterable<Extracted> {
  for (const { block, tag, offsetTag, subsecTag, field, attribute } of TIMES) {
    const raw = tagText(tiff, block, tag);
    if (raw === null) continue;
    const value: TimeValue | null = exifTime(raw, tagText(tiff, 'exif', offsetTag), tagText(tiff, 'exif', subsecTag));
    yield* said(attribute, value, { field, raw, locator: { in: 'tag', block, tag } });
  }
  yield* gpsClaim(tiff);
  for (const { block, tag, field, attribute } of TEXTS) {
    const raw = tagText(tiff, block, tag);
    if (raw === null || visibleText(raw) === '') continue;
    yield* said(attribute, visibleText(raw), { field, raw, locator: { in: 'tag', block, tag } });
  }
  for (const { block, tag, label } of REMARKS) {
    const text = visibleText(tagText(tiff, block, tag) ?? '');
    if (text !== '') yield passage({ role: 'note', address: { in: 'tag', block, tag }, label, text });
  }
  yield* cameraClaim(tiff);
  yield* makerNoteClaims(tiff);
  for (const p of tiff.problems) yield problem(p.code, p.message);
}

function* makerNoteClaims(tiff: Tiff): Iterable<Extracted> {
  const note = makerNoteOf(tiff);
  if (!note) return;
  for (const { block, tag, field, attribute } of MAKER_TEXTS) {
    const raw = tagText(note, block, tag);
    const text = visibleText(raw ?? '');
    if (raw !== null && PLAUSIBLE.test(text) && !UNSAID.test(text))
      yield* said(attribute, text.replace(NUMBERED, ''), { field, raw, locator: { in: 'tag', block, tag } });
  }
}

/** The raw value at a tag of the standard's directories or of the maker's note. */
export function exifText(tiff: Tiff, { block, tag }: Extract<Locator, { in: 'tag' }>): string | null {
  if (tiff.blocks.has(block)) return tagText(tiff, block, tag);
  const note = makerNoteOf(tiff);
  return note && tagText(note, block, tag);
}

function* gpsClaim(tiff: Tiff): Iterable<Extracted> {
  const date = tagText(tiff, 'gps', GPS_DATE);
  const time = tagText(tiff, 'gps', GPS_TIME);
  if (date !== null) {
    const value = gpsTime(date, numbersOf(tiff, 'gps', GPS_TIME));
    yield* said('time.gps', value, { field: 'GPSDateStamp', raw: date, locator: { in: 'tag', block: 'gps', tag: GPS_DATE } });
  } else if (time !== null) {
    // A time of an unknown day orders nothing, but somebody wrote it.
    yield* said('time.gps', null, { field: 'GPSTimeStamp', raw: time, locator: { in: 'tag', block: 'gps', tag: GPS_TIME } });
  }
}

/** 'Canon EOS 5D': most models repeat their make, some do not. */
function* cameraClaim(tiff: Tiff): Iterable<Extracted> {
  const [make, model] = [tagText(tiff, 'ifd0', MAKE), tagText(tiff, 'ifd0', MODEL)];
  const [maker, name] = [visibleText(make ?? ''), visibleText(model ?? '')];
  if (maker === '' && name === '') return;
  const repeated = name.toLowerCase().startsWith(maker.toLowerCase());
  const value = repeated ? name : `${maker} ${name}`.trim();
  if (name === '') yield* said('tool.camera', value, { field: 'Make', raw: make ?? '', locator: { in: 'tag', block: 'ifd0', tag: MAKE } });
  else yield* said('tool.camera', value, { field: 'Model', raw: model ?? '', locator: { in: 'tag', block: 'ifd0', tag: MODEL } });
}
