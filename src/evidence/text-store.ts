import fs from 'node:fs';
import type { Passage } from '../model/claim.ts';

/** Plain bytes gathered before they are written. */
const CHUNK_BYTES = 1024 ** 2;

/** Where the passages of one artifact stand, in bytes of the store. */
export interface StoredPlace {
  readonly at: number;
  readonly length: number;
}

/**
 * The passages of a case, a line of JSON for each artifact, beside the index and like it a cache. Not in the database: that reads
 * 2,048 rows to fetch one, which is fifty megabytes of text for a letter.
 */
export class TextStore {
  readonly #fd: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #size = 0;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Empties what was there. */
  static create(file: string): TextStore {
    return new TextStore(fs.openSync(file, 'w+'));
  }

  static open(file: string): TextStore {
    return new TextStore(fs.openSync(file, 'r'));
  }

  /** `json` is the list of passages as the segment has it. */
  append(json: string): StoredPlace {
    const line = Buffer.from(`${json}\n`);
    const place = { at: this.#size, length: line.byteLength - 1 };
    this.#pending.push(line);
    this.#pendingBytes += line.byteLength;
    this.#size += line.byteLength;
    if (this.#pendingBytes >= CHUNK_BYTES) this.flush();
    return place;
  }

  /** What was appended can be read from now on. */
  flush(): void {
    if (this.#pendingBytes > 0) fs.writeSync(this.#fd, Buffer.concat(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  read({ at, length }: StoredPlace): Passage[] {
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const n = fs.readSync(this.#fd, bytes, done, length - done, at + done);
      if (n === 0) throw new Error('the texts beside evidence.duckdb are cut off; delete evidence.duckdb and judge again');
      done += n;
    }
    return JSON.parse(bytes.toString('utf8')) as Passage[];
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}
