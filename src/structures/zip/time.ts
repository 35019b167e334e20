import type { Instant, TimeValue, WallTime } from '../../model/attribute.ts';
import { fromFiletime, wallOf } from '../../model/time.ts';
import { CENTRAL_TIME_AT, extraOf, LOCAL_TIME_AT, type ZipExtra } from './header.ts';
import { u16, u32 } from '../little-endian.ts';

/** Unix times of Info-ZIP: seconds since 1970 UTC, signed 32 bits (APPNOTE 4.6.1, extrafld.txt). */
const EXTENDED_TIMESTAMP = 0x5455;
/** FILETIMEs of the NTFS record: 100 ns ticks since 1601 UTC (APPNOTE 4.5.5). */
const NTFS = 0x000a;

/** 1980-01-01, where DOS time begins: written by Office and by every deterministic packer, and by a clock that was never set. */
export const DOS_EPOCH_DATE = 0x0021;

/**
 * MS-DOS date and time: the packer's wall clock in steps of two seconds, no zone. LibreOffice writes UTC there. Null where
 * the bits are no date (0 is none). The constant 1980-01-01 is converted like any other.
 */
export function dosWallTime(date: number, time: number): WallTime | null {
  return wallOf(
    {
      year: 1980 + (date >>> 9),
      month: (date >>> 5) & 0x0f,
      day: date & 0x1f,
      hour: time >>> 11,
      minute: (time >>> 5) & 0x3f,
      second: (time & 0x1f) * 2,
    },
    2000,
  );
}

/** The best time a member carries, and where it stands. */
export interface StoredTime {
  readonly field: 'extra 0x5455' | 'extra 0x000a' | 'DOS time';
  /** The bytes as they stand, in lower-case hex. */
  readonly raw: string;
  /** Null for constants and for bits that are no date. */
  readonly value: TimeValue | null;
}

interface Timed {
  readonly dosDate: number;
  readonly dosTime: number;
  readonly extra: readonly ZipExtra[];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** The DOS fields as they stand in the file: time, then date, both little endian. */
export const dosHex = (dosDate: number, dosTime: number): string => hex(Uint8Array.of(dosTime & 0xff, dosTime >>> 8, dosDate & 0xff, dosDate >>> 8));

/** DOS time, or null for the constant 1980-01-01. */
const dosClock = (date: number, time: number): WallTime | null => (date === DOS_EPOCH_DATE ? null : dosWallTime(date, time));

interface Found {
  readonly bytes: Uint8Array;
  readonly value: Instant;
}

function unixTime(extra: Uint8Array | undefined): Found | null {
  // Bit 0 of the first byte: a modification time follows. Zero is a field nobody filled.
  if (!extra || extra.byteLength < 5 || ((extra[0] ?? 0) & 1) === 0) return null;
  const seconds = u32(extra, 1) | 0;
  return seconds === 0
    ? null
    : { bytes: extra.subarray(1, 5), value: { kind: 'instant', epochMs: seconds * 1000, offsetMinutes: 0, precisionMs: 1000 } };
}

function ntfsTime(extra: Uint8Array | undefined): Found | null {
  if (!extra) return null;
  for (let at = 4; at + 4 <= extra.byteLength; at += 4 + u16(extra, at + 2)) {
    if (u16(extra, at) !== 1 || u16(extra, at + 2) < 8 || at + 12 > extra.byteLength) continue;
    const ticks = (BigInt(u32(extra, at + 8)) << 32n) | BigInt(u32(extra, at + 4));
    const value = fromFiletime(ticks);
    if (value) return { bytes: extra.subarray(at + 4, at + 12), value };
  }
  return null;
}

const either = (member: Timed, local: Timed | null, id: number): Uint8Array | undefined =>
  extraOf(member.extra, id) ?? (local ? extraOf(local.extra, id) : undefined);

/** UTC where an extra field holds it, in the directory or in the local header; else the packer's wall clock; null for constants. */
export function modifiedOf(member: Timed, local: Timed | null): TimeValue | null {
  const utc = unixTime(either(member, local, EXTENDED_TIMESTAMP)) ?? ntfsTime(either(member, local, NTFS));
  return utc ? utc.value : dosClock(member.dosDate, member.dosTime);
}

/** What {@link modifiedOf} found, and the bytes it was read from. */
export function storedTime(member: Timed & { readonly local: Timed | null }): StoredTime {
  const unix = unixTime(either(member, member.local, EXTENDED_TIMESTAMP));
  if (unix) return { field: 'extra 0x5455', raw: hex(unix.bytes), value: unix.value };
  const ntfs = ntfsTime(either(member, member.local, NTFS));
  if (ntfs) return { field: 'extra 0x000a', raw: hex(ntfs.bytes), value: ntfs.value };
  return { field: 'DOS time', raw: dosHex(member.dosDate, member.dosTime), value: dosClock(member.dosDate, member.dosTime) };
}

/** One distinct DOS time of an archive. */
export interface MemberTime {
  /** The four bytes as they stand, time then date, in hex. */
  readonly raw: string;
  /** Wall time; null for the constant 1980-01-01 and bits that are no date. */
  readonly value: WallTime | null;
  /** Of the four bytes, in the artifact: of the local header, else of the directory entry. */
  readonly offset: number;
}

interface Placed {
  readonly directory: boolean;
  readonly dosDate: number;
  readonly dosTime: number;
  readonly centralOffset: number;
  readonly local: { readonly offset: number; readonly dosDate: number; readonly dosTime: number } | null;
}

/**
 * The distinct DOS times of the local headers, oldest first, each where it stands first; the oldest and the youngest half
 * where there are more than `most`, since a range is told by its ends.
 */
export function distinctMemberTimes(members: readonly Placed[], most: number): readonly MemberTime[] {
  const times = new Map<number, MemberTime>();
  for (const m of members) {
    const { dosDate, dosTime } = m.local ?? m;
    const bits = dosDate * 0x1_0000 + dosTime;
    const offset = m.local ? m.local.offset + LOCAL_TIME_AT : m.centralOffset + CENTRAL_TIME_AT;
    if (!m.directory && !times.has(bits)) times.set(bits, { raw: dosHex(dosDate, dosTime), value: dosClock(dosDate, dosTime), offset });
  }
  const sorted = [...times].sort(([a], [b]) => a - b).map(([, time]) => time);
  const half = Math.trunc(most / 2);
  return sorted.length <= most ? sorted : [...sorted.slice(0, half), ...sorted.slice(sorted.length - (most - half))];
}
