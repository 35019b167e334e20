import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { documentContent } from './shared/document-content.ts';
import { hexAt } from './shared/quote-bytes.ts';
import { decodeCodePage } from '../structures/charset.ts';
import { passwordClaim } from '../structures/passwords.ts';
import { type Cfb, streamOf } from '../structures/ole/cfb.ts';
import { OLE_MEDIA_TYPES } from '../structures/ole/cfb-type.ts';
import { oleContent, type OleContent, type OleWorkbook, rawContent, workbookOf } from '../structures/ole/ole-content.ts';
import { customClaims } from '../structures/ole/ole-custom.ts';
import {
  DOCUMENT_SUMMARY_STREAM,
  oleCodePage,
  propertyClaims,
  propertySetOf,
  replayProperty,
  SUMMARY_STREAM,
} from '../structures/ole/ole-properties.ts';
import { pptClaims } from '../structures/ole/ppt-claims.ts';
import { type AlreadySaid, placeIn, replaySaid, said, textValue } from '../structures/ole/said.ts';
import { type Unlocked, unlockedCfb } from '../structures/ole/unlocked.ts';
import { wordClaims } from '../structures/ole/word-claims.ts';
import { workbookClaims, type XlsStream } from '../structures/ole/xls-claims.ts';
import { RECORD } from '../structures/ole/xls.data.ts';
import { type RawWorkbook, rawWorkbook } from '../structures/ole/xls-raw.ts';
import { sharingClaims } from '../structures/ole/xls-users.ts';

/** Code page of a workbook that names none. */
const ANSI = 1252;
const COMP_OBJ = '\u0001CompObj';
/** Id of the user type in a locator: the first field of the CompObj stream behind its header. */
const USER_TYPE = 0;

function* read(input: Input): Generator<Extracted> {
  const raw = input.once(rawWorkbook);
  if (raw) {
    yield* rawClaims(input, raw);
    return;
  }
  const unlocked = input.once(unlockedCfb);
  const { cfb } = unlocked;
  const codePage = oleCodePage(cfb);
  const known: Said[] = [];
  const already: AlreadySaid = (attribute, value) => known.some((k) => k.attribute === attribute && (value === null || k.value === value));
  for (const item of propertiesOf(cfb)) {
    if (item.t === 'claim') known.push(item.claim);
    yield item;
  }
  yield* directoryTimes(cfb);
  const type = userType(cfb, codePage);
  if (type) yield* said('tool.object-type', 'AnsiUserType', type, textValue(type), placeIn(COMP_OBJ, 0, USER_TYPE));
  const workbook = workbookOf(cfb, codePage);
  yield* innerClaims(cfb, workbook, codePage, already);
  yield* content(input, oleContent(cfb, input.limits, workbook, codePage), unlocked);
  for (const p of cfb.problems) yield problem(p.code, p.message);
}

type Said = Pick<ClaimDraft, 'attribute' | 'value'>;

function* propertiesOf(cfb: Cfb): Generator<Extracted> {
  const ofWord = cfb.entry('WordDocument') !== null;
  for (const stream of [SUMMARY_STREAM, DOCUMENT_SUMMARY_STREAM]) {
    const set = propertySetOf(cfb, stream);
    if (!set) continue;
    yield* propertyClaims(stream, set, ofWord);
    yield* customClaims(stream, set);
  }
}

/** What stands in the programs' own streams and not in the properties. */
function* innerClaims(cfb: Cfb, workbook: OleWorkbook | null, codePage: number, already: AlreadySaid): Generator<Extracted> {
  if (workbook) {
    yield* workbookClaims(workbook, codePage, already);
    yield* sharingClaims(cfb);
  }
  yield* wordClaims(cfb, codePage, already);
  yield* pptClaims(cfb, codePage, already);
}

/** A workbook without a compound file around it. */
function* rawClaims(input: Input, workbook: RawWorkbook): Generator<Extracted> {
  yield* rawInnerClaims(workbook);
  yield* content(input, rawContent(workbook, input.limits), workbook.unlocked);
}

function* rawInnerClaims(workbook: XlsStream): Generator<Extracted> {
  const bof = Buffer.from(workbook.stream.subarray(0, 2)).toString('hex');
  yield* said('type.version', 'BOF record', bof, workbook.globals.biff === 0 ? null : `BIFF${workbook.globals.biff}`, placeIn('', 0, RECORD.bof));
  yield* workbookClaims(workbook, ANSI, () => false);
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

function* content(
  { limits }: Input,
  { encrypted, cut, passages }: OleContent,
  { password, visible, tried }: Unlocked<unknown>,
): Generator<Extracted> {
  if (password) yield claim(passwordClaim(password));
  if (encrypted) yield problem('encrypted', `the text is encrypted${visible}; only what stands outside of it was read${tried}`);
  if (cut) yield problem('limit-exceeded', `the text is longer than ${limits.maxTextBytes} bytes; its beginning was read`);
  yield* documentContent(passages, !cut);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'bytes') return hexAt(input, locator)?.slice(0, MAX_RAW) ?? null;
  if (locator.in !== 'property') return null;
  const raw = input.once(rawWorkbook);
  if (raw) return replaySaid(rawInnerClaims(raw), locator);
  const { cfb } = input.once(unlockedCfb);
  if (locator.stream.startsWith('\u0005')) return replayProperty(cfb, locator);
  const codePage = oleCodePage(cfb);
  if (locator.stream === COMP_OBJ) return locator.id === USER_TYPE ? (userType(cfb, codePage)?.slice(0, MAX_RAW) ?? null) : null;
  return replaySaid(
    innerClaims(cfb, workbookOf(cfb, codePage), codePage, () => false),
    locator,
  );
}

/** Word, Excel and PowerPoint before 2007, and any other compound file with properties; not Outlook messages. */
export const ole: FormatReader = {
  id: 'ole',
  version: 3,
  mediaTypes: OLE_MEDIA_TYPES,
  read,
  replay,
};
