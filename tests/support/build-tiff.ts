/**
 * A tag's value. Text becomes ASCII with its NUL (Latin-1 bytes), a number or a list of them LONG, pairs RATIONAL, bytes
 * UNDEFINED; `{ type, bytes, count }` writes any other type as it is.
 */
export type TagValue = string | number | readonly number[] | readonly (readonly [number, number])[] | Uint8Array | RawTag;

export interface RawTag {
  readonly type: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Tag number to value; written in ascending order of the tags, as TIFF 6.0 demands. */
export type Tags = Readonly<Record<number, TagValue>>;

export interface TiffSpec {
  readonly ifd0?: Tags;
  readonly exif?: Tags;
  readonly gps?: Tags;
  readonly ifd1?: Tags;
  /** Put behind ifd1 with its tags 0x0201 and 0x0202: a JPEG. Makes an ifd1 where there is none. */
  readonly thumbnail?: Uint8Array;
  /** Default 'II', little-endian. */
  readonly byteOrder?: 'II' | 'MM';
  /** BigTIFF. */
  readonly big?: boolean;
}

interface Shape {
  readonly le: boolean;
  /** Bytes of an offset or a count: 4, or 8 in BigTIFF. */
  readonly word: 4 | 8;
  /** Bytes of the number of entries. */
  readonly head: 2 | 8;
}

function unsigned(value: number, size: number, le: boolean): Buffer {
  const bytes = Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 0xff);
  return Buffer.from(le ? bytes : bytes.reverse());
}

/** One SHORT. */
export const short = (value: number, byteOrder: 'II' | 'MM' = 'II'): RawTag => ({ type: 3, count: 1, bytes: unsigned(value, 2, byteOrder === 'II') });

const isRaw = (v: TagValue): v is RawTag => typeof v === 'object' && 'type' in v;

function encoded(value: TagValue, { le }: Shape): RawTag {
  if (typeof value === 'string') return { type: 2, count: value.length + 1, bytes: Buffer.from(`${value}\0`, 'latin1') };
  if (value instanceof Uint8Array) return { type: 7, count: value.byteLength, bytes: value };
  if (isRaw(value)) return value;
  const items = typeof value === 'number' ? [value] : value;
  const rational = Array.isArray(items[0]);
  return { type: rational ? 5 : 4, count: items.length, bytes: Buffer.concat(items.flat().map((n) => unsigned(n, 4, le))) };
}

/** One directory at `at`, its values right behind it; `next` is where the chain goes on, 0 where it ends. */
function directory(tags: Tags, at: number, next: number, shape: Shape): Buffer {
  const { le, word, head } = shape;
  const entries = Object.entries(tags)
    .map(([tag, value]) => ({ tag: Number(tag), ...encoded(value, shape) }))
    .sort((a, b) => a.tag - b.tag);
  const table: Buffer[] = [unsigned(entries.length, head, le)];
  const values: Buffer[] = [];
  let free = at + head + entries.length * (4 + 2 * word) + word;
  for (const { tag, type, count, bytes } of entries) {
    table.push(unsigned(tag, 2, le), unsigned(type, 2, le), unsigned(count, word, le));
    if (bytes.byteLength <= word) {
      table.push(Buffer.concat([bytes, Buffer.alloc(word - bytes.byteLength)]));
      continue;
    }
    table.push(unsigned(free, word, le));
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.byteLength & 1)]);
    values.push(padded);
    free += padded.byteLength;
  }
  return Buffer.concat([...table, unsigned(next, word, le), ...values]);
}

/** A TIFF structure: a whole file, or what stands behind 'Exif\0\0'. Deterministic. */
export function tiffWith(spec: TiffSpec): Buffer {
  const le = spec.byteOrder !== 'MM';
  const shape: Shape = spec.big ? { le, word: 8, head: 8 } : { le, word: 4, head: 2 };
  const start = spec.big ? 16 : 8;
  const header = [
    Buffer.from(spec.byteOrder ?? 'II'),
    unsigned(spec.big ? 43 : 42, 2, le),
    ...(spec.big ? [unsigned(8, 2, le), unsigned(0, 2, le)] : []),
    unsigned(start, shape.word, le),
  ];
  // Pointers have a fixed size, so the first directory's length is known before the places it points to.
  const pointers = (exif: number, gps: number): Tags => ({
    ...spec.ifd0,
    ...(spec.exif ? { 0x8769: exif } : {}),
    ...(spec.gps ? { 0x8825: gps } : {}),
  });
  const exifAt = start + directory(pointers(0, 0), start, 0, shape).byteLength;
  const exif = spec.exif ? directory(spec.exif, exifAt, 0, shape) : Buffer.alloc(0);
  const gpsAt = exifAt + exif.byteLength;
  const gps = spec.gps ? directory(spec.gps, gpsAt, 0, shape) : Buffer.alloc(0);
  const ifd1At = gpsAt + gps.byteLength;
  const thumbnail = spec.thumbnail ?? Buffer.alloc(0);
  const thumbnailTags = (at: number): Tags =>
    spec.thumbnail ? { ...spec.ifd1, 0x0103: short(6, spec.byteOrder), 0x0201: at, 0x0202: thumbnail.byteLength } : (spec.ifd1 ?? {});
  const hasIfd1 = spec.ifd1 !== undefined || spec.thumbnail !== undefined;
  const thumbnailAt = ifd1At + directory(thumbnailTags(0), ifd1At, 0, shape).byteLength;
  const ifd1 = hasIfd1 ? [directory(thumbnailTags(thumbnailAt), ifd1At, 0, shape), thumbnail] : [];
  const ifd0 = directory(pointers(exifAt, gpsAt), start, hasIfd1 ? ifd1At : 0, shape);
  return Buffer.concat([...header, ifd0, exif, gps, ...ifd1]);
}
