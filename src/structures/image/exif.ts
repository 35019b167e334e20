import { isUtf8 } from 'node:buffer';
import exifr from 'exifr';
import type { Instant, TimeValue } from '../../model/attribute.ts';
import { instantOf, offsetMinutesOf, wallOf } from '../../model/time.ts';
import { withoutPadding } from '../placed.ts';
import { entryOf, numbersOf, type Tiff, valueBytesOf } from './tiff.ts';

/** ASCII, BYTE, UNDEFINED and Exif 3.0's UTF-8: writers use all four for text. */
const TEXT_TYPES = new Set([1, 2, 7, 129]);
const TEXT_BYTES = 64 * 1024;
const BYTE = 1;
/** XPTitle, XPComment, XPAuthor, XPKeywords, XPSubject: UTF-16LE in bytes, as Windows' Explorer writes them. */
const isWindowsText = (tag: number): boolean => tag >= 0x9c9b && tag <= 0x9c9f;
const RATIONAL_TYPES = new Set([5, 10]);

/** UTF-8 where it is, else Latin-1: Exif says ASCII, cameras and editors write both. */
export const decodeText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(isUtf8(bytes) ? 'utf8' : 'latin1');

/**
 * A tag as text: characters without the NULs behind them, else its numbers ('48/1 8/1 43/1', '1 2'); null where it is
 * absent. Not exifr's value: that is trimmed, blank becomes absent and rationals are divided.
 */
export function tagText(tiff: Tiff, block: string, tag: number): string | null {
  const entry = entryOf(tiff, block, tag);
  if (!entry) return null;
  if (isWindowsText(tag) && entry.type === BYTE) {
    const stored = valueBytesOf(tiff, block, tag, TEXT_BYTES) ?? new Uint8Array(0);
    return withoutPadding(new TextDecoder('utf-16le', { ignoreBOM: true }).decode(stored));
  }
  if (TEXT_TYPES.has(entry.type)) {
    const bytes = valueBytesOf(tiff, block, tag, TEXT_BYTES) ?? new Uint8Array(0);
    let end = bytes.byteLength;
    while (end > 0 && bytes[end - 1] === 0) end--;
    return decodeText(bytes.subarray(0, end));
  }
  const numbers = numbersOf(tiff, block, tag);
  if (!RATIONAL_TYPES.has(entry.type)) return numbers.join(' ');
  return numbers.flatMap((n, i) => (i % 2 === 0 && i + 1 < numbers.length ? [`${n}/${numbers[i + 1]}`] : [])).join(' ');
}

/** What a person reads: up to the first NUL, trimmed. */
export const visibleText = (raw: string): string => (raw.split('\u0000', 1)[0] ?? '').trim();

const EXIF_TIME = /^(\d{4})[:./-](\d\d)[:./-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(Z|[+-]\d\d:?\d\d)?$/;

/** 'YYYY:MM:DD HH:MM:SS' with, from tags of their own, '+HH:MM' and a fraction's digits. Null where it is no time: blanks and zeros are common. */
export function exifTime(raw: string, offset: string | null, subsec: string | null): TimeValue | null {
  const m = EXIF_TIME.exec(visibleText(raw));
  if (!m) return null;
  const [, year, month, day, hour, minute, second, ownFraction, ownZone] = m;
  const apart = visibleText(subsec ?? '');
  const fraction = ownFraction ?? (second !== undefined && /^\d{1,9}$/.test(apart) ? apart : '');
  const parts = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: Math.trunc(Number(`0.${fraction || '0'}`) * 1000),
  };
  const precisionMs = second === undefined ? 60_000 : 10 ** Math.max(0, 3 - fraction.length);
  const zone = ownZone ?? visibleText(offset ?? '');
  const offsetMinutes = /^(?:Z|[+-]\d\d:?\d\d)$/.test(zone) ? offsetMinutesOf(zone) : NaN;
  return Number.isNaN(offsetMinutes) ? wallOf(parts, precisionMs) : instantOf(parts, offsetMinutes, precisionMs);
}

/** GPSDateStamp with GPSTimeStamp's three rationals: UTC by definition (Exif 3.0 section 4.6.6). Null where either is no such thing. */
export function gpsTime(date: string, rationals: readonly number[]): Instant | null {
  const m = /^(\d{4})[:./-](\d\d)[:./-](\d\d)$/.exec(visibleText(date));
  const [h, m1, s] = [0, 2, 4].map((i) => (rationals[i] ?? NaN) / (rationals[i + 1] ?? NaN));
  if (!m || h === undefined || m1 === undefined || s === undefined || !Number.isInteger(h) || !Number.isInteger(m1) || !Number.isFinite(s))
    return null;
  const whole = Math.floor(s);
  const parts = {
    year: Number(m[1]),
    month: Number(m[2]),
    day: Number(m[3]),
    hour: h,
    minute: m1,
    second: whole,
    millisecond: Math.floor((s - whole) * 1000),
  };
  return instantOf(parts, 0, Number.isInteger(s) ? 1000 : 1);
}

// Raw on purpose: exifr's own revivers turn a zone-less time into a Date in *this machine's* time zone. And nothing but
// IPTC: a TIFF that carries IPTC makes exifr lose all blocks.
const IPTC_ONLY = {
  tiff: false,
  ifd0: false,
  exif: false,
  gps: false,
  interop: false,
  ifd1: false,
  jfif: false,
  ihdr: false,
  icc: false,
  xmp: false,
  iptc: true,
  translateKeys: false,
  translateValues: false,
  reviveValues: false,
  mergeOutput: false,
  silentErrors: false,
} as unknown as Parameters<typeof exifr.parse>[1];

export interface Iptc {
  /** Datasets of record 2 by number (IIM 4.2), the first of each; Latin-1 unless the bytes are UTF-8. */
  readonly datasets: ReadonlyMap<number, string>;
  /** Those that stand there more than once, as by-lines and keywords may: the second and later ones, in order. */
  readonly further: ReadonlyMap<number, readonly string[]>;
  /** Why they could not be read, in one line. */
  readonly error: string | null;
}

/** The most an APP13 segment holds beside its own length. */
const SEGMENT_BYTES = 0xffff - 2;

/** Datasets as they stand in TIFF's tag 33723, in the image resource block that a JPEG carries them in. Cut to one segment. */
export function photoshopBlock(datasets: Uint8Array): Uint8Array {
  const header = Buffer.from('Photoshop 3.0\0' + '8BIM\u0004\u0004\0\0' + '\0\0\0\0', 'latin1');
  const kept = datasets.subarray(0, SEGMENT_BYTES - header.byteLength);
  header.writeUInt32BE(kept.byteLength, header.byteLength - 4);
  return Buffer.concat([header, kept]);
}

/** A segment holds some thousand; nobody wrote so many by-lines. */
const MAX_REPEATED = 1000;
/** Every dataset of record 2 begins with it (IIM 4.2 section 1.5). */
const DATASET = Buffer.from([0x1c, 0x02]);

/** IPTC of a 'Photoshop 3.0' block. It goes to exifr in the only carrier it takes, a JPEG of one APP13 segment. Never rejects. */
export async function readIptc(block: Uint8Array): Promise<Iptc> {
  const payload = Buffer.from(block.subarray(0, SEGMENT_BYTES));
  const datasets = new Map<number, string>();
  const further = new Map<number, readonly string[]>();
  if (!payload.includes(DATASET)) return { datasets, further, error: null };
  const length = payload.byteLength + 2;
  // Memory of its own, no slice of a pool: for a dataset longer than what is left exifr reads on behind the segment.
  const carrier = new Uint8Array(payload.byteLength + 10);
  carrier.set([0xff, 0xd8, 0xff, 0xed, length >> 8, length & 0xff]);
  carrier.set(payload, 6);
  carrier.set([0xff, 0xd9], 6 + payload.byteLength);
  let parsed: { readonly iptc?: Readonly<Record<string, unknown>> } | undefined;
  try {
    parsed = (await exifr.parse(carrier, IPTC_ONLY)) as typeof parsed;
  } catch (error) {
    return { datasets, further, error: `IPTC: ${error instanceof Error ? error.message.slice(0, 200) : 'not readable'}` };
  }
  for (const [number, value] of Object.entries(parsed?.iptc ?? {})) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    // Only what stands in the file: the two bytes we put behind it are no value.
    const [first, ...rest] = values.filter((v) => typeof v === 'string' && payload.includes(v, 0, 'latin1')) as string[];
    if (first === undefined) continue;
    datasets.set(Number(number), decodeText(Buffer.from(first, 'latin1')));
    if (rest.length > 0)
      further.set(
        Number(number),
        rest.slice(0, MAX_REPEATED).map((v) => decodeText(Buffer.from(v, 'latin1'))),
      );
  }
  return { datasets, further, error: null };
}

/** Date Created and Time Created (IIM 2:55 'CCYYMMDD', 2:60 'HHMMSS±HHMM'); '00' for an unknown month or day makes it null. */
export function iptcTime(date: string, time: string | undefined): TimeValue | null {
  const d = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(date.trim());
  if (!d) return null;
  const day = { year: Number(d[1]), month: Number(d[2]), day: Number(d[3]) };
  const t = /^(\d\d):?(\d\d):?(\d\d)([+-]\d\d:?\d\d)?$/.exec((time ?? '').trim());
  if (!t) return wallOf({ ...day, hour: 0, minute: 0, second: 0 }, 86_400_000);
  const parts = { ...day, hour: Number(t[1]), minute: Number(t[2]), second: Number(t[3]) };
  return t[4] === undefined ? wallOf(parts) : instantOf(parts, offsetMinutesOf(t[4]));
}
