import { type Extracted } from '../../model/claim.ts';
import { wallOf } from '../../model/time.ts';
import { decodeCodePage } from '../charset.ts';
import { type Cfb, streamOf } from './cfb.ts';
import { CURRENT_USER, PPT_STREAM, type PptFile, pptFile } from './ppt-edits.ts';
import { PPT, pptDescendants, type PptRecord, pptRecords, wideText } from './ppt-record.ts';
import { type AlreadySaid, placeIn, said, textValue } from './said.ts';
import { viewOf } from '../little-endian.ts';

/** Of the current user in a locator: its name in ANSI, in UTF-16. */
const ANSI = 0;
const WIDE = 1;

/**
 * Who saved a presentation, how many savings lie one behind the other, who commented and when. In a locator, `section` is the
 * offset of a record in its stream and `id` its type, or a number within it.
 */
export function* pptClaims(cfb: Cfb, codePage: number, already: AlreadySaid): Generator<Extracted> {
  yield* userClaims(cfb, codePage, already);
  const file = pptFile(cfb);
  if (!file) return;
  const [newest] = file.edits;
  if (newest)
    yield* said('count.saves', 'UserEditAtom chain', String(file.edits.length), file.edits.length, placeIn(PPT_STREAM, newest.at, PPT.userEdit));
  yield* commentClaims(file);
}

/** CurrentUserAtom, [MS-PPT] 2.3.2: PowerPoint keeps the name of who saved last, and newer ones both in ANSI and in UTF-16. */
function* userClaims(cfb: Cfb, codePage: number, already: AlreadySaid): Generator<Extracted> {
  const bytes = streamOf(cfb, CURRENT_USER);
  if (!bytes || bytes.byteLength < 28) return;
  const view = viewOf(bytes);
  if (view.getUint16(2, true) !== PPT.currentUser) return;
  const length = view.getUint16(20, true);
  const ansi = decodeCodePage(bytes.subarray(28, 28 + length), codePage);
  const wideAt = 28 + length + 4;
  const hasWide = wideAt + 2 * length <= bytes.byteLength && length > 0;
  const wide = hasWide ? Buffer.from(bytes.buffer, bytes.byteOffset + wideAt, 2 * length).toString('utf16le') : '';
  const name = textValue(wide) ?? textValue(ansi);
  if (name === null || already('party.last-author', name)) return;
  yield* hasWide
    ? said('party.last-author', 'CurrentUserAtom.unicodeUserName', wide, name, placeIn(CURRENT_USER, 0, WIDE))
    : said('party.last-author', 'CurrentUserAtom.ansiUserName', ansi, name, placeIn(CURRENT_USER, 0, ANSI));
}

/** More comments than any presentation has. */
const MAX_COMMENTS = 5_000;

/** Comments of PowerPoint 2002 and 2003: [MS-PPT] 2.11.25 Comment10Container. */
function* commentClaims({ stream, document, object }: PptFile): Generator<Extracted> {
  let left = MAX_COMMENTS;
  const seen = new Set<number>();
  for (const list of document ? pptRecords(stream, document.from, document.to) : []) {
    if (list.type !== PPT.slideList) continue;
    for (const record of pptRecords(stream, list.from, list.to)) {
      const slide = record.type === PPT.slidePersist && record.to - record.from >= 4 ? object(viewOf(stream).getUint32(record.from, true)) : null;
      if (!slide || seen.has(slide.at)) continue;
      seen.add(slide.at);
      for (const comment of pptDescendants(stream, slide)) {
        if (comment.type !== PPT.comment) continue;
        if (left-- <= 0) return;
        yield* commentClaim(stream, comment);
      }
    }
  }
}

function* commentClaim(stream: Uint8Array, comment: PptRecord): Generator<Extracted> {
  for (const r of pptRecords(stream, comment.from, comment.to)) {
    if (r.type === PPT.cString && r.instance === 0) {
      const name = wideText(stream, r);
      if (name.trim() !== '') yield* said('party.reviewer', 'Comment10 author', name, textValue(name), placeIn(PPT_STREAM, r.at, PPT.cString));
    }
    if (r.type === PPT.commentAtom && r.to - r.from >= 20) {
      const raw = Buffer.from(stream.subarray(r.from + 4, r.from + 20)).toString('hex');
      yield* said('time.reviewed', 'Comment10Atom.datetime', raw, systemTime(viewOf(stream), r.from + 4), placeIn(PPT_STREAM, r.at, PPT.commentAtom));
    }
  }
}

/** SYSTEMTIME, [MS-DTYP] 2.3.13: the clock of the machine, its zone is not written. */
const systemTime = (v: DataView, at: number): ReturnType<typeof wallOf> => {
  const part = (i: number): number => v.getUint16(at + 2 * i, true);
  return wallOf(
    { year: part(0), month: part(1), day: part(3), hour: part(4), minute: part(5), second: part(6), millisecond: Math.min(part(7), 999) },
    1,
  );
};
