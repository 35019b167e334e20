import { crc32 } from 'node:zlib';

export interface SevenZipEntry {
  readonly name: string;
  /** Not empty: files without content are kept in another way. */
  readonly content: string | Uint8Array;
  /** UTC, 'YYYY-MM-DDTHH:MM:SSZ'. Default 2017-03-27T12:00:00Z. */
  readonly instant?: string;
}

const le = (length: number, value: bigint | number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out.subarray(0, length);
};

/** 7zFormat.txt, REAL_UINT64 in as few bytes as needed; up to 21 bits. */
function number(n: number): Buffer {
  if (n < 0x80) return Buffer.from([n]);
  if (n < 0x4000) return Buffer.from([0x80 | (n >> 8), n & 0xff]);
  return Buffer.from([0xc0 | (n >> 16), n & 0xff, (n >> 8) & 0xff]);
}

const property = (id: number, ...rest: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(rest);
  return Buffer.concat([Buffer.from([id]), number(body.byteLength), body]);
};

function directory(entries: readonly SevenZipEntry[], contents: readonly Buffer[]): Buffer {
  const total = contents.reduce((sum, c) => sum + c.byteLength, 0);
  const names = Buffer.from(entries.map((e) => `${e.name}\0`).join(''), 'utf16le');
  const times = entries.map((e) => le(8, BigInt(Date.parse(e.instant ?? '2017-03-27T12:00:00Z')) * 10_000n + 116_444_736_000_000_000n));
  return Buffer.concat([
    Buffer.from([0x01, 0x04, 0x06, 0x00]),
    number(1),
    Buffer.from([0x09]),
    number(total),
    Buffer.from([0x00]),
    // One folder, coded by Copy.
    Buffer.from([0x07, 0x0b, 0x01, 0x00, 0x01, 0x01, 0x00, 0x0c]),
    number(total),
    Buffer.from([0x00]),
    Buffer.from([0x08, 0x0d]),
    number(entries.length),
    Buffer.from([0x09]),
    ...contents.slice(0, -1).map((c) => number(c.byteLength)),
    Buffer.from([0x0a, 0x01]),
    ...contents.map((c) => le(4, crc32(c))),
    Buffer.from([0x00, 0x00]),
    Buffer.from([0x05]),
    number(entries.length),
    property(0x11, Buffer.from([0x00]), names),
    property(0x14, Buffer.from([0x01, 0x00]), ...times),
    Buffer.from([0x00, 0x00]),
  ]);
}

export interface SevenZipOptions {
  /** The directory is itself a packed stream, as 7-Zip writes it. */
  readonly packedDirectory?: boolean;
}

/** An EncodedHeader: one stream at `position`, coded by Copy. */
const encoded = (position: number, size: number): Buffer =>
  Buffer.concat([
    Buffer.from([0x17, 0x06]),
    number(position),
    number(1),
    Buffer.from([0x09]),
    number(size),
    Buffer.from([0x00, 0x07, 0x0b, 0x01, 0x00, 0x01, 0x01, 0x00, 0x0c]),
    number(size),
    Buffer.from([0x00, 0x00]),
  ]);

/** A 7z archive of one folder whose members are copied, not compressed. */
export function build7z(entries: readonly SevenZipEntry[], { packedDirectory = false }: SevenZipOptions = {}): Uint8Array {
  const contents = entries.map((e) => Buffer.from(e.content));
  const plain = directory(entries, contents);
  const content = Buffer.concat(contents);
  const packed = packedDirectory ? Buffer.concat([content, plain]) : content;
  const header = packedDirectory ? encoded(content.byteLength, plain.byteLength) : plain;
  const start = Buffer.concat([le(8, packed.byteLength), le(8, header.byteLength), le(4, crc32(header))]);
  return new Uint8Array(Buffer.concat([Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]), le(4, crc32(start)), start, packed, header]));
}
