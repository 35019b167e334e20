import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import type { Sha256 } from '../model/provenance.ts';
import type { SegmentLine } from '../model/segment.ts';

/** Plain bytes gathered before a gzip member is written. Concatenated members are one valid gzip file (RFC 1952 2.2). */
const CHUNK_BYTES = 1024 ** 2;

export interface Sealed {
  /** File name inside the directory: `<name>-<sha256 of the plain lines>.ndjson.gz`. */
  readonly name: string;
  readonly sha256: Sha256;
  readonly artifacts: number;
  readonly claims: number;
  readonly problems: number;
}

/**
 * Writes `<dir>/tmp-*`, fsyncs, then renames: a segment is either whole or absent. Named by its plain lines, because
 * gzip bytes vary with zlib's version.
 */
export class SegmentWriter {
  readonly #dir: string;
  readonly #name: string;
  readonly #temporary: string;
  readonly #fd: number;
  readonly #hash = createHash('sha256');
  readonly #counts = { artifacts: 0, claims: 0, problems: 0 };
  #pending: string[] = [];
  #pendingLength = 0;

  constructor(dir: string, name: string) {
    this.#dir = dir;
    this.#name = name;
    this.#temporary = join(dir, `tmp-${name}`);
    this.#fd = fs.openSync(this.#temporary, 'w');
  }

  write(line: SegmentLine): void {
    if (line.t === 'artifact') this.#counts.artifacts++;
    else if (line.t === 'claim') this.#counts.claims++;
    else if (line.t === 'problem') this.#counts.problems++;
    const text = `${JSON.stringify(line)}\n`;
    this.#pending.push(text);
    this.#pendingLength += text.length;
    if (this.#pendingLength >= CHUNK_BYTES) this.#flush();
  }

  #flush(): void {
    const plain = Buffer.from(this.#pending.join(''));
    this.#pending = [];
    this.#pendingLength = 0;
    this.#hash.update(plain);
    fs.writeSync(this.#fd, gzipSync(plain, { level: 1 }));
  }

  seal(): Sealed {
    this.#flush();
    const sha256 = this.#hash.digest('hex') as Sha256;
    const seal: SegmentLine = { t: 'seal', ...this.#counts, sha256 };
    fs.writeSync(this.#fd, gzipSync(Buffer.from(`${JSON.stringify(seal)}\n`)));
    fs.fsyncSync(this.#fd);
    fs.closeSync(this.#fd);
    const name = `${this.#name}-${sha256}.ndjson.gz`;
    fs.renameSync(this.#temporary, join(this.#dir, name));
    return { name, sha256, ...this.#counts };
  }

  /** Gives up: leaves nothing behind. */
  abandon(): void {
    fs.closeSync(this.#fd);
    fs.rmSync(this.#temporary, { force: true });
  }
}

/** A segment's lines in order. Throws when the seal is missing or does not match what was read. */
export async function* readSegment(file: string): AsyncIterable<SegmentLine> {
  const hash = createHash('sha256');
  let sealed = false;
  const lines = createInterface({ input: fs.createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const text of lines) {
    const line = JSON.parse(text) as SegmentLine;
    if (line.t === 'seal') {
      if (hash.digest('hex') !== line.sha256) throw new Error(`${file}: the seal does not match its lines; remove the case and scan again`);
      sealed = true;
    } else hash.update(`${text}\n`);
    yield line;
  }
  if (!sealed) throw new Error(`${file}: not sealed; remove the case and scan again`);
}
