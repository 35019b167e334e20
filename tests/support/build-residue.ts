import { buildCfb, filetime } from './build-cfb.ts';

const u16be = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);
const u32be = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n >>> 0);
  return b;
};
const u32le = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};
const u64le = (n: bigint): Buffer => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(n);
  return b;
};
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

export interface AppleDoubleSpec {
  /** Extended attributes by name. */
  readonly attributes?: Readonly<Record<string, Uint8Array>>;
  readonly resources?: Uint8Array;
  /** Makes it AppleSingle. */
  readonly data?: Uint8Array;
  readonly realName?: string;
  /** Created and modified, ISO in UTC. */
  readonly dates?: readonly [string, string];
}

/** '._name' as macOS writes it; the attributes stand behind the Finder's information. */
export function buildAppleDouble(s: AppleDoubleSpec): Uint8Array {
  const seconds = (iso: string): Buffer => u32be((Date.parse(iso) - Date.UTC(2000, 0, 1)) / 1000);
  const contents: [number, (offset: number) => Buffer][] = [];
  if (s.realName !== undefined) contents.push([3, () => Buffer.from(s.realName ?? '')]);
  if (s.dates) contents.push([8, () => Buffer.concat([...(s.dates ?? []).map(seconds), u32be(0x80000000), u32be(0x80000000)])]);
  contents.push([9, (offset) => finderInfo(offset, s.attributes ?? {})]);
  if (s.data) contents.push([1, () => Buffer.from(s.data ?? '')]);
  if (s.resources) contents.push([2, () => Buffer.from(s.resources ?? '')]);
  let at = 26 + 12 * contents.length;
  const table: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [id, make] of contents) {
    const body = make(at);
    table.push(u32be(id), u32be(at), u32be(body.byteLength));
    bodies.push(body);
    at += body.byteLength;
  }
  const magic = s.data ? 0x00051600 : 0x00051607;
  return Buffer.concat([u32be(magic), u32be(0x00020000), Buffer.from('Mac OS X        '), u16be(contents.length), ...table, ...bodies]);
}

function finderInfo(offset: number, attributes: Readonly<Record<string, Uint8Array>>): Buffer {
  const all = Object.entries(attributes);
  if (all.length === 0) return Buffer.alloc(32);
  const entrySize = (name: string): number => (11 + name.length + 1 + 3) & ~3;
  const start = offset + 34 + 36 + all.reduce((n, [name]) => n + entrySize(name), 0);
  let at = start;
  const entries = all.map(([name, value]) => {
    const entry = Buffer.alloc(entrySize(name));
    entry.writeUInt32BE(at, 0);
    entry.writeUInt32BE(value.byteLength, 4);
    entry[10] = name.length + 1;
    entry.write(name, 11);
    at += value.byteLength;
    return entry;
  });
  const header = Buffer.concat([Buffer.from('ATTR'), u32be(0), u32be(at), u32be(start), u32be(at - start), Buffer.alloc(14), u16be(all.length)]);
  return Buffer.concat([Buffer.alloc(34), header, ...entries, ...all.map(([, value]) => value)]);
}

export interface MacFileSpec {
  readonly name: string;
  readonly type?: string;
  readonly creator?: string;
  /** Wall times 'YYYY-MM-DDTHH:MM:SS'. */
  readonly created?: string;
  readonly modified?: string;
  readonly data: Uint8Array;
  readonly resources?: Uint8Array;
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const b of bytes) {
    crc ^= b << 8;
    for (let i = 0; i < 8; i++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}

/** MacBinary II, or I without a checksum. */
export function buildMacBinary(s: MacFileSpec, version: 1 | 2 = 2): Uint8Array {
  const seconds = (local: string | undefined): number => (local === undefined ? 0 : (Date.parse(`${local}Z`) - Date.UTC(1904, 0, 1)) / 1000);
  const h = Buffer.alloc(128);
  h[1] = s.name.length;
  h.write(s.name, 2, 'latin1');
  h.write(s.type ?? 'TEXT', 65, 'latin1');
  h.write(s.creator ?? 'ttxt', 69, 'latin1');
  h.writeUInt32BE(s.data.byteLength, 83);
  h.writeUInt32BE(s.resources?.byteLength ?? 0, 87);
  h.writeUInt32BE(seconds(s.created), 91);
  h.writeUInt32BE(seconds(s.modified), 95);
  if (version === 2) {
    h[122] = 129;
    h[123] = 129;
    h.writeUInt16BE(crc16(h.subarray(0, 124)), 124);
  }
  const filled = (b: Uint8Array): Buffer => Buffer.concat([b, Buffer.alloc(-b.byteLength & 127)]);
  return Buffer.concat([h, filled(s.data), filled(s.resources ?? new Uint8Array(0))]);
}

const ALPHABET = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr';

/** BinHex 4.0 behind its remark; a byte that repeats more than three times is written as a run. */
export function buildBinHex(s: MacFileSpec): Uint8Array {
  const fork = (b: Uint8Array): Buffer => Buffer.concat([b, u16be(0)]);
  const resources = s.resources ?? new Uint8Array(0);
  const name = Buffer.from(s.name, 'latin1');
  const header = Buffer.concat([
    Buffer.from([name.byteLength]),
    name,
    Buffer.from([0]),
    Buffer.from(`${s.type ?? 'TEXT'}${s.creator ?? 'ttxt'}`, 'latin1'),
    u16be(0),
    u32be(s.data.byteLength),
    u32be(resources.byteLength),
  ]);
  const plain = Buffer.concat([fork(header), fork(s.data), fork(resources)]);
  const packed: number[] = [];
  for (let i = 0; i < plain.byteLength;) {
    const b = plain[i] ?? 0;
    let run = 1;
    while (plain[i + run] === b && run < 255) run++;
    packed.push(b, ...(b === 0x90 ? [0] : []));
    if (run > 3) packed.push(0x90, run);
    i += run > 3 ? run : 1;
  }
  let text = '';
  for (let i = 0; i < packed.length; i += 3) {
    const bits = ((packed[i] ?? 0) << 16) | ((packed[i + 1] ?? 0) << 8) | (packed[i + 2] ?? 0);
    const digits = Math.min(4, Math.ceil(((packed.length - i) * 8) / 6));
    for (let d = 0; d < digits; d++) text += ALPHABET.charAt((bits >> (18 - 6 * d)) & 0x3f);
  }
  const lines = `:${text}:`.replace(/.{64}/g, '$&\n');
  return Buffer.from(`(This file must be converted with BinHex 4.0)\n\n${lines}\n`);
}

export interface DsRecordSpec {
  readonly name: string;
  readonly id: string;
  readonly type: 'ustr' | 'blob' | 'long' | 'bool' | 'dutc';
  readonly value: Buffer;
}

export const ustr = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
/** 1/65536 seconds since 1904. */
export const dutc = (iso: string): Buffer => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64BE(BigInt((Date.parse(iso) - Date.UTC(1904, 0, 1)) / 1000) << 16n);
  return b;
};

/** A '.DS_Store' whose tree is one node, or two where `split` says after how many records the second one begins. */
export function buildDsStore(records: readonly DsRecordSpec[], split = 0): Uint8Array {
  const body = ({ name, id, type, value }: DsRecordSpec): Buffer => {
    const counted = type === 'ustr' ? [u32be(value.byteLength / 2)] : type === 'blob' ? [u32be(value.byteLength)] : [];
    return Buffer.concat([u32be(name.length), ustr(name), Buffer.from(id + type, 'latin1'), ...counted, value]);
  };
  const all = records.map(body);
  const [middle] = all.slice(split, split + 1);
  const nodes =
    split === 0 || !middle
      ? [Buffer.concat([u32be(0), u32be(all.length), ...all])]
      : [
          Buffer.concat([u32be(4), u32be(1), u32be(3), middle]),
          Buffer.concat([u32be(0), u32be(split), ...all.slice(0, split)]),
          Buffer.concat([u32be(0), u32be(all.length - split - 1), ...all.slice(split + 1)]),
        ];
  // Blocks: 0 the allocator (2 KiB at 2048), 1 the tree's header (32 bytes at 32), 2.. its nodes (1 KiB each, from 4096).
  const addresses = [2048 | 11, 32 | 5, ...nodes.map((_, i) => (4096 + 1024 * i) | 10)];
  const file = Buffer.alloc(4 + 4096 + 1024 * nodes.length);
  file.set(Buffer.concat([u32be(1), Buffer.from('Bud1'), u32be(2048), u32be(2048), u32be(2048)]), 0);
  file.set(Buffer.concat([u32be(2), u32be(nodes.length > 1 ? 1 : 0), u32be(records.length), u32be(nodes.length), u32be(4096)]), 4 + 32);
  file.set(Buffer.concat([u32be(addresses.length), u32be(0), ...addresses.map(u32be)]), 4 + 2048);
  file.set(Buffer.concat([u32be(1), Buffer.from([4]), Buffer.from('DSDB'), u32be(1)]), 4 + 2048 + 8 + 1024);
  nodes.forEach((node, i) => file.set(node, 4 + 4096 + 1024 * i));
  return file;
}

/** '$I…' of the recycle bin; version 1 has a path of fixed size. */
export function buildRecycled(s: { readonly path: string; readonly size: number; readonly deleted: string }, version: 1 | 2 = 2): Uint8Array {
  const head = [u64le(BigInt(version)), u64le(BigInt(s.size)), u64le(filetime(s.deleted))];
  const path = wide(`${s.path}\u0000`);
  return Buffer.concat(version === 2 ? [...head, u32le(s.path.length + 1), path] : [...head, path, Buffer.alloc(520 - path.byteLength)]);
}

export interface JumpSpec {
  readonly path: string;
  readonly machine: string;
  readonly accessed: string;
  /** 16 bytes. */
  readonly object: Uint8Array;
  readonly shortcut: Uint8Array;
}

/** '.automaticDestinations-ms' of Windows 7 or 10. */
export function buildJumpList(entries: readonly JumpSpec[], version: 1 | 4 = 4): Uint8Array {
  const list = entries.map((e, i) => {
    const fixed = Buffer.alloc(version === 1 ? 112 : 128);
    fixed.set(e.object, 24);
    fixed.write(e.machine, 72, 'latin1');
    fixed.writeUInt32LE(i + 1, 88);
    fixed.writeBigUInt64LE(filetime(e.accessed), 100);
    return Buffer.concat([fixed, Buffer.from([e.path.length & 0xff, e.path.length >> 8]), wide(e.path), Buffer.alloc(version === 1 ? 0 : 4)]);
  });
  const header = Buffer.concat([u32le(version), u32le(entries.length), Buffer.alloc(24)]);
  const streams = Object.fromEntries(entries.map((e, i) => [(i + 1).toString(16), e.shortcut]));
  return buildCfb({ streams: { ...streams, DestList: Buffer.concat([header, ...list]) } });
}

/** '.customDestinations-ms' with one group. */
export const buildCustomJumpList = (shortcuts: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([u32le(2), u32le(1), Buffer.alloc(8), ...shortcuts.flatMap((s) => [Buffer.alloc(16, 0x11), s]), Buffer.from('abfbbfba', 'hex')]);

/** 'Thumbs.db' of Windows XP. */
export function buildThumbsDb(pictures: readonly { readonly name: string; readonly modified: string; readonly picture: Uint8Array }[]): Uint8Array {
  const entries = pictures.map(({ name, modified }, i) => {
    const body = Buffer.concat([u32le(i + 1), u64le(filetime(modified)), wide(`${name}\u0000`), Buffer.alloc(4)]);
    return Buffer.concat([u32le(body.byteLength + 4), body]);
  });
  const catalog = Buffer.concat([Buffer.from([16, 0, 7, 0]), u32le(pictures.length), u32le(96), u32le(96), ...entries]);
  const streams = pictures.map(({ picture }, i) => [
    [...String(i + 1)].reverse().join(''),
    Buffer.concat([u32le(12), u32le(1), u32le(picture.byteLength), picture]),
  ]);
  return buildCfb({ streams: { ...(Object.fromEntries(streams) as Record<string, Uint8Array>), Catalog: catalog } });
}
