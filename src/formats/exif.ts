import type { Input } from '../model/input.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

/** 'Exif' and two NULs stand in front of the TIFF header. */
const PREFIX_BYTES = 6;

const carry = ({ bytes }: Input): Carried => ({ exif: [bytes.window(PREFIX_BYTES, bytes.size)] });

/** An Exif block in a file of its own, as tools cut it out of a JPEG's segment APP1. */
export const exif = taggedFileReader({ id: 'exif', version: 2, mediaTypes: ['application/x-exif'], carry });
