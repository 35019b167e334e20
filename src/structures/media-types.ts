import { u32 } from './little-endian.ts';
import type { Certainty, Input, Signature } from '../model/input.ts';
import { asciiAt, bytesAt } from './head.ts';
import { hasFramesBehind } from './layer3.ts';
import { looksLikeText } from './text-type.ts';

type Probe = (head: Uint8Array) => boolean;

const certain = (mediaType: string, probe: Probe): Signature => ({ mediaType, probe: (h) => (probe(h) ? 'certain' : 'no') });
const maybe = (mediaType: string, probe: Probe, confirm?: (input: Input) => boolean): Signature => ({
  mediaType,
  probe: (h): Certainty => (probe(h) ? 'maybe' : 'no'),
  ...(confirm ? { confirm: (input: Input) => (confirm(input) ? mediaType : null) } : {}),
});
const begins = (mediaType: string, text: string, offset = 0): Signature => certain(mediaType, (h) => asciiAt(h, offset, text));

/** A metafile without Aldus' header in front: type, nine words of header, version, no parameters ([MS-WMF] 2.3.2.2). */
const isBareMetafile: Probe = (h) => (h[0] === 1 || h[0] === 2) && bytesAt(h, 1, 0, 9, 0, 0) && (h[5] === 1 || h[5] === 3) && bytesAt(h, 16, 0, 0);

/** Icons and pointers: as many entries as announced, the first picture right behind them or further. */
const isIcon: Probe = (h) => bytesAt(h, 0, 0, 0) && (h[2] === 1 || h[2] === 2) && h[3] === 0 && (h[4] ?? 0) > 0 && h[5] === 0 && h[9] === 0;
function iconHolds({ bytes }: Input): boolean {
  const h = bytes.slice(0, 22);
  const from = u32(h, 18);
  return from >= 6 + 16 * (h[4] ?? 0) && from + u32(h, 14) <= bytes.size;
}

/** ISO/IEC 13818-7 annex C: a second frame follows the first, or the end. */
const isAdts: Probe = (h) => h[0] === 0xff && ((h[1] ?? 0) & 0xf6) === 0xf0 && (((h[2] ?? 0) >> 2) & 15) < 13;
function adtsGoesOn({ bytes }: Input): boolean {
  const h = bytes.slice(0, 6);
  const next = (((h[3] ?? 0) & 3) << 11) | ((h[4] ?? 0) << 3) | ((h[5] ?? 0) >> 5);
  return next >= 7 && (next === bytes.size || isAdts(bytes.slice(next, 4)));
}

/** Length, a size below half a gigabyte: a text that begins with these letters has neither. */
const isFlash: Probe = (h) =>
  (h[0] === 0x46 || h[0] === 0x43 || h[0] === 0x5a) && asciiAt(h, 1, 'WS') && (h[3] ?? 0) > 0 && (h[3] ?? 0) < 64 && (h[7] ?? 255) < 32;

/** Version of the file as a number, 3.99 being 3990. */
const isMonkeys: Probe = (h) => asciiAt(h, 0, 'MAC ') && (h[5] ?? 0) >= 0x0b && (h[5] ?? 0) < 0x14;

const isTransportStream: Probe = (h) => [0, 188, 376, 564].every((i) => h[i] === 0x47);

const isTableName = (h: Uint8Array, i: number): boolean => [0, 1, 2, 3].every((n) => (h[i + n] ?? 0) >= 0x20 && (h[i + n] ?? 0) < 0x7f);
const hasTables: Probe = (h) => h[4] === 0 && (h[5] ?? 0) > 0 && (h[5] ?? 0) <= 64 && isTableName(h, 12);

const isType1: Probe = (h) =>
  asciiAt(h, 0, '%!PS-AdobeFont') ||
  asciiAt(h, 0, '%!FontType1') ||
  (bytesAt(h, 0, 0x80, 1) && (asciiAt(h, 6, '%!PS-AdobeFont') || asciiAt(h, 6, '%!FontType1')));

/** A printer may be woken by ^D in front. */
const isPostScript: Probe = (h) => (asciiAt(h, 0, '%!PS') || asciiAt(h, 0, '\u0004%!PS') || bytesAt(h, 0, 0xc5, 0xd0, 0xd3, 0xc6)) && !isType1(h);

const PICT_VERSION = [0, 0x11, 2, 0xff, 0x0c, 0];

function endsWithId3({ bytes }: Input): boolean {
  const tail = bytes.slice(bytes.size - 128, 3);
  return bytes.size > 128 && asciiAt(tail, 0, 'TAG');
}

/** Stills, sound, film and fonts beyond the common ones of the table of types. */
export const MEDIA_SIGNATURES: readonly Signature[] = [
  begins('audio/flac', 'fLaC'),
  certain('audio/aiff', (h) => asciiAt(h, 0, 'FORM') && (asciiAt(h, 8, 'AIFF') || asciiAt(h, 8, 'AIFC'))),
  certain('video/x-ms-asf', (h) => bytesAt(h, 0, 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)),
  certain('audio/x-ape', isMonkeys),
  certain('audio/x-musepack', (h) => asciiAt(h, 0, 'MPCKSH') || (asciiAt(h, 0, 'MP+') && ((h[3] ?? 0) & 15) === 7 && (h[7] ?? 255) < 2)),
  maybe('audio/aac', isAdts, adtsGoesOn),
  certain('audio/x-cda', (h) => asciiAt(h, 0, 'RIFF') && asciiAt(h, 8, 'CDDA')),
  certain('application/vnd.rn-realmedia', (h) => asciiAt(h, 0, '.RMF') && bytesAt(h, 4, 0, 0)),
  certain('video/mpeg', (h) => bytesAt(h, 0, 0, 0, 1, 0xba) || bytesAt(h, 0, 0, 0, 1, 0xb3)),
  certain('video/mp2t', isTransportStream),
  certain('application/x-shockwave-flash', isFlash),
  certain('video/x-flv', (h) => asciiAt(h, 0, 'FLV\u0001')),
  certain('application/x-mie', (h) => h[0] === 0x7e && (h[1] === 0x10 || h[1] === 0x18) && h[2] === 4 && asciiAt(h, 4, '0MIE')),
  begins('image/x-canon-crw', 'HEAPCCDR', 6),
  begins('image/x-fuji-raf', 'FUJIFILMCCD-RAW '),
  begins('image/x-minolta-mrw', '\0MRM'),
  begins('image/x-sigma-x3f', 'FOVb'),
  certain('image/x-panasonic-rw2', (h) => bytesAt(h, 0, 0x49, 0x49, 0x55, 0)),
  certain('image/x-olympus-orf', (h) => (asciiAt(h, 0, 'IIRO') || asciiAt(h, 0, 'IIRS') || asciiAt(h, 0, 'MMOR')) && (h[4] === 8 || h[7] === 8)),
  certain('image/jxr', (h) => bytesAt(h, 0, 0x49, 0x49, 0xbc)),
  maybe('image/jxl', (h) => bytesAt(h, 0, 0xff, 0x0a) && looksLikeText(h) === 'no'),
  begins('image/bpg', 'BPG\u00fb'),
  certain('image/emf', (h) => bytesAt(h, 0, 1, 0, 0, 0) && asciiAt(h, 40, ' EMF')),
  certain('image/wmf', (h) => bytesAt(h, 0, 0xd7, 0xcd, 0xc6, 0x9a)),
  maybe('image/wmf', isBareMetafile),
  maybe('image/vnd.microsoft.icon', isIcon, iconHolds),
  certain('image/x-icns', (h) => asciiAt(h, 0, 'icns') && (h[4] ?? 255) < 0x10),
  begins('image/vnd.djvu', 'AT&TFORM'),
  certain('image/x-exr', (h) => bytesAt(h, 0, 0x76, 0x2f, 0x31, 1)),
  begins('application/dicom', 'DICM', 128),
  certain('image/fits', (h) => asciiAt(h, 0, 'SIMPLE  =')),
  begins('image/x-miff', 'id=ImageMagick'),
  begins('image/x-xcf', 'gimp xcf '),
  maybe('image/x-pict', (h) => bytesAt(h, 10, ...PICT_VERSION) || bytesAt(h, 522, ...PICT_VERSION)),
  certain('application/x-exif', (h) => asciiAt(h, 0, 'Exif\0\0') && (asciiAt(h, 6, 'II*\0') || asciiAt(h, 6, 'MM\0*'))),
  certain('application/x-font-type1', isType1),
  certain('application/postscript', isPostScript),
  certain('font/ttf', (h) => (bytesAt(h, 0, 0, 1, 0, 0) || asciiAt(h, 0, 'true')) && hasTables(h)),
  certain('font/otf', (h) => asciiAt(h, 0, 'OTTO') && hasTables(h)),
  certain('font/collection', (h) => asciiAt(h, 0, 'ttcf') && h[4] === 0),
  certain('font/woff', (h) => asciiAt(h, 0, 'wOFF') && h[12] === 0),
  certain('font/woff2', (h) => asciiAt(h, 0, 'wOF2') && h[12] === 0),
  maybe(
    'application/x-font-pfm',
    (h) => bytesAt(h, 0, 0, 1),
    ({ bytes }) => bytes.size > 147 && u32(bytes.slice(0, 6), 2) === bytes.size,
  ),
];

/** Sound behind something else, or known by nothing but the tag of 1996 at its end. Asked last, of what is nothing else. */
export const HIDDEN_SOUND: Signature = maybe(
  'audio/mpeg',
  (h) => looksLikeText(h) === 'no',
  (input) => endsWithId3(input) || hasFramesBehind(input),
);
