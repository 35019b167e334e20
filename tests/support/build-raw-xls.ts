export interface RawXlsSpec {
  /** Excel 2, 3 or 4. */
  readonly version: 2 | 3 | 4;
  /** CODEPAGE; texts are Latin-1 all the same. */
  readonly codePage?: number;
  readonly country?: readonly [number, number];
  /** WRITEACCESS; Excel 2 has none. */
  readonly user?: string;
  /** Rows of texts, numbers, truth values and formulas by their result. */
  readonly rows: readonly (readonly (string | number | boolean | { readonly formula: string | number })[])[];
  readonly encrypted?: boolean;
  /** Excel 4: the sheet's name in a workbook. */
  readonly sheet?: string;
}

const u16 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => Buffer.from([n & 0xff, (n >> 8) & 0xff])));
const f64 = (n: number): Buffer => {
  const b = Buffer.alloc(8);
  b.writeDoubleLE(n);
  return b;
};
const record = (type: number, ...body: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(body);
  return Buffer.concat([u16(type, bytes.byteLength), bytes]);
};

/** A sheet of Excel 2 to 4, which is a file without a compound file around it. */
export function buildRawXls(spec: RawXlsSpec): Uint8Array {
  const two = spec.version === 2;
  const high = { 2: 0, 3: 0x0200, 4: 0x0400 }[spec.version];
  const style = Buffer.alloc(two ? 3 : 2);
  const counted = (s: string): Buffer => Buffer.concat([two ? Buffer.from([s.length]) : u16(s.length), Buffer.from(s, 'latin1')]);
  const cell = (row: number, column: number, value: RawXlsSpec['rows'][number][number]): Buffer => {
    const place = Buffer.concat([u16(row, column), style]);
    const later = two ? 0 : 0x0200;
    if (typeof value === 'string') return record(later | 4, place, counted(value));
    if (typeof value === 'boolean') return record(later | 5, place, Buffer.from([value ? 1 : 0, 0]));
    if (typeof value === 'number')
      return two && Number.isInteger(value) && value >= 0 ? record(2, place, u16(value)) : record(later | 3, place, f64(value));
    if (typeof value.formula === 'number') return record(high | 6, place, f64(value.formula), Buffer.alloc(4));
    const text = Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff]);
    return Buffer.concat([record(high | 6, place, text, Buffer.alloc(4)), record(later | 7, counted(value.formula))]);
  };
  const kind = spec.sheet === undefined ? 0x10 : 0x100;
  const body = spec.rows.flatMap((row, r) => row.map((value, c) => cell(r, c, value)));
  const inner = (k: number): Buffer => record(high | 9, u16(0, k), two ? Buffer.alloc(0) : u16(0));
  return Buffer.concat([
    inner(kind),
    ...(spec.encrypted ? [record(0x2f, Buffer.alloc(4))] : []),
    ...(spec.user === undefined ? [] : [record(0x5c, Buffer.from([spec.user.length]), Buffer.from(spec.user.padEnd(31), 'latin1'))]),
    ...(spec.codePage === undefined ? [] : [record(0x42, u16(spec.codePage))]),
    ...(spec.country ? [record(0x8c, u16(...spec.country))] : []),
    ...(spec.sheet === undefined
      ? []
      : [record(0x8f, Buffer.alloc(4), Buffer.from([spec.sheet.length]), Buffer.from(spec.sheet, 'latin1')), inner(0x10)]),
    ...body,
    record(0x0a),
  ]);
}
