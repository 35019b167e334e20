import type { Ooxml } from './package.ts';
import type { TextSink } from './text-sink.ts';
import { columnLetters } from '../ole/xls.ts';
import type { XmlElement } from '../xml.ts';

/** Cells of all sheets, hidden ones too: values as stored, the results of formulas and not their text. */
export function excelText(ooxml: Ooxml, main: string, sink: TextSink): void {
  const sheets = new Map<string, string>();
  const targets = new Map(ooxml.relationships(main).map((r) => [r.id, r]));
  sink.visit(main, {
    open(e) {
      if (e.local !== 'sheet') return;
      const id = e.attributes.find((a) => a.local === 'id' && a.uri.endsWith('/relationships'))?.value ?? '';
      const target = targets.get(id);
      if (target?.type === 'worksheet' && target.part !== null && !sheets.has(target.part)) sheets.set(target.part, attribute(e, 'name'));
    },
  });
  const strings = sharedStrings(ooxml.related(main, 'sharedStrings'), sink);
  for (const [part, name] of sheets) sheetText(name, part, strings, sink);
}

const attribute = (e: XmlElement, local: string): string => e.attributes.find((a) => a.local === local)?.value ?? '';

/** Rich text comes in runs; readings of Japanese words (rPh) are no part of it (ECMA-376-1 18.4.6). */
function sharedStrings(part: string | null, sink: TextSink): readonly string[] {
  const strings: string[] = [];
  let text = '';
  let reading = 0;
  if (part === null) return strings;
  sink.visit(part, {
    open(e) {
      if (e.local === 'si') text = '';
      if (e.local === 'rPh') reading++;
    },
    close(e, inner) {
      if (e.local === 'rPh') reading--;
      if (e.local === 't' && reading === 0) text += inner;
      if (e.local === 'si') strings.push(unescaped(text));
    },
  });
  return strings;
}

/** '_x000D_' for a character that XML cannot hold or that Excel does not trust it with (ECMA-376-1 22.9.2.19). */
const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;

interface Cell {
  readonly element: XmlElement;
  readonly type: string;
  readonly row: number;
  readonly column: number;
  value: string;
  inline: string;
}

/** More columns than a sheet has. */
const ROW = 100_000;

function sheetText(name: string, part: string, strings: readonly string[], sink: TextSink): void {
  let cell: Cell | null = null;
  let row = 0;
  let column = 0;
  let reading = 0;
  const from = sink.passages.length;
  const places: number[] = [];
  const write = (c: Cell): void => {
    sink.add('cell', `${name}!${columnLetters(c.column - 1)}${c.row}`, textOf(c, strings), {
      in: 'xml',
      part,
      element: c.element.name,
      nth: c.element.nth,
    });
    if (from + places.length < sink.passages.length) places.push(c.row * ROW + c.column);
  };
  sink.visit(part, {
    open(e) {
      if (e.local === 'row') {
        row = Number(attribute(e, 'r')) || row + 1;
        column = 0;
      } else if (e.local === 'c') {
        // References may be left out: then a cell follows the one before it (ECMA-376-1 18.3.1.4).
        const place = placeOf(attribute(e, 'r')) ?? { row, column: column + 1 };
        ({ row, column } = place);
        cell = { element: e, type: attribute(e, 't'), ...place, value: '', inline: '' };
      } else if (e.local === 'rPh') reading++;
    },
    close(e, inner) {
      if (e.local === 'rPh') reading--;
      if (!cell) return;
      if (e.local === 'v') cell.value = inner;
      else if (e.local === 't' && reading === 0) cell.inline += inner;
      else if (e.local === 'c') {
        write(cell);
        cell = null;
      }
    },
  });
  // Excel writes cells in order; a writer that does not must not make another text of them.
  if (places.some((place, i) => i > 0 && place < (places[i - 1] ?? 0))) reorder(sink, from, places);
}

function reorder(sink: TextSink, from: number, places: readonly number[]): void {
  const added = sink.passages.splice(from).map((passage, i) => ({ passage, place: places[i] ?? 0 }));
  added.sort((a, b) => a.place - b.place);
  for (const { passage } of added) sink.passages.push(passage);
}

/** 'BC17' -> row 17, column 55, both from 1; null where it is no reference. */
function placeOf(reference: string): { readonly row: number; readonly column: number } | null {
  let column = 0;
  let at = 0;
  for (; at < 3 && at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 0x40;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  const digits = reference.slice(at);
  return column > 0 && /^[1-9]\d{0,6}$/.test(digits) ? { row: Number(digits), column } : null;
}

/** As another Excel would show the same value: '12.50' and '1.25E1' are one number, shared and inline strings one text. */
function textOf({ type, value, inline }: Cell, strings: readonly string[]): string {
  switch (type) {
    case 's':
      return strings[Number(value)] ?? '';
    case 'inlineStr':
      return unescaped(inline);
    case 'str':
      return unescaped(value);
    case '':
    case 'n':
      return value.trim() === '' || Number.isNaN(Number(value)) ? value : String(Number(value));
    default:
      return value;
  }
}
