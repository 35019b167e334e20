import { type BiffRecord, biffRecords, sharedStrings, shortUnicodeString, unicodeString, withContinuations } from './biff.ts';
import { decodeCodePage } from '../charset.ts';
import { ERROR_TEXTS, RECORD } from './xls.data.ts';
import { viewOf } from '../little-endian.ts';

/** A cell as it is stored: numbers as the shortest text that gives the number back, dates as their serial numbers. */
export interface XlsCell {
  /** Position of the sheet in the workbook, from 0. */
  readonly sheetIndex: number;
  readonly sheet: string;
  /** From 0. */
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** Where the cell's record stands in the stream, and its length with its header. */
  readonly at: number;
  readonly length: number;
}

/** What comes before the first sheet. */
export interface XlsGlobals {
  /** 8 for Excel 97 and later, 5 for 5.0 and 95, 2 to 4 for those before; 0 where the stream is no workbook. */
  readonly biff: 0 | 2 | 3 | 4 | 5 | 8;
  /** FILEPASS: all record bodies behind it are ciphertext. [MS-XLS] 2.4.117. */
  readonly encrypted: boolean;
  /** Bodies of CODEPAGE, COUNTRY and WRITEACCESS, the first of each, unless encrypted. */
  readonly records: ReadonlyMap<number, Uint8Array>;
  readonly sheets: readonly { readonly name: string; readonly at: number }[];
  readonly strings: readonly string[];
}

const KEPT = new Set<number>([RECORD.codePage, RECORD.country, RECORD.writeAccess]);

/** Reads the globals of a 'Workbook' or 'Book' stream. `codePage` decodes the strings of BIFF 5 where the stream names none. */
export function xlsGlobals(stream: Uint8Array, codePage: number): XlsGlobals {
  const records = new Map<number, Uint8Array>();
  const sheets: { name: string; at: number }[] = [];
  let strings: readonly string[] = [];
  let biff: XlsGlobals['biff'] = 0;
  for (const record of biffRecords(stream)) {
    const { type, body } = record;
    if (record.at === 0) {
      if (type !== RECORD.bof) break;
      biff = body.byteLength >= 2 && viewOf(body).getUint16(0, true) === 0x0600 ? 8 : 5;
    } else if (type === RECORD.eof) break;
    else if (type === RECORD.filePass) return { biff, encrypted: true, records: new Map(), sheets: [], strings: [] };
    else if (KEPT.has(type)) records.set(type, records.get(type) ?? body);
    else if (type === RECORD.boundSheet && body.byteLength >= 8)
      sheets.push({ name: sheetName(body, biff, codePageOf(records, codePage)), at: viewOf(body).getUint32(0, true) });
    else if (type === RECORD.sst) strings = sharedStrings(withContinuations(stream, record));
  }
  return { biff, encrypted: false, records, sheets, strings };
}

/** The code page of a workbook's eight-bit strings. */
export function codePageOf(records: ReadonlyMap<number, Uint8Array>, otherwise: number): number {
  const body = records.get(RECORD.codePage);
  const number = body && body.byteLength >= 2 ? viewOf(body).getUint16(0, true) : 0;
  // Excel's own numbers for Mac Roman and for Windows ANSI. [MS-XLS] 2.4.52, OpenOffice's BIFF documentation 5.17.
  if (number === 0x8000) return 10_000;
  if (number === 0x8001) return 1252;
  return number === 0 || number === 1200 ? otherwise : number;
}

const sheetName = (body: Uint8Array, biff: number, codePage: number): string =>
  biff === 8 ? shortUnicodeString(body, 6) : decodeCodePage(body.subarray(7, 7 + (body[6] ?? 0)), codePage);

/** The user name that Excel kept at the last save, without its padding: WRITEACCESS, [MS-XLS] 2.4.349. */
export function writeAccessName(body: Uint8Array, biff: number, codePage: number): string {
  const name = biff === 8 ? unicodeString([body], 0) : decodeCodePage(body.subarray(1, 1 + (body[0] ?? 0)), codePage);
  return name.trimEnd();
}

/** Cells with something in them, in the order of the stream. Charts inside sheets have cells of their own: not these. */
export function* xlsCells(stream: Uint8Array, globals: XlsGlobals, codePage: number): Generator<XlsCell> {
  if (globals.encrypted || globals.biff === 0) return;
  const byPosition = new Map(globals.sheets.map((s, index) => [s.at, { index, name: s.name }]));
  const read = cellReader(stream, globals, codePageOf(globals.records, codePage));
  let depth = 0;
  let sheet: { index: number; name: string } | undefined;
  for (const record of biffRecords(stream)) {
    if (record.type === RECORD.bof) {
      if (++depth > 1) continue;
      const kind = record.body.byteLength >= 4 ? viewOf(record.body).getUint16(2, true) : 0;
      // Worksheets and macro sheets have cells; the globals and chart sheets do not.
      sheet = kind === 0x10 || kind === 0x40 ? byPosition.get(record.at) : undefined;
    } else if (record.type === RECORD.eof) depth = Math.max(0, depth - 1);
    else if (sheet && depth === 1) {
      for (const cell of read(record)) {
        if (cell.text !== '') yield { ...cell, sheetIndex: sheet.index, sheet: sheet.name, at: record.at, length: 4 + record.body.byteLength };
      }
    }
  }
}

type Place = Pick<XlsCell, 'row' | 'column'>;
type Bare = Place & Pick<XlsCell, 'text'>;

/** Cells whose value stands in their own record: bytes that it must have, and its text. [MS-XLS] 2.4.34, 2.4.180, 2.4.220. */
const PLAIN: Readonly<Record<number, readonly [minBytes: number, read: (view: DataView) => string]>> = {
  [RECORD.number]: [14, (v) => String(v.getFloat64(6, true))],
  [RECORD.rk]: [10, (v) => String(rkNumber(v.getUint32(6, true)))],
  [RECORD.boolErr]: [8, (v) => boolOrError(v.getUint8(6), v.getUint8(7) === 1)],
};

/** Cells of one record; a formula's text comes in the STRING record behind it. */
function cellReader(stream: Uint8Array, globals: XlsGlobals, codePage: number): (record: BiffRecord) => Bare[] {
  let awaiting: Place | null = null;
  const stringIn = (record: BiffRecord, at: number): string => {
    if (globals.biff === 8) return unicodeString(withContinuations(stream, record), at);
    const length = viewOf(record.body).getUint16(at, true);
    return decodeCodePage(record.body.subarray(at + 2, at + 2 + length), codePage);
  };
  return (record) => {
    const { type, body } = record;
    if (type === RECORD.string) {
      const cell = awaiting;
      awaiting = null;
      return cell && body.byteLength >= 2 ? [{ ...cell, text: stringIn(record, 0) }] : [];
    }
    if (body.byteLength < 8) return [];
    const view = viewOf(body);
    const place: Place = { row: view.getUint16(0, true), column: view.getUint16(2, true) };
    const plain = PLAIN[type];
    if (plain) return body.byteLength >= plain[0] ? [{ ...place, text: plain[1](view) }] : [];
    if (type === RECORD.mulRk) return mulRk(view, place);
    if (type === RECORD.label || type === RECORD.rString) return [{ ...place, text: stringIn(record, 6) }];
    if (type === RECORD.labelSst && body.byteLength >= 10) return [{ ...place, text: globals.strings[view.getUint32(6, true)] ?? '' }];
    if (type !== RECORD.formula || body.byteLength < 14) return [];
    const result = formulaResult(view);
    awaiting = result === null ? place : null;
    return result === null ? [] : [{ ...place, text: result }];
  };
}

/** Several numbers side by side: [MS-XLS] 2.4.175. */
function mulRk(view: DataView, first: Place): Bare[] {
  const cells: Bare[] = [];
  for (let at = 4; at + 8 <= view.byteLength; at += 6)
    cells.push({ row: first.row, column: first.column + cells.length, text: String(rkNumber(view.getUint32(at + 2, true))) });
  return cells;
}

/** A number in 30 bits: an integer or the upper part of a double, perhaps in hundredths. [MS-XLS] 2.5.217. */
export function rkNumber(rk: number): number {
  const double = new DataView(new ArrayBuffer(8));
  double.setUint32(0, (rk & 0xfffffffc) >>> 0);
  const n = (rk & 2) === 0 ? double.getFloat64(0) : rk >> 2;
  return (rk & 1) === 0 ? n : n / 100;
}

export const boolOrError = (value: number, isError: boolean): string =>
  isError ? (ERROR_TEXTS[value] ?? `#ERR${value}`) : String(value === 0 ? 0 : 1);

/** The last result of a formula, [MS-XLS] 2.5.133, in the eight bytes from `at`; null where it is a text, which stands in the next record. */
export function formulaResult(view: DataView, at = 6): string | null {
  if (view.getUint16(at + 6, true) !== 0xffff) return String(view.getFloat64(at, true));
  const kind = view.getUint8(at);
  if (kind === 0) return null;
  return kind === 1 || kind === 2 ? boolOrError(view.getUint8(at + 2), kind === 2) : '';
}

/** 'A' for 0, 'AA' for 26. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}
