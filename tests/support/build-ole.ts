import { buildCfb, type CfbSpec, compObj, type OleProperties, propertyStreams, type Ticks } from './build-cfb.ts';

/** What the file around the document says. */
export interface OleFile extends OleProperties {
  /** The clock of the root entry: Word and Excel leave the moment of saving there, LibreOffice nothing. */
  readonly rootModified?: Ticks;
  /** 'Microsoft Excel 2003 Worksheet'. */
  readonly userType?: string;
  readonly encrypted?: boolean;
  /** What tells the cipher: the body of FILEPASS, the head of the table stream. What follows is enciphered by lock-ole.ts. */
  readonly lockHead?: Uint8Array;
  /** Further streams and storages. */
  readonly extra?: Pick<CfbSpec, 'streams' | 'storages'>;
}

/** A cell: a text, a number, a truth value, an error's code, a formula by its result, or nothing. */
export type CellSpec = string | number | boolean | null | { readonly error: number } | { readonly formula: string | number };

export interface XlsSpec extends OleFile {
  /** NOTE: who commented on A1, one comment each. */
  readonly commentedBy?: readonly string[];
  /** Rows of cells by sheet name. */
  readonly sheets: Readonly<Record<string, readonly (readonly CellSpec[])[]>>;
  /** COUNTRY: telephone codes of the program's language and of the system's settings. */
  readonly country?: readonly [program: number, system: number];
  /** WRITEACCESS. */
  readonly writeAccess?: string;
}

const u16 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => Buffer.from([n & 0xff, (n >> 8) & 0xff])));
const u32 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => u16(n & 0xffff, n >>> 16)));
const f64 = (n: number): Buffer => {
  const b = Buffer.alloc(8);
  b.writeDoubleLE(n);
  return b;
};
const record = (type: number, ...body: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(body);
  return Buffer.concat([u16(type, bytes.byteLength), bytes]);
};

/** Flag byte and characters: one byte each where all are below 256. */
const flagged = (s: string): Buffer => {
  const wide = [...s].some((c) => c.charCodeAt(0) > 0xff);
  return Buffer.concat([Buffer.from([wide ? 1 : 0]), Buffer.from(s, wide ? 'utf16le' : 'latin1')]);
};

/** Bytes that one record holds. */
const MAX_RECORD = 8224;

/** SST; a string that does not fit is cut where the record ends and goes on behind a new flag byte, as Excel does it. */
function sst(strings: readonly string[], uses: number): Buffer {
  const records: Buffer[] = [];
  let type = 0xfc;
  let body = u32(uses, strings.length);
  const close = (): void => {
    records.push(record(type, body));
    [type, body] = [0x3c, Buffer.alloc(0)];
  };
  for (const s of strings) {
    if (body.byteLength + 4 > MAX_RECORD) close();
    const whole = flagged(s);
    const width = whole[0] === 1 ? 2 : 1;
    body = Buffer.concat([body, u16(s.length), whole.subarray(0, 1)]);
    for (let rest = whole.subarray(1); ;) {
      const fits = Math.min(rest.byteLength, Math.floor((MAX_RECORD - body.byteLength) / width) * width);
      body = Buffer.concat([body, rest.subarray(0, fits)]);
      rest = rest.subarray(fits);
      if (rest.byteLength === 0) break;
      close();
      body = Buffer.from(whole.subarray(0, 1));
    }
  }
  close();
  return Buffer.concat(records);
}

function cellRecord(row: number, column: number, cell: CellSpec, index: (s: string) => number): Buffer {
  const place = u16(row, column, 15);
  if (cell === null) return Buffer.alloc(0);
  if (typeof cell === 'string') return record(0xfd, place, u32(index(cell)));
  if (typeof cell === 'boolean') return record(0x205, place, Buffer.from([cell ? 1 : 0, 0]));
  if (typeof cell === 'number')
    return Number.isInteger(cell) && Math.abs(cell) < 2 ** 29 ? record(0x27e, place, u32(((cell << 2) | 2) >>> 0)) : record(0x203, place, f64(cell));
  if ('error' in cell) return record(0x205, place, Buffer.from([cell.error, 1]));
  if (typeof cell.formula === 'number') return record(0x06, place, f64(cell.formula), Buffer.alloc(6), u16(0));
  const result = Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff]);
  return Buffer.concat([record(0x06, place, result, Buffer.alloc(6), u16(0)), record(0x207, u16(cell.formula.length), flagged(cell.formula))]);
}

const bof = (kind: number): Buffer => record(0x809, u16(0x600, kind, 0x0dbb, 0x07cc), u32(0, 6));
const EOF = record(0x0a);

/** The stream 'Workbook' of BIFF 8. */
function workbookStream(spec: XlsSpec): Buffer {
  const strings: string[] = [];
  let uses = 0;
  const index = (s: string): number => {
    uses++;
    const known = strings.indexOf(s);
    return known >= 0 ? known : strings.push(s) - 1;
  };
  const notes = (spec.commentedBy ?? []).map((name, i) => record(0x1c, u16(0, 0, 0, i + 1, name.length), flagged(name), Buffer.alloc(1)));
  const sheets = Object.entries(spec.sheets).map(([name, rows]) => ({
    name,
    body: Buffer.concat([bof(0x10), ...rows.flatMap((row, r) => row.map((cell, c) => cellRecord(r, c, cell, index))), ...notes, EOF]),
  }));
  const user =
    spec.writeAccess === undefined
      ? []
      : [record(0x5c, Buffer.concat([u16(spec.writeAccess.length), flagged(spec.writeAccess), Buffer.alloc(112, 0x20)]).subarray(0, 112))];
  const country = spec.country ? [record(0x8c, u16(...spec.country))] : [];
  const head = [
    bof(5),
    ...(spec.lockHead ? [record(0x2f, spec.lockHead)] : spec.encrypted ? [record(0x2f, Buffer.alloc(54))] : []),
    ...user,
    record(0x42, u16(1200)),
    ...country,
  ];
  const shared = sst(strings, uses);
  const names = sheets.map((s) => Buffer.concat([Buffer.from([s.name.length]), flagged(s.name)]));
  let at = [...head, shared, EOF].reduce((n, b) => n + b.byteLength, 0) + names.reduce((n, b) => n + 10 + b.byteLength, 0);
  const bound = sheets.map((s, i) => {
    const made = record(0x85, u32(at), u16(0), names[i] ?? Buffer.alloc(0));
    at += s.body.byteLength;
    return made;
  });
  return Buffer.concat([...head, ...bound, shared, EOF, ...sheets.map((s) => s.body)]);
}

function file(spec: OleFile, clsid: string, streams: Record<string, Uint8Array>): Uint8Array {
  return buildCfb({
    streams: {
      ...(spec.userType === undefined ? {} : { '\u0001CompObj': compObj(spec.userType, spec.codePage) }),
      ...streams,
      ...propertyStreams(spec),
      ...spec.extra?.streams,
    },
    storages: spec.extra?.storages ?? {},
    root: { clsid, modified: spec.rootModified ?? 0n },
  });
}

/** An xls of Excel 97 to 2003. Excel itself would miss its styles; every reader of cells and properties takes it. */
export const buildXls = (spec: XlsSpec): Uint8Array => file(spec, '00020820-0000-0000-c000-000000000046', { Workbook: workbookStream(spec) });

export interface DocSpec extends OleFile {
  /** Text without line ends; \u0007 ends a table cell. */
  readonly paragraphs: readonly string[];
  /** Language of the program, a Windows number. Default 0x0409. */
  readonly language?: number;
  /** nFibNew of Word 2000 and later: 0x010c is 2003. */
  readonly nFib?: number;
  /** SttbSavedBy: authors and paths, oldest first. */
  readonly savedBy?: readonly (readonly [author: string, path: string])[];
  /** SttbfAssoc: template, author, last author. */
  readonly associated?: { readonly template?: string; readonly author?: string; readonly lastAuthor?: string };
  /** Who changed it with tracking on, behind Word's own 'Unknown'. */
  readonly trackedBy?: readonly string[];
  /** Comments: their authors and the wall times 'YYYY-MM-DDTHH:MM'. */
  readonly comments?: readonly (readonly [author: string, local: string])[];
  /** Wall times of the DOP, 'YYYY-MM-DDTHH:MM'. */
  readonly dop?: { readonly created?: string; readonly revised?: string; readonly printed?: string; readonly revisions?: number };
  /** PrDrvr. */
  readonly printer?: string;
}

/** 'YYYY-MM-DDTHH:MM' as a DTTM, without its day of the week. */
export function dttm(local: string | undefined): number {
  const [year = 1900, month = 0, day = 0, hour = 0, minute = 0] = (local ?? '').split(/[-T:]/).filter(Boolean).map(Number);
  return local === undefined ? 0 : ((year - 1900) << 20) | (month << 16) | (day << 11) | (hour << 6) | minute;
}

const counted = (s: string): Buffer => Buffer.concat([u16(s.length), Buffer.from(s, 'utf16le')]);
const sttb = (strings: readonly string[]): Buffer => Buffer.concat([u16(0xffff, strings.length, 0), ...strings.map(counted)]);

/** The table stream's structures by the number of their pair in the FIB. */
function tablesOf(spec: DocSpec): readonly (readonly [pair: number, bytes: Buffer])[] {
  const associated = Array<string>(18).fill('');
  associated[1] = spec.associated?.template ?? '';
  associated[6] = spec.associated?.author ?? '';
  associated[7] = spec.associated?.lastAuthor ?? '';
  const { dop } = spec;
  const times = u32(dttm(dop?.created), dttm(dop?.revised), dttm(dop?.printed));
  return [
    ...(dop ? [[31, Buffer.concat([Buffer.alloc(0x14), times, u16(dop.revisions ?? 0), Buffer.alloc(60)])] as const] : []),
    ...(spec.associated ? [[32, sttb(associated)] as const] : []),
    ...(spec.printer === undefined ? [] : [[27, Buffer.from(`${spec.printer}\0LPT1:\0driver\0`, 'latin1')] as const]),
    ...(spec.trackedBy ? [[51, sttb(['Unknown', ...spec.trackedBy])] as const] : []),
    ...(spec.savedBy ? [[71, sttb(spec.savedBy.flat())] as const] : []),
    ...(spec.comments
      ? [
          [36, Buffer.concat(spec.comments.map(([author]) => counted(author)))] as const,
          [112, Buffer.concat(spec.comments.map(([, local]) => Buffer.concat([u32(dttm(local)), Buffer.alloc(14)])))] as const,
        ]
      : []),
  ];
}

/** Pairs of a FIB of Word 2003. */
const PAIRS = 0xa4;

/** Where the text begins: behind the FIB. */
const TEXT_AT = 0x600;

/** A doc of Word 97 to 2003: FIB, text and piece table, without formatting. One piece a paragraph, in one byte where Latin-1 suffices. */
export function buildDoc(spec: DocSpec): Uint8Array {
  const texts = spec.paragraphs.map((p) => `${p}\r`);
  const fib = Buffer.alloc(TEXT_AT);
  const cps = [0];
  const descriptors: Buffer[] = [];
  const parts: Buffer[] = [];
  let at = TEXT_AT;
  for (const t of texts) {
    const narrow = [...t].every((c) => c.charCodeAt(0) < 0x80 || (c.charCodeAt(0) >= 0xa0 && c.charCodeAt(0) <= 0xff));
    const bytes = Buffer.from(t, narrow ? 'latin1' : 'utf16le');
    descriptors.push(Buffer.concat([u16(0), u32(narrow ? (at * 2) | 0x4000_0000 : at), u16(0)]));
    cps.push((cps.at(-1) ?? 0) + t.length);
    // UTF-16 begins at even offsets.
    parts.push(bytes, Buffer.alloc(bytes.byteLength & 1));
    at += bytes.byteLength + (bytes.byteLength & 1);
  }
  const plc = Buffer.concat([u32(...cps), ...descriptors]);
  const clx = Buffer.concat([Buffer.from([2]), u32(plc.byteLength), plc]);
  fib.writeUInt16LE(0xa5ec, 0);
  fib.writeUInt16LE(0xc1, 2);
  fib.writeUInt16LE(spec.language ?? 0x0409, 6);
  const lockHead = spec.lockHead ?? new Uint8Array(0);
  fib.writeUInt16LE(0x0200 | (spec.encrypted || spec.lockHead ? 0x0100 : 0), 0x0a);
  fib.writeUInt32LE(lockHead.byteLength, 0x0e);
  fib.writeUInt32LE(lockHead.byteLength, 0x1a2);
  fib.writeUInt32LE(cps.at(-1) ?? 0, 0x4c);
  fib.writeUInt32LE(clx.byteLength, 0x1a6);
  fib.writeUInt16LE(PAIRS, 0x98);
  if (spec.nFib !== undefined) {
    fib.writeUInt16LE(2, 0x9a + PAIRS * 8);
    fib.writeUInt16LE(spec.nFib, 0x9a + PAIRS * 8 + 2);
  }
  const table: Uint8Array[] = [lockHead, clx];
  for (const [pair, bytes] of tablesOf(spec)) {
    fib.writeUInt32LE(
      table.reduce((n, b) => n + b.byteLength, 0),
      0x9a + pair * 8,
    );
    fib.writeUInt32LE(bytes.byteLength, 0x9a + pair * 8 + 4);
    table.push(bytes);
  }
  return file(spec, '00020906-0000-0000-c000-000000000046', { WordDocument: Buffer.concat([fib, ...parts]), '1Table': Buffer.concat(table) });
}
