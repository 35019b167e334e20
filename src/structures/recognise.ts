import type { Certainty, Input, Signature } from '../model/input.ts';
import { carriedArchive, hasZipBehind, isHeadlessZip, isPrefixedZip } from './archive/carried.ts';
import { looksLikeGzip } from './archive/gzip.ts';
import { looksLikeLzma } from './archive/lzma-files.ts';
import {
  beginsWithSkippable,
  isoMediaType,
  looksLikeArj,
  looksLikeCompress,
  looksLikeCpio,
  looksLikeLha,
  looksLikeMz,
  looksLikeWarc,
  mayBeIso,
  skippableMediaType,
} from './archive/magic.ts';
import { looksLikeTar } from './archive/tar.ts';
import { looksLikeAppleDouble } from './apple-double.ts';
import { asciiAt, bytesAt, HEAD_BYTES } from './head.ts';
import { looksLikeStore } from './c2pa/manifest.ts';
import { cmsMediaType, looksLikeCms } from './cms/message.ts';
import { cfbMediaType } from './ole/cfb-type.ts';
import { looksLikeRawWorkbook } from './ole/xls-raw.ts';
import { customJumpListType, looksLikeCustomJumpList } from './custom-jump-list.ts';
import { DATA_KINDS, endsAsVhd, NAMED_KINDS, VHD_TYPE } from './data-file.ts';
import { beginsLikeFrame, framesGoOn } from './layer3.ts';
import { LEGACY_KINDS } from './legacy-document.ts';
import { DUMP_MAGIC, DUMP_TYPE } from './outlook/mapi-dump.ts';
import { looksLikeEmlx } from './mail/emlx.ts';
import { looksLikeMail, looksLikeMbox } from './mail/type.ts';
import { HIDDEN_SOUND, MEDIA_SIGNATURES } from './media-types.ts';
import { looksLikeMacBinary, macBinaryType } from './mac-binary.ts';
import { looksLikeLibreOfficeLock, looksLikeOwnerFile } from './office-lock.ts';
import { looksLikeRecycled } from './recycle-bin.ts';
import { looksLikePackets } from './pgp/packets.ts';
import { looksLikeText, textMediaType } from './text-type.ts';
import { binaryListType, looksLikeBinaryList, MAC_SHORTCUT } from './web-shortcut.ts';
import { zipMediaType } from './zip/type.ts';

const when = (found: boolean): Certainty => (found ? 'certain' : 'no');
const magic = (mediaType: string, text: string, offset = 0): Signature => ({ mediaType, probe: (h) => when(asciiAt(h, offset, text)) });
const bytes = (mediaType: string, ...b: number[]): Signature => ({ mediaType, probe: (h) => when(bytesAt(h, 0, ...b)) });
const brand = (mediaType: string, ...brands: string[]): Signature => ({
  mediaType,
  probe: (h) => when(asciiAt(h, 4, 'ftyp') && brands.some((b) => asciiAt(h, 8, b))),
});

/** A program may carry an archive behind itself, which is then what it is for. */
const program = (mediaType: string, looksLike: (head: Uint8Array) => boolean): Signature => ({
  mediaType,
  probe: (h) => when(looksLike(h)),
  confirm: (input) => (input.once(carriedArchive) === null ? mediaType : 'application/x-self-extracting'),
});

/** A PDF may have up to 1 KiB of anything in front (ISO 32000-1 annex H.3, note 13). */
const hasPdfHeader = (head: Uint8Array): Certainty => {
  if (asciiAt(head, 0, '%PDF-')) return 'certain';
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 1024)).includes('%PDF-') ? 'maybe' : 'no';
};

/** Certain by the first brand; a newer first brand still names what it is compatible with (ISO/IEC 14496-12 section 4.3). */
function hasStillBrand(h: Uint8Array): Certainty {
  if (!asciiAt(h, 4, 'ftyp')) return 'no';
  if (asciiAt(h, 8, 'mif1') || asciiAt(h, 8, 'msf1')) return 'certain';
  const end = Math.min(Buffer.from(h.buffer, h.byteOffset, h.byteLength).readUInt16BE(2), 256);
  for (let i = 16; i + 4 <= end; i += 4) if (asciiAt(h, i, 'mif1')) return 'maybe';
  return 'no';
}

/** Films of the time before 'ftyp' begin with one of these (QuickTime File Format, Basic Data Types). */
const hasQuicktimeAtom = (h: Uint8Array): Certainty =>
  ['moov', 'mdat', 'wide'].some((type) => asciiAt(h, 4, type)) && (h[0] ?? 0) < 0x20 ? 'maybe' : 'no';

/**
 * What bytes are, decided by the bytes. One table, whether or not a reader exists: an artifact that nothing here opens
 * still says what it is. Highest certainty wins, then the order of this list; the rest are recorded as `type.also`.
 */
const SIGNATURES: readonly Signature[] = [
  { mediaType: 'application/pdf', probe: hasPdfHeader },
  {
    mediaType: 'application/zip',
    probe: (h) => when(asciiAt(h, 0, 'PK\u0003\u0004') || asciiAt(h, 0, 'PK\u0005\u0006') || asciiAt(h, 0, 'PK\u0007\u0008')),
    confirm: zipMediaType,
  },
  {
    mediaType: 'application/x-ole-storage',
    probe: (h) => when(bytesAt(h, 0, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)),
    confirm: cfbMediaType,
  },
  { mediaType: 'application/vnd.ms-excel', probe: (h) => when(looksLikeRawWorkbook(h)) },
  bytes('image/jpeg', 0xff, 0xd8, 0xff),
  bytes('image/png', 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  magic('image/gif', 'GIF8'),
  {
    mediaType: 'image/tiff',
    probe: (h) =>
      when(
        bytesAt(h, 0, 0x49, 0x49, 0x2a, 0) ||
          bytesAt(h, 0, 0x4d, 0x4d, 0, 0x2a) ||
          bytesAt(h, 0, 0x49, 0x49, 0x2b, 0) ||
          bytesAt(h, 0, 0x4d, 0x4d, 0, 0x2b),
      ),
  },
  { mediaType: 'image/webp', probe: (h) => when(asciiAt(h, 0, 'RIFF') && asciiAt(h, 8, 'WEBP')) },
  brand('image/avif', 'avif', 'avis'),
  brand('image/heic', 'heic', 'heix', 'hevc', 'heim', 'heis'),
  { mediaType: 'image/heif', probe: hasStillBrand },
  magic('image/vnd.adobe.photoshop', '8BPS'),
  bytes('image/jp2', 0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a),
  bytes('image/jxl', 0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a),
  brand('image/x-canon-cr3', 'crx '),
  magic('image/x-exv', '\u00ff\u0001Exiv2'),
  { mediaType: 'image/bmp', probe: (h) => when(asciiAt(h, 0, 'BM') && bytesAt(h, 6, 0, 0, 0, 0)) },
  magic('application/rtf', '{\\rtf'),
  { mediaType: 'application/gzip', probe: (h) => when(looksLikeGzip(h)) },
  magic('application/x-bzip2', 'BZh'),
  bytes('application/x-xz', 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
  bytes('application/zstd', 0x28, 0xb5, 0x2f, 0xfd),
  { mediaType: 'application/zstd', probe: beginsWithSkippable, confirm: skippableMediaType },
  bytes('application/x-lz4', 0x04, 0x22, 0x4d, 0x18),
  bytes('application/x-lz4', 0x02, 0x21, 0x4c, 0x18),
  magic('application/x-lzip', 'LZIP\u0001'),
  magic('application/x-lzop', '\u0089LZO\u0000\r\n\u001a\n'),
  magic('application/x-lrzip', 'LRZI\u0000'),
  magic('application/x-grzip', 'GRZipII\u0000'),
  { mediaType: 'application/x-compress', probe: (h) => when(looksLikeCompress(h)) },
  { mediaType: 'application/x-lzma', probe: (h) => (looksLikeLzma(h) ? 'maybe' : 'no') },
  bytes('application/x-7z-compressed', 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
  magic('application/vnd.rar', 'Rar!\u001a\u0007'),
  { mediaType: 'application/x-tar', probe: (h) => when(looksLikeTar(h)) },
  magic('application/vnd.ms-cab-compressed', 'MSCF\u0000\u0000\u0000\u0000'),
  { mediaType: 'application/x-cpio', probe: (h) => when(looksLikeCpio(h)) },
  magic('application/x-archive', '!<arch>\n'),
  bytes('application/x-rpm', 0xed, 0xab, 0xee, 0xdb),
  magic('application/x-xar', 'xar!'),
  magic('application/x-ace-compressed', '**ACE**', 7),
  { mediaType: 'application/x-arj', probe: (h) => when(looksLikeArj(h)) },
  { mediaType: 'application/x-lzh-compressed', probe: (h) => when(looksLikeLha(h)) },
  { mediaType: 'application/warc', probe: (h) => when(looksLikeWarc(h)) },
  { mediaType: 'application/x-iso9660-image', probe: mayBeIso, confirm: isoMediaType },
  bytes('application/vnd.ms-tnef', 0x78, 0x9f, 0x3e, 0x22),
  magic('application/vnd.ms-outlook-pst', '!BDN'),
  magic(DUMP_TYPE, DUMP_MAGIC),
  { mediaType: 'application/c2pa', probe: looksLikeStore },
  { mediaType: 'application/pkcs7-mime', probe: looksLikeCms, confirm: cmsMediaType },
  bytes('application/x-ms-shortcut', 0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0),
  program('application/x-msdownload', looksLikeMz),
  program('application/x-executable', (h) => bytesAt(h, 0, 0x7f, 0x45, 0x4c, 0x46)),
  brand('video/quicktime', 'qt  '),
  brand('video/3gpp', '3gp', '3g2'),
  brand('audio/mp4', 'M4A ', 'M4B '),
  { mediaType: 'video/quicktime', probe: hasQuicktimeAtom },
  { mediaType: 'video/mp4', probe: (h) => (asciiAt(h, 4, 'ftyp') ? 'maybe' : 'no') },
  magic('audio/mpeg', 'ID3'),
  { mediaType: 'audio/mpeg', probe: beginsLikeFrame, confirm: (input) => (framesGoOn(input) ? 'audio/mpeg' : null) },
  { mediaType: 'audio/wav', probe: (h) => when(asciiAt(h, 0, 'RIFF') && asciiAt(h, 8, 'WAVE')) },
  { mediaType: 'video/x-msvideo', probe: (h) => when(asciiAt(h, 0, 'RIFF') && asciiAt(h, 8, 'AVI ')) },
  magic('audio/ogg', 'OggS'),
  bytes('video/x-matroska', 0x1a, 0x45, 0xdf, 0xa3),
  magic('application/x-mobipocket-ebook', 'BOOKMOBI', 60),
  magic('application/vnd.palm', 'TEXtREAd', 60),
  magic('application/vnd.ms-htmlhelp', 'ITSF'),
  magic('application/x-ms-reader', 'ITOLITLS'),
  magic('application/x-sony-bbeb', 'L\u0000R\u0000F\u0000\u0000\u0000'),
  magic('application/x-snb-ebook', 'SNBP000B'),
  { mediaType: 'application/applefile', probe: looksLikeAppleDouble },
  { mediaType: 'application/macbinary', probe: looksLikeMacBinary, confirm: macBinaryType },
  bytes('application/x-apple-ds-store', 0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31),
  { mediaType: 'application/x-windows-recycle-bin', probe: looksLikeRecycled },
  { mediaType: MAC_SHORTCUT, probe: (h) => when(looksLikeBinaryList(h)), confirm: binaryListType },
  { mediaType: 'application/x-ms-custom-jump-list', probe: looksLikeCustomJumpList, confirm: customJumpListType },
  ...LEGACY_KINDS.map((k): Signature => ({ mediaType: k.mediaType, probe: (h) => when(k.probe(h)) })),
  ...DATA_KINDS.map((k): Signature => ({ mediaType: k.mediaType, probe: (h) => when(k.probe(h)) })),
  ...NAMED_KINDS.map(([mediaType, text]) => magic(mediaType, text)),
  ...MEDIA_SIGNATURES,
  { mediaType: 'application/x-ms-office-lock', probe: looksLikeOwnerFile },
  { mediaType: 'application/x-libreoffice-lock', probe: looksLikeLibreOfficeLock },
  { mediaType: 'application/mbox', probe: looksLikeMbox },
  { mediaType: 'application/x-emlx', probe: looksLikeEmlx },
  // Behind the line with its length, a message is the content of its file and no second identity.
  { mediaType: 'message/rfc822', probe: (h) => (looksLikeEmlx(h) === 'certain' ? 'no' : looksLikeMail(h)) },
  { mediaType: 'application/pgp-encrypted', probe: looksLikePackets },
  { mediaType: 'text/plain', probe: looksLikeText, confirm: textMediaType },
  HIDDEN_SOUND,
];

export interface Recognised {
  readonly mediaType: string;
  /** Other types the bytes would also pass for with certainty: a polyglot. */
  readonly also: readonly string[];
}

/** Programs show these although an archive follows: the end of the file is looked at, too. */
const SHOWN_BEFORE_ZIP: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'application/pdf']);

/**
 * What begins with no signature may still end as a zip does: bytes in front, which unpackers pass over, or a first header that is
 * damaged; or as a virtual disk of fixed size.
 */
const typeByEnd = (input: Input): string =>
  (endsAsVhd(input.bytes) ? VHD_TYPE : isPrefixedZip(input) ? zipMediaType(input) : isHeadlessZip(input) ? 'application/zip' : null) ??
  'application/octet-stream';

/** 'application/octet-stream' where no line of the table knows the bytes. */
export function recognise(input: Input): Recognised {
  const head = input.bytes.slice(0, HEAD_BYTES);
  if (head.byteLength === 0) return { mediaType: 'application/octet-stream', also: [] };
  const found: { mediaType: string; certain: boolean }[] = [];
  const take = (s: Signature, certain: boolean): void => {
    const mediaType = s.confirm ? s.confirm(input) : s.mediaType;
    if (mediaType !== null) found.push({ mediaType, certain });
  };
  // A text that begins like a mail is a mail; every mail is also text, which is no second identity.
  const isMoreThan = (s: Signature): boolean => found.length > 0 && s.mediaType === 'text/plain';
  const maybe: Signature[] = [];
  for (const s of SIGNATURES) {
    if (isMoreThan(s)) continue;
    const certainty = s.probe(head);
    if (certainty === 'certain') take(s, true);
    else if (certainty === 'maybe') maybe.push(s);
  }
  for (const s of maybe) if (!isMoreThan(s)) take(s, false);
  const [first, ...rest] = found;
  if (!first) return { mediaType: typeByEnd(input), also: [] };
  if (first.mediaType === 'text/plain' && asciiAt(head, 0, '#!') && hasZipBehind(input)) return { mediaType: typeByEnd(input), also: [] };
  const also = rest.filter((r) => r.certain && r.mediaType !== first.mediaType).map((r) => r.mediaType);
  if (SHOWN_BEFORE_ZIP.has(first.mediaType) && hasZipBehind(input)) also.push(typeByEnd(input));
  return { mediaType: first.mediaType, also };
}
