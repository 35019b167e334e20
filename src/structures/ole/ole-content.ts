import type { Locator, Passage } from '../../model/claim.ts';
import type { Limits } from '../../model/input.ts';
import { type Cfb, type CfbEntry, streamOf } from './cfb.ts';
import { docText } from './doc-text.ts';
import { PPT_STREAM, pptFile } from './ppt-edits.ts';
import { hasEncryptedSlides, LOCKED_SUMMARY } from './ppt-lock.ts';
import { pptParagraphs } from './ppt-text.ts';
import type { XlsStream } from './xls-claims.ts';
import { rawCells } from './xls-raw.ts';
import { columnLetters, type XlsCell, xlsCells, xlsGlobals } from './xls.ts';

/** Names of a workbook's stream: Excel 97 and later, Excel 5 and 95. A file written for both has both. */
const WORKBOOKS = ['Workbook', 'Book'];

export interface OleWorkbook extends XlsStream {
  readonly entry: CfbEntry;
}

/** The workbook of the file, the newer one where there are two; null where there is none. */
export function workbookOf(cfb: Cfb, codePage: number): OleWorkbook | null {
  for (const name of WORKBOOKS) {
    const entry = cfb.entry(name);
    const stream = entry && cfb.read(entry);
    if (entry && stream) return { entry, path: entry.path, stream, globals: xlsGlobals(stream, codePage) };
  }
  return null;
}

export interface OleContent {
  readonly encrypted: boolean;
  /** The text is longer than the budget: the passages are its beginning. */
  readonly cut: boolean;
  /** In reading order: sheets as in the workbook, cells by row and column; or paragraphs. */
  readonly passages: readonly Passage[];
}

/** Composed (NFC), white space folded: what two programs store differently and nobody sees. */
const normalised = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Cells of a workbook, paragraphs of a Word document or of slides; nothing for other files. `codePage` decodes what comes before Office 97. */
export function oleContent(cfb: Cfb, limits: Limits, workbook: OleWorkbook | null, codePage: number): OleContent {
  if (workbook) {
    const { entry, stream, globals } = workbook;
    return cellsOf(xlsCells(stream, globals, codePage), globals.encrypted, limits, (at, length) => placeOf(cfb, entry, at, length));
  }
  const entry = cfb.entry('WordDocument');
  const stream = entry && cfb.read(entry);
  const text = stream && docText(stream, (name) => streamOf(cfb, name), codePage);
  if (entry && text) {
    const paragraphs = paragraphsOf(
      text.paragraphs(),
      limits,
      (n) => `paragraph ${n}`,
      (p) => placeOf(cfb, entry, p.at, p.length),
    );
    return { encrypted: text.encrypted, ...paragraphs };
  }
  if (cfb.entry(LOCKED_SUMMARY) !== null || hasEncryptedSlides(cfb)) return { encrypted: true, cut: false, passages: [] };
  return { encrypted: false, ...slidesOf(cfb, limits) };
}

/** Cells of a workbook that is a file by itself. */
export const rawContent = (workbook: XlsStream, limits: Limits): OleContent =>
  cellsOf(rawCells(workbook), workbook.globals.encrypted, limits, (offset, length) => ({ in: 'bytes', offset, length }));

function slidesOf(cfb: Cfb, limits: Limits): Pick<OleContent, 'cut' | 'passages'> {
  const entry = cfb.entry(PPT_STREAM);
  const file = entry && pptFile(cfb);
  if (!entry || !file) return { cut: false, passages: [] };
  return paragraphsOf(
    pptParagraphs(file),
    limits,
    (_, p) => (p.isNote ? `notes of slide ${p.slide}` : `slide ${p.slide}`),
    (p) => placeOf(cfb, entry, p.at, p.length),
    (p) => (p.isNote ? 'note' : 'paragraph'),
  );
}

function paragraphsOf<P extends { readonly text: string }>(
  paragraphs: Iterable<P>,
  limits: Limits,
  labelled: (number: number, p: P) => string,
  place: (p: P) => Locator,
  role: (p: P) => 'paragraph' | 'note' = () => 'paragraph',
): Pick<OleContent, 'cut' | 'passages'> {
  const budget = budgetOf(limits);
  const passages: Passage[] = [];
  for (const p of paragraphs) {
    const text = normalised(p.text);
    const label = labelled(passages.length + 1, p);
    if (text === '') continue;
    if (!budget.takes(label, text)) return { cut: true, passages };
    passages.push({ role: role(p), label, text, address: place(p) });
  }
  return { cut: false, passages };
}

function cellsOf(found: Iterable<XlsCell>, encrypted: boolean, limits: Limits, place: (at: number, length: number) => Locator): OleContent {
  const budget = budgetOf(limits);
  const cells: XlsCell[] = [];
  let cut = false;
  for (const cell of found) {
    const text = normalised(cell.text);
    if (text === '') continue;
    cut = !budget.takes(labelOf(cell), text);
    if (cut) break;
    cells.push({ ...cell, text });
  }
  // Excel stores rows in blocks and formulas' texts apart: the reader wants them as they are read.
  cells.sort((a, b) => a.sheetIndex - b.sheetIndex || a.row - b.row || a.column - b.column);
  const passages = cells.map((cell): Passage => ({ role: 'cell', label: labelOf(cell), text: cell.text, address: place(cell.at, cell.length) }));
  return { encrypted, cut, passages };
}

const labelOf = (cell: XlsCell): string => `${cell.sheet}!${columnLetters(cell.column)}${cell.row + 1}`;

/** Labels count too: a million cells of one digit are not a megabyte. */
function budgetOf(limits: Limits): { takes(label: string, text: string): boolean } {
  let left = limits.maxTextBytes;
  return {
    takes(label, text) {
      left -= Buffer.byteLength(label) + Buffer.byteLength(text);
      return left >= 0;
    },
  };
}

/** The bytes of the file where a part of a stream begins, as far as they are contiguous. */
function placeOf(cfb: Cfb, entry: CfbEntry, at: number, length: number): Locator {
  const place = cfb.place(entry, at);
  return { in: 'bytes', offset: place?.offset ?? 0, length: Math.min(length, place?.contiguous ?? 0) };
}
