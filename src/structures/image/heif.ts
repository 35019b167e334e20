import type { ProblemDraft } from '../../model/artifact.ts';
import { bytesOf } from '../../model/bytes.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { type Box, boxesOf, cursorOf } from './iso-bmff.ts';

/** Metadata items of a still picture (ISO/IEC 23008-12 annex A.2, ISO/IEC 14496-12 8.11). */
export interface Heif {
  /** From the TIFF header on. */
  readonly exif: readonly Bytes[];
  readonly packets: readonly Uint8Array[];
  readonly problems: readonly ProblemDraft[];
}

interface Item {
  readonly type: string;
  readonly contentType: string;
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

interface Location {
  /** 0: from the start of the file; 1: inside 'idat'. */
  readonly method: number;
  readonly extents: readonly Extent[];
}

/** A grid of tiles has some hundred items. */
const MAX_ITEMS = 100_000;
/** Extents of all items: an extent may take no bytes of the table at all, so the table's size does not bound them. */
const MAX_EXTENTS = 200_000;
const MAX_META_BYTES = 16 * 1024 ** 2;

function infoOf(box: Box): readonly [id: number, item: Item] | null {
  const c = cursorOf(box.bytes.slice(0, 1024));
  const version = c.take(1);
  // Versions 0 and 1 have no item type: the older MPEG-21 form, which carries no Exif.
  if (box.type !== 'infe' || version < 2) return null;
  c.take(3);
  const id = c.take(version === 2 ? 2 : 4);
  c.take(2);
  const type = Buffer.from([c.take(1), c.take(1), c.take(1), c.take(1)]).toString('latin1');
  if (c.short) return null;
  c.word();
  return [id, { type, contentType: type === 'mime' ? c.word() : '' }];
}

function itemsOf(iinf: Box, problems: ProblemDraft[]): Map<number, Item> {
  const version = iinf.bytes.slice(0, 1)[0] ?? 0;
  const head = version === 0 ? 6 : 8;
  const inside = boxesOf(iinf.bytes.window(head, iinf.bytes.size), problems);
  return new Map(
    inside.flatMap((box) => {
      const info = infoOf(box);
      return info ? [info] : [];
    }),
  );
}

function locationsOf(iloc: Box, problems: ProblemDraft[]): Map<number, Location> {
  const c = cursorOf(iloc.bytes.slice(0, MAX_META_BYTES));
  const version = c.take(1);
  c.take(3);
  const sizes = c.take(2);
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version === 0 ? 0 : sizes & 15] as const;
  const locations = new Map<number, Location>();
  if (version > 2 || [offsetSize, lengthSize, baseSize, indexSize].some((s) => s !== 0 && s !== 4 && s !== 8)) {
    problems.push({ code: 'malformed', message: 'HEIF: the table of locations has an unknown form' });
    return locations;
  }
  const count = Math.min(c.take(version === 2 ? 4 : 2), MAX_ITEMS);
  let extentsLeft = MAX_EXTENTS;
  for (let i = 0; i < count && !c.short && extentsLeft > 0; i++) {
    const id = c.take(version === 2 ? 4 : 2);
    const method = version === 0 ? 0 : c.take(2) & 15;
    c.take(2);
    const base = c.take(baseSize);
    const extents: Extent[] = [];
    for (let left = c.take(2); left > 0 && !c.short && extentsLeft > 0; left--, extentsLeft--) {
      c.take(indexSize);
      const offset = base + c.take(offsetSize);
      extents.push({ offset, length: c.take(lengthSize) });
    }
    if (!c.short) locations.set(id, { method, extents });
  }
  if (extentsLeft === 0) problems.push({ code: 'limit-exceeded', message: `HEIF: more than ${MAX_EXTENTS} extents, the rest is not read` });
  if (c.short) problems.push({ code: 'truncated', message: 'HEIF: the table of locations breaks off' });
  return locations;
}

/** One item's bytes; null where they are not all there, too many, or kept in another file. */
function contentOf(location: Location, file: Bytes, idat: Bytes | null, limit: number): Bytes | null {
  const source = location.method === 0 ? file : location.method === 1 ? idat : null;
  if (!source) return null;
  const fits = location.extents.every((e) => e.offset + e.length <= source.size);
  const total = location.extents.reduce((sum, e) => sum + e.length, 0);
  if (!fits || total > limit || location.extents.length === 0) return null;
  const [only] = location.extents;
  // An extent without a length is the whole source.
  if (only && location.extents.length === 1) return source.window(only.offset, only.length === 0 ? source.size : only.length);
  return bytesOf(Buffer.concat(location.extents.map((e) => source.slice(e.offset, e.length))));
}

/** The item begins with the distance of the TIFF header, commonly 6 ('Exif\0\0') or 0 (ISO/IEC 23008-12 A.2.1). */
function tiffInside(item: Bytes): Bytes {
  const head = item.slice(0, 4);
  const skip = head.byteLength < 4 ? 0 : Buffer.from(head).readUInt32BE(0);
  return item.window(4 + skip, item.size);
}

/** Exif and XMP of a HEIF, HEIC or AVIF. Never throws; what is wrong is in `problems`. */
export function readHeif({ bytes, limits }: Input): Heif {
  const problems: ProblemDraft[] = [];
  const exif: Bytes[] = [];
  const packets: Uint8Array[] = [];
  const meta = boxesOf(bytes, problems).find((b) => b.type === 'meta');
  if (!meta) return { exif, packets, problems: [...problems, { code: 'malformed', message: 'HEIF: no meta box' }] };
  const inside = boxesOf(meta.bytes.window(4, meta.bytes.size), problems);
  const box = (type: string): Box | undefined => inside.find((b) => b.type === type);
  const [iinf, iloc] = [box('iinf'), box('iloc')];
  if (!iinf || !iloc) return { exif, packets, problems };
  const locations = locationsOf(iloc, problems);
  for (const [id, item] of itemsOf(iinf, problems)) {
    const isPacket = item.type === 'mime' && item.contentType === 'application/rdf+xml';
    if (item.type !== 'Exif' && !isPacket) continue;
    const location = locations.get(id);
    const content = location && contentOf(location, bytes, box('idat')?.bytes ?? null, limits.maxTextBytes);
    if (!content) problems.push({ code: 'malformed', message: `HEIF: ${isPacket ? 'XMP' : 'Exif'} item ${id} is not where the file says` });
    else if (isPacket) packets.push(content.slice(0, Math.min(content.size, limits.maxTextBytes)));
    else exif.push(tiffInside(content));
  }
  return { exif, packets, problems };
}
