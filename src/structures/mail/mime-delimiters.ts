import type { LineEnd, Range } from './mime-headers.ts';
import type { Part } from './mime-part.ts';

/** RFC 2046 section 5.1.1 allows 70 characters; some write more. */
const MAX_BOUNDARY = 1_000;
/** A delimiter with whatever follows it. */
const MAX_LINE = 2_000;
const DASH = 0x2d;

/** A part whose end is not known yet. */
export type OpenPart = { -readonly [K in keyof Part]: Part[K] };

export interface Level {
  readonly part: OpenPart;
  /** Position in the list of parts. */
  readonly index: number;
  readonly boundary: string;
  children: number;
}

export interface Delimiter {
  /** Where the content before it ends: the line end in front belongs to the delimiter. */
  readonly contentEnd: number;
  readonly next: number;
  readonly level: number;
  readonly closes: boolean;
}

const rangeOf = (offset: number, end: number): Range => ({ offset, length: Math.max(0, end - offset) });

/** Ends a leaf, or a multipart behind whose closing delimiter an epilogue runs. */
export function endPart(part: OpenPart, end: number): void {
  part.body = rangeOf(part.body.offset, Math.max(end, part.body.offset));
  if (part.multipart?.epilogue) part.multipart = { ...part.multipart, epilogue: rangeOf(part.multipart.epilogue.offset, end) };
}

/** The multiparts that are open at some byte, and the search for the next line that delimits one of them. */
export class DelimiterScan {
  readonly lineEnd: LineEnd;
  readonly #bytes: Buffer;
  readonly #needle: Buffer;
  readonly #levels: Level[] = [];
  /** Boundary to the levels that use it, innermost last. */
  readonly #byBoundary = new Map<string, number[]>();

  constructor(bytes: Buffer, lineEnd: LineEnd) {
    this.#bytes = bytes;
    this.lineEnd = lineEnd;
    this.#needle = Buffer.from([lineEnd, DASH, DASH]);
  }

  get depth(): number {
    return this.#levels.length;
  }

  get top(): Level {
    const level = this.#levels[this.#levels.length - 1];
    if (!level) throw new Error('no multipart is open');
    return level;
  }

  /** True where the part is a multipart with a boundary: its delimiters are looked for from now on. */
  enter(part: OpenPart, index: number): boolean {
    const boundary = part.contentType.parameters.get('boundary')?.value.trimEnd() ?? '';
    if (!part.type.startsWith('multipart/') || boundary === '' || boundary.length > MAX_BOUNDARY) return false;
    const key = Buffer.from(boundary, 'utf8').toString('latin1');
    const levels = this.#byBoundary.get(key);
    if (levels) levels.push(this.#levels.length);
    else this.#byBoundary.set(key, [this.#levels.length]);
    this.#levels.push({ part, index, boundary: key, children: 0 });
    return true;
  }

  #pop(): Level | undefined {
    const level = this.#levels.pop();
    const levels = level && this.#byBoundary.get(level.boundary);
    levels?.pop();
    if (level && levels?.length === 0) this.#byBoundary.delete(level.boundary);
    return level;
  }

  /** The outer delimiter (or the end) ends whatever is open inside. Returns how many were never closed. */
  leaveTo(level: number, end: number): number {
    let left = 0;
    while (this.#levels.length - 1 > level) {
      const inner = this.#pop();
      if (inner) endPart(inner.part, end);
      left++;
    }
    return left;
  }

  /** The first delimiter of the innermost multipart ends its preamble. */
  begin(contentEnd: number): void {
    const { part, boundary, children } = this.top;
    if (children === 0 && part.multipart === null) part.multipart = { boundary, preamble: rangeOf(part.body.offset, contentEnd), epilogue: null };
  }

  /** Its own closing delimiter: from here to the next delimiter of an outer one runs the epilogue. */
  close(epilogue: number): OpenPart | null {
    const level = this.#pop();
    if (!level) return null;
    const { part } = level;
    part.multipart = {
      boundary: level.boundary,
      preamble: part.multipart?.preamble ?? rangeOf(part.body.offset, part.body.offset),
      epilogue: { offset: epilogue, length: 0 },
    };
    return part;
  }

  isDelimiter(line: number): boolean {
    return this.#bytes[line] === DASH && this.#bytes[line + 1] === DASH && this.#match(line) !== null;
  }

  #levelOf(boundary: string): { level: number; closes: boolean } | null {
    const exact = this.#byBoundary.get(boundary)?.at(-1);
    if (exact !== undefined) return { level: exact, closes: false };
    const closed = boundary.endsWith('--') ? this.#byBoundary.get(boundary.slice(0, -2))?.at(-1) : undefined;
    return closed === undefined ? null : { level: closed, closes: true };
  }

  /**
   * Compared as a whole first, since one boundary may begin with another; then up to the first blank: RFC 2046 section 5.1.1
   * lets anything follow a boundary.
   */
  #match(line: number): { level: number; closes: boolean; next: number } | null {
    const stop = Math.min(this.#bytes.byteLength, line + MAX_LINE);
    let end = line + 2;
    while (end < stop && this.#bytes[end] !== this.lineEnd) end++;
    if (end === stop && stop < this.#bytes.byteLength) return null;
    const text = this.#bytes.toString('latin1', line + 2, end).trimEnd();
    const found = this.#levelOf(text) ?? this.#levelOf(/^\S*/.exec(text)?.[0] ?? '');
    return found && { ...found, next: Math.min(end + 1, this.#bytes.byteLength) };
  }

  /** The next delimiter line at or after `from`, which must be the start of a line. */
  next(from: number): Delimiter | null {
    if (this.#levels.length === 0) return null;
    const bytes = this.#bytes;
    let line = from === 0 || bytes[from - 1] === this.lineEnd ? from : -1;
    if (line === -1 || !this.isDelimiter(line)) line = this.#search(from);
    if (line === -1) return null;
    const found = this.#match(line);
    if (!found) return null;
    let contentEnd = Math.max(0, line - 1);
    if (this.lineEnd === 0x0a && bytes[contentEnd - 1] === 0x0d) contentEnd--;
    return { contentEnd, level: found.level, closes: found.closes, next: found.next };
  }

  #search(from: number): number {
    for (let at = from; ;) {
      const hit = this.#bytes.indexOf(this.#needle, at);
      if (hit === -1) return -1;
      if (this.isDelimiter(hit + 1)) return hit + 1;
      at = hit + 2;
    }
  }
}
