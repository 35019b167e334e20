import { createHash } from 'node:crypto';
import { fontDecoder, type FontDecoder } from './fonts.ts';
import type { PdfView } from './objects.ts';
import type { PdfPage } from './pages.ts';
import { readValue } from './syntax.ts';
import { type Cursor, cursorAt, isWhite, type Keyword, nextToken } from './tokens.ts';
import { isArray, isDict, isStream, isString, nameOf, type PdfDict, type PdfStream, type PdfValue } from './values.ts';

/** What a page shows, as far as its operators tell. */
export interface PageContent {
  /** Lines of shown text, in the order in which they are drawn. */
  readonly text: string;
  /** Codes that were shown and that no font could put into text. */
  readonly unknown: number;
  /** Digests of the images it draws, in order, of their stored bytes. */
  readonly images: readonly string[];
  /** Times it fills, strokes or shades a path or area. */
  readonly paints: number;
  /** True where a limit cut it short. */
  readonly isCut: boolean;
}

const MAX_FORM_DEPTH = 12;
/** Operators of one page, with the forms it draws: a form that draws a form ten times, twelve deep, would never end. */
const MAX_OPERATORS = 2_000_000;
/** In thousandths of the font's size: a wider gap between two strings is a blank. */
const WORD_GAP = -180;

const PAINTING: ReadonlySet<string> = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh']);

interface Drawing {
  readonly view: PdfView;
  readonly fonts: Map<PdfDict, FontDecoder>;
  /** Decoded forms and digests of images: a map draws one symbol a thousand times. */
  readonly forms: Map<PdfStream, Uint8Array | null>;
  readonly digests: Map<PdfStream, string>;
  readonly maxBytes: number;
  text: string;
  images: string[];
  paints: number;
  operators: number;
  isCut: boolean;
}

interface State {
  readonly resources: PdfDict | null;
  readonly depth: number;
  font: FontDecoder | null;
  readonly saved: (FontDecoder | null)[];
  lineY: number | null;
}

const newLine = (d: Drawing): void => {
  if (d.text !== '' && !d.text.endsWith('\n')) d.text += '\n';
};
const blank = (d: Drawing): void => {
  if (d.text !== '' && !/\s$/.test(d.text)) d.text += ' ';
};

function resource(d: Drawing, s: State, category: string, name: PdfValue | undefined): PdfValue {
  const group = d.view.resolve(s.resources?.get(category));
  const key = nameOf(name);
  return isDict(group) && key !== null ? (group.get(key) ?? null) : null;
}

function setFont(d: Drawing, s: State, name: PdfValue | undefined): void {
  const font = d.view.resolve(resource(d, s, 'Font', name));
  if (!isDict(font)) {
    s.font = null;
    return;
  }
  const known = d.fonts.get(font);
  s.font = known ?? fontDecoder(d.view, font);
  if (!known) d.fonts.set(font, s.font);
}

function show(d: Drawing, s: State, value: PdfValue | undefined): void {
  if (d.text.length > d.maxBytes) d.isCut = true;
  if (d.isCut) return;
  if (isString(value)) d.text += s.font ? s.font(value.bytes) : '\ufffd'.repeat(value.bytes.length);
  else if (isArray(value)) {
    for (const item of value) {
      if (typeof item === 'number' && item < WORD_GAP) blank(d);
      else if (isString(item)) show(d, s, item);
    }
  }
}

/** Text goes on in its line unless the place it is set to is another line's. */
function moveTo(d: Drawing, s: State, y: PdfValue | undefined): void {
  if (typeof y !== 'number') return;
  if (s.lineY !== null && Math.abs(y - s.lineY) < 0.5) blank(d);
  else newLine(d);
  s.lineY = y;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

function drawObject(d: Drawing, s: State, name: PdfValue | undefined): void {
  const object = d.view.resolve(resource(d, s, 'XObject', name));
  if (!isStream(object)) return;
  if (nameOf(object.dict.get('Subtype')) === 'Image') {
    const digest = d.digests.get(object) ?? digestOf(d.view.stored(object));
    d.digests.set(object, digest);
    d.images.push(digest);
    return;
  }
  if (s.depth >= MAX_FORM_DEPTH) return;
  const own = d.view.resolve(object.dict.get('Resources'));
  if (!d.forms.has(object)) {
    const decoded = d.view.decode(object, d.maxBytes);
    d.forms.set(object, decoded.ok ? decoded.bytes : null);
  }
  const bytes = d.forms.get(object);
  if (bytes) run(d, { resources: isDict(own) ? own : s.resources, depth: s.depth + 1, font: s.font, saved: [], lineY: null }, bytes);
}

/** BI … ID … EI (ISO 32000-2 8.9.7): the image ends at an EI that stands alone. */
function inlineImage(d: Drawing, c: Cursor): void {
  for (let t = nextToken(c); t !== null; t = nextToken(c)) if (typeof t === 'object' && t.kind === 'keyword' && t.word === 'ID') break;
  const from = c.pos + 1;
  let to = from;
  while (
    to < c.buf.length &&
    !(isWhite(c.buf[to]) && c.buf[to + 1] === 0x45 && c.buf[to + 2] === 0x49 && (to + 3 >= c.buf.length || isWhite(c.buf[to + 3])))
  )
    to++;
  d.images.push(digestOf(c.buf.subarray(from, to)));
  c.pos = Math.min(c.buf.length, to + 3);
}

/** The operators that move text and show it (ISO 32000-2 9.4). */
function textOperator(d: Drawing, s: State, word: string, operands: readonly PdfValue[]): void {
  const last = operands.at(-1);
  switch (word) {
    case 'Tf':
      return setFont(d, s, operands.at(-2));
    case 'Tj':
    case 'TJ':
      return show(d, s, last);
    case "'":
    case '"':
      newLine(d);
      return show(d, s, last);
    case 'Td':
    case 'TD':
      return typeof last === 'number' && last !== 0 ? moveTo(d, s, (s.lineY ?? 0) + last) : blank(d);
    case 'T*':
      return newLine(d);
    case 'Tm':
      return moveTo(d, s, last);
    case 'BT':
      s.lineY ??= 0;
      return;
    default:
  }
}

function operator(d: Drawing, s: State, c: Cursor, word: string, operands: readonly PdfValue[]): void {
  if (PAINTING.has(word)) d.paints++;
  else if (word === 'Do') drawObject(d, s, operands.at(-1));
  else if (word === 'BI') inlineImage(d, c);
  else if (word === 'q' && s.saved.length < 512) s.saved.push(s.font);
  else if (word === 'Q') s.font = s.saved.pop() ?? s.font;
  else textOperator(d, s, word, operands);
}

const OPENING: ReadonlySet<string> = new Set(['[', '<<']);

function run(d: Drawing, s: State, data: Uint8Array): void {
  const c = cursorAt(data);
  let operands: PdfValue[] = [];
  for (;;) {
    const before = c.pos;
    const t = nextToken(c);
    if (t === null) return;
    const word = typeof t === 'object' && t.kind === 'keyword' ? t.word : null;
    if (word === null) operands.push(t as Exclude<typeof t, Keyword>);
    else if (OPENING.has(word)) {
      c.pos = before;
      operands.push(readValue(c));
    } else {
      if (++d.operators > MAX_OPERATORS) d.isCut = true;
      if (d.isCut) return;
      operator(d, s, c, word, operands);
      operands = [];
    }
    if (operands.length > 256) operands = operands.slice(-64);
  }
}

interface Operators {
  readonly bytes: Uint8Array;
  /** Some of it unpacks to more than there is room for. */
  readonly isCut: boolean;
}

function contentBytes(view: PdfView, contents: PdfValue | undefined, maxBytes: number): Operators {
  const value = view.resolve(contents);
  let isCut = false;
  const parts: Uint8Array[] = [];
  let left = maxBytes;
  for (const part of isArray(value) ? value.slice(0, 10_000) : [value]) {
    const stream = view.resolve(part);
    const decoded = isStream(stream) ? view.decode(stream, left) : null;
    if (!decoded?.ok) {
      isCut ||= decoded?.why === 'limit';
      continue;
    }
    // The parts of an array are one stream with white space between (ISO 32000-2 7.8.2).
    parts.push(decoded.bytes, Uint8Array.of(10));
    left -= decoded.bytes.length;
  }
  return { bytes: Buffer.concat(parts), isCut };
}

/** Lines without blanks at their ends, and no empty ones. */
const tidy = (text: string): string =>
  text
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();

/** What a page draws, of at most `maxBytes` of operators. Never throws on any content. */
export function pageContent(view: PdfView, page: PdfPage, maxBytes: number): PageContent {
  const d: Drawing = {
    view,
    fonts: new Map(),
    forms: new Map(),
    digests: new Map(),
    maxBytes,
    text: '',
    images: [],
    paints: 0,
    operators: 0,
    isCut: false,
  };
  const { bytes, isCut } = contentBytes(view, page.dict.get('Contents'), maxBytes);
  run(d, { resources: page.resources, depth: 0, font: null, saved: [], lineY: null }, bytes);
  const known = d.text.replaceAll('\ufffd', '');
  return { text: tidy(known), unknown: d.text.length - known.length, images: d.images, paints: d.paints, isCut: d.isCut || isCut };
}
