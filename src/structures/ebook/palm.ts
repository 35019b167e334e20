import type { ProblemDraft } from '../../model/artifact.ts';
import type { Instant, WallTime } from '../../model/attribute.ts';
import type { Input } from '../../model/input.ts';
import { decodeCodePage } from '../charset.ts';
import { macWallTime } from '../mac-time.ts';
import { bufferOf } from '../placed.ts';

/** Where fields of the database header stand (Palm File Format Specification, PDB). */
export const PALM_FIELD = { created: 36, modified: 40 } as const;
const HEADER = 78;
const RECORD = 8;
/** Record 0 holds headers, not text. */
const MAX_RECORD_0 = 1024 ** 2;
const MAX_EXTH = 10_000;

export interface PalmRecord {
  readonly offset: number;
  readonly length: number;
}

/** One record of the block EXTH: `type` says what it is; its value's place in bytes of the file. */
export interface ExthRecord {
  readonly type: number;
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

export interface PalmBook {
  readonly created: number;
  readonly modified: number;
  readonly records: readonly PalmRecord[];
  /** Title and notes of MOBI; none in other databases. */
  readonly title: ExthRecord | null;
  readonly notes: readonly ExthRecord[];
  readonly problems: readonly ProblemDraft[];
}

/** Seconds since 1904 on the clock of the handheld; of writers that count from 1970, UTC (their first bit is not set). Null for 0. */
export function palmTime(seconds: number): Instant | WallTime | null {
  if (seconds >= 0x80000000) return macWallTime(seconds);
  return seconds === 0 ? null : { kind: 'instant', epochMs: seconds * 1000, offsetMinutes: 0, precisionMs: 1000 };
}

/** A Palm database, and the headers of MOBI in its record 0 (mobileread.com wiki, MOBI). Use as `input.once(readPalm)`. Never throws. */
export function readPalm({ bytes }: Input): PalmBook {
  const head = bufferOf(bytes.slice(0, HEADER));
  const none = { created: 0, modified: 0, records: [], title: null, notes: [] };
  if (head.byteLength < HEADER) return { ...none, problems: [{ code: 'truncated', message: 'no whole header' }] };
  const problems: ProblemDraft[] = [];
  const count = head.readUInt16BE(76);
  const table = bufferOf(bytes.slice(HEADER, count * RECORD));
  const offsets: number[] = [];
  for (let at = 0; at + RECORD <= table.byteLength; at += RECORD) offsets.push(table.readUInt32BE(at));
  if (offsets.length < count) problems.push({ code: 'truncated', message: `${count} records are announced, ${offsets.length} are listed` });
  const records = offsets.flatMap((offset, i) => {
    const end = Math.min(bytes.size, offsets[i + 1] ?? bytes.size);
    return offset < end ? [{ offset, length: end - offset }] : [];
  });
  if (records.length < offsets.length) problems.push({ code: 'truncated', message: 'records lie outside of the file or overlap' });
  const [first] = records;
  const mobi = first ? mobiOf(bufferOf(bytes.slice(first.offset, Math.min(first.length, MAX_RECORD_0))), first.offset) : { title: null, notes: [] };
  return { created: head.readUInt32BE(PALM_FIELD.created), modified: head.readUInt32BE(PALM_FIELD.modified), records, ...mobi, problems };
}

function mobiOf(record: Buffer, base: number): { readonly title: ExthRecord | null; readonly notes: readonly ExthRecord[] } {
  if (record.byteLength < 132 || record.toString('latin1', 16, 20) !== 'MOBI') return { title: null, notes: [] };
  const codePage = record.readUInt32BE(28) === 65_001 ? 65_001 : 1252;
  const textAt = (type: number, at: number, length: number): ExthRecord | null =>
    length > 0 && at + length <= record.byteLength
      ? { type, text: decodeCodePage(record.subarray(at, at + length), codePage), offset: base + at, length }
      : null;
  const notes: ExthRecord[] = [];
  let at = 16 + record.readUInt32BE(20);
  if (record.readUInt32BE(128) & 0x40 && at + 12 <= record.byteLength && record.toString('latin1', at, at + 4) === 'EXTH') {
    const count = record.readUInt32BE(at + 8);
    at += 12;
    for (let n = 0; n < count && n < MAX_EXTH && at + 8 <= record.byteLength; n++) {
      const length = record.readUInt32BE(at + 4);
      const note = length >= 8 ? textAt(record.readUInt32BE(at), at + 8, length - 8) : null;
      if (note) notes.push(note);
      if (length < 8) break;
      at += length;
    }
  }
  return { title: textAt(0, record.readUInt32BE(84), record.readUInt32BE(88)), notes };
}
