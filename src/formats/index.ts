import type { FormatReader } from '../model/input.ts';
import { eml } from './eml.ts';
import { heif } from './heif.ts';
import { jpeg } from './jpeg.ts';
import { ole } from './ole.ts';
import { ooxml } from './ooxml.ts';
import { pdf } from './pdf.ts';
import { png } from './png.ts';
import { text } from './text.ts';
import { tiff } from './tiff.ts';
import { webp } from './webp.ts';
import { zip } from './zip.ts';

/** Every reader, alphabetical. A contract test compares this list with the directory. */
export const FORMATS: readonly FormatReader[] = [eml, heif, jpeg, ole, ooxml, pdf, png, text, tiff, webp, zip];
