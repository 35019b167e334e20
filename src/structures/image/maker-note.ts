import type { Bytes } from '../../model/input.ts';
import { asciiAt, numberAt } from '../placed-text.ts';
import { tagText, visibleText } from './exif.ts';
import { entryOf, readDirectoryAt, type Tiff } from './tiff.ts';

const MAKER_NOTE = 0x927c;
const MAKE = 0x010f;
const OLYMPUS_EQUIPMENT = 0x2010;

interface Placed {
  readonly block: string;
  /** What offsets count from. */
  readonly bytes: Bytes;
  readonly littleEndian: boolean;
  readonly directory: number;
}

type Place = (tiff: Tiff, at: number, note: Bytes) => Placed;

const isLittle = (note: Bytes, at: number): boolean => asciiAt(note, at, 2) === 'II';
/** Offsets count from the TIFF header, in its byte order. */
const inTiff =
  (block: string, skip: number): Place =>
  (tiff, at) => ({ block, bytes: tiff.bytes, littleEndian: tiff.littleEndian, directory: at + skip });
/** Offsets count from the note itself, whose byte order is written at `order`. */
const inNote =
  (block: string, order: number, directory: number): Place =>
  (_, __, note) => ({ block, bytes: note, littleEndian: isLittle(note, order), directory });

/** How the note begins, and so whose it is: ExifTool's and Exiv2's documentation of makers' notes. */
const NOTES: readonly (readonly [head: string, place: Place])[] = [
  [
    'Nikon\0\u0002',
    (_, __, note) => {
      const bytes = note.window(10, note.size);
      const littleEndian = isLittle(bytes, 0);
      return { block: 'nikon', bytes, littleEndian, directory: numberAt(bytes, 4, 4, littleEndian) ?? 0 };
    },
  ],
  ['OLYMPUS\0', inNote('olympus', 8, 12)],
  ['Panasonic\0\0\0', inTiff('panasonic', 12)],
  ['FUJIFILM', (_, __, note) => ({ block: 'fujifilm', bytes: note, littleEndian: true, directory: numberAt(note, 8, 4, true) ?? 0 })],
  ['PENTAX \0', inNote('pentax', 8, 10)],
  ['AOC\0', (tiff, at, note) => ({ block: 'pentax', bytes: tiff.bytes, littleEndian: isLittle(note, 4), directory: at + 6 })],
];

function placeOf(tiff: Tiff): Placed | null {
  const entry = entryOf(tiff, 'exif', MAKER_NOTE);
  if (!entry) return null;
  const note = tiff.bytes.window(entry.offset, entry.length);
  const head = asciiAt(note, 0, 16);
  const known = NOTES.find(([signature]) => head.startsWith(signature));
  if (known) return known[1](tiff, entry.offset, note);
  // Canon's has no signature.
  const isCanon = visibleText(tagText(tiff, 'ifd0', MAKE) ?? '').startsWith('Canon');
  return isCanon ? inTiff('canon', 0)(tiff, entry.offset, note) : null;
}

/**
 * The directory of the maker's note as a TIFF of one block ('canon', 'nikon', 'olympus', …), Olympus' of the equipment beside it.
 * Null where there is no note or its maker is not known. Editors move notes and break them: what is wrong in there is no problem of the file.
 */
export function makerNoteOf(tiff: Tiff): Tiff | null {
  const place = placeOf(tiff);
  if (!place) return null;
  const { block, bytes, littleEndian, directory } = place;
  const entries = readDirectoryAt(bytes, littleEndian, block, directory);
  const blocks = new Map([[block, entries]]);
  const note: Tiff = { bytes, littleEndian, blocks, problems: [] };
  const equipment = block === 'olympus' ? entries.get(OLYMPUS_EQUIPMENT) : undefined;
  if (equipment) {
    // A pointer, or the directory itself where the value is UNDEFINED.
    const at = equipment.type === 7 ? equipment.offset : (numberAt(bytes, equipment.offset, 4, littleEndian) ?? 0);
    blocks.set('olympus equipment', readDirectoryAt(bytes, littleEndian, 'olympus equipment', at));
  }
  return note;
}
