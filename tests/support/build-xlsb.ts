import { type OfficeFile, packageOf, relationshipsPart, themePart } from './build-opc.ts';

export type BinaryCell =
  string | number | boolean | null | { readonly error: number } | { readonly formula: string | number } | { readonly inline: string };

export interface XlsbSpec extends OfficeFile {
  /** Rows of cells by sheet name. */
  readonly sheets: Readonly<Record<string, readonly (readonly BinaryCell[])[]>>;
  /** Folder it was saved in. */
  readonly absPath?: string;
  readonly calcId?: number;
  readonly fileVersion?: readonly [app: string, last: string, lowest: string, build: string];
}

const u32 = (...ns: number[]): Buffer => {
  const b = Buffer.alloc(ns.length * 4);
  for (const [i, n] of ns.entries()) b.writeUInt32LE(n >>> 0, i * 4);
  return b;
};
const f64 = (n: number): Buffer => {
  const b = Buffer.alloc(8);
  b.writeDoubleLE(n);
  return b;
};
const sevenBits = (n: number): Buffer => {
  const bytes: number[] = [];
  let rest = n;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
};
const record = (type: number, ...body: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(body);
  return Buffer.concat([sevenBits(type), sevenBits(bytes.byteLength), bytes]);
};
const wide = (s: string): Buffer => Buffer.concat([u32(s.length), Buffer.from(s, 'utf16le')]);

function cellRecord(column: number, cell: BinaryCell, index: (s: string) => number): Buffer {
  const place = u32(column, 0);
  if (cell === null) return record(1, place);
  if (typeof cell === 'string') return record(7, place, u32(index(cell)));
  if (typeof cell === 'boolean') return record(4, place, Buffer.from([cell ? 1 : 0]));
  if (typeof cell === 'number')
    return Number.isInteger(cell) && Math.abs(cell) < 2 ** 29 ? record(2, place, u32((cell << 2) | 2)) : record(5, place, f64(cell));
  if ('error' in cell) return record(3, place, Buffer.from([cell.error]));
  if ('inline' in cell) return record(6, place, wide(cell.inline));
  return typeof cell.formula === 'number'
    ? record(9, place, f64(cell.formula), Buffer.alloc(8))
    : record(8, place, wide(cell.formula), Buffer.alloc(8));
}

/** A binary workbook of Excel 2007 and later. */
export function buildXlsb(spec: XlsbSpec): Uint8Array {
  const names = Object.keys(spec.sheets);
  const strings: string[] = [];
  const index = (s: string): number => (strings.includes(s) ? strings.indexOf(s) : strings.push(s) - 1);
  const sheets = Object.values(spec.sheets).map((rows, n): readonly [string, Buffer] => [
    `xl/worksheets/sheet${n + 1}.bin`,
    Buffer.concat([
      record(129),
      record(145),
      ...rows.flatMap((row, r) => [record(0, u32(r, 0), Buffer.alloc(9)), ...row.map((cell, c) => cellRecord(c, cell, index))]),
      record(146),
      record(130),
    ]),
  ]);
  const workbook = Buffer.concat([
    record(131),
    record(128, Buffer.alloc(16), ...(spec.fileVersion ?? ['xl', '7', '4', '27928']).map(wide)),
    record(153, u32(0x10020, 166_925), wide('ThisWorkbook')),
    ...(spec.absPath === undefined ? [] : [record(2071, wide(spec.absPath))]),
    record(143),
    ...names.map((name, i) => record(156, u32(0, i + 1), wide(`rId${i + 1}`), wide(name))),
    record(144),
    record(157, u32(spec.calcId ?? 191_029), Buffer.alloc(22)),
    record(132),
  ]);
  const table = Buffer.concat([
    record(159, u32(strings.length, strings.length)),
    ...strings.map((s) => record(19, Buffer.from([0]), wide(s))),
    record(160),
  ]);
  const related = names.map((_, i) => ({ id: `rId${i + 1}`, type: 'worksheet', target: `worksheets/sheet${i + 1}.bin` }));
  return packageOf(
    { ...spec, parts: { 'xl/workbook.bin': workbook, 'xl/sharedStrings.bin': table, ...Object.fromEntries(sheets), ...spec.parts } },
    {
      folder: 'xl',
      main: 'xl/workbook.bin',
      contentTypes: {
        '/xl/workbook.bin': 'application/vnd.ms-excel.sheet.binary.macroEnabled.main',
        ...Object.fromEntries(sheets.map(([part]) => [`/${part}`, 'application/vnd.ms-excel.worksheet'])),
        '/xl/sharedStrings.bin': 'application/vnd.ms-excel.sharedStrings',
      },
      parts: {
        'xl/_rels/workbook.bin.rels': relationshipsPart(spec, [
          ...related,
          { id: 'rId90', type: 'theme', target: 'theme/theme1.xml' },
          { id: 'rId91', type: 'sharedStrings', target: 'sharedStrings.bin' },
        ]),
        'xl/theme/theme1.xml': themePart(spec),
      },
      app: { application: 'Microsoft Excel', appVersion: '16.0300', headings: [['Worksheets', names]] },
    },
  );
}
