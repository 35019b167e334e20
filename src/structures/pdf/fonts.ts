import { textOfGlyph } from './glyphs.data.ts';
import type { PdfView } from './objects.ts';
import { readValue } from './syntax.ts';
import { type Cursor, cursorAt, nextToken, type Token } from './tokens.ts';
import { isArray, isDict, isStream, isString, nameOf, type PdfDict, type PdfValue } from './values.ts';

/** What the codes of a shown string read as; '\ufffd' for each code nothing is known of. */
export type FontDecoder = (codes: Uint8Array) => string;

const UNKNOWN = '\ufffd';
const MAX_CMAP_BYTES = 4 * 1024 ** 2;
const MAX_MAPPINGS = 70_000;

const codeOf = (bytes: Uint8Array): number => bytes.reduce((n, b) => n * 256 + b, 0);
const utf16 = (bytes: Uint8Array): string => new TextDecoder('utf-16be').decode(bytes);
/** Bytes of the text of one code: a ligature has six, a file made to fill memory has millions. */
const MAX_CODE_TEXT = 64;
const textOfCode = (bytes: Uint8Array): string => utf16(bytes.subarray(0, MAX_CODE_TEXT));

interface CMap {
  /** Bytes of one code. */
  width: number;
  readonly text: Map<number, string>;
}

const isWord = (t: Token | null, word: string): boolean => typeof t === 'object' && t?.kind === 'keyword' && t.word === word;

/** One line of a range: to one text that counts on, or to a text each. */
function addRange(map: CMap, low: number, high: number, to: PdfValue): void {
  const last = Math.min(high, low + MAX_MAPPINGS - map.text.size);
  if (isArray(to)) for (const [i, t] of to.entries()) if (low + i <= last && isString(t)) map.text.set(low + i, textOfCode(t.bytes));
  if (!isString(to) || to.bytes.length === 0) return;
  const bytes = Uint8Array.from(to.bytes.subarray(0, MAX_CODE_TEXT));
  const tail = bytes.length - 1;
  for (let code = low; code <= last; code++) {
    map.text.set(code, textOfCode(bytes));
    // ISO 32000-2 9.10.3: only the last byte counts on; a range that overflows it is malformed and read on as most viewers do.
    const carried = ((bytes[tail] as number) + 1) & 0xff;
    bytes[tail] = carried;
    if (carried === 0 && tail > 0) bytes[tail - 1] = ((bytes[tail - 1] as number) + 1) & 0xff;
  }
}

const bytesOfString = (t: Token | null): Uint8Array | null => (typeof t === 'object' && t?.kind === 'string' ? t.bytes : null);

function readCharacters(c: Cursor, map: CMap): void {
  for (let code = bytesOfString(nextToken(c)); code && map.text.size < MAX_MAPPINGS; code = bytesOfString(nextToken(c))) {
    const to = readValue(c);
    if (isString(to)) map.text.set(codeOf(code), textOfCode(to.bytes));
  }
}

function readRanges(c: Cursor, map: CMap): void {
  for (let low = bytesOfString(nextToken(c)); low && map.text.size < MAX_MAPPINGS; low = bytesOfString(nextToken(c))) {
    const high = bytesOfString(nextToken(c));
    const to = readValue(c);
    if (high) addRange(map, codeOf(low), codeOf(high), to);
  }
}

/** A ToUnicode CMap (ISO 32000-2 9.10.3, Adobe Technical Note 5411). */
export function parseCMap(data: Uint8Array, width: number): CMap {
  const map: CMap = { width, text: new Map() };
  const c = cursorAt(data);
  for (let t = nextToken(c); t !== null; t = nextToken(c)) {
    if (isWord(t, 'begincodespacerange')) map.width = Math.min(4, bytesOfString(nextToken(c))?.length || width);
    else if (isWord(t, 'beginbfchar')) readCharacters(c, map);
    else if (isWord(t, 'beginbfrange')) readRanges(c, map);
  }
  return map;
}

function decoderOf(map: CMap, otherwise: (code: number) => string): FontDecoder {
  return (codes) => {
    let text = '';
    for (let i = 0; i < codes.length; i += map.width) {
      const code = map.width === 1 ? (codes[i] as number) : codeOf(codes.subarray(i, i + map.width));
      text += map.text.get(code) ?? otherwise(code);
    }
    return text;
  };
}

const table = (label: string): string[] => Array.from({ length: 256 }, (_, b) => new TextDecoder(label).decode(Uint8Array.of(b)));
const WIN_ANSI = table('windows-1252');
const MAC_ROMAN = table('macintosh');
/** ISO 32000-2 annex D.2: of StandardEncoding only the two quotes differ from ASCII; its upper half is rare and left out. */
const STANDARD = WIN_ANSI.map((c, b) => (b === 0x27 ? '’' : b === 0x60 ? '‘' : b < 0x80 ? c : UNKNOWN));

const baseTable = (name: string | null, isEmbedded: boolean): readonly string[] =>
  name === 'WinAnsiEncoding' ? WIN_ANSI : name === 'MacRomanEncoding' ? MAC_ROMAN : name === 'StandardEncoding' || isEmbedded ? STANDARD : WIN_ANSI;

function simpleTable(view: PdfView, font: PdfDict): string[] {
  const encoding = view.resolve(font.get('Encoding'));
  const isDifferent = isDict(encoding);
  const base = [...baseTable(isDifferent ? nameOf(view.resolve(encoding.get('BaseEncoding'))) : nameOf(encoding), font.has('FontDescriptor'))];
  const differences = isDifferent ? view.resolve(encoding.get('Differences')) : null;
  let code = 0;
  for (const item of isArray(differences) ? differences.slice(0, 1024) : []) {
    const name = nameOf(item);
    if (typeof item === 'number') code = item;
    else if (name !== null && code < 256) base[code++] = name === '.notdef' ? '' : (textOfGlyph(name) ?? UNKNOWN);
  }
  // What would be a control character is a glyph of a font that counts from 1.
  return base.map((c) => (c >= '\u0000' && c < ' ' ? UNKNOWN : c));
}

/** How a font's codes read: by its ToUnicode map where it has one, else by its encoding. */
export function fontDecoder(view: PdfView, font: PdfDict): FontDecoder {
  const isComposite = nameOf(font.get('Subtype')) === 'Type0';
  const toUnicode = view.resolve(font.get('ToUnicode'));
  const decoded = isStream(toUnicode) ? view.decode(toUnicode, MAX_CMAP_BYTES) : null;
  const map = decoded?.ok ? parseCMap(decoded.bytes, isComposite ? 2 : 1) : null;
  if (isComposite) {
    const encoding = nameOf(view.resolve(font.get('Encoding'))) ?? '';
    if (map && map.text.size > 0) return decoderOf(map, () => UNKNOWN);
    return /UCS2|UTF16/.test(encoding) ? utf16 : decoderOf({ width: 2, text: new Map() }, () => UNKNOWN);
  }
  const simple = simpleTable(view, font);
  const byCode = (code: number): string => simple[code] ?? UNKNOWN;
  // Codes of a simple font are one byte, whatever its map says.
  return decoderOf({ width: 1, text: map?.text ?? new Map<number, string>() }, byCode);
}
