import type { Input } from '../../model/input.ts';
import { boolOrError, columnLetters, rkNumber } from '../ole/xls.ts';
import { BRT } from './binary.data.ts';
import { binaryParts, type BinaryRecord, binaryRecords, wideString } from './binary-part.ts';
import type { Ooxml } from './package.ts';
import type { TextSink } from './text-sink.ts';
import { viewOf } from '../little-endian.ts';

/** Cells of all sheets of a binary workbook (.xlsb), as {@link excelText} has them of the XML kind: the same cells are the same text. */
export function excelBinaryText(input: Input, ooxml: Ooxml, main: string, sink: TextSink): void {
  const parts = binaryParts(input);
  const records = function* (part: string): Generator<BinaryRecord> {
    const { bytes, problem } = parts(part);
    if (problem) sink.problems.push(problem);
    if (bytes) yield* binaryRecords(bytes);
  };
  const sheets = new Map<string, string>();
  const targets = new Map(ooxml.relationships(main).map((r) => [r.id, r]));
  for (const { type, body } of records(main)) {
    if (type !== BRT.bundleSh) continue;
    const id = wideString(body, 8);
    const name = id && wideString(body, id.at);
    const target = id && targets.get(id.text);
    if (name && target?.type === 'worksheet' && target.part !== null && !sheets.has(target.part)) sheets.set(target.part, name.text);
  }
  const table = ooxml.related(main, 'sharedStrings');
  const strings: string[] = [];
  for (const { type, body } of table === null ? [] : records(table)) if (type === BRT.sstItem) strings.push(folded(wideString(body, 1)?.text ?? ''));
  for (const [part, name] of sheets) sheetText(name, part, records(part), strings, sink);
}

function sheetText(name: string, part: string, records: Iterable<BinaryRecord>, strings: readonly string[], sink: TextSink): void {
  let row = 0;
  for (const record of records) {
    const { type, body, at } = record;
    if (body.byteLength < 8) continue;
    const column = viewOf(body).getUint32(0, true);
    if (type === BRT.rowHdr) row = column;
    const text = cellText(record, strings);
    if (text === null || column > MAX_COLUMN) continue;
    sink.add('cell', `${name}!${columnLetters(column)}${row + 1}`, text, { in: 'property', stream: part, section: at, id: type });
  }
}

/** Once for a string that a million cells may share. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

const MAX_COLUMN = 16_383;

/** Bytes that a value has behind column and style. [MS-XLSB] 2.4.310 and following. */
const LEAST: Readonly<Record<number, number>> = {
  [BRT.cellRk]: 4,
  [BRT.cellReal]: 8,
  [BRT.fmlaNum]: 8,
  [BRT.cellBool]: 1,
  [BRT.fmlaBool]: 1,
  [BRT.cellError]: 1,
  [BRT.fmlaError]: 1,
  [BRT.cellIsst]: 4,
  [BRT.cellSt]: 4,
  [BRT.fmlaString]: 4,
  [BRT.cellRString]: 5,
};

/** Null where the record is no cell with a value. */
function cellText({ type, body }: BinaryRecord, strings: readonly string[]): string | null {
  const least = LEAST[type];
  if (least === undefined || body.byteLength < 8 + least) return null;
  const view = viewOf(body);
  switch (type) {
    case BRT.cellRk:
      return String(rkNumber(view.getUint32(8, true)));
    case BRT.cellReal:
    case BRT.fmlaNum:
      return String(view.getFloat64(8, true));
    case BRT.cellBool:
    case BRT.fmlaBool:
    case BRT.cellError:
    case BRT.fmlaError:
      return boolOrError(view.getUint8(8), type === BRT.cellError || type === BRT.fmlaError);
    case BRT.cellIsst:
      return strings[view.getUint32(8, true)] ?? '';
    default:
      return wideString(body, type === BRT.cellRString ? 9 : 8)?.text ?? '';
  }
}
