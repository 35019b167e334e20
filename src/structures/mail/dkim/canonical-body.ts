import { createHash, type Hash } from 'node:crypto';
import type { LineEnd } from '../mime-headers.ts';

export type Canonicalization = 'simple' | 'relaxed';

/** One digest wanted of a body: by algorithm, and by `l=` where that cuts it. */
export interface WantedDigest {
  readonly algorithm: 'sha1' | 'sha256';
  readonly limit: number | null;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const OUT_BYTES = 64 * 1024;
/** Input taken at once: what comes out of it fits behind a line end and a blank. */
const IN_BYTES = 32 * 1024;
/** Longer runs are copied natively. */
const LONG_RUN = 24;

/** Filled and emptied within one call; a worker has one thread. */
const out = new Uint8Array(OUT_BYTES + 64);

class Sink {
  readonly #hashes: readonly { readonly hash: Hash; readonly limit: number | null }[];
  length = 0;

  constructor(wanted: readonly WantedDigest[]) {
    this.#hashes = wanted.map((w) => ({ hash: createHash(w.algorithm), limit: w.limit }));
  }

  write(bytes: Uint8Array): void {
    for (const { hash, limit } of this.#hashes) {
      const room = limit === null ? bytes.byteLength : limit - this.length;
      if (room > 0) hash.update(room < bytes.byteLength ? bytes.subarray(0, room) : bytes);
    }
    this.length += bytes.byteLength;
  }

  digests(): string[] {
    return this.#hashes.map(({ hash }) => hash.digest('base64'));
  }
}

/** What is held back until it is known whether more follows on the line, or in the body. */
interface Held {
  lines: number;
  blank: boolean;
  cr: boolean;
  /** Whether anything but line ends came yet. */
  any: boolean;
}

/** Writes the line ends and the blank held back; returns the position behind them. */
function settle(held: Held, sink: Sink, start: number): number {
  let at = start;
  held.any = true;
  for (; held.lines > 0; held.lines--) {
    out[at++] = CR;
    out[at++] = LF;
    if (at >= OUT_BYTES) {
      sink.write(out.subarray(0, at));
      at = 0;
    }
  }
  if (held.blank) out[at++] = SPACE;
  held.blank = false;
  return at;
}

/** Where what stays as it is ends: in front of an empty line and of a line end that is none in canonical form, or where relaxed form folds blanks. */
function runEnd(bytes: Uint8Array, from: number, end: number, relaxed: boolean, lineEnd: LineEnd): number {
  let i = from;
  while (i < end) {
    const b = bytes[i] ?? 0;
    if (b <= SPACE && (b !== SPACE || (relaxed && (bytes[i + 1] ?? 0) <= SPACE))) {
      // The usual line end, with a line behind it: it comes out as it went in.
      if (b !== CR || lineEnd !== LF || bytes[i + 1] !== LF || (bytes[i + 2] ?? 0) <= SPACE) break;
      i++;
    }
    i++;
  }
  return i;
}

/**
 * One pass over at most {@link IN_BYTES}. What stays as it is is copied in runs: a body of 50 KB must cost a fraction of a
 * millisecond.
 */
function pass(bytes: Uint8Array, relaxed: boolean, lineEnd: LineEnd, held: Held, sink: Sink): void {
  const end = bytes.byteLength;
  let at = 0;
  let i = 0;
  while (i < end) {
    const b = bytes[i] ?? 0;
    if (held.cr) {
      held.cr = false;
      if (b !== LF) {
        at = settle(held, sink, at);
        out[at++] = CR;
      }
    }
    if (b === lineEnd || b === LF) {
      held.lines++;
      held.blank = false;
      i++;
    } else if (b === CR) {
      held.cr = true;
      i++;
    } else if (relaxed && (b === SPACE || b === TAB)) {
      held.blank = true;
      i++;
    } else {
      at = settle(held, sink, at);
      if (at + end - i >= OUT_BYTES) {
        sink.write(out.subarray(0, at));
        at = 0;
      }
      const next = runEnd(bytes, i + 1, end, relaxed, lineEnd);
      if (next - i > LONG_RUN) out.set(bytes.subarray(i, next), at);
      else for (let k = i; k < next; k++) out[at + k - i] = bytes[k] ?? 0;
      at += next - i;
      i = next;
    }
  }
  sink.write(out.subarray(0, at));
}

/**
 * Digests, in base64, of a body in canonical form (RFC 6376 section 3.4.3 and 3.4.4), and the form's length, in one pass over
 * the bytes of all `segments` in a row. Any line end counts as CRLF: stores of mail keep LF. A CR in front of no LF is a
 * character, unless all lines end so.
 */
export function digestBody(
  segments: readonly Uint8Array[],
  form: Canonicalization,
  lineEnd: LineEnd,
  wanted: readonly WantedDigest[],
): { digests: string[]; length: number } {
  const sink = new Sink(wanted);
  const relaxed = form === 'relaxed';
  const held: Held = { lines: 0, blank: false, cr: false, any: false };
  for (const segment of segments)
    for (let from = 0; from < segment.byteLength; from += IN_BYTES) pass(segment.subarray(from, from + IN_BYTES), relaxed, lineEnd, held, sink);
  if (held.cr) {
    const at = settle(held, sink, 0);
    out[at] = CR;
    sink.write(out.subarray(0, at + 1));
  }
  // An empty body is one line end in simple form and nothing in relaxed form.
  if (held.any || !relaxed) sink.write(Buffer.from('\r\n', 'latin1'));
  return { digests: sink.digests(), length: sink.length };
}
