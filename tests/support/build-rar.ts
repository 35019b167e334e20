import { crc32 } from 'node:zlib';
import { dosOf } from './build-zip.ts';

export interface RarEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Version 4: the packer's wall clock, 'YYYY-MM-DDTHH:MM:SS'. Default 2017-03-27T12:00:00. */
  readonly local?: string;
  /** Version 5: UTC, 'YYYY-MM-DDTHH:MM:SSZ'. Default 2017-03-27T12:00:00Z. */
  readonly instant?: string;
  /** The header says so; the content stays as it is. */
  readonly encrypted?: boolean;
  /** The header says that it continues in the next volume. */
  readonly split?: boolean;
  /** The header says that it began in the volume before. */
  readonly splitBefore?: boolean;
  /** A symbolic link, version 5 only: where it leads. */
  readonly target?: string;
  readonly crc32?: number;
  /** What stands in the archive for the content, said to be packed by the usual method of this version (times ten; 50 for RAR 5). */
  readonly packed?: { readonly bytes: Uint8Array; readonly version: number };
  /** Version 4 only: a service block, not a file; marked as solid, as some packers do. */
  readonly service?: boolean;
  /** Version 4 only: packed with the help of the members before it. */
  readonly solid?: boolean;
  /** Version 4 only: a symbolic link of Unix, whose content is where it leads. */
  readonly link?: boolean;
}

export interface RarOptions {
  /** The system it was packed on. Default 'windows'. */
  readonly host?: 'windows' | 'unix';
  /** The list of members is said to be encrypted; nothing readable follows. */
  readonly encryptedHeaders?: boolean;
  readonly volume?: boolean;
}

export const le = (length: number, value: number): Buffer => {
  const out = Buffer.alloc(length);
  out.writeUIntLE(value, 0, length);
  return out;
};
const isFolder = (e: RarEntry): boolean => e.name.endsWith('/');

/** A block of RAR 4 with its checksum: type, flags, what follows the size. */
export function block4(type: number, flags: number, rest: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([type]), le(2, flags), le(2, 7 + rest.byteLength), rest]);
  return Buffer.concat([le(2, crc32(body) & 0xffff), body]);
}

function file4(e: RarEntry, host: number): Buffer {
  const content = Buffer.from(e.content ?? '');
  const name = Buffer.from(e.name.replace(/\/$/, '').replaceAll('/', '\\'));
  const { dosDate, dosTime } = dosOf(e.local ?? '2017-03-27T12:00:00');
  const inside = Buffer.from(e.packed?.bytes ?? content);
  const flags =
    0x8000 | (e.service || e.solid ? 0x10 : 0) | (isFolder(e) ? 0xe0 : 0) | (e.encrypted ? 4 : 0) | (e.split ? 2 : 0) | (e.splitBefore ? 1 : 0);
  const rest = Buffer.concat([
    le(4, inside.byteLength),
    le(4, content.byteLength),
    le(1, e.link ? 3 : host),
    le(4, e.crc32 ?? crc32(content)),
    le(2, dosTime),
    le(2, dosDate),
    le(1, e.packed?.version ?? 20),
    le(1, e.packed ? 0x33 : 0x30),
    le(2, name.byteLength),
    le(4, e.link ? 0xa1ff : isFolder(e) ? 0x10 : 0x20),
    name,
  ]);
  return Buffer.concat([block4(e.service ? 0x7a : 0x74, flags, rest), inside]);
}

/**
 * `count` times the letter 'a' as RAR 2.9 packs it: a block of LZSS with the lengths of its codes (20 of four bits, by which 404
 * others are told), then a bit of 0 for each letter and the end.
 */
export function packedLetters(count: number): Uint8Array {
  // In the first code 19 (a long run of zeros) is '0', 1 (a length of one) is '10' and 18 (a short run) is '11'.
  const zeros = (n: number): string => `0${(n - 11).toString(2).padStart(7, '0')}`;
  const lengths = Array.from({ length: 20 }, (_, i) => ({ 1: '0010', 18: '0010', 19: '0001' })[i] ?? '0000').join('');
  const table = `${zeros(97)}10${zeros(138)}${zeros(20)}10${zeros(138)}11110`;
  const bits = `00${lengths}${table}${'0'.repeat(count)}101`;
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (b) => parseInt(b.padEnd(8, '0'), 2));
}

/**
 * What RAR 2.9 packs where the last letter before is an 'a': `matches` of three letters from one letter back, each told by two
 * codes, which reach into the member before; then one letter more.
 */
export function packedMatches(matches: number): Uint8Array {
  // In the first code 1, 2, 18 (a short run of zeros) and 19 (a long one) are '00' to '11'; 'a', the end and the match have lengths of two.
  const zeros = (n: number): string => `11${(n - 11).toString(2).padStart(7, '0')}`;
  const lengths = Array.from({ length: 20 }, (_, i) => ([1, 2, 18, 19].includes(i) ? '0010' : '0000')).join('');
  const table = `${zeros(97)}01${zeros(138)}${zeros(20)}01${zeros(14)}01${zeros(27)}00${zeros(104)}`;
  const bits = `00${lengths}${table}${'100'.repeat(matches)}000101`;
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (b) => parseInt(b.padEnd(8, '0'), 2));
}

/** A RAR archive of version 4 whose members are stored, but for those that say otherwise. */
export function buildRar4(entries: readonly RarEntry[], { host = 'windows', encryptedHeaders = false, volume = false }: RarOptions = {}): Uint8Array {
  const main = block4(0x73, (encryptedHeaders ? 0x80 : 0) | (volume ? 1 : 0), Buffer.alloc(6));
  const files = encryptedHeaders ? [Buffer.alloc(64, 0x5a)] : entries.map((e) => file4(e, host === 'unix' ? 3 : 2));
  return new Uint8Array(Buffer.concat([Buffer.from('Rar!\u001a\u0007\u0000', 'latin1'), main, ...files, block4(0x7b, 0x4000, Buffer.alloc(0))]));
}

export function vint(value: number): Buffer {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) | 0x80);
  }
}

/** A block of RAR 5: everything behind the header's size. */
export function block5(...rest: readonly Buffer[]): Buffer {
  const body = Buffer.concat(rest);
  const sized = Buffer.concat([vint(body.byteLength), body]);
  return Buffer.concat([le(4, crc32(sized)), sized]);
}

export const record = (type: number, ...rest: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([vint(type), ...rest]);
  return Buffer.concat([vint(body.byteLength), body]);
};

/** "Compression information": method 3 of 5, the smallest window. */
export const NORMAL5 = 3 << 7;

/** The bits of a table of lengths, in which 19 (a long run of zeros) is '0', 1 (a length of one) is '10' and 18 (a short run) is '11'. */
const LENGTHS = Array.from({ length: 20 }, (_, i) => ({ 1: '0010', 18: '0010', 19: '0001' })[i] ?? '0000').join('');
const zerosOf = (n: number): string => `0${(n - 11).toString(2).padStart(7, '0')}`;

/** A text of 'a' and 'b' as RAR 5 packs it: one block, in whose table both letters have a length of one and nothing else has any. */
export function packedAb(text: string): Uint8Array {
  const table = `${zerosOf(97)}1010${zerosOf(138)}${zerosOf(138)}${zerosOf(55)}`;
  const bits = LENGTHS + table + [...text].map((c) => (c === 'a' ? '0' : '1')).join('');
  const body = Buffer.from((bits.match(/.{1,8}/g) ?? []).map((b) => parseInt(b.padEnd(8, '0'), 2)));
  const size = le(2, body.byteLength);
  const flags = 0x80 | 0x40 | (1 << 3) | ((bits.length - 1) % 8);
  return Buffer.concat([Buffer.from([flags, 0x5a ^ flags ^ (size[0] ?? 0) ^ (size[1] ?? 0)]), size, body]);
}

function file5(e: RarEntry, host: number): Buffer {
  const content = Buffer.from(e.content ?? '');
  const name = Buffer.from(e.name.replace(/\/$/, ''));
  const target = Buffer.from(e.target ?? '');
  const extra = Buffer.concat([
    ...(e.encrypted ? [record(1, vint(0), vint(0), le(1, 15), Buffer.alloc(32))] : []),
    ...(e.target === undefined ? [] : [record(5, vint(1), vint(0), vint(target.byteLength), target)]),
  ]);
  const inside = Buffer.from(e.packed?.bytes ?? content);
  const flags = 2 | (extra.byteLength > 0 ? 1 : 0) | (e.split ? 16 : 0) | (e.splitBefore ? 8 : 0);
  const seconds = Date.parse(e.instant ?? '2017-03-27T12:00:00Z') / 1000;
  const header = block5(
    vint(2),
    vint(flags),
    ...(extra.byteLength > 0 ? [vint(extra.byteLength)] : []),
    vint(inside.byteLength),
    vint((isFolder(e) ? 1 : 0) | 2 | 4),
    vint(content.byteLength),
    vint(0x20),
    le(4, seconds),
    le(4, e.crc32 ?? crc32(content)),
    vint(e.packed ? NORMAL5 : 0),
    vint(host),
    vint(name.byteLength),
    name,
    extra,
  );
  return Buffer.concat([header, inside]);
}

/** A RAR archive of version 5 whose members are stored. */
export function buildRar5(entries: readonly RarEntry[], { host = 'windows', encryptedHeaders = false, volume = false }: RarOptions = {}): Uint8Array {
  const main = block5(vint(1), vint(0), vint(volume ? 1 : 0));
  const rest = encryptedHeaders
    ? [block5(vint(4), vint(0), vint(0), vint(0), le(1, 15), Buffer.alloc(16)), Buffer.alloc(64, 0x5a)]
    : [main, ...entries.map((e) => file5(e, host === 'unix' ? 1 : 0))];
  return new Uint8Array(Buffer.concat([Buffer.from('Rar!\u001a\u0007\u0001\u0000', 'latin1'), ...rest, block5(vint(5), vint(0), vint(0))]));
}
