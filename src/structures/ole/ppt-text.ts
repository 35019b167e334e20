import { viewOf } from './biff.ts';
import { PPT, pptDescendants, type PptRecord, pptRecords, wideText } from './ppt-record.ts';
import type { PptFile } from './ppt-edits.ts';

/** One paragraph of a slide, without the fields that are computed when it is seen. */
export interface PptParagraph {
  /** From 1, in the order of the show. */
  readonly slide: number;
  readonly text: string;
  /** The text atom's header in the stream, and its length with it. */
  readonly at: number;
  readonly length: number;
}

interface Shape {
  readonly atom: PptRecord;
  text: string;
}

/** Positions of fields, each a '*' in the text: [MS-PPT] 2.9.47 to 2.9.53. */
const FIELDS = new Set<number>([PPT.slideNumber, PPT.dateTime, PPT.genericDate, PPT.header, PPT.footer, PPT.rtfDateTime]);
/** Fields of one text: each cut costs a copy of it. */
const MAX_FIELDS = 100;

/** The paragraphs of the slides in the order of the show and, on a slide, of the drawing: what a pptx of the same slides has. */
export function* pptParagraphs(file: PptFile): Generator<PptParagraph> {
  let slide = 0;
  for (const { container, outline } of slidesOf(file)) {
    slide++;
    if (!container) continue;
    for (const { atom, text } of shapesOf(file.stream, pptDescendants(file.stream, container), outline)) {
      for (const paragraph of text.split('\r')) yield { slide, text: paragraph.replaceAll('\u000b', ' '), at: atom.at, length: atom.to - atom.at };
    }
  }
}

interface Slide {
  readonly container: PptRecord | null;
  /** Texts of its placeholders, which stand in the document's list and not in the slide. */
  readonly outline: readonly Shape[];
}

/** Slides by [MS-PPT] 2.4.14.3 SlideListWithTextContainer. A slide that is named twice counts once. */
function* slidesOf({ stream, document, object }: PptFile): Generator<Slide> {
  if (!document) return;
  const seen = new Set<number>();
  for (const list of pptRecords(stream, document.from, document.to)) {
    if (list.type !== PPT.slideList || list.instance !== 0) continue;
    let persist: PptRecord | null = null;
    let from = list.from;
    const slide = (to: number): Slide[] => {
      if (!persist || persist.to - persist.from < 4) return [];
      const container = object(viewOf(stream).getUint32(persist.from, true));
      if (container?.type !== PPT.slide || seen.has(container.at)) return [{ container: null, outline: [] }];
      seen.add(container.at);
      return [{ container, outline: [...shapesOf(stream, pptRecords(stream, from, to), [])] }];
    };
    for (const record of pptRecords(stream, list.from, list.to)) {
      if (record.type !== PPT.slidePersist) continue;
      yield* slide(record.at);
      persist = record;
      from = record.to;
    }
    yield* slide(list.to);
  }
}

/** Texts in the order of their atoms; the fields behind an atom belong to it. */
function* shapesOf(stream: Uint8Array, records: Iterable<PptRecord>, outline: readonly Shape[]): Generator<Shape> {
  let shape: Shape | null = null;
  let fields: number[] = [];
  const used = new Set<number>();
  const done = function* (): Generator<Shape> {
    if (shape) yield { atom: shape.atom, text: without(shape.text, fields) };
    shape = null;
    fields = [];
  };
  for (const record of records) {
    if (record.type === PPT.textHeader || record.type === PPT.clientTextbox) yield* done();
    else if (record.type === PPT.textChars) shape = { atom: record, text: wideText(stream, record) };
    else if (record.type === PPT.textBytes) shape = { atom: record, text: narrowText(stream, record) };
    else if (record.type === PPT.outlineTextRef && record.to - record.from >= 4) {
      yield* done();
      const n = viewOf(stream).getUint32(record.from, true);
      const named = used.has(n) ? undefined : outline[n];
      // Each belongs to one shape: a hostile slide might name a long one a million times.
      used.add(n);
      if (named) yield named;
    } else if (FIELDS.has(record.type) && record.to - record.from >= 4 && fields.length < MAX_FIELDS)
      fields.push(viewOf(stream).getUint32(record.from, true));
  }
  yield* done();
}

/** One byte a character: Unicode below 256. [MS-PPT] 2.9.42. */
const narrowText = (stream: Uint8Array, r: PptRecord): string =>
  Buffer.from(stream.buffer, stream.byteOffset + r.from, r.to - r.from).toString('latin1');

function without(text: string, positions: readonly number[]): string {
  let kept = text;
  for (const at of [...positions].sort((a, b) => b - a)) if (kept[at] === '*') kept = kept.slice(0, at) + kept.slice(at + 1);
  return kept;
}
