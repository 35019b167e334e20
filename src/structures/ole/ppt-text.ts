import { PPT, pptDescendants, pptRecord, type PptRecord, pptRecords, wideText } from './ppt-record.ts';
import type { PptFile } from './ppt-edits.ts';
import { viewOf } from '../little-endian.ts';

/** One paragraph of a slide, without the fields that are computed when it is seen. */
export interface PptParagraph {
  /** From 1, in the order of the show. */
  readonly slide: number;
  /** The speaker's notes to the slide, and not the slide. */
  readonly isNote: boolean;
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

/** The paragraphs of the slides in the order of the show and, on a slide, of the drawing, and behind them all notes: what a pptx of the same slides has. */
export function* pptParagraphs(file: PptFile): Generator<PptParagraph> {
  let slide = 0;
  const numbers = new Map<number, number>();
  for (const { id, container, outline } of slidesOf(file)) {
    slide++;
    if (id !== null && !numbers.has(id)) numbers.set(id, slide);
    if (container) yield* paragraphsOf(file, container, outline, { slide, isNote: false });
  }
  yield* notesOf(file, numbers);
}

/** Notes by [MS-PPT] 2.4.14.6 NotesListWithTextContainer; each names its slide in a NotesAtom (2.5.12). */
function* notesOf(file: PptFile, numbers: ReadonlyMap<number, number>): Generator<PptParagraph> {
  const { stream, document, object } = file;
  const seen = new Set<number>();
  for (const list of document ? pptRecords(stream, document.from, document.to) : []) {
    if (list.type !== PPT.slideList || list.instance !== NOTES) continue;
    for (const record of pptRecords(stream, list.from, list.to)) {
      const notes = record.type === PPT.slidePersist && record.to - record.from >= 4 ? object(viewOf(stream).getUint32(record.from, true)) : null;
      if (notes?.type !== PPT.notes || seen.has(notes.at)) continue;
      seen.add(notes.at);
      const atom = pptRecord(stream, notes.from, notes.to);
      const slide = atom?.type === PPT.notesAtom && atom.to - atom.from >= 4 ? numbers.get(viewOf(stream).getUint32(atom.from, true)) : undefined;
      if (slide !== undefined) yield* paragraphsOf(file, notes, [], { slide, isNote: true });
    }
  }
}

function* paragraphsOf(
  { stream }: PptFile,
  container: PptRecord,
  outline: readonly Shape[],
  whose: Pick<PptParagraph, 'slide' | 'isNote'>,
): Generator<PptParagraph> {
  for (const { atom, text } of shapesOf(stream, pptDescendants(stream, container), outline)) {
    for (const paragraph of text.split('\r')) yield { ...whose, text: paragraph.replaceAll('\u000b', ' '), at: atom.at, length: atom.to - atom.at };
  }
}

/** Which list of the document holds the notes. */
const NOTES = 2;

interface Slide {
  /** By which its notes name it. */
  readonly id: number | null;
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
      const id = persist.to - persist.from >= 16 ? viewOf(stream).getUint32(persist.from + 12, true) : null;
      if (container?.type !== PPT.slide || seen.has(container.at)) return [{ id, container: null, outline: [] }];
      seen.add(container.at);
      return [{ id, container, outline: [...shapesOf(stream, pptRecords(stream, from, to), [])] }];
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
