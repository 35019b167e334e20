import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { documentContent } from './shared/document-content.ts';
import { type Cfb, readCfb, streamOf } from '../structures/ole/cfb.ts';
import { OLE_MEDIA_TYPES } from '../structures/ole/cfb-type.ts';
import { decodeCodePage } from '../structures/charset.ts';
import { oleContent, type OleWorkbook, workbookOf } from '../structures/ole/ole-content.ts';
import {
  DOCUMENT_SUMMARY_STREAM,
  oleCodePage,
  propertyClaims,
  propertySetOf,
  replayProperty,
  SUMMARY_STREAM,
} from '../structures/ole/ole-properties.ts';
import { COUNTRY_LANGUAGE, RECORD } from '../structures/ole/xls.data.ts';
import { writeAccessName } from '../structures/ole/xls.ts';

const COMP_OBJ = '\u0001CompObj';
/** Id of the user type in a locator: the first field of the CompObj stream behind its header. */
const USER_TYPE = 0;

function* read(input: Input): Generator<Extracted> {
  const cfb = input.once(readCfb);
  const codePage = oleCodePage(cfb);
  const ofWord = cfb.entry('WordDocument') !== null;
  let hasLastAuthor = false;
  for (const stream of [SUMMARY_STREAM, DOCUMENT_SUMMARY_STREAM]) {
    const set = propertySetOf(cfb, stream);
    for (const item of set ? propertyClaims(stream, set, ofWord) : []) {
      hasLastAuthor ||= item.t === 'claim' && item.claim.attribute === 'party.last-author';
      yield item;
    }
  }
  yield* directoryTimes(cfb);
  const type = userType(cfb, codePage);
  if (type) yield* text('tool.object-type', 'AnsiUserType', type, { in: 'property', stream: COMP_OBJ, section: 0, id: USER_TYPE });
  const workbook = workbookOf(cfb, codePage);
  if (workbook) yield* workbookClaims(workbook, codePage, hasLastAuthor);
  yield* content(input, cfb, workbook, codePage);
  for (const p of cfb.problems) yield problem(p.code, p.message);
}

function* text(attribute: 'tool.object-type' | 'party.last-author', field: string, raw: string, locator: Locator): Generator<Extracted> {
  yield claim({ basis: 'asserted', attribute, field, raw: raw.slice(0, MAX_RAW), value: raw.slice(0, MAX_RAW).trim() || null, locator });
  if (raw.length > MAX_RAW) yield problem('limit-exceeded', `${field} is longer than ${MAX_RAW} characters; its beginning was kept`);
}

/** The second clock: root and storages are stamped by the system, not by the document. [MS-CFB] 2.6.1; 0 where nobody did. */
function* directoryTimes(cfb: Cfb): Generator<Extracted> {
  for (const entry of cfb.entries) {
    if (entry.kind === 'stream') continue;
    const name = entry.kind === 'root' ? entry.name : entry.path;
    for (const { ticks, at, which } of [
      { ticks: entry.created, at: 100, which: 'Creation Time' },
      { ticks: entry.modified, at: 108, which: 'Modified Time' },
    ]) {
      if (ticks === 0n) continue;
      const locator: Locator = { in: 'bytes', offset: entry.offset + at, length: 8 };
      yield claim({
        basis: 'asserted',
        attribute: 'time.directory',
        field: `${name} ${which}`,
        raw: filetimeDigits(ticks),
        value: fromFiletime(ticks),
        locator,
      });
    }
  }
}

/** As it stands in the file: sixteen hex digits, low byte first. */
function filetimeDigits(ticks: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ticks);
  return bytes.toString('hex');
}

/** 'Microsoft Excel 97-Tabelle': AnsiUserType of [MS-OLEDS] 2.3.8, behind 28 bytes of header. Null where there is none. */
function userType(cfb: Cfb, codePage: number): string | null {
  const stream = streamOf(cfb, COMP_OBJ);
  if (!stream || stream.byteLength < 32) return null;
  const length = new DataView(stream.buffer, stream.byteOffset).getUint32(28, true);
  return decodeCodePage(stream.subarray(32, 32 + length), codePage).split('\u0000')[0] ?? null;
}

/** Records of a workbook's globals; in their locators, `id` is the record's number. */
function* workbookClaims(workbook: OleWorkbook, codePage: number, hasLastAuthor: boolean): Generator<Extracted> {
  const locator = (id: number): Locator => ({ in: 'property', stream: workbook.entry.path, section: 0, id });
  const number = recordRaw(workbook, RECORD.codePage, codePage);
  // Since Excel 97 it is always 1200, UTF-16, and says nothing about the machine. [MS-XLS] 2.4.52.
  if (number !== null && number !== '1200') {
    yield claim({
      basis: 'asserted',
      attribute: 'locale.codepage',
      field: 'CODEPAGE record',
      raw: number,
      value: Number(number),
      locator: locator(RECORD.codePage),
    });
  }
  const country = recordRaw(workbook, RECORD.country, codePage);
  if (country !== null) {
    const value = COUNTRY_LANGUAGE[Number.parseInt(country, 10)] ?? null;
    yield claim({ basis: 'asserted', attribute: 'locale.saved', field: 'COUNTRY record', raw: country, value, locator: locator(RECORD.country) });
  }
  const user = hasLastAuthor ? null : recordRaw(workbook, RECORD.writeAccess, codePage);
  // LibreOffice writes its own name there.
  if (user && user !== 'Calc') yield* text('party.last-author', 'WRITEACCESS record', user, locator(RECORD.writeAccess));
}

/** CODEPAGE: its number. COUNTRY: that of the program's language and that of the system's settings. WRITEACCESS: the name. */
function recordRaw({ globals }: OleWorkbook, id: number, codePage: number): string | null {
  const body = globals.records.get(id);
  if (!body || body.byteLength < 2) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (id === RECORD.codePage) return String(view.getUint16(0, true));
  if (id === RECORD.country) return body.byteLength >= 4 ? `${view.getUint16(0, true)}, ${view.getUint16(2, true)}` : null;
  return id === RECORD.writeAccess ? writeAccessName(body, globals.biff, codePage) : null;
}

function* content(input: Input, cfb: Cfb, workbook: OleWorkbook | null, codePage: number): Generator<Extracted> {
  const { encrypted, cut, passages } = oleContent(cfb, input.limits, workbook, codePage);
  if (encrypted) yield problem('encrypted', 'the text is encrypted; only what stands outside of it was read');
  if (cut) yield problem('limit-exceeded', `the text is longer than ${input.limits.maxTextBytes} bytes; its beginning was read`);
  yield* documentContent(passages, !cut);
}

function replay(input: Input, locator: Locator): string | null {
  const cfb = input.once(readCfb);
  if (locator.in === 'bytes') {
    const bytes = input.bytes.slice(locator.offset, locator.length);
    return bytes.byteLength === locator.length ? Buffer.from(bytes).toString('hex').slice(0, MAX_RAW) : null;
  }
  if (locator.in !== 'property') return null;
  if (locator.stream.startsWith('\u0005')) return replayProperty(cfb, locator);
  const codePage = oleCodePage(cfb);
  if (locator.stream === COMP_OBJ) return locator.id === USER_TYPE ? (userType(cfb, codePage)?.slice(0, MAX_RAW) ?? null) : null;
  const workbook = workbookOf(cfb, codePage);
  return workbook?.entry.path === locator.stream ? (recordRaw(workbook, locator.id, codePage)?.slice(0, MAX_RAW) ?? null) : null;
}

/** Word, Excel and PowerPoint before 2007, and any other compound file with properties; not Outlook messages. */
export const ole: FormatReader = {
  id: 'ole',
  version: 1,
  mediaTypes: OLE_MEDIA_TYPES,
  read,
  replay,
};
