import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { createGunzip, gzipSync } from 'node:zlib';
import type { ArtifactId, Sha256 } from '../model/provenance.ts';
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
    // Not writeSync, which a full disk cuts short without a word.
    fs.writeFileSync(this.#fd, gzipSync(plain, { level: 1 }));
  }

  seal(): Sealed {
    this.#flush();
    const sha256 = this.#hash.digest('hex') as Sha256;
    const seal: SegmentLine = { t: 'seal', ...this.#counts, sha256 };
    fs.writeFileSync(this.#fd, gzipSync(Buffer.from(`${JSON.stringify(seal)}\n`)));
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

type PassagesLine = Extract<SegmentLine, { t: 'passages' }>;

/** A line of a segment, and the text it stood in. Passages stay text: they are the bulk, and the index stores them as they are. */
export interface StoredLine {
  readonly line: Exclude<SegmentLine, PassagesLine> | { readonly t: 'passages'; readonly artifact: ArtifactId };
  readonly text: string;
}

const PASSAGES = '{"t":"passages","artifact":"';
const PASSAGES_LIST = ',"passages":';
const ID_LENGTH = 32;

/** The list of passages in such a line, as JSON. */
export const passagesIn = ({ text }: StoredLine): string => text.slice(PASSAGES.length + ID_LENGTH + 1 + PASSAGES_LIST.length, -1);

function lineOf(text: string): StoredLine['line'] {
  if (!text.startsWith(PASSAGES)) return JSON.parse(text) as Exclude<SegmentLine, PassagesLine>;
  return { t: 'passages', artifact: text.slice(PASSAGES.length, PASSAGES.length + ID_LENGTH) as ArtifactId };
}

/** The object in a line without its kind, as text: what is stored again is not written again. */
export const withoutKind = ({ line, text }: StoredLine): string => `{${text.slice(`{"t":"${line.t}",`.length)}`;

/** Whole lines, a decompressed chunk's worth at a time: readline hands them out one by one, at three times the cost. */
async function* linesOf(file: string): AsyncIterable<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of fs.createReadStream(file, { highWaterMark: CHUNK_BYTES }).pipe(createGunzip({ chunkSize: CHUNK_BYTES }))) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}

/** The first line of a seal; nothing else begins so. */
const SEAL = '{"t":"seal"';

/** A segment's lines in order. Throws when the seal is missing or does not match what was read. */
export async function* readSegment(file: string): AsyncIterable<StoredLine> {
  const hash = createHash('sha256');
  let sealed = false;
  for await (const lines of linesOf(file)) {
    const plain = lines.filter((text) => !text.startsWith(SEAL));
    if (plain.length > 0) hash.update(`${plain.join('\n')}\n`);
    for (const text of lines) {
      const line = lineOf(text);
      if (line.t === 'seal') {
        if (hash.digest('hex') !== line.sha256) throw new Error(`${file}: the seal does not match its lines; remove the case and scan again`);
        sealed = true;
      }
      yield { line, text };
    }
  }
  if (!sealed) throw new Error(`${file}: not sealed; remove the case and scan again`);
}
