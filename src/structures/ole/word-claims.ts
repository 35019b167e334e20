import type { WallTime } from '../../model/attribute.ts';
import type { Extracted } from '../../model/claim.ts';
import { wallOf } from '../../model/time.ts';
import { decodeCodePage } from '../charset.ts';
import { LANGUAGE_TAGS } from '../rtf/rtf.data.ts';
import type { Cfb } from './cfb.ts';
import { type AlreadySaid, placeIn, said, type StreamPlace, textValue } from './said.ts';
import { PAIR, WORD_STREAM, type WordFile, wordFile } from './word-file.ts';
import { sttb, xsts } from './word-strings.ts';
import { viewOf } from '../little-endian.ts';

/**
 * What stands in the head and the tables of a Word document and not in its properties. In a locator, `section` is the number of the
 * FIB's pair and `id` the number of the string or the offset within the structure; in 'WordDocument', section 0, `id` is the offset in the FIB.
 */
export function* wordClaims(cfb: Cfb, codePage: number, already: AlreadySaid): Generator<Extracted> {
  const word = wordFile(cfb);
  if (!word) return;
  yield* headClaims(word);
  yield* historyClaims(word, codePage);
  yield* associatedClaims(word, codePage, already);
  yield* reviewClaims(word, codePage);
  yield* propertyClaims(word, already);
  yield* printerClaims(word, codePage);
}

const MIN_FIB = 0x20;

function* headClaims({ fib, modern, encrypted }: WordFile): Generator<Extracted> {
  if (fib.byteLength < MIN_FIB) return;
  // The newer number lies where a cipher begins.
  const version = encrypted ? 2 : versionAt(fib, modern);
  const nFib = String(fib.getUint16(version, true));
  yield* said('type.version', version === 2 ? 'fib.nFib' : 'fib.nFibNew', nFib, nFib, placeIn(WORD_STREAM, 0, version));
  const lid = fib.getUint16(6, true);
  // 0x0400 is "no proofing", 0 nobody's.
  if (lid !== 0 && lid !== 0x0400) yield* said('locale.text', 'fib.lid', String(lid), LANGUAGE_TAGS[lid] ?? null, placeIn(WORD_STREAM, 0, 6));
}

/** Since Word 2000 the number in the FIB's first bytes stays that of Word 97, and the true one stands behind the pairs. [MS-DOC] 2.5.1, 2.5.11. */
function versionAt(fib: DataView, modern: boolean): number {
  if (!modern || fib.byteLength < 0x9a) return 2;
  const behind = 0x9a + fib.getUint16(0x98, true) * 8;
  return behind + 4 <= fib.byteLength && fib.getUint16(behind, true) > 0 && fib.getUint16(behind + 2, true) > 0xc1 ? behind + 2 : 2;
}

/** [MS-DOC] SttbSavedBy: who saved the last ten states, and to which files. Word 97 to 2003 keep it, oldest first. */
function* historyClaims(word: WordFile, codePage: number): Generator<Extracted> {
  const bytes = word.part(PAIR.savedBy);
  for (const [i, text] of (bytes ? sttb(bytes, codePage) : []).entries()) {
    if (text.trim() === '') continue;
    const field = `SttbSavedBy[${Math.floor(i / 2)}]`;
    const place = placeIn(word.tableName, PAIR.savedBy, i);
    yield* said(i % 2 === 0 ? 'history.saved-by' : 'history.saved-to', `${field} ${i % 2 === 0 ? 'author' : 'path'}`, text, textValue(text), place);
    if (i % 2 === 1 && LOOKS_LIKE_A_PATH.test(text)) yield* said('machine.path', `${field} path`, text, textValue(text), place);
  }
}

const LOOKS_LIKE_A_PATH = /[\\/]|^[A-Za-z]:/;

/** Strings of [MS-DOC] SttbfAssoc by number. */
const ASSOCIATED = [
  [6, 'party.author', 'SttbfAssoc author'],
  [7, 'party.last-author', 'SttbfAssoc last revised by'],
] as const;
const TEMPLATE = 1;

function* associatedClaims(word: WordFile, codePage: number, already: AlreadySaid): Generator<Extracted> {
  const bytes = word.part(PAIR.assoc);
  const strings = bytes ? sttb(bytes, codePage) : [];
  for (const [n, attribute, field] of ASSOCIATED) {
    const text = strings[n]?.split('\u0000')[0] ?? '';
    const value = textValue(text);
    if (value !== null && !already(attribute, value)) yield* said(attribute, field, text, value, placeIn(word.tableName, PAIR.assoc, n));
  }
  const template = strings[TEMPLATE] ?? '';
  if (LOOKS_LIKE_A_PATH.test(template) && !already('machine.path', template.trim()))
    yield* said('machine.path', 'SttbfAssoc template', template, textValue(template), placeIn(word.tableName, PAIR.assoc, TEMPLATE));
}

/** Word's own name for nobody, in front of every list. */
const NOBODY = 'Unknown';

/** Who changed it with tracking on ([MS-DOC] SttbfRMark), who commented (GrpXstAtnOwners), and when (AtrdExtra). */
function* reviewClaims(word: WordFile, codePage: number): Generator<Extracted> {
  const marks = word.part(PAIR.rMark);
  for (const [i, text] of (marks && word.modern ? sttb(marks, codePage) : []).entries()) {
    if (text.trim() === '' || text === NOBODY) continue;
    yield* said('party.reviewer', `SttbfRMark[${i}]`, text, textValue(text), placeIn(word.tableName, PAIR.rMark, i));
  }
  const owners = word.part(PAIR.atnOwners);
  for (const [i, text] of (owners ? xsts(owners, word.modern, codePage) : []).entries()) {
    if (text.trim() === '') continue;
    yield* said('party.reviewer', `GrpXstAtnOwners[${i}]`, text, textValue(text), placeIn(word.tableName, PAIR.atnOwners, i));
  }
  const extra = word.part(PAIR.atrdExtra);
  if (extra) for (let at = 0, n = 0; at + 18 <= extra.byteLength && n < MAX_COMMENTS; at += 18, n++) yield* commentTime(word, viewOf(extra), at, n);
}

/** More comments than any document has. */
const MAX_COMMENTS = 5_000;

function* commentTime(word: WordFile, view: DataView, at: number, n: number): Generator<Extracted> {
  const dttm = view.getUint32(at, true);
  if (dttm !== 0) yield* said('time.reviewed', `AtrdExtra[${n}].dttm`, hex8(dttm), dttmOf(dttm), placeIn(word.tableName, PAIR.atrdExtra, at));
}

const hex8 = (n: number): string => n.toString(16).padStart(8, '0');

/** The clock of the machine in minutes, without its zone: [MS-DOC] DTTM. */
const dttmOf = (dttm: number): WallTime | null =>
  wallOf(
    {
      minute: dttm & 0x3f,
      hour: (dttm >>> 6) & 0x1f,
      day: (dttm >>> 11) & 0x1f,
      month: (dttm >>> 16) & 0x0f,
      year: 1900 + ((dttm >>> 20) & 0x1ff),
      second: 0,
    },
    60_000,
  );

/** Offsets within the DOP, the same since Word 6: [MS-DOC] 2.7.2 DopBase. */
const DOP_TIMES = [
  [0x14, 'dop.dttmCreated'],
  [0x18, 'dop.dttmRevised'],
  [0x1c, 'dop.dttmLastPrint'],
] as const;
const REVISIONS = 0x20;
const EDITED = 0x22;

/**
 * Times on the machine's own clock, where the properties beside them are in UTC: the difference is the zone it was saved in.
 * They are hidden ones, because no program shows them.
 */
function* propertyClaims(word: WordFile, already: AlreadySaid): Generator<Extracted> {
  const bytes = word.part(PAIR.dop);
  if (!bytes || bytes.byteLength < EDITED + 4) return;
  const view = viewOf(bytes);
  const place = (at: number): StreamPlace => placeIn(word.tableName, PAIR.dop, at);
  for (const [at, field] of DOP_TIMES) {
    const dttm = view.getUint32(at, true);
    if (dttm !== 0) yield* said('time.hidden', field, hex8(dttm), dttmOf(dttm), place(at));
  }
  const revisions = view.getUint16(REVISIONS, true);
  if (revisions > 0 && !already('count.revision', null))
    yield* said('count.revision', 'dop.nRevision', String(revisions), revisions, place(REVISIONS));
  const minutes = view.getInt32(EDITED, true);
  if (minutes > 0 && !already('count.editing-minutes', null))
    yield* said('count.editing-minutes', 'dop.tmEdited', String(minutes), minutes, place(EDITED));
}

/** [MS-DOC] PrDrvr: the printer's name, its port and its driver, each up to a NUL. */
function* printerClaims(word: WordFile, codePage: number): Generator<Extracted> {
  const bytes = word.part(PAIR.prDrvr);
  if (!bytes) return;
  const end = bytes.indexOf(0);
  const name = decodeCodePage(bytes.subarray(0, end < 0 ? 0 : end), codePage);
  if (name.trim() !== '') yield* said('machine.printer', 'PrDrvr', name, textValue(name), placeIn(word.tableName, PAIR.prDrvr, 0));
}
