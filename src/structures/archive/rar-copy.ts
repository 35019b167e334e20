import { crc32 } from 'node:zlib';
import { joinOf } from '../../model/bytes.ts';
import type { Bytes } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import type { RarMember } from './rar.ts';

const SIGNATURE = Buffer.from('Rar!\u001a\u0007\u0001\u0000', 'latin1');
const FIVE = { main: 1, file: 2, end: 5, hasData: 2, unknownSize: 8, solidArchive: 4 } as const;

/** A member of a copy: what it unpacks to is what the original does; name, times and checksum are left out where the library needs none. */
type Copied = Pick<RarMember, 'packing' | 'packed' | 'size'>;

/** In place of what is not to be unpacked: an empty file. */
export const empty: Copied = { packing: { version: 5, compression: 0 }, packed: bytesOf(new Uint8Array(0)), size: 0 };

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

/**
 * An archive of RAR 5 of these members alone, in their order, for libarchive: without locks, comments, services, volumes. The window
 * goes on through solid members.
 */
export function rarCopy(members: readonly Copied[]): Bytes {
  // libarchive takes a name that comes twice for a file over two volumes.
  const parts = members.flatMap((member, index) => [bytesOf(file5(member, String(index))), member.packed]);
  return joinOf([bytesOf(Buffer.concat([SIGNATURE, block5(FIVE.main, 0, FIVE.solidArchive)])), ...parts, bytesOf(block5(FIVE.end, 0, 0))]);
}
