import { parseIso, wallMs } from '../../model/time.ts';
import { addressOf, paragraphReader } from './paragraphs.ts';
import type { TextSink } from '../ooxml/text-sink.ts';
import { columnLetters } from '../ole/xls.ts';
import type { XmlElement, XmlVisitor } from '../xml.ts';

/** No program has more rows and columns; repetitions beyond are made to exhaust. */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
const DAY_MS = 86_400_000;
/** Day 0 of the serial numbers of Excel and LibreOffice. */
const DAY_0 = Date.UTC(1899, 11, 30);

interface Cell {
  readonly element: XmlElement;
  readonly column: number;
  readonly repeated: number;
  readonly paragraphs: string[];
}

const attribute = (e: XmlElement, local: string): string => e.attributes.find((a) => a.local === local)?.value ?? '';
const repetitions = (e: XmlElement, name: string, most: number): number => Math.min(Math.max(1, Math.trunc(Number(attribute(e, name))) || 1), most);

/** Values as the reader of Excel's workbooks gives them, so that a copy saved in the other format has the same cells. `sheets` receives the tables. */
export function odfCells(sink: TextSink, sheets: XmlElement[], part: string): XmlVisitor {
  let depth = 0;
  let sheet = '';
  let row = { from: 0, repeated: 1 };
  let column = 0;
  let cells: { cell: Cell; text: string }[] = [];
  let cell: Cell | null = null;
  const paragraphs = paragraphReader((text) => cell?.paragraphs.push(text));
  const writeRow = (): void => {
    for (let r = 0; r < row.repeated && cells.length > 0; r++)
      for (const { cell: c, text } of cells)
        for (let i = 0; i < c.repeated; i++)
          sink.add('cell', `${sheet}!${columnLetters(c.column + i)}${row.from + r + 1}`, text, addressOf(c.element, part));
    row = { from: row.from + row.repeated, repeated: 1 };
    cells = [];
  };
  return {
    ...paragraphs,
    open(e) {
      paragraphs.open(e);
      if (e.local === 'table' && ++depth === 1) {
        sheet = attribute(e, 'name');
        row = { from: 0, repeated: 1 };
        if (!isCache(sheet)) sheets.push(e);
      }
      if (depth !== 1) return;
      if (e.local === 'table-row') {
        row = { from: row.from, repeated: repetitions(e, 'number-rows-repeated', MAX_ROWS - row.from) };
        column = 0;
      } else if (isCell(e)) {
        const repeated = repetitions(e, 'number-columns-repeated', MAX_COLUMNS - column);
        cell = { element: e, column, repeated, paragraphs: [] };
        column += repeated;
      }
    },
    close(e) {
      paragraphs.close(e);
      if (depth === 1 && isCell(e) && cell) {
        const text = isCache(sheet) ? '' : textOf(cell);
        if (text !== '' && cell.column < MAX_COLUMNS) cells.push({ cell, text });
        cell = null;
      } else if (depth === 1 && e.local === 'table-row') writeRow();
      if (e.local === 'table') depth--;
    },
  };
}

const isCell = (e: XmlElement): boolean => e.local === 'table-cell' || e.local === 'covered-table-cell';
/** LibreOffice keeps cells of other files, to which formulas refer, in tables with such names. */
const isCache = (sheet: string): boolean => /^'(?:file|https?|\\\\)/i.test(sheet);

/** The number behind what is shown; the shown text where there is none. */
function textOf({ element, paragraphs }: Cell): string {
  const type = attribute(element, 'value-type');
  const value = attribute(element, 'value');
  const shown = paragraphs.join('\n');
  if (type === 'float' || type === 'percentage' || type === 'currency')
    return value.trim() === '' || Number.isNaN(Number(value)) ? shown : String(Number(value));
  if (type === 'boolean') return attribute(element, 'boolean-value') === 'true' ? '1' : '0';
  if (type === 'date') return serialDate(attribute(element, 'date-value')) ?? shown;
  if (type === 'time') return serialTime(attribute(element, 'time-value')) ?? shown;
  return attribute(element, 'string-value') || shown;
}

/** Fifteen digits, as spreadsheets calculate. */
const serial = (days: number): string => String(Number(days.toPrecision(15)));

/** An ISO date as the number of days that spreadsheets store; null where it is none. */
export function serialDate(raw: string): string | null {
  const time = parseIso(raw);
  if (!time) return null;
  return serial(((time.kind === 'wall' ? wallMs(time) : time.epochMs) - DAY_0) / DAY_MS);
}

/** 'PT36H30M00S' -> 1.52083333333333: a part of a day, or days. */
function serialTime(raw: string): string | null {
  const m = /^PT(\d{1,9})H(\d{1,2})M(\d{1,2}(?:[.,]\d{1,9})?)S$/.exec(raw.trim());
  return m ? serial((Number(m[1]) * 3600 + Number(m[2]) * 60 + Number(m[3]?.replace(',', '.'))) / 86_400) : null;
}
