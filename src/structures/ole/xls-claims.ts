import type { Extracted } from '../../model/claim.ts';
import { biffRecords, unicodeString, withContinuations } from './biff.ts';
import { type AlreadySaid, placeIn, said, textValue } from './said.ts';
import { COUNTRY_LANGUAGE, RECORD } from './xls.data.ts';
import { writeAccessName, type XlsGlobals } from './xls.ts';
import { viewOf } from '../little-endian.ts';

/** A workbook's stream, or the file itself where there is none around it. */
export interface XlsStream {
  /** The stream's path; '' where the workbook is the file. */
  readonly path: string;
  readonly stream: Uint8Array;
  readonly globals: XlsGlobals;
}

/** Records of a workbook's globals; in their locators, `id` is the record's number, and `section` 0 or the record's offset. */
export function* workbookClaims({ path, stream, globals }: XlsStream, codePage: number, already: AlreadySaid): Generator<Extracted> {
  const place = (id: number): ReturnType<typeof placeIn> => placeIn(path, 0, id);
  const number = recordRaw(globals, RECORD.codePage, codePage);
  // Since Excel 97 it is always 1200, UTF-16, and says nothing about the machine. [MS-XLS] 2.4.52.
  if (number !== null && number !== '1200') yield* said('locale.codepage', 'CODEPAGE record', number, Number(number), place(RECORD.codePage));
  const country = recordRaw(globals, RECORD.country, codePage);
  if (country !== null)
    yield* said('locale.saved', 'COUNTRY record', country, COUNTRY_LANGUAGE[Number.parseInt(country, 10)] ?? null, place(RECORD.country));
  const user = recordRaw(globals, RECORD.writeAccess, codePage);
  // LibreOffice writes its own name there; where the properties name somebody, they are newer.
  if (user && user !== 'Calc' && !already('party.last-author', null))
    yield* said('party.last-author', 'WRITEACCESS record', user, textValue(user), place(RECORD.writeAccess));
  yield* noteAuthors(path, stream, globals);
}

/** CODEPAGE: its number. COUNTRY: that of the program's language and that of the system's settings. WRITEACCESS: the name. */
function recordRaw(globals: XlsGlobals, id: number, codePage: number): string | null {
  const body = globals.records.get(id);
  if (!body || body.byteLength < 2) return null;
  const view = viewOf(body);
  if (id === RECORD.codePage) return String(view.getUint16(0, true));
  if (id === RECORD.country) return body.byteLength >= 4 ? `${view.getUint16(0, true)}, ${view.getUint16(2, true)}` : null;
  return id === RECORD.writeAccess ? writeAccessName(body, globals.biff, codePage) : null;
}

/** Authors of comments told apart in one workbook. */
const MAX_AUTHORS = 500;

/** Who commented on a cell: stAuthor of NOTE, [MS-XLS] 2.4.179 NoteSh. Each name once; Excel 95 keeps none. */
function* noteAuthors(path: string, stream: Uint8Array, globals: XlsGlobals): Generator<Extracted> {
  if (globals.biff !== 8 || globals.encrypted) return;
  const seen = new Set<string>();
  for (const record of biffRecords(stream)) {
    if (record.type !== RECORD.note || record.body.byteLength < 11 || seen.size >= MAX_AUTHORS) continue;
    const name = unicodeString(withContinuations(stream, record), 8);
    if (name.trim() === '' || seen.has(name)) continue;
    seen.add(name);
    yield* said('party.reviewer', 'NOTE record stAuthor', name, textValue(name), placeIn(path, record.at, RECORD.note));
  }
}
