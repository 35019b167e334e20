import { crc32 } from 'node:zlib';
import { joinOf } from '../../model/bytes.ts';
import type { Bytes } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import type { RarMember } from './rar.ts';

const SIGNATURE = { 4: Buffer.from('Rar!\u001a\u0007\u0000', 'latin1'), 5: Buffer.from('Rar!\u001a\u0007\u0001\u0000', 'latin1') } as const;
const TYPE = { main: 0x73, file: 0x74, end: 0x7b } as const;
const [HEADER_BYTES, MAIN_BYTES, END_BYTES] = [32, 13, 7];
const AT = { type: 2, flags: 3, size: 5, packed: 7, unpacked: 11, crc: 16, version: 24, method: 25, nameLength: 26 } as const;
const HAS_DATA = 0x8000;
const STORE = 0x30;
const FIVE = { main: 1, file: 2, end: 5, hasData: 2, unknownSize: 8, solidArchive: 4 } as const;
const MAX_UINT32 = 0xffff_ffff;

/** A member of a copy: what it unpacks to is what the original does; name, times and checksum are left out where the library needs none. */
type Copied = Pick<RarMember, 'packing' | 'packed' | 'size' | 'crc32'>;

const NOTHING = bytesOf(new Uint8Array(0));

/** In place of what is not to be unpacked: an empty file. */
export const empty = (version: 4 | 5): Copied => ({
  packing: version === 4 ? { version, needs: 29, method: STORE, window: 0 } : { version, compression: 0 },
  packed: NOTHING,
  size: 0,
  crc32: 0,
});

function block4(type: number, size: number, fill: (block: Buffer) => void = () => undefined): Buffer {
  const block = Buffer.alloc(size);
  block[AT.type] = type;
  block.writeUInt16LE(size, AT.size);
  fill(block);
  block.writeUInt16LE(crc32(block.subarray(2)) & 0xffff, 0);
  return block;
}

function file4({ packing, packed, size, crc32: crc }: Copied, name: string): Buffer {
  return block4(TYPE.file, HEADER_BYTES + name.length, (block) => {
    if (packing.version !== 4) return;
    block.writeUInt16LE(HAS_DATA | packing.window, AT.flags);
    block.writeUInt32LE(packed.size, AT.packed);
    block.writeUInt32LE(size ?? 0, AT.unpacked);
    block.writeUInt32LE(crc ?? 0, AT.crc);
    block[AT.version] = packing.needs;
    block[AT.method] = packing.method;
    block.writeUInt16LE(name.length, AT.nameLength);
    block.write(name, HEADER_BYTES, 'latin1');
  });
}

function vint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 0x80);
  return Buffer.from([...out, rest]);
}

function block5(...fields: readonly number[]): Buffer {
  const body = Buffer.concat(fields.map(vint));
  const sized = Buffer.concat([vint(body.byteLength), body]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(sized));
  return Buffer.concat([crc, sized]);
}

function file5({ packing, packed, size }: Copied, name: string): Buffer {
  const compression = packing.version === 5 ? packing.compression : 0;
  const flags = size === null ? FIVE.unknownSize : 0;
  return block5(FIVE.file, FIVE.hasData, packed.size, flags, size ?? 0, 0, compression, 0, name.length, ...Buffer.from(name));
}

const isLarge = ({ packed, size }: Copied): boolean => packed.size > MAX_UINT32 || (size ?? 0) > MAX_UINT32;

/**
 * An archive of these members alone, in their order, for libarchive: without locks, comments, services, volumes. The window of
 * RAR 5 goes on through solid members; libarchive refuses those of RAR 4, so that none is called solid here and the caller leaves
 * them out. RAR 4 counts 32 bits: members beyond are empty.
 */
export function rarCopy(version: 4 | 5, members: readonly Copied[]): Bytes {
  const parts: Bytes[] = [];
  for (const [index, member] of members.entries()) {
    const copied = version === 4 && isLarge(member) ? empty(4) : member;
    // libarchive takes a name that comes twice for a file over two volumes.
    parts.push(bytesOf((version === 4 ? file4 : file5)(copied, String(index))), copied.packed);
  }
  const main = version === 4 ? block4(TYPE.main, MAIN_BYTES) : block5(FIVE.main, 0, FIVE.solidArchive);
  const end = version === 4 ? block4(TYPE.end, END_BYTES) : block5(FIVE.end, 0, 0);
  return joinOf([bytesOf(Buffer.concat([SIGNATURE[version], main])), ...parts, bytesOf(end)]);
}
