import { crc32 } from 'node:zlib';
import { dosOf } from './build-zip.ts';

/** A member of an archive of another age. */
export interface OldEntry {
  /** With slashes. */
  readonly name: string;
  readonly content: string;
  /** The packer's wall clock, 'YYYY-MM-DDTHH:MM:SS'. Default 1997-03-27T12:00:00. */
  readonly local?: string;
  /** Packed by a method other than storing: the header says so, the content stays as it is. */
  readonly packed?: boolean;
  readonly encrypted?: boolean;
  readonly split?: boolean;
  readonly folder?: boolean;
  readonly crc32?: number;
}

const le = (length: number, value: number): Buffer => {
  const out = Buffer.alloc(length);
  out.writeUIntLE(value, 0, length);
  return out;
};
const timeOf = (e: OldEntry): Buffer => {
  const { dosDate, dosTime } = dosOf(e.local ?? '1997-03-27T12:00:00');
  return Buffer.concat([le(2, dosTime), le(2, dosDate)]);
};
const flag = (set: boolean | undefined, bit: number): number => (set ? bit : 0);

function arjHeader(fields: Buffer, name: string): Buffer {
  const basic = Buffer.concat([Buffer.from([30]), fields, Buffer.from(`${name}\0\0`)]);
  return Buffer.concat([Buffer.from([0x60, 0xea]), le(2, basic.byteLength), basic, le(4, crc32(basic)), le(2, 0)]);
}

/** An ARJ archive as packed on DOS (host 0), or with times in seconds since 1970 on Unix (host 2). */
export function buildArj(entries: readonly OldEntry[], unixSeconds?: number): Uint8Array {
  const host = unixSeconds === undefined ? 0 : 2;
  const main = arjHeader(Buffer.concat([Buffer.from([11, 1, host, 0, 0, 2, 0]), Buffer.alloc(22)]), 'x.arj');
  const files = entries.flatMap((e) => {
    const flags = flag(e.encrypted, 1) | flag(e.split, 4);
    const content = Buffer.from(e.content);
    const fields = Buffer.concat([
      Buffer.from([11, 1, host, flags, e.packed ? 1 : 0, e.folder ? 3 : 0, 0]),
      unixSeconds === undefined ? timeOf(e) : le(4, unixSeconds),
      le(4, content.byteLength),
      le(4, content.byteLength),
      le(4, e.crc32 ?? crc32(content)),
      Buffer.alloc(6),
    ]);
    return [arjHeader(fields, e.name), content];
  });
  return new Uint8Array(Buffer.concat([main, ...files, Buffer.from([0x60, 0xea, 0, 0])]));
}

function aceBlock(type: number, flags: number, rest: Buffer): Buffer {
  const body = Buffer.concat([le(1, type), le(2, flags), rest]);
  return Buffer.concat([le(2, ~crc32(body) & 0xffff), le(2, body.byteLength), body]);
}

/** An ACE archive of version 2. */
export function buildAce(entries: readonly OldEntry[]): Uint8Array {
  const main = aceBlock(0, 0x8000, Buffer.concat([Buffer.from('**ACE**'), Buffer.alloc(20)]));
  const files = entries.flatMap((e) => {
    const content = Buffer.from(e.content);
    const name = Buffer.from(e.name.replaceAll('/', '\\'));
    const rest = Buffer.concat([
      le(4, content.byteLength),
      le(4, content.byteLength),
      timeOf(e),
      le(4, e.folder ? 0x10 : 0x20),
      le(4, ~(e.crc32 ?? crc32(content)) >>> 0),
      Buffer.from([e.packed ? 1 : 0, 3, 10, 0]),
      le(2, 0),
      le(2, name.byteLength),
      name,
    ]);
    return [aceBlock(1, 1 | flag(e.encrypted, 0x4000) | flag(e.split, 0x2000), rest), content];
  });
  return new Uint8Array(Buffer.concat([main, ...files]));
}

/** An LHA archive of stored members with headers of level 0, which keep DOS time. */
export function buildLha(entries: readonly OldEntry[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat([
      ...entries.flatMap((e) => {
        const content = Buffer.from(e.content);
        const name = Buffer.from(e.name);
        const rest = Buffer.concat([
          Buffer.from('-lh0-'),
          le(4, content.byteLength),
          le(4, content.byteLength),
          timeOf(e),
          Buffer.from([0x20, 0, name.byteLength]),
          name,
          le(2, crc16(content)),
        ]);
        return [Buffer.from([rest.byteLength, rest.reduce((sum, b) => sum + b, 0) & 0xff]), rest, content];
      }),
      Buffer.from([0]),
    ]),
  );
}

/** CRC-16 as in ARC: polynomial 0xa001, from 0. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

export interface WarcEntry {
  readonly type: string;
  readonly uri?: string;
  readonly contentType?: string;
  readonly content: string;
  /** Default 2017-03-27T12:41:00Z. */
  readonly date?: string;
}

/** A web archive. */
export function buildWarc(entries: readonly WarcEntry[]): Uint8Array {
  const record = (e: WarcEntry): string => {
    const lines = [
      'WARC/1.0',
      `WARC-Type: ${e.type}`,
      ...(e.uri === undefined ? [] : [`WARC-Target-URI: ${e.uri}`]),
      ...(e.contentType === undefined ? [] : [`Content-Type: ${e.contentType}`]),
      `WARC-Date: ${e.date ?? '2017-03-27T12:41:00Z'}`,
      'WARC-Record-ID: <urn:uuid:1>',
      `Content-Length: ${Buffer.byteLength(e.content)}`,
    ];
    return `${lines.join('\r\n')}\r\n\r\n${e.content}\r\n\r\n`;
  };
  return Buffer.from(entries.map(record).join(''));
}

const SECTOR = 2048;
const both = (length: 2 | 4, value: number): Buffer => Buffer.concat([le(length, value), le(length, value).reverse()]);

/** A record of a directory (ECMA-119 section 9.1). `quarters`: the zone, in quarters of an hour east of UTC. */
function isoRecord(name: Buffer, sector: number, size: number, isFolder: boolean, quarters: number): Buffer {
  const time = Buffer.from([117, 3, 27, 14, 41, 0, quarters & 0xff]);
  const rest = Buffer.concat([
    both(4, sector),
    both(4, size),
    time,
    Buffer.from([isFolder ? 2 : 0, 0, 0]),
    both(2, 1),
    Buffer.from([name.byteLength]),
    name,
  ]);
  const padded = Buffer.concat([rest, Buffer.alloc(rest.byteLength % 2)]);
  return Buffer.concat([Buffer.from([padded.byteLength + 2, 0]), padded]);
}

/** An ISO 9660 image with one file in its root, written at 14:41 on 27 March 2017 in the zone given. */
export function buildIso(name: string, content: string, quarters = 8): Uint8Array {
  // libarchive looks at none of fewer than 24.
  const sectors = 24;
  const root = isoRecord(Buffer.from([0]), 20, SECTOR, true, quarters);
  const image = Buffer.alloc(sectors * SECTOR);
  const descriptor = Buffer.concat([
    Buffer.from('\u0001CD001\u0001\u0000'),
    Buffer.from('X'.padEnd(64)),
    Buffer.alloc(8),
    both(4, sectors),
    Buffer.alloc(32),
    both(2, 1),
    both(2, 1),
    both(2, SECTOR),
    both(4, 10),
    le(4, 18),
    Buffer.alloc(4),
    le(4, 19).reverse(),
    Buffer.alloc(4),
    root,
  ]);
  descriptor.copy(image, 16 * SECTOR);
  // File structure version: 1, says ECMA-119 section 8.4.31.
  image[16 * SECTOR + 881] = 1;
  Buffer.from('\u00ffCD001\u0001', 'latin1').copy(image, 17 * SECTOR);
  Buffer.from([1, 0, 20, 0, 0, 0, 1, 0, 0, 0]).copy(image, 18 * SECTOR);
  Buffer.from([1, 0, 0, 0, 0, 20, 0, 1, 0, 0]).copy(image, 19 * SECTOR);
  const up = isoRecord(Buffer.from([1]), 20, SECTOR, true, quarters);
  Buffer.concat([root, up, isoRecord(Buffer.from(name), 21, content.length, false, quarters)]).copy(image, 20 * SECTOR);
  image.write(content, 21 * SECTOR);
  return new Uint8Array(image);
}

/** An RPM package without tags around a payload. */
export function buildRpm(payload: Uint8Array): Uint8Array {
  const lead = Buffer.alloc(96);
  lead.set([0xed, 0xab, 0xee, 0xdb, 3]);
  const header = Buffer.concat([Buffer.from([0x8e, 0xad, 0xe8, 1]), Buffer.alloc(12)]);
  return new Uint8Array(Buffer.concat([lead, header, header, payload]));
}
