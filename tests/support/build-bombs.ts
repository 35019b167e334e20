import { constants, crc32, deflateRawSync } from 'node:zlib';

const MIB = 1024 ** 2;
const le = (length: 2 | 4 | 8, value: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out.subarray(0, length);
};

/** A raw deflate stream of so many mebibytes of one text over and over; made in no time, for its blocks are copies of one another. */
export function deflated(mebibytes: number, text = '\0'): Buffer {
  const block = deflateRawSync(Buffer.alloc(MIB, text, 'latin1'), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: mebibytes }, () => block), Buffer.from([3, 0])]);
}

/** The same in zlib's wrapping, for a PDF; the checksum is wrong, which readers of PDF forgive. */
export const flate = (mebibytes: number, text = '\0'): Buffer =>
  Buffer.concat([Buffer.from([0x78, 0xda]), deflated(mebibytes, text), Buffer.alloc(4)]);

/** The same in a gzip file. */
export const gzipped = (mebibytes: number): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    deflated(mebibytes),
    le(4, crcOfZeros(mebibytes)),
    le(4, (mebibytes * MIB) % 2 ** 32),
  ]);

/** CRC-32 of so many mebibytes of zeros, without going through them: what one does to a checksum follows from what it does to each single bit. */
export function crcOfZeros(mebibytes: number): number {
  const block = Buffer.alloc(MIB);
  const first = crc32(block);
  const flips = Array.from({ length: 32 }, (_, bit) => crc32(block, 2 ** bit) ^ first);
  let crc = 0;
  for (let i = 0; i < mebibytes; i++) crc = flips.reduce((sum, flip, bit) => ((crc >>> bit) & 1 ? sum ^ flip : sum), first) >>> 0;
  return crc;
}

export interface PackedMember {
  readonly name: string;
  readonly method: 0 | 8;
  /** As stored. */
  readonly packed: Uint8Array;
  /** As announced. */
  readonly size: number;
  readonly crc32: number;
}

const FULL = 0xffff_ffff;

function headers(m: PackedMember, offset: number): { readonly local: Buffer; readonly central: Buffer } {
  const wide = m.size >= FULL;
  const extra = wide ? Buffer.concat([le(2, 1), le(2, 16), le(8, m.size), le(8, m.packed.byteLength)]) : Buffer.alloc(0);
  const row = Buffer.concat([
    ...[45, 0, m.method, 0x6000, 0x4a7b].map((n) => le(2, n)),
    ...[m.crc32, wide ? FULL : m.packed.byteLength, wide ? FULL : m.size].map((n) => le(4, n)),
    ...[m.name.length, extra.byteLength].map((n) => le(2, n)),
  ]);
  const behind = Buffer.concat([Buffer.from(m.name, 'latin1'), extra]);
  return {
    local: Buffer.concat([le(4, 0x04034b50), row, behind]),
    central: Buffer.concat([le(4, 0x02014b50), le(2, 45), row, Buffer.alloc(6), le(4, 0), le(4, offset), behind]),
  };
}

/** An archive of members that are packed already. `overlapping`: all entries point at the first one's content. */
export function packedZip(members: readonly PackedMember[], overlapping = false): Buffer {
  const parts: Uint8Array[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const m of members) {
    const shared = overlapping && centrals.length > 0;
    const { local, central } = headers(m, shared ? 0 : offset);
    centrals.push(central);
    if (shared) continue;
    parts.push(local, m.packed);
    offset += local.byteLength + m.packed.byteLength;
  }
  const directory = Buffer.concat(centrals);
  const count = members.length;
  const narrow = Math.min(count, 0xffff);
  const wide = Buffer.concat([
    ...[0x06064b50].map((n) => le(4, n)),
    le(8, 44),
    ...[45, 45].map((n) => le(2, n)),
    le(8, 0),
    ...[count, count, directory.byteLength, offset].map((n) => le(8, n)),
    ...[0x07064b50, 0].map((n) => le(4, n)),
    le(8, offset + directory.byteLength),
    le(4, 1),
  ]);
  const end = Buffer.concat([
    le(4, 0x06054b50),
    ...[0, 0, narrow, narrow].map((n) => le(2, n)),
    ...[directory.byteLength, offset].map((n) => le(4, n)),
    le(2, 0),
  ]);
  return Buffer.concat([...parts, directory, ...(count > 0xffff ? [wide] : []), end]);
}

/** Objects of a PDF from number 1 on; a text is one character a byte. */
export type RawObjects = readonly (string | Buffer)[];

const textOf = (object: string | Buffer): Buffer => (typeof object === 'string' ? Buffer.from(object, 'latin1') : object);

export const streamObject = (entries: string, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`<< ${entries} /Length ${data.byteLength} >>\nstream\n`), data, Buffer.from('\nendstream')]);

const written = (number: number, object: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${number} 0 obj\n`), textOf(object), Buffer.from('\nendobj\n')]);

const tail = (runs: string, size: number, more: string, at: number): Buffer =>
  Buffer.from(`xref\n${runs}trailer\n<< /Size ${size} /Root 1 0 R ${more}>>\nstartxref\n${at}\n%%EOF\n`);

const row = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;

/** A PDF of just these objects, the first of them its catalog. */
export function rawPdf(objects: RawObjects, trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]?.byteLength ?? 0;
  for (const [i, object] of objects.entries()) {
    offsets.push(at);
    const bytes = written(i + 1, object);
    parts.push(bytes);
    at += bytes.byteLength;
  }
  const size = objects.length + 1;
  return Buffer.concat([...parts, tail(`0 ${size}\n0000000000 65535 f \n${offsets.map(row).join('')}`, size, trailer, at)]);
}

/** The same with one object replaced by an incremental update: text is read where there is something to compare. */
export function updatedPdf(objects: RawObjects, number: number, replacement: string | Buffer): Buffer {
  const base = rawPdf(objects);
  const previous = base.lastIndexOf('\nxref') + 1;
  const update = written(number, replacement);
  const more = `/Prev ${previous} `;
  return Buffer.concat([base, update, tail(`${number} 1\n${row(base.byteLength)}`, objects.length + 1, more, base.byteLength + update.byteLength)]);
}

/** A PDF whose cross-reference section is the stream with these entries and stored bytes; object 3. */
export function pdfByXrefStream(entries: string, data: Uint8Array): Buffer {
  const front = Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    written(1, '<< /Type /Catalog /Pages 2 0 R >>'),
    written(2, '<< /Type /Pages /Kids [] /Count 0 >>'),
  ]);
  const section = written(3, streamObject(`/Type /XRef ${entries} /Root 1 0 R`, data));
  return Buffer.concat([front, section, Buffer.from(`startxref\n${front.byteLength}\n%%EOF\n`)]);
}
