import type { FormatReader } from '../model/input.ts';
import { cr3 } from './cr3.ts';
import { eml } from './eml.ts';
import { exv } from './exv.ts';
import { gif } from './gif.ts';
import { gzip } from './gzip.ts';
import { heif } from './heif.ts';
import { html } from './html.ts';
import { icalendar } from './icalendar.ts';
import { jp2 } from './jp2.ts';
import { jpeg } from './jpeg.ts';
import { jxl } from './jxl.ts';
import { lnk } from './lnk.ts';
import { matroska } from './matroska.ts';
import { movie } from './movie.ts';
import { mp3 } from './mp3.ts';
import { msg } from './msg.ts';
import { odf } from './odf.ts';
import { officeLock } from './office-lock.ts';
import { ole } from './ole.ts';
import { ooxml } from './ooxml.ts';
import { pdf } from './pdf.ts';
import { png } from './png.ts';
import { psd } from './psd.ts';
import { rar } from './rar.ts';
import { riff } from './riff.ts';
import { rtf } from './rtf.ts';
import { svg } from './svg.ts';
import { tar } from './tar.ts';
import { text } from './text.ts';
import { tiff } from './tiff.ts';
import { tnef } from './tnef.ts';
import { vcard } from './vcard.ts';
import { webp } from './webp.ts';
import { xmp } from './xmp.ts';
import { zip } from './zip.ts';

/** Every reader, alphabetical. A contract test compares this list with the directory. */
export const FORMATS: readonly FormatReader[] = [
  cr3,
  eml,
  exv,
  gif,
  gzip,
  heif,
  html,
  icalendar,
  jp2,
  jpeg,
  jxl,
  lnk,
  matroska,
  movie,
  mp3,
  msg,
  odf,
  officeLock,
  ole,
  ooxml,
  pdf,
  png,
  psd,
  rar,
  riff,
  rtf,
  svg,
  tar,
  text,
  tiff,
  tnef,
  vcard,
  webp,
  xmp,
  zip,
];
