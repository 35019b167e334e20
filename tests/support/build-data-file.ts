import { filetime } from './build-cfb.ts';
import { be16, be32, le16, le32, le64, utf16le } from './bytes.ts';

const at = (size: number, parts: Readonly<Record<number, Uint8Array>>): Buffer => {
  const all = Buffer.alloc(size);
  for (const [offset, bytes] of Object.entries(parts)) all.set(bytes, Number(offset));
  return all;
};
const text = (s: string): Buffer => Buffer.from(s, 'latin1');
const ticks = (iso: string): Buffer => le64(BigInt(filetime(iso)));

/** The head of a database, and no table. `library` is 3007009 for 3.7.9. */
export const sqliteHead = (s: { readonly changes: number; readonly library: number; readonly application?: number }): Buffer =>
  at(512, { 0: text('SQLite format 3\u0000'), 24: be32(s.changes), 68: be32(s.application ?? 0), 96: be32(s.library) });

/** The base block of a registry hive; `guid` is the one of its resource manager, in hexadecimal as stored. */
export const hiveHead = (s: { readonly written: string; readonly name: string; readonly guid?: string; readonly major?: number }): Buffer =>
  at(4096, {
    0: text('regf'),
    12: ticks(s.written),
    20: le32(s.major ?? 1),
    24: le32(3),
    48: utf16le(s.name),
    112: Buffer.from(s.guid ?? '', 'hex'),
  });

/** An event log of one chunk, with an event for each time. */
export function eventLog(...times: readonly string[]): Buffer {
  const events = times.map((t, i) => Buffer.concat([text('**\u0000\u0000'), le32(64), le64(BigInt(i + 1)), ticks(t), Buffer.alloc(40)]));
  const header = at(4096, { 0: text('ElfFile\u0000'), 24: le64(BigInt(times.length + 1)), 36: le16(1), 38: le16(3), 42: le16(1) });
  return Buffer.concat([header, at(512, { 0: text('ElfChnk\u0000'), 44: le32(512 + 64 * Math.max(0, times.length - 1)) }), ...events]);
}

export const prefetchOf = (version: 17 | 23 | 26, program: string, ...runs: readonly string[]): Buffer =>
  at(320, {
    0: le32(version),
    4: text('SCCA'),
    16: utf16le(program),
    [version === 17 ? 120 : 128]: Buffer.concat(runs.map(ticks)),
  });

/** `date` in its six numbers. */
export const iccProfile = (...date: readonly number[]): Buffer =>
  at(132, { 0: be32(132), 8: Buffer.from([4, 0x20]), 24: Buffer.concat(date.map(be16)), 36: text('acsp') });

/** Dictionaries as they are; keys are sorted, as the format asks. */
export type Bencoded = string | number | readonly Bencoded[] | { readonly [key: string]: Bencoded };
export function bencoded(v: Bencoded): string {
  if (typeof v === 'string') return `${Buffer.byteLength(v)}:${v}`;
  if (typeof v === 'number') return `i${v}e`;
  if (Array.isArray(v)) return `l${(v as readonly Bencoded[]).map(bencoded).join('')}e`;
  return `d${Object.entries(v)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => bencoded(key) + bencoded(value))
    .join('')}e`;
}

/** The copy of the footer in front of a growing disk; `made` in ISO 8601. */
export const vhdHead = (made: string, application: string): Buffer =>
  at(512, { 0: text('conectix'), 24: be32((Date.parse(made) - Date.UTC(2000, 0, 1)) / 1000), 28: text(application), 68: Buffer.alloc(16, 0xa5) });
