import { crc32 } from 'node:zlib';
import { sevenZipFile } from './build-locked-7z.ts';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const le32 = (value: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
};

/** 7zFormat.txt, REAL_UINT64: 2^60. */
export const ENORMOUS = Buffer.from('ff0000000000000010', 'hex');

export interface SevenZipParts {
  readonly packStreams?: Buffer;
  readonly folders?: Buffer;
  /** Each folder as it stands. */
  readonly folder?: Buffer;
  readonly unpackSizes?: Buffer;
  readonly subStreams?: Buffer;
  readonly files?: Buffer;
}

/** One coder that copies. */
export const COPYING = bytes(0x01, 0x01, 0x00);

/** A 7z of five bytes in one folder and one file 'x', with parts of its directory replaced. */
export function oddSevenZip(parts: SevenZipParts): Uint8Array {
  const header = Buffer.concat([
    bytes(0x01, 0x04, 0x06, 0x00),
    parts.packStreams ?? bytes(1),
    bytes(0x09, 5, 0x00, 0x07, 0x0b),
    parts.folders ?? bytes(1),
    bytes(0x00),
    parts.folder ?? COPYING,
    bytes(0x0c),
    parts.unpackSizes ?? bytes(5),
    bytes(0x00),
    parts.subStreams ?? bytes(0x08, 0x00),
    bytes(0x00, 0x05),
    parts.files ?? bytes(1),
    bytes(0x11, 5, 0x00, 0x78, 0x00, 0x00, 0x00, 0x00, 0x00),
  ]);
  return sevenZipFile(Buffer.from('hello'), header);
}

const encodedHeader = (position: number, size: number): Buffer =>
  Buffer.concat([bytes(0x17, 0x06, position, 1, 0x09, size, 0x00, 0x07, 0x0b, 1, 0x00), COPYING, bytes(0x0c, size, 0x00, 0x00)]);

/** Lists of members within lists of members: each unpacks to one that is packed. The first stands for itself. */
export function nestedList(depth: number): Uint8Array {
  const size = encodedHeader(0, 0).byteLength;
  const levels = Array.from({ length: depth }, (_, i) => encodedHeader(Math.max(0, (i - 1) * size), size));
  const packed = Buffer.concat(levels.slice(0, -1));
  return sevenZipFile(packed, levels.at(-1) ?? Buffer.alloc(0));
}

const XZ_FLAGS = bytes(0x00, 0x00);
const XZ_HEADER = Buffer.concat([bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), XZ_FLAGS, le32(crc32(XZ_FLAGS))]);

/** In the numbers of xz, seven bits a byte: 2^60. */
const XZ_ENORMOUS = Buffer.from('808080808080808010', 'hex');

/** Filled up to four bytes and sealed with a checksum. */
const sealed = (content: Buffer): Buffer => {
  const filled = Buffer.concat([content, Buffer.alloc((4 - (content.byteLength % 4)) % 4)]);
  return Buffer.concat([filled, le32(crc32(filled))]);
};

function xzFooter(indexBytes: number): Buffer {
  const inside = Buffer.concat([le32(indexBytes / 4 - 1), XZ_FLAGS]);
  return Buffer.concat([le32(crc32(inside)), inside, Buffer.from('YZ')]);
}

/** An xz stream without checks of 'hello', whose block or index announces what is not so. */
export function oddXz({ index, announced }: { readonly index?: 'records' | 'size'; readonly announced?: true }): Uint8Array {
  const size = announced ? XZ_ENORMOUS : Buffer.alloc(0);
  const inside = Buffer.concat([bytes(announced ? 0x80 : 0x00), size, bytes(0x21, 0x01, 0x00)]);
  const length = Math.ceil((1 + inside.byteLength) / 4) * 4;
  const blockHeader = sealed(Buffer.concat([bytes(length / 4), inside, Buffer.alloc(length - 1 - inside.byteLength)]));
  // LZMA2: one chunk that is stored, and the end.
  const chunks = Buffer.concat([bytes(0x01, 0x00, 0x04), Buffer.from('hello'), bytes(0x00)]);
  const unpadded = blockHeader.byteLength + chunks.byteLength;
  const padding = Buffer.alloc((4 - (chunks.byteLength % 4)) % 4);
  const records = index === 'records' ? XZ_ENORMOUS : bytes(1);
  const tail = sealed(Buffer.concat([bytes(0x00), records, bytes(unpadded), index === 'size' ? XZ_ENORMOUS : bytes(5)]));
  return new Uint8Array(Buffer.concat([XZ_HEADER, blockHeader, chunks, padding, tail, xzFooter(tail.byteLength)]));
}
