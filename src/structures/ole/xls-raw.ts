import type { Input } from '../../model/input.ts';
import { decodeCodePage } from '../charset.ts';
import { type BiffRecord, biffRecords } from './biff.ts';
import { type Unlocked, unlockedWorkbook } from './unlocked.ts';
import type { XlsStream } from './xls-claims.ts';
import type { XlsKey } from './xls-lock.ts';
import { OLD_RECORD, RECORD } from './xls.data.ts';
import { boolOrError, codePageOf, formulaResult, rkNumber, type XlsCell, xlsCells, type XlsGlobals, xlsGlobals } from './xls.ts';
import { viewOf } from '../little-endian.ts';

/** The number of the first record tells the version: Excel 2, 3, 4; from Excel 5 on it is the same. */
const BOF_VERSION: Readonly<Record<number, XlsGlobals['biff']>> = { 0x0009: 2, 0x0209: 3, 0x0409: 4 };
/** Kinds of streams that a file begins with: globals, sheet, chart, macros, workspace, and the workbook of Excel 4. */
const KINDS = new Set([0x0005, 0x0010, 0x0020, 0x0040, 0x0100]);

/** A workbook without a compound file around it: Excel 2 to 4, and what some programs write as Excel 5. BOF, [MS-XLS] 2.4.21. */
export function looksLikeRawWorkbook(head: Uint8Array): boolean {
  if (head.byteLength < 12) return false;
  const view = viewOf(head);
  const [type, length] = [view.getUint16(0, true), view.getUint16(2, true)];
  const version = view.getUint16(4, true);
  if (!KINDS.has(view.getUint16(6, true))) return false;
  if (type === RECORD.bof) return (length === 8 || length === 16) && (version === 0x0500 || version === 0x0600);
  // The record behind it must be a plausible one: its number is small, and it ends within a sheet's record.
  const next = 4 + length;
  return BOF_VERSION[type] !== undefined && (length === 4 || length === 6) && view.getUint16(next, true) < 0x1000 && next + 4 <= head.byteLength;
}

export interface RawWorkbook extends XlsStream {
  readonly unlocked: Unlocked<XlsKey>;
}

/** The workbook that is the file, in the clear where a password opens it; null for other files. Use as `input.once(rawWorkbook)`. */
export function rawWorkbook(input: Input): RawWorkbook | null {
  if (!looksLikeRawWorkbook(input.bytes.slice(0, 32)) || input.bytes.size > input.limits.maxArtifactBytes) return null;
  const locked = input.bytes.slice(0, input.bytes.size);
  const unlocked = unlockedWorkbook(input, locked);
  const stream = unlocked.key?.clear(locked) ?? locked;
  const biff = BOF_VERSION[viewOf(stream).getUint16(0, true)];
  return { path: '', unlocked, stream, globals: biff === undefined ? xlsGlobals(stream, 1252) : oldGlobals(stream, biff) };
}

function oldGlobals(stream: Uint8Array, biff: XlsGlobals['biff']): XlsGlobals {
  const records = new Map<number, Uint8Array>();
  for (const { type, body } of biffRecords(stream)) {
    if (type === RECORD.filePass) return { biff, encrypted: true, records: new Map(), sheets: [], strings: [] };
    if (type === RECORD.codePage || type === RECORD.country || type === RECORD.writeAccess) records.set(type, records.get(type) ?? body);
  }
  return { biff, encrypted: false, records, sheets: [], strings: [] };
}

/** Cells of a raw workbook, in the order of the stream. A file of one sheet has no name for it: 'Sheet1'. */
export function* rawCells({ stream, globals }: XlsStream): Generator<XlsCell> {
  if (globals.biff === 0 || globals.biff >= 5) {
    yield* xlsCells(stream, globals, 1252);
    return;
  }
  if (globals.encrypted) return;
  const codePage = codePageOf(globals.records, 1252);
  const read = cellReader(globals.biff === 2, codePage);
  let sheet = { index: 0, name: 'Sheet1' };
  let sheets = 0;
  for (const record of biffRecords(stream)) {
    // A workbook of Excel 4 names each sheet in front of it.
    if (record.type === OLD_RECORD.bundleHeader && record.body.byteLength > 5) {
      const { body } = record;
      sheet = { index: sheets++, name: decodeCodePage(body.subarray(5, 5 + (body[4] ?? 0)), codePage) };
    }
    const cell = read(record);
    if (cell && cell.text !== '') yield { ...cell, sheetIndex: sheet.index, sheet: sheet.name, at: record.at, length: 4 + record.body.byteLength };
  }
}

type Bare = Pick<XlsCell, 'row' | 'column' | 'text'>;

/** Excel 2 has three bytes of format where later ones have two. [OpenOffice's documentation of the Excel file format] 5.7, 5.63, 5.71. */
function cellReader(two: boolean, codePage: number): (record: BiffRecord) => Bare | null {
  const at = two ? 7 : 6;
  let awaiting: Omit<Bare, 'text'> | null = null;
  const text = (body: Uint8Array, from: number): string => {
    const length = two ? (body[from] ?? 0) : from + 2 <= body.byteLength ? viewOf(body).getUint16(from, true) : 0;
    const begin = from + (two ? 1 : 2);
    return decodeCodePage(body.subarray(begin, begin + length), codePage);
  };
  const value = (type: number, view: DataView, body: Uint8Array): string | null => {
    if (OLD_RECORD.label.has(type)) return text(body, at);
    if (OLD_RECORD.number.has(type)) return view.byteLength >= at + 8 ? String(view.getFloat64(at, true)) : null;
    if (OLD_RECORD.boolErr.has(type)) return view.byteLength >= at + 2 ? boolOrError(view.getUint8(at), view.getUint8(at + 1) === 1) : null;
    if (type === OLD_RECORD.integer) return view.byteLength >= 9 ? String(view.getUint16(7, true)) : null;
    return type === RECORD.rk && view.byteLength >= 10 ? String(rkNumber(view.getUint32(6, true))) : null;
  };
  return ({ type, body }) => {
    if (OLD_RECORD.string.has(type)) {
      const cell = awaiting;
      awaiting = null;
      return cell && { ...cell, text: text(body, 0) };
    }
    if (body.byteLength < at) return null;
    const view = viewOf(body);
    const place = { row: view.getUint16(0, true), column: view.getUint16(2, true) };
    if (OLD_RECORD.formula.has(type) && view.byteLength >= at + 8) {
      const result = formulaResult(view, at);
      awaiting = result === null ? place : null;
      return result === null ? null : { ...place, text: result };
    }
    const found = value(type, view, body);
    return found === null ? null : { ...place, text: found };
  };
}
