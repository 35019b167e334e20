import { createCipheriv, createHash } from 'node:crypto';
import fs from 'node:fs';
import { constants, crc32, deflateRawSync } from 'node:zlib';

const MIB = 1024 ** 2;
const WRITE_BYTES = 8 * MIB;

/** Writes pieces to a file, some megabytes at a time; returns its size. */
function writePieces(file: string, pieces: Iterable<Uint8Array>): number {
  const fd = fs.openSync(file, 'wx');
  try {
    let size = 0;
    let waiting: Uint8Array[] = [];
    let bytes = 0;
    const flush = (): void => {
      for (let buffer = Buffer.concat(waiting); buffer.byteLength > 0;) buffer = buffer.subarray(fs.writeSync(fd, buffer));
      size += bytes;
      waiting = [];
      bytes = 0;
    };
    for (const piece of pieces) {
      waiting.push(piece);
      bytes += piece.byteLength;
      if (bytes >= WRITE_BYTES) flush();
    }
    flush();
    return size;
  } finally {
    fs.closeSync(fd);
  }
}

const NOTHING = Buffer.alloc(25_600);

/** Base64 of 25 KB that no compression makes smaller, in lines of 76; another for every seed. */
function noise(seed: Uint8Array): string {
  const bytes = createCipheriv('aes-128-ctr', seed.subarray(0, 16), seed.subarray(16, 32)).update(NOTHING);
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
}

const PROSE = 'la note sur le budget de la campagne est jointe, comme convenu hier au telephone.\r\n'.repeat(64);

/** A message of some 40 KB with a text and an attachment of its own. */
function message(n: number): Buffer {
  const time = new Date(Date.UTC(2015, 0, 1) + n * 61_000);
  const date = time.toUTCString().replace('GMT', '+0000');
  const [weekday = '', day = '', month = '', year = '', clock = ''] = time.toUTCString().replace(',', '').split(' ');
  const seed = createHash('sha256').update(String(n)).digest();
  const id = seed.toString('hex');
  const boundary = `b${id.slice(0, 8)}`;
  return Buffer.from(
    [
      `From c${n % 50}@x.example ${weekday} ${month} ${day} ${clock} ${year}`,
      `Received: from a.x.example by b.x.example with ESMTP id ${id.slice(0, 12)}; ${date}`,
      `From: Claire Moreau ${n % 50} <c${n % 50}@x.example>`,
      `To: Paul Petit <p${n % 70}@x.example>`,
      `Subject: Note ${n}`,
      `Date: ${date}`,
      `Message-ID: <${id.slice(0, 24)}@x.example>`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain',
      '',
      `Bonjour, message ${n}.`,
      PROSE,
      `--${boundary}`,
      `Content-Type: application/octet-stream; name="${n}.bin"`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${n}.bin"`,
      '',
      noise(seed),
      `--${boundary}--`,
      '',
      '',
    ].join('\r\n'),
    'latin1',
  );
}

/** An mbox of at least so many bytes; returns how many messages are in it. */
export function writeMbox(file: string, bytes: number): number {
  let n = 0;
  writePieces(
    file,
    (function* () {
      for (let at = 0; at < bytes; n++) {
        const piece = message(n);
        at += piece.byteLength;
        yield piece;
      }
    })(),
  );
  return n;
}

const le = (length: number, value: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out.subarray(0, length);
};

interface BigMember {
  readonly name: string;
  readonly method: 0 | 8;
  readonly size: number;
  readonly compressedSize: number;
  readonly crc32: number;
}

const FULL = 0xffff_ffff;

/** Headers of a member whose sizes and offset stand in zip64 fields (APPNOTE 4.5.3). */
const localOf = (m: BigMember): Buffer =>
  Buffer.concat([
    le(4, 0x04034b50),
    ...[45, 0, m.method, 0x6000, 0x4a7b].map((n) => le(2, n)),
    ...[m.crc32, FULL, FULL].map((n) => le(4, n)),
    ...[m.name.length, 20].map((n) => le(2, n)),
    Buffer.from(m.name, 'latin1'),
    ...[1, 16].map((n) => le(2, n)),
    ...[m.size, m.compressedSize].map((n) => le(8, n)),
  ]);

const centralOf = (m: BigMember, offset: number): Buffer =>
  Buffer.concat([
    le(4, 0x02014b50),
    ...[45, 45, 0, m.method, 0x6000, 0x4a7b].map((n) => le(2, n)),
    ...[m.crc32, FULL, FULL].map((n) => le(4, n)),
    ...[m.name.length, 28, 0, 0, 0].map((n) => le(2, n)),
    le(4, 0),
    le(4, FULL),
    Buffer.from(m.name, 'latin1'),
    ...[1, 24].map((n) => le(2, n)),
    ...[m.size, m.compressedSize, offset].map((n) => le(8, n)),
  ]);

const endOf = (count: number, size: number, offset: number): Buffer =>
  Buffer.concat([
    le(4, 0x06064b50),
    le(8, 44),
    ...[45, 45].map((n) => le(2, n)),
    ...[0, 0].map((n) => le(4, n)),
    ...[count, count, size, offset].map((n) => le(8, n)),
    ...[0x07064b50, 0].map((n) => le(4, n)),
    le(8, offset + size),
    ...[1, 0x06054b50].map((n) => le(4, n)),
    ...[0, 0, count, count].map((n) => le(2, n)),
    ...[FULL, FULL].map((n) => le(4, n)),
    le(2, 0),
  ]);

/** One mebibyte of lines, a tenth as long when deflated. */
function lines(): Buffer {
  const out = Buffer.alloc(MIB, PROSE, 'latin1');
  for (let at = 0; at < MIB; at += 1024) out.write(createHash('sha512').update(String(at)).digest('base64'), at, 'latin1');
  return out;
}

/** A zip64 archive of two texts of so many mebibytes, one stored and one deflated. */
export function writeZip64(file: string, mebibytes: number): void {
  const block = lines();
  // Whole blocks end on a byte, so that one can stand behind another; a last empty one closes the stream.
  const packed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH });
  const last = Buffer.from([3, 0]);
  let crc = 0;
  for (let i = 0; i < mebibytes; i++) crc = crc32(block, crc);
  const size = mebibytes * MIB;
  const stored: BigMember = { name: 'stored.txt', method: 0, size, compressedSize: size, crc32: crc };
  const deflated: BigMember = { name: 'deflated.txt', method: 8, size, compressedSize: mebibytes * packed.byteLength + last.byteLength, crc32: crc };
  const second = localOf(stored).byteLength + stored.compressedSize;
  const directory = Buffer.concat([centralOf(stored, 0), centralOf(deflated, second)]);
  writePieces(
    file,
    (function* () {
      yield localOf(stored);
      for (let i = 0; i < mebibytes; i++) yield block;
      yield localOf(deflated);
      for (let i = 0; i < mebibytes; i++) yield packed;
      yield last;
      yield directory;
      yield endOf(2, directory.byteLength, second + localOf(deflated).byteLength + deflated.compressedSize);
    })(),
  );
}
