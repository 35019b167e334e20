import { bytesOf } from '../../model/bytes.ts';
import type { Bytes } from '../../model/input.ts';
import { bufferOf } from '../placed.ts';
import { photoshopBlock } from './exif.ts';

const FORM = /^\s*[\w-]+\s+(\d{1,9})\s([\s0-9A-Fa-f]*)$/;
const EXIF_PREFIX = 'Exif\0\0';
const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0';
const PHOTOSHOP_PREFIX = 'Photoshop 3.0\0';

/** Bytes of a profile in ImageMagick's text form: its name, its length in decimal, then hex in lines. Null where it is not that. */
export function readRawProfile(text: string): Uint8Array | null {
  const m = FORM.exec(text);
  if (!m) return null;
  return Buffer.from((m[2] ?? '').replace(/\s+/g, ''), 'hex').subarray(0, Number(m[1]));
}

export interface SortedProfiles {
  readonly exif: readonly Bytes[];
  readonly packets: readonly Uint8Array[];
  readonly photoshop: Uint8Array | null;
}

/** What each is, by its first bytes: a segment of a JPEG keeps its signature, and 'generic' names nothing. */
export function sortedProfiles(profiles: readonly Uint8Array[]): SortedProfiles {
  const exif: Bytes[] = [];
  const packets: Uint8Array[] = [];
  let photoshop: Uint8Array | null = null;
  for (const p of profiles) {
    const head = bufferOf(p).toString('latin1', 0, 40);
    if (head.startsWith(EXIF_PREFIX)) exif.push(bytesOf(p.subarray(EXIF_PREFIX.length)));
    else if (/^(?:II\*\0|MM\0\*)/.test(head)) exif.push(bytesOf(p));
    else if (head.startsWith(XMP_PREFIX)) packets.push(p.subarray(XMP_PREFIX.length));
    else if (/^\s*(?:\xef\xbb\xbf)?</.test(head)) packets.push(p);
    else if (head.startsWith(PHOTOSHOP_PREFIX)) photoshop ??= p;
    else if (head.startsWith('8BIM')) photoshop ??= Buffer.concat([Buffer.from(PHOTOSHOP_PREFIX, 'latin1'), p]);
    else if (head.startsWith('\x1c')) photoshop ??= photoshopBlock(p);
  }
  return { exif, packets, photoshop };
}
