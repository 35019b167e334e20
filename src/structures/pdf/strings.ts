import type { TimeValue } from '../../model/attribute.ts';
import { instantOf, offsetMinutesOf, parseIso, wallOf } from '../../model/time.ts';

/** ISO 32000-2 annex D.3: where PDFDocEncoding differs from Latin-1. */
const DOC_18 = '˘ˇˆ˙˝˛˚˜';
const DOC_80 = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€';

function docCharacter(b: number): string {
  if (b >= 0x18 && b <= 0x1f) return DOC_18.charAt(b - 0x18);
  return b >= 0x80 && b <= 0xa0 ? DOC_80.charAt(b - 0x80) : String.fromCharCode(b);
}

/** A text string (ISO 32000-2 7.9.2.2): UTF-16BE or UTF-8 behind its BOM, else PDFDocEncoding. UTF-16LE occurs and is read. */
export function decodeTextString(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder('utf-8').decode(bytes);
  let text = '';
  for (const b of bytes) text += docCharacter(b);
  return text;
}

/** What a person reads of it: language escapes (ESC en US ESC) and the zero bytes that some writers end on are taken off. */
export const cleanText = (text: string): string =>
  text
    .replace(/\u001b[^\u001b]{0,8}\u001b/g, '')
    .replace(/(?<!\0)\0+$/, '')
    .trim();

const DATE = /^\s*(?:D:\s*)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?)?)?\s*(?:(Z)|([+-])\s*(\d\d)'?(\d\d)?)?/;
const DAY = 86_400_000;
/** Milliseconds, by how many parts stand there: year, month, day, hour, minute, second. */
const PRECISION = [366 * DAY, 31 * DAY, DAY, 3_600_000, 60_000, 1000] as const;

/**
 * A date (ISO 32000-2 7.9.4) 'D:YYYYMMDDHHmmSSOHH'mm', tolerant of what is missing at either end; ISO 8601 occurs too.
 * Without a zone it is a wall time. Null where it is no date.
 */
export function parsePdfDate(text: string): TimeValue | null {
  const m = DATE.exec(text);
  if (!m) return parseIso(text.replace(/^\s*D:/, ''));
  const [, year, month, day, hour, minute, second, z, sign, zoneHours, zoneMinutes] = m;
  // '2015-03-04T…' begins like a year with a zone.
  if (month === undefined && sign !== undefined) return parseIso(text.replace(/^\s*D:/, ''));
  const given = [year, month, day, hour, minute, second].filter((p) => p !== undefined).length;
  const precisionMs = PRECISION[given - 1] ?? 1000;
  const parts = {
    year: Number(year),
    month: Number(month ?? 1),
    day: Number(day ?? 1),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  if (z !== undefined) return instantOf(parts, 0, precisionMs);
  if (sign === undefined) return wallOf(parts, precisionMs);
  return instantOf(parts, offsetMinutesOf(`${sign}${zoneHours ?? '00'}${zoneMinutes ?? '00'}`), precisionMs);
}
