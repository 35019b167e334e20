import type { WallTime } from '../../model/attribute.ts';
import type { Extracted } from '../../model/claim.ts';
import { wallOf } from '../../model/time.ts';
import { type BiffRecord, biffRecords, unicodeString } from './biff.ts';
import { type Cfb, streamOf } from './cfb.ts';
import { placeIn, said, textValue } from './said.ts';
import { viewOf } from '../little-endian.ts';

/** Streams of a workbook that several people shared: [MS-XLS] 2.1.7.14 and 2.1.7.17. */
const REVISION_LOG = 'Revision Log';
const USER_NAMES = 'User Names';

/** Records, and where they keep a name and a time. */
const RRD_HEAD = 0x0138;
const USR_INFO = 0x0193;
/** More savings than a log of thirty days has. */
const MAX_ENTRIES = 5_000;
/** In a locator, beside the record's offset: the name or the time. */
const NAME = 0;
const TIME = 1;

/** Who changed a shared workbook and when (RRDHead, [MS-XLS] 2.4.226), and who had it open (UsrInfo, 2.4.340). */
export function* sharingClaims(cfb: Cfb): Generator<Extracted> {
  for (const [stream, type, read] of [
    [REVISION_LOG, RRD_HEAD, headOf],
    [USER_NAMES, USR_INFO, userOf],
  ] as const) {
    const bytes = streamOf(cfb, stream);
    let left = MAX_ENTRIES;
    for (const record of bytes ? biffRecords(bytes) : []) {
      if (record.type !== type || left-- <= 0) continue;
      const entry = read(record);
      if (!entry) continue;
      const field = type === RRD_HEAD ? 'RRDHead' : 'UsrInfo';
      if (entry.name.trim() !== '')
        yield* said('party.reviewer', `${field} user`, entry.name, textValue(entry.name), placeIn(stream, record.at, NAME));
      yield* said('time.reviewed', `${field} time`, entry.digits, entry.time, placeIn(stream, record.at, TIME));
    }
  }
}

interface Entry {
  readonly name: string;
  /** Eight bytes as they stand. */
  readonly digits: string;
  readonly time: WallTime | null;
}

/** rrd 14, guid 16, code page 2, length of the name 2, the name in 114 bytes, the time. */
function headOf({ body }: BiffRecord): Entry | null {
  if (body.byteLength < 156) return null;
  const length = Math.min(viewOf(body).getUint16(32, true), 54);
  const wide = ((body[34] ?? 0) & 1) === 1;
  const name = Buffer.from(body.subarray(35, 35 + length * (wide ? 2 : 1))).toString(wide ? 'utf16le' : 'latin1');
  return { name, ...timeAt(body, 148) };
}

/** Id 4, guid 16, the time, the name. */
function userOf({ body }: BiffRecord): Entry | null {
  return body.byteLength < 31 ? null : { name: unicodeString([body], 28), ...timeAt(body, 20) };
}

/** ShortDTR, [MS-XLS] 2.5.238: year, month, day, hour, minute, second on the machine's own clock. */
function timeAt(body: Uint8Array, at: number): { digits: string; time: WallTime | null } {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = body.subarray(at + 2, at + 7);
  return {
    digits: Buffer.from(body.subarray(at, at + 8)).toString('hex'),
    time: wallOf({ year: viewOf(body).getUint16(at, true), month, day, hour, minute, second }),
  };
}
