import { viewOf } from '../little-endian.ts';

/** Numbers of the records that are read. [MS-PPT] 2.13.24 RecordType; those from 0xF000 are of [MS-ODRAW]. */
export const PPT = {
  document: 0x03e8,
  slide: 0x03ee,
  notes: 0x03f0,
  notesAtom: 0x03f1,
  slidePersist: 0x03f3,
  slideList: 0x0ff0,
  outlineTextRef: 0x0f9e,
  textHeader: 0x0f9f,
  textChars: 0x0fa0,
  textBytes: 0x0fa8,
  cString: 0x0fba,
  slideNumber: 0x0fd8,
  userEdit: 0x0ff5,
  currentUser: 0x0ff6,
  dateTime: 0x0ff7,
  genericDate: 0x0ff8,
  header: 0x0ff9,
  footer: 0x0ffa,
  rtfDateTime: 0x1015,
  persistDirectory: 0x1772,
  binaryTagData: 0x138b,
  comment: 0x2ee0,
  commentAtom: 0x2ee1,
  clientTextbox: 0xf00d,
} as const;

/** A record of the stream. [MS-PPT] 2.3.1 RecordHeader. */
export interface PptRecord {
  readonly type: number;
  readonly instance: number;
  readonly isContainer: boolean;
  /** Where its header stands in the stream. */
  readonly at: number;
  /** Its body: from here to there, as far as the stream goes. */
  readonly from: number;
  readonly to: number;
}

const HEADER = 8;
/** Containers in containers: hostile beyond. */
const MAX_DEPTH = 64;

export function pptRecord(stream: Uint8Array, at: number, end = stream.byteLength): PptRecord | null {
  if (at < 0 || at + HEADER > end) return null;
  const view = viewOf(stream);
  const first = view.getUint16(at, true);
  const from = at + HEADER;
  return {
    type: view.getUint16(at + 2, true),
    instance: first >>> 4,
    isContainer: (first & 0x0f) === 0x0f,
    at,
    from,
    to: Math.min(end, from + view.getUint32(at + 4, true)),
  };
}

/** The records side by side in a range. */
export function* pptRecords(stream: Uint8Array, from: number, to: number): Generator<PptRecord> {
  for (let record = pptRecord(stream, from, to); record; record = pptRecord(stream, record.to, to)) yield record;
}

/** Every record below one, depth first in the order of the stream; the data of binary tags is walked too. Each header once. */
export function* pptDescendants(stream: Uint8Array, root: PptRecord): Generator<PptRecord> {
  const open: { at: number; readonly to: number }[] = [{ at: root.from, to: root.to }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const record = pptRecord(stream, top.at, top.to);
    if (!record) {
      open.pop();
      continue;
    }
    top.at = record.to;
    yield record;
    if ((record.isContainer || record.type === PPT.binaryTagData) && open.length < MAX_DEPTH) open.push({ at: record.from, to: record.to });
  }
}

/** UTF-16 of a text atom or a CString. */
export const wideText = (stream: Uint8Array, r: PptRecord): string =>
  Buffer.from(stream.buffer, stream.byteOffset + r.from, (r.to - r.from) & ~1).toString('utf16le');
