import { inflateSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import { bytesOf } from '../../model/bytes.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { decodeCharset } from '../charset.ts';
import { bufferOf, withoutPadding } from '../placed.ts';
import { asciiAt, numberAt, wideAt } from '../placed-text.ts';

/** One thing a font says of itself. Tables may be packed, so it is addressed by table and number and not by bytes. */
export interface FontValue {
  /** 'head', or 'name 3.1.1033' by platform, encoding and language; in front the font's number where a file has several. */
  readonly block: string;
  /** The name's number, or where in the table the field stands. */
  readonly tag: number;
  readonly raw: string;
}

export interface Sfnt {
  readonly values: readonly FontValue[];
  readonly problems: readonly ProblemDraft[];
}

const MAX_FONTS = 32;
const MAX_TABLES = 256;
const MAX_NAMES = 2_000;
const MAX_TABLE_BYTES = 1024 ** 2;
/** OpenType 1.9, 'head': LONGDATETIME. */
export const HEAD_CREATED = 20;
export const HEAD_MODIFIED = 28;
const MACINTOSH = 1;
const WINDOWS = 3;

interface Table {
  readonly offset: number;
  readonly length: number;
  /** Unpacked; as long where it is not packed. */
  readonly size: number;
}

/** Directory of a bare font: sixteen bytes a table; of a WOFF: twenty (WOFF 1.0 section 5). */
function tablesOf(bytes: Bytes, at: number): Map<string, Table> {
  const isWoff = asciiAt(bytes, at, 4) === 'wOFF';
  const count = Math.min(numberAt(bytes, at + (isWoff ? 12 : 4), 2) ?? 0, MAX_TABLES);
  const tables = new Map<string, Table>();
  for (let i = 0; i < count; i++) {
    const row = at + (isWoff ? 44 + 20 * i : 12 + 16 * i);
    const [offset, length, size] = isWoff ? [4, 8, 12] : [8, 12, 12];
    tables.set(asciiAt(bytes, row, 4), {
      offset: numberAt(bytes, row + offset, 4) ?? 0,
      length: numberAt(bytes, row + length, 4) ?? 0,
      size: numberAt(bytes, row + size, 4) ?? 0,
    });
  }
  return tables;
}

function tableBytes(bytes: Bytes, name: string, table: Table | undefined, problems: ProblemDraft[]): Bytes | null {
  if (!table) return null;
  if (table.offset + table.length > bytes.size) {
    problems.push({ code: 'truncated', message: `font: the table '${name}' ends beyond the file` });
    return null;
  }
  if (table.length >= table.size) return bytes.window(table.offset, table.length);
  try {
    return bytesOf(inflateSync(bytes.slice(table.offset, table.length), { maxOutputLength: MAX_TABLE_BYTES }));
  } catch {
    problems.push({ code: 'malformed', message: `font: the table '${name}' does not unpack within ${MAX_TABLE_BYTES} bytes` });
    return null;
  }
}

function head(table: Bytes, prefix: string): FontValue[] {
  return [HEAD_CREATED, HEAD_MODIFIED].flatMap((tag) => {
    const raw = wideAt(table, tag);
    return raw === null ? [] : [{ block: `${prefix}head`, tag, raw: BigInt.asIntN(64, raw).toString() }];
  });
}

/** One name of each number: of Windows' where there are some, which are UTF-16; else the first there is. */
function names(table: Bytes, prefix: string): FontValue[] {
  const count = Math.min(numberAt(table, 2, 2) ?? 0, MAX_NAMES);
  const texts = numberAt(table, 4, 2) ?? 0;
  const chosen = new Map<number, { platform: number; value: FontValue }>();
  for (let i = 0; i < count; i++) {
    const b = bufferOf(table.slice(6 + 12 * i, 12));
    if (b.byteLength < 12) break;
    const [platform, encoding, language, tag] = [b.readUInt16BE(0), b.readUInt16BE(2), b.readUInt16BE(4), b.readUInt16BE(6)];
    const before = chosen.get(tag);
    if (before && (before.platform === WINDOWS || platform !== WINDOWS)) continue;
    const stored = table.slice(texts + b.readUInt16BE(10), b.readUInt16BE(8));
    const raw = withoutPadding(decodeCharset(stored, platform === MACINTOSH ? 'macroman' : 'utf-16be'));
    chosen.set(tag, { platform, value: { block: `${prefix}name ${platform}.${encoding}.${language}`, tag, raw } });
  }
  return [...chosen.entries()].sort(([a], [b]) => a - b).map(([, { value }]) => value);
}

/** Names and clocks of a TrueType or OpenType font, a collection of them, or a WOFF. Never throws; outlines are not read. */
export function readSfnt({ bytes }: Pick<Input, 'bytes'>): Sfnt {
  const problems: ProblemDraft[] = [];
  const values: FontValue[] = [];
  if (asciiAt(bytes, 0, 4) === 'wOF2') return { values, problems: [{ code: 'unsupported', message: 'font: the tables of a WOFF 2 are not read' }] };
  const isCollection = asciiAt(bytes, 0, 4) === 'ttcf';
  const announced = isCollection ? (numberAt(bytes, 8, 4) ?? 0) : 1;
  const fonts = Math.min(announced, MAX_FONTS);
  if (fonts < announced) problems.push({ code: 'limit-exceeded', message: `font: ${announced} fonts, the first ${MAX_FONTS} read` });
  for (let i = 0; i < fonts; i++) {
    const at = isCollection ? numberAt(bytes, 12 + 4 * i, 4) : 0;
    if (at === null) break;
    const prefix = isCollection ? `font ${i + 1} ` : '';
    const tables = tablesOf(bytes, at);
    const [name, times] = (['name', 'head'] as const).map((tag) => tableBytes(bytes, tag, tables.get(tag), problems));
    if (name) values.push(...names(name, prefix));
    if (times) values.push(...head(times, prefix));
    if (tables.size === 0) problems.push({ code: 'malformed', message: 'font: no tables' });
  }
  return { values, problems };
}
