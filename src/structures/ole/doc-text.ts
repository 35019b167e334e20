import { decodeCodePage } from '../charset.ts';
import { viewOf } from '../little-endian.ts';

/** One paragraph of the main text of a Word document, table cells among them. */
export interface DocParagraph {
  /** Without fields' instructions and control characters; white space as it stands. */
  readonly text: string;
  /** Where it begins in the 'WordDocument' stream, and its bytes there up to the next piece. */
  readonly at: number;
  readonly length: number;
}

export interface DocText {
  readonly encrypted: boolean;
  /** Reads as it goes: stop where the budget for text ends. */
  paragraphs(): Iterable<DocParagraph>;
}

/** A run of characters that stands in one place of the stream. */
interface Piece {
  readonly at: number;
  readonly characters: number;
  /** UTF-16, or one byte each. */
  readonly wide: boolean;
}

/** What differs between Word 6/95 and Word 97 and later. Offsets in the FIB: [MS-DOC] 2.5.1; Word 6: 'Microsoft Word 6.0 Binary File Format'. */
const WORD_97 = { magic: 0xa5ec, length: 0x4c, clx: 0x1a2, minBytes: 0x1aa };
const WORD_6 = { magic: 0xa5dc, length: 0x34, clx: 0x160, minBytes: 0x168 };
const ENCRYPTED = 0x0100;
const COMPLEX = 0x0004;
const SECOND_TABLE = 0x0200;

/** Null where the stream does not begin with a FIB. `table` finds the stream '0Table' or '1Table'; `codePage` decodes Word 6's text. */
export function docText(stream: Uint8Array, table: (name: string) => Uint8Array | null, codePage: number): DocText | null {
  if (stream.byteLength < WORD_6.minBytes) return null;
  const fib = viewOf(stream);
  const version = [WORD_97, WORD_6].find((v) => v.magic === fib.getUint16(0, true));
  if (!version || stream.byteLength < version.minBytes) return null;
  const flags = fib.getUint16(0x0a, true);
  if ((flags & ENCRYPTED) !== 0) return { encrypted: true, paragraphs: () => [] };
  const modern = version === WORD_97;
  const length = fib.getUint32(version.length, true);
  const clxStream = modern ? table((flags & SECOND_TABLE) === 0 ? '0Table' : '1Table') : stream;
  const clx =
    (modern || (flags & COMPLEX) !== 0) && clxStream
      ? sliceOf(clxStream, fib.getUint32(version.clx, true), fib.getUint32(version.clx + 4, true))
      : null;
  // Word 6 without fast save: one piece, at fcMin.
  const pieces = clx ? piecesOf(clx, modern) : modern ? [] : [{ at: fib.getUint32(0x18, true), characters: length, wide: false }];
  const eightBit = modern ? 1252 : codePage;
  return { encrypted: false, paragraphs: () => paragraphsOf(stream, pieces, length, eightBit) };
}

const sliceOf = (bytes: Uint8Array, at: number, length: number): Uint8Array => bytes.subarray(at, at + length);

/** The piece table: [MS-DOC] 2.9.38 Clx, 2.8.35 PlcPcd, 2.9.177 Pcd. Empty where it cannot be made out. */
function piecesOf(clx: Uint8Array, modern: boolean): Piece[] {
  const view = viewOf(clx);
  let at = 0;
  // Formatting runs come first.
  while (clx[at] === 1 && at + 3 <= clx.byteLength) at += 3 + view.getUint16(at + 1, true);
  if (clx[at] !== 2 || at + 5 > clx.byteLength) return [];
  const size = Math.min(view.getUint32(at + 1, true), clx.byteLength - at - 5);
  const count = Math.max(0, Math.floor((size - 4) / 12));
  const plc = new DataView(clx.buffer, clx.byteOffset + at + 5, size);
  const pieces: Piece[] = [];
  for (let i = 0; i < count; i++) {
    const characters = plc.getUint32((i + 1) * 4, true) - plc.getUint32(i * 4, true);
    if (characters <= 0) break;
    const fc = plc.getUint32((count + 1) * 4 + i * 8 + 2, true);
    const compressed = (fc & 0x4000_0000) !== 0;
    const offset = fc & 0x3fff_ffff;
    if (modern) pieces.push({ at: compressed ? offset >>> 1 : offset, characters, wide: !compressed });
    else pieces.push({ at: offset, characters, wide: false });
  }
  return pieces;
}

/** [MS-DOC] 2.4.1: paragraph and cell marks, page and column breaks end a paragraph. */
const ENDS = new Set([0x07, 0x0c, 0x0d, 0x0e]);
/** Characters that mean something visible: tab, line break, hyphen that does not break. The others below 0x20 are anchors. */
const VISIBLE: Readonly<Record<number, string>> = { 0x09: ' ', 0x0b: ' ', 0x1e: '-' };

function* paragraphsOf(stream: Uint8Array, pieces: readonly Piece[], length: number, eightBit: number): Generator<DocParagraph> {
  const fields = fieldState();
  let text = '';
  let place: { at: number; length: number } | null = null;
  for (const run of runsOf(stream, pieces, length, eightBit)) {
    place ??= { at: run.at, length: 0 };
    if (place.at + place.length === run.at) place.length += run.length;
    if (!fields.hides(run.mark)) text += run.mark === null ? run.text : (VISIBLE[run.mark] ?? '');
    if (run.mark === null || !ENDS.has(run.mark)) continue;
    if (text.trim() !== '') yield { text, ...place };
    text = '';
    place = null;
  }
  if (text.trim() !== '' && place) yield { text, ...place };
}

const FIELD = { begin: 0x13, separator: 0x14, end: 0x15 } as const;
/** Deeper fields are hostile. */
const MAX_FIELD_DEPTH = 1000;

/** Between the beginning of a field and its separator stands the instruction, not the text. [MS-DOC] 2.8.25. */
function fieldState(): { hides(mark: number | null): boolean } {
  const inInstruction: boolean[] = [];
  let hidden = 0;
  return {
    hides(mark) {
      if (mark === FIELD.begin && inInstruction.length < MAX_FIELD_DEPTH) {
        inInstruction.push(true);
        hidden++;
      } else if (mark === FIELD.separator && inInstruction.at(-1) === true) {
        inInstruction[inInstruction.length - 1] = false;
        hidden--;
      } else if (mark === FIELD.end && inInstruction.pop() === true) hidden--;
      return hidden > 0;
    },
  };
}

/** Plain characters, or one control character; `at` and `length` in bytes of the stream. */
interface Run {
  readonly text: string;
  readonly mark: number | null;
  readonly at: number;
  readonly length: number;
}

/** Characters decoded at once. */
const CHUNK = 65_536;

/** The text in the order of the pieces, up to `length` characters and never more than the stream has: pieces may overlap. */
function* runsOf(stream: Uint8Array, pieces: readonly Piece[], length: number, eightBit: number): Generator<Run> {
  let left = Math.min(length, stream.byteLength);
  for (const piece of pieces) {
    const width = piece.wide ? 2 : 1;
    let characters = Math.min(piece.characters, left);
    for (let from = piece.at; characters > 0 && from < stream.byteLength; from += CHUNK * width) {
      const n = Math.min(CHUNK, characters);
      const bytes = sliceOf(stream, from, n * width);
      const chunk = piece.wide
        ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength & ~1).toString('utf16le')
        : decodeCodePage(bytes, eightBit);
      yield* splitAtMarks(chunk, from, width);
      characters -= n;
      left -= n;
    }
  }
}

function* splitAtMarks(chunk: string, from: number, width: number): Generator<Run> {
  let begun = 0;
  for (let i = 0; i <= chunk.length; i++) {
    const c = i < chunk.length ? chunk.charCodeAt(i) : 0;
    if (c >= 0x20) continue;
    if (i > begun) yield { text: chunk.slice(begun, i), mark: null, at: from + begun * width, length: (i - begun) * width };
    if (i < chunk.length) yield { text: '', mark: c, at: from + i * width, length: width };
    begun = i + 1;
  }
}
