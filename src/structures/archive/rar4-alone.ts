import { crc32 } from 'node:zlib';
import type { Input } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import { type EntryContent, openArchive } from './libarchive.ts';
import type { RarHeader } from './rar-header.ts';

const SIGNATURE = Buffer.from('Rar!\u001a\u0007\u0000', 'latin1');
const HEADER_BYTES = 32;
const MAIN_BYTES = 13;
const AT = { flags: 3, size: 5, packed: 7, unpacked: 11, version: 24, nameLength: 26 } as const;
const TYPE = { main: 0x73, end: 0x7b } as const;
const HAS_DATA = 0x8000;
/** Bits of the flags that tell the size of the window. */
const WINDOW = 0xe0;
const FIRST_READ_VERSION = 29;
const MAX_UINT32 = 0xffff_ffff;

function sealed(block: Buffer): Buffer {
  block.writeUInt16LE(crc32(block.subarray(2)) & 0xffff, 0);
  return block;
}

function block(type: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes[2] = type;
  bytes.writeUInt16LE(size, AT.size);
  return sealed(bytes);
}

/** The header without comment, salt, times and name, none of which concerns the content. */
function plainHeader(input: Input, { headerOffset }: RarHeader): Buffer {
  const header = Buffer.concat([input.bytes.slice(headerOffset, HEADER_BYTES), Buffer.from('x')]);
  header.writeUInt16LE(HAS_DATA | (header.readUInt16LE(AT.flags) & WINDOW), AT.flags);
  header.writeUInt16LE(header.byteLength, AT.size);
  header.writeUInt16LE(1, AT.nameLength);
  return sealed(header);
}

/**
 * Unpacks one member of RAR 2.9 to 4 as an archive of its own, for libarchive stops at what stands around some: old comments
 * within headers, service blocks marked as solid, the flag of a solid archive itself. Null where that cannot help: what a solid
 * member borrows from those before it, libarchive has no way to carry over.
 */
export async function unpackAlone(input: Input, header: RarHeader, cap: number): Promise<EntryContent | null> {
  const version = input.bytes.slice(header.headerOffset + AT.version, 1)[0] ?? 0;
  if (version < FIRST_READ_VERSION)
    return { bytes: new Uint8Array(0), over: false, error: `not supported: packed by the method of RAR ${(version / 10).toFixed(1)}` };
  if (header.packedSize > MAX_UINT32 || (header.size ?? 0) > MAX_UINT32 || input.bytes.size < header.headerOffset + HEADER_BYTES) return null;
  const packed = input.bytes.window(header.dataOffset, header.packedSize);
  const archive = await openArchive(
    bytesOf(Buffer.concat([SIGNATURE, block(TYPE.main, MAIN_BYTES), plainHeader(input, header)])),
    packed,
    bytesOf(block(TYPE.end, 7)),
  );
  return archive.next()?.read(cap) ?? null;
}
