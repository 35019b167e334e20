import fs from 'node:fs';

/** Where a line stands, in bytes of the store. */
export interface StoredPlace {
  readonly at: number;
  readonly length: number;
}

/** Room for lines of one kind that stand together, twice as much each time; a line longer than a quarter of the most stands alone. */
const FIRST_EXTENT_BYTES = 2048;
const EXTENT_BYTES = 64 * 1024;
const LONG_BYTES = EXTENT_BYTES / 4;
/** Lines with no more between them are fetched at once, and so much at a time. */
const GAP_BYTES = 4096;
const SPAN_BYTES = 1024 ** 2;

interface Extent {
  readonly at: number;
  readonly bytes: Buffer;
  used: number;
}

/**
 * The bulk of a case, beside the index and like it a cache: claims, passages and artifacts as lines of JSON, found by their
 * places. Not in the database: that reads 2,048 rows to fetch one, and holds in memory what it sorts and compresses. Lines of
 * one kind stand together, so that who reads one attribute of every artifact does not read all the others.
 */
export class LineStore {
  readonly #fd: number;
  readonly #extents = new Map<string, Extent>();
  #size: number;
  /** Read into again and again; a longer line gets room of its own. */
  readonly #span = Buffer.allocUnsafeSlow(SPAN_BYTES);

  private constructor(fd: number) {
    this.#fd = fd;
    this.#size = fs.fstatSync(fd).size;
  }

  /** Empties what was there. */
  static create(file: string): LineStore {
    return new LineStore(fs.openSync(file, 'w+'));
  }

  static open(file: string): LineStore {
    return new LineStore(fs.openSync(file, 'r+'));
  }

  /** Can be read after {@link flush}. */
  append(kind: string, json: string): StoredPlace {
    const length = Buffer.byteLength(json);
    if (length > LONG_BYTES) return this.#appendLong(json, length);
    let extent = this.#extents.get(kind);
    if (!extent || extent.used + length > extent.bytes.byteLength) {
      if (extent) this.#write(extent);
      this.#extents.set(kind, (extent = this.#extentAfter(extent, length)));
    }
    const at = extent.at + extent.used;
    extent.used += extent.bytes.write(json, extent.used);
    return { at, length };
  }

  #extentAfter(before: Extent | undefined, length: number): Extent {
    const room = Math.min(EXTENT_BYTES, Math.max(FIRST_EXTENT_BYTES, 4 * length, 2 * (before?.bytes.byteLength ?? 0)));
    const bytes = before?.bytes.byteLength === room ? before.bytes : Buffer.allocUnsafe(room);
    return { at: this.#reserve(room), bytes, used: 0 };
  }

  #appendLong(json: string, length: number): StoredPlace {
    const at = this.#reserve(length);
    this.#write({ at, bytes: Buffer.from(json), used: length });
    return { at, length };
  }

  #reserve(length: number): number {
    const at = this.#size;
    this.#size += length;
    return at;
  }

  #write({ bytes, used, at }: Extent): void {
    // A disk that fills up takes a part first, and says so with the rest.
    for (let done = 0; done < used;) done += fs.writeSync(this.#fd, bytes, done, used - done, at + done);
  }

  /** What was appended can be read from now on. What is left of the extents stays empty. */
  flush(): void {
    for (const extent of this.#extents.values()) this.#write(extent);
    this.#extents.clear();
  }

  read(place: StoredPlace): string {
    return this.#fetch(place.at, place.length).toString('utf8', 0, place.length);
  }

  /** Of many places in any order; in theirs. */
  readAll(places: readonly StoredPlace[]): string[] {
    const lines: string[] = Array.from({ length: places.length });
    const order = Uint32Array.from(places.keys()).sort((a, b) => (places[a]?.at ?? 0) - (places[b]?.at ?? 0));
    for (let from = 0; from < order.length;) {
      const start = places[order[from] ?? 0]?.at ?? 0;
      let end = start;
      let to = from;
      for (; to < order.length; to++) {
        const { at, length } = places[order[to] ?? 0] ?? { at: 0, length: 0 };
        if (to > from && (at > end + GAP_BYTES || at + length > start + SPAN_BYTES)) break;
        end = Math.max(end, at + length);
      }
      const bytes = this.#fetch(start, end - start);
      for (; from < to; from++) {
        const i = order[from] ?? 0;
        const { at, length } = places[i] ?? { at: 0, length: 0 };
        lines[i] = bytes.toString('utf8', at - start, at - start + length);
      }
    }
    return lines;
  }

  /** Good until the next call. */
  #fetch(at: number, length: number): Buffer {
    const bytes = length > SPAN_BYTES ? Buffer.allocUnsafeSlow(length) : this.#span;
    let done = 0;
    while (done < length) {
      const n = fs.readSync(this.#fd, bytes, done, length - done, at + done);
      if (n === 0) throw new Error('the lines beside evidence.duckdb are cut off; delete evidence.duckdb and judge again');
      done += n;
    }
    return bytes;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}
