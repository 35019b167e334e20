import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { block4, block5, le, NORMAL5, record, vint } from './build-rar.ts';

export interface LockedRarEntry {
  readonly name: string;
  readonly content: string;
  readonly password?: string;
  /** What stands for the content before it is locked, packed by the usual method. */
  readonly packed?: Uint8Array;
  /** Version 5: no check of the password is kept. */
  readonly unchecked?: boolean;
  /** Version 5: the checksum is mixed with the key. */
  readonly mixed?: boolean;
  readonly crc32?: number;
  /** Version 5: what the lock says of its rounds, as a power of two. */
  readonly announcedPower?: number;
}

/** Chance in what RAR writes: another one for each run of the packer, and so for each password. */
const saltOf = (password: string): Buffer => createHash('sha256').update(`salt ${password}`).digest().subarray(0, 16);
const IV = Buffer.from('f0e0d0c0b0a090807060504030201000', 'hex');
const POWER = 4;
const SIGNATURE4 = Buffer.from('Rar!\u001a\u0007\u0000', 'latin1');
const SIGNATURE5 = Buffer.from('Rar!\u001a\u0007\u0001\u0000', 'latin1');

function enciphered(bits: 128 | 256, content: Uint8Array, key: Uint8Array, iv: Uint8Array): Buffer {
  const filled = Buffer.concat([content, Buffer.alloc((16 - (content.byteLength % 16)) % 16)]);
  return createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(false).update(filled);
}

const keys4 = new Map<string, readonly [key: Buffer, iv: Buffer]>();

/** RAR 3: one SHA-1 over 2^18 times password, salt and a counter of three bytes; its digest on the way gives the vector. */
function key4(password: string): readonly [key: Buffer, iv: Buffer] {
  const known = keys4.get(password);
  if (known) return known;
  const hash = createHash('sha1');
  const front = Buffer.concat([Buffer.from(password, 'utf16le'), saltOf(password).subarray(0, 8)]);
  const iv: number[] = [];
  for (let i = 0; i < 1 << 18; i++) {
    hash.update(front).update(le(3, i));
    if (i % (1 << 14) === 0) iv.push(hash.copy().digest().readUInt8(19));
  }
  const digest = hash.digest();
  const made = [Buffer.concat([0, 4, 8, 12].map((at) => digest.subarray(at, at + 4).reverse())), Buffer.from(iv)] as const;
  keys4.set(password, made);
  return made;
}

function file4(e: LockedRarEntry): Buffer {
  const inside = Buffer.from(e.packed ?? e.content);
  const data = e.password === undefined ? inside : enciphered(128, inside, ...key4(e.password));
  const name = Buffer.from(e.name);
  const rest = Buffer.concat([
    le(4, data.byteLength),
    le(4, e.content.length),
    le(1, 3),
    le(4, e.crc32 ?? crc32(e.content)),
    le(4, 0x4a7b7524),
    le(1, 29),
    le(1, e.packed ? 0x33 : 0x30),
    le(2, name.byteLength),
    le(4, 0o100644),
    name,
    ...(e.password === undefined ? [] : [saltOf(e.password).subarray(0, 8)]),
  ]);
  return Buffer.concat([block4(0x74, 0x8000 | (e.password === undefined ? 0 : 0x404), rest), data]);
}

/** A RAR archive of version 4 whose members, or whose headers as well, are locked with AES-128. */
export function buildLockedRar4(entries: readonly LockedRarEntry[], listPassword?: string): Uint8Array {
  const closed = (block: Buffer, size: number): Buffer =>
    listPassword === undefined
      ? block
      : Buffer.concat([saltOf(listPassword).subarray(0, 8), enciphered(128, block.subarray(0, size), ...key4(listPassword)), block.subarray(size)]);
  const main = block4(0x73, listPassword === undefined ? 0 : 0x80, Buffer.alloc(6));
  const files = entries.map(file4).map((file) => closed(file, file.readUInt16LE(5)));
  return new Uint8Array(Buffer.concat([SIGNATURE4, main, ...files, closed(block4(0x7b, 0x4000, Buffer.alloc(0)), 7)]));
}

/** PBKDF2 of some rounds more than those of the key. */
const key5 = (password: string, further = 0): Buffer => pbkdf2Sync(password, saltOf(password), 2 ** POWER + further, 32, 'sha256');

function check5(password: string): Buffer {
  const folded = Buffer.alloc(8);
  for (const [i, b] of key5(password, 32).entries()) folded.writeUInt8(folded.readUInt8(i % 8) ^ b, i % 8);
  return Buffer.concat([folded, createHash('sha256').update(folded).digest().subarray(0, 4)]);
}

function mixedCrc(password: string, crc: number): number {
  const digest = createHmac('sha256', key5(password, 16)).update(le(4, crc)).digest();
  return Array.from({ length: 8 }, (_, i) => digest.readUInt32LE(i * 4)).reduce((a, b) => (a ^ b) >>> 0);
}

interface Parts {
  readonly header: Buffer;
  readonly data: Buffer;
}

function file5(e: LockedRarEntry): Parts {
  const { password, unchecked = false, mixed = false } = e;
  const inside = Buffer.from(e.packed ?? e.content);
  const data = password === undefined ? inside : enciphered(256, inside, key5(password), IV);
  const flags = (unchecked ? 0 : 1) | (mixed ? 2 : 0);
  const check = password === undefined || unchecked ? Buffer.alloc(0) : check5(password);
  const extra =
    password === undefined ? Buffer.alloc(0) : record(1, vint(0), vint(flags), le(1, e.announcedPower ?? POWER), saltOf(password), IV, check);
  const crc = e.crc32 ?? crc32(e.content);
  const header = block5(
    vint(2),
    vint(3),
    vint(extra.byteLength),
    vint(data.byteLength),
    vint(4),
    vint(e.content.length),
    vint(0x20),
    le(4, mixed && password !== undefined ? mixedCrc(password, crc) : crc),
    vint(e.packed ? NORMAL5 : 0),
    vint(0),
    vint(e.name.length),
    Buffer.from(e.name),
    extra,
  );
  return { header, data };
}

/** A RAR archive of version 5 whose members, or whose headers as well, are locked with AES-256. */
export function buildLockedRar5(entries: readonly LockedRarEntry[], listPassword?: string): Uint8Array {
  const closed = (block: Buffer): Buffer =>
    listPassword === undefined ? block : Buffer.concat([IV, enciphered(256, block, key5(listPassword), IV)]);
  const lock =
    listPassword === undefined ? [] : [block5(vint(4), vint(0), vint(0), vint(1), le(1, POWER), saltOf(listPassword), check5(listPassword))];
  const main = closed(block5(vint(1), vint(0), vint(0)));
  const files = entries.map(file5).flatMap(({ header, data }) => [closed(header), data]);
  return new Uint8Array(Buffer.concat([SIGNATURE5, ...lock, main, ...files, closed(block5(vint(5), vint(0), vint(0)))]));
}
