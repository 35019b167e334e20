import { byMediaType, type FormatReader } from '../model/input.ts';
import { aiff } from './aiff.ts';
import { ape } from './ape.ts';
import { appleDouble } from './apple-double.ts';
import { asf } from './asf.ts';
import { bitmap } from './bitmap.ts';
import { bpg } from './bpg.ts';
import { c2pa } from './c2pa.ts';
import { chm } from './chm.ts';
import { cms } from './cms.ts';
import { cr3 } from './cr3.ts';
import { crw } from './crw.ts';
import { dataFile } from './data-file.ts';
import { dicom } from './dicom.ts';
import { djvu } from './djvu.ts';
import { dsStore } from './ds-store.ts';
import { eml } from './eml.ts';
import { epub } from './epub.ts';
import { ewf } from './ewf.ts';
import { exif } from './exif.ts';
import { exv } from './exv.ts';
import { fits } from './fits.ts';
import { flac } from './flac.ts';
import { flv } from './flv.ts';
import { font } from './font.ts';
import { gif } from './gif.ts';
import { gzip } from './gzip.ts';
import { heif } from './heif.ts';
import { html } from './html.ts';
import { icalendar } from './icalendar.ts';
import { iwork } from './iwork.ts';
import { jp2 } from './jp2.ts';
import { jpeg } from './jpeg.ts';
import { jumpList } from './jump-list.ts';
import { jxl } from './jxl.ts';
import { legacyDocument } from './legacy-document.ts';
import { lit } from './lit.ts';
import { lnk } from './lnk.ts';
import { lrf } from './lrf.ts';
import { macBinary } from './mac-binary.ts';
import { mapiMessage } from './mapi-message.ts';
import { matroska } from './matroska.ts';
import { metafile } from './metafile.ts';
import { mie } from './mie.ts';
import { miff } from './miff.ts';
import { mobi } from './mobi.ts';
import { movie } from './movie.ts';
import { mp3 } from './mp3.ts';
import { mpeg } from './mpeg.ts';
import { mrw } from './mrw.ts';
import { msg } from './msg.ts';
import { odf } from './odf.ts';
import { officeLock } from './office-lock.ts';
import { ogg } from './ogg.ts';
import { ole } from './ole.ts';
import { ooxml } from './ooxml.ts';
import { openexr } from './openexr.ts';
import { pdf } from './pdf.ts';
import { pgp } from './pgp.ts';
import { png } from './png.ts';
import { postscript } from './postscript.ts';
import { psd } from './psd.ts';
import { pst } from './pst.ts';
import { raf } from './raf.ts';
import { rar } from './rar.ts';
import { realmedia } from './realmedia.ts';
import { recycleBin } from './recycle-bin.ts';
import { riff } from './riff.ts';
import { rtf } from './rtf.ts';
import { snb } from './snb.ts';
import { svg } from './svg.ts';
import { swf } from './swf.ts';
import { tar } from './tar.ts';
import { text } from './text.ts';
import { thumbsDb } from './thumbs-db.ts';
import { tiff } from './tiff.ts';
import { tnef } from './tnef.ts';
import { type1 } from './type1.ts';
import { vcard } from './vcard.ts';
import { webShortcut } from './web-shortcut.ts';
import { webp } from './webp.ts';
import { x3f } from './x3f.ts';
import { xcf } from './xcf.ts';
import { xmlDocument } from './xml-document.ts';
import { xmlSignature } from './xml-signature.ts';
import { xmp } from './xmp.ts';
import { zip } from './zip.ts';

/** Every reader, alphabetical. A contract test compares this list with the directory. */
export const FORMATS: readonly FormatReader[] = [
  aiff,
  ape,
  appleDouble,
  asf,
  bitmap,
  bpg,
  c2pa,
  chm,
  cms,
  cr3,
  crw,
  dataFile,
  dicom,
  djvu,
  dsStore,
  eml,
  epub,
  ewf,
  exif,
  exv,
  fits,
  flac,
  flv,
  font,
  gif,
  gzip,
  heif,
  html,
  icalendar,
  iwork,
  jp2,
  jpeg,
  jumpList,
  jxl,
  legacyDocument,
  lit,
  lnk,
  lrf,
  macBinary,
  mapiMessage,
  matroska,
  metafile,
  mie,
  miff,
  mobi,
  movie,
  mp3,
  mpeg,
  mrw,
  msg,
  odf,
  officeLock,
  ogg,
  ole,
  ooxml,
  openexr,
  pdf,
  pgp,
  png,
  postscript,
  psd,
  pst,
  raf,
  rar,
  realmedia,
  recycleBin,
  riff,
  rtf,
  snb,
  svg,
  swf,
  tar,
  text,
  thumbsDb,
  tiff,
  tnef,
  type1,
  vcard,
  webp,
  webShortcut,
  x3f,
  xcf,
  xmlDocument,
  xmlSignature,
  xmp,
  zip,
];

const BY_TYPE = byMediaType(FORMATS);

/** Who is asked about bytes of a type: once for every artifact. */
export const readerOf = (mediaType: string): FormatReader | undefined => BY_TYPE.get(mediaType);
