import type { Mime, Part } from '../mime.ts';
import { decodeBase64, decodeQuotedPrintable } from '../transfer-encoding.ts';
import type { Edit, Reversal } from './edits.ts';
import { base64Lines } from './text-leaf.ts';

/** A message with more leaves is not encoded anew. */
const MOST_LEAVES = 50;
/** Widths of base64 in use: RFC 2045, and what PEM and some mailers write. */
const WIDTHS = [76, 72, 64, 60];

const written = (mime: Mime, p: Part): Uint8Array => mime.bytes.subarray(p.body.offset, p.body.offset + p.body.length);

/** The value of Content-Transfer-Encoding in a part's own header, which is body to the signature. */
function encodingEdit(mime: Mime, part: Part, encoding: string): Edit[] {
  const f = part.depth === 0 ? undefined : part.fields.find((x) => x.key === 'content-transfer-encoding');
  if (!f) return [];
  const text = Buffer.from(mime.bytes.buffer, mime.bytes.byteOffset + f.offset, f.length).toString('latin1');
  const value = /:[ \t]*([^\s;]+)/.exec(text);
  if (!value?.[1]) return [];
  const from = f.offset + value.index + value[0].length - value[1].length;
  return [{ from, to: from + value[1].length, put: Buffer.from(encoding, 'latin1') }];
}

/** What a text says, out of its encoding. */
function contentOf(mime: Mime, part: Part): Uint8Array {
  if (part.encoding === 'base64') return decodeBase64(written(mime, part));
  return part.encoding === 'quoted-printable' ? decodeQuotedPrintable(written(mime, part)) : written(mime, part);
}

/** Encodings a text is taken out of, to be written in another. */
const KNOWN: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'quoted-printable', 'base64']);

const bodyEdit = (part: Part, put: Uint8Array): Edit => ({ from: part.body.offset, to: part.body.offset + part.body.length, put });

const HEX = Buffer.from('0123456789ABCDEF', 'latin1');
const CR = 0x0d;
const LF = 0x0a;
const BLANK = 0x20;
const TAB = 0x09;
const EQUALS = 0x3d;
/** RFC 2045 section 6.7: longest line, the '=' of a soft break included. */
const QUOTED_LINE = 76;
/** Texts that are longer together are not written in quoted-printable anew: it takes many times as long as hashing them. */
const MOST_QUOTED = 512 * 1024;

/** Where a line that is too long is broken: as late as may be, or behind its last blank. */
type Break = 'late' | 'at blanks';

/** Grows by what is written; a line is finished before the next begins. */
class QuotedText {
  readonly #out: Uint8Array;
  readonly #where: Break;
  #at = 0;
  #lineStart = 0;
  /** Behind the last blank of the line; its start where there is none. */
  #blank = 0;

  constructor(length: number, where: Break) {
    // Three for each byte, and a soft break of three for each line of at least 73.
    this.#out = new Uint8Array(length * 3 + Math.ceil((length * 3) / 24) + 64);
    this.#where = where;
  }

  /** `isLast` on its line: then no soft break follows it. */
  put(b: number, isBare: boolean, isLast: boolean): void {
    const width = isBare ? 1 : 3;
    if (this.#at - this.#lineStart + width > QUOTED_LINE - (isLast ? 0 : 1)) this.#softBreak();
    if (isBare) this.#out[this.#at++] = b;
    else {
      this.#out[this.#at++] = EQUALS;
      this.#out[this.#at++] = HEX[b >> 4] ?? 0;
      this.#out[this.#at++] = HEX[b & 15] ?? 0;
    }
    if (isBare && b === BLANK) this.#blank = this.#at;
  }

  endLine(): void {
    this.#out[this.#at++] = CR;
    this.#out[this.#at++] = LF;
    this.#lineStart = this.#blank = this.#at;
  }

  get bytes(): Uint8Array {
    return this.#out.subarray(0, this.#at);
  }

  #softBreak(): void {
    const from = this.#where === 'at blanks' && this.#blank > this.#lineStart ? this.#blank : this.#at;
    this.#out.copyWithin(from + 3, from, this.#at);
    this.#out[from] = EQUALS;
    this.#out[from + 1] = CR;
    this.#out[from + 2] = LF;
    this.#at += 3;
    this.#lineStart = this.#blank = from + 3;
  }
}

/** Whether another line end follows here, CRLF or LF. */
const endsAt = (bytes: Uint8Array, i: number): boolean => i >= bytes.byteLength || bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] === LF);

/** RFC 2045 section 6.7, with CRLF; only what must be encoded is. There is more than one way to write it: this is two of them. */
export function quotedPrintable(bytes: Uint8Array, where: Break): Uint8Array {
  const text = new QuotedText(bytes.byteLength, where);
  for (let i = 0; i < bytes.byteLength; i++) {
    const b = bytes[i] ?? 0;
    if (b === LF) {
      text.endLine();
      continue;
    }
    if (b === CR && bytes[i + 1] === LF) continue;
    const isLast = endsAt(bytes, i + 1);
    const isBare = b === BLANK || b === TAB ? !isLast : b > BLANK && b < 0x7f && b !== EQUALS;
    text.put(b, isBare, isLast);
  }
  return text.bytes;
}

const isAscii = (bytes: Uint8Array): boolean => bytes.every((b) => b < 0x80);

/** Text that is not encoded, with the line ends it was decoded with. */
function* plainly(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const encoded = texts.filter((p) => p.encoding === 'quoted-printable' || p.encoding === 'base64');
  if (encoded.length === 0) return;
  const decoded = encoded.map((p) => ({ p, bytes: contentOf(mime, p) }));
  for (const encoding of ['8bit', '7bit']) {
    const edits = decoded.flatMap(({ p, bytes }) => [bodyEdit(p, bytes), ...encodingEdit(mime, p, encoding)]);
    yield { undone: `transfer encoding (from ${encoding})`, edits };
    // Without a header of its own in the body, the name of the encoding changes nothing.
    if (edits.length === encoded.length) return;
  }
  const mixed = decoded.flatMap(({ p, bytes }) => [bodyEdit(p, bytes), ...encodingEdit(mime, p, isAscii(bytes) ? '7bit' : '8bit')]);
  if (encoded.length > 1) yield { undone: 'transfer encoding (from 7bit and 8bit)', edits: mixed };
}

/**
 * Texts that a server decoded, or put into base64, because the next one takes 8 bits; and quoted-printable whose lines were
 * broken anew. Those without anything to encode were 7bit, as a rule: they are tried with the others and alone left as they are.
 */
function* inQuotedPrintable(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const known = texts.filter((p) => KNOWN.has(p.encoding));
  if (known.reduce((sum, p) => sum + p.body.length, 0) > MOST_QUOTED) return;
  const contents = known.map((p) => ({ p, bytes: contentOf(mime, p) }));
  const needed = contents.filter(({ bytes }) => !isAscii(bytes));
  for (const chosen of needed.length > 0 && needed.length < contents.length ? [needed, contents] : [contents]) {
    if (chosen.length === 0) continue;
    const again = chosen.every(({ p }) => p.encoding === 'quoted-printable');
    const undone = again ? 'lines of quoted-printable' : 'transfer encoding (from quoted-printable)';
    for (const where of ['late', 'at blanks'] as const)
      yield {
        undone,
        edits: chosen.flatMap(({ p, bytes }) => [bodyEdit(p, quotedPrintable(bytes, where)), ...encodingEdit(mime, p, 'quoted-printable')]),
      };
  }
}

function* inBase64(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const bare = texts.filter((p) => p.encoding === 'quoted-printable' || p.encoding === '8bit' || p.encoding === '7bit' || p.encoding === '');
  if (bare.length === 0) return;
  const edits = bare.flatMap((p) => {
    const bytes = contentOf(mime, p);
    const crlf = Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
    return [bodyEdit(p, base64Lines(crlf, 76)), ...encodingEdit(mime, p, 'base64')];
  });
  yield { undone: 'transfer encoding (from base64)', edits };
}

function* wrappedAnew(mime: Mime, leaves: readonly Part[]): Iterable<Reversal> {
  const coded = leaves.filter((p) => p.encoding === 'base64');
  if (coded.length === 0) return;
  for (const width of WIDTHS)
    yield {
      undone: `line length of base64 (from ${width})`,
      edits: coded.map((p) => bodyEdit(p, base64Lines(decodeBase64(written(mime, p)), width))),
    };
}

/** UTF-8 that was Latin-1, and the reverse: exporters rewrite 8-bit texts. */
function* otherCharset(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const bare = texts.filter((p) => p.encoding === '8bit' || p.encoding === '7bit' || p.encoding === '');
  const edits = bare.flatMap((p) => {
    const bytes = Buffer.from(written(mime, p));
    const text = bytes.toString('utf8');
    if (text.includes('\ufffd')) return [bodyEdit(p, Buffer.from(bytes.toString('latin1'), 'utf8'))];
    return /[^\u0000-\u007f]/.test(text) && !/[^\u0000-\u00ff]/.test(text) ? [bodyEdit(p, Buffer.from(text, 'latin1'))] : [];
  });
  if (edits.length > 0) yield { undone: 'character set', edits };
}

/** Leaves written in another transfer encoding than the signer's. All of one kind at once: a server re-encodes all or none. */
export function* reEncodings(mime: Mime): Iterable<Reversal> {
  const leaves = mime.parts.filter((p) => p.multipart === null && p.type !== 'message/rfc822');
  if (leaves.length > MOST_LEAVES) return;
  const texts = leaves.filter((p) => p.type.startsWith('text/'));
  yield* plainly(mime, texts);
  yield* inBase64(mime, texts);
  yield* inQuotedPrintable(mime, texts);
  yield* wrappedAnew(mime, leaves);
  yield* otherCharset(mime, texts);
}
