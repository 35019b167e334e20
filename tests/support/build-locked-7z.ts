import { createCipheriv, createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface PackedFile {
  readonly name: string;
  readonly content: string;
}

/** Files that are packed together. */
export interface SevenZipFolder {
  readonly files: readonly PackedFile[];
  /** Locked with AES-256 by it. */
  readonly password?: string;
  /** What stands for the content, and the method that packed it: its id and properties in hex. Copied where absent. */
  readonly packed?: { readonly bytes: Uint8Array; readonly method: string; readonly properties: string };
  /** Without checksums. */
  readonly unchecked?: boolean;
}

export interface LockedOptions {
  /** The list of members is locked as well. */
  readonly listPassword?: string;
  /** Two to this power rounds. Default 6; 63 for none at all. */
  readonly power?: number;
  /** What the locks say of it instead. */
  readonly announcedPower?: number;
}

const SALT = Buffer.from('a1b2c3d4', 'hex');
const IV = Buffer.from('00112233445566778899aabb', 'hex');

const le = (length: number, value: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out.subarray(0, length);
};

/** 7zFormat.txt, REAL_UINT64: always nine bytes, which is allowed. */
const number = (n: number): Buffer => (n < 0x80 ? Buffer.from([n]) : Buffer.concat([Buffer.from([0xff]), le(8, n)]));
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const property = (id: number, ...rest: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(rest);
  return Buffer.concat([bytes(id), number(body.byteLength), body]);
};

/** 7-Zip's key: one hash over 2^power times salt, password and a counter. */
function keyOf(password: string, power: number): Buffer {
  const text = Buffer.from(password, 'utf16le');
  if (power === 63) return Buffer.concat([SALT, text, Buffer.alloc(32)]).subarray(0, 32);
  const hash = createHash('sha256');
  for (let i = 0; i < 2 ** power; i++) hash.update(SALT).update(text).update(le(8, i));
  return hash.digest();
}

function enciphered(content: Buffer, password: string, power: number): Buffer {
  const filled = Buffer.concat([content, Buffer.alloc((16 - (content.byteLength % 16)) % 16)]);
  const iv = Buffer.concat([IV, Buffer.alloc(4)]);
  return createCipheriv('aes-256-cbc', keyOf(password, power), iv).setAutoPadding(false).update(filled);
}

/** 06F10701 with its properties: flags and power, sizes less one, salt, initial vector. */
const aesCoder = (power: number): Buffer =>
  Buffer.concat([bytes(0x24), Buffer.from('06f10701', 'hex'), bytes(2 + SALT.length + IV.length, 0xc0 | power, 0x3b), SALT, IV]);

function coderOf({ packed }: SevenZipFolder): Buffer {
  if (!packed) return bytes(0x01, 0x00);
  const method = Buffer.from(packed.method, 'hex');
  const properties = Buffer.from(packed.properties, 'hex');
  return Buffer.concat([bytes(0x20 | method.byteLength), method, bytes(properties.byteLength), properties]);
}

interface Written {
  readonly stream: Buffer;
  readonly coders: Buffer;
  readonly sizes: readonly number[];
}

function written(folder: SevenZipFolder, power: number, announced: number): Written {
  const content = Buffer.from(folder.files.map((f) => f.content).join(''));
  const inside = Buffer.from(folder.packed?.bytes ?? content);
  if (folder.password === undefined) return { stream: inside, coders: Buffer.concat([bytes(1), coderOf(folder)]), sizes: [content.byteLength] };
  const stream = enciphered(inside, folder.password, power);
  // What is only locked has no further coder, as 7-Zip writes it.
  if (!folder.packed) return { stream, coders: Buffer.concat([bytes(1), aesCoder(announced)]), sizes: [content.byteLength] };
  const coders = Buffer.concat([bytes(2), aesCoder(announced), coderOf(folder), bytes(1, 0)]);
  return { stream, coders, sizes: [inside.byteLength, content.byteLength] };
}

function streamsOf(position: number, all: readonly Written[], further: readonly Buffer[]): Buffer {
  return Buffer.concat([
    bytes(0x06),
    number(position),
    number(all.length),
    bytes(0x09),
    ...all.map((w) => number(w.stream.byteLength)),
    bytes(0x00, 0x07, 0x0b),
    number(all.length),
    bytes(0x00),
    ...all.map((w) => w.coders),
    bytes(0x0c),
    ...all.flatMap((w) => w.sizes.map(number)),
    ...further,
    bytes(0x00),
  ]);
}

function subStreams(folders: readonly SevenZipFolder[]): Buffer {
  const sizes = folders.flatMap((f) => f.files.slice(0, -1).map((file) => number(Buffer.byteLength(file.content))));
  const bits = folders.flatMap((f) => f.files.map(() => (f.unchecked ? '0' : '1'))).join('');
  const crcs = folders.flatMap((f) => (f.unchecked ? [] : f.files.map((file) => le(4, crc32(file.content)))));
  return Buffer.concat([
    bytes(0x08, 0x0d),
    ...folders.map((f) => number(f.files.length)),
    ...(sizes.length === 0 ? [] : [bytes(0x09), ...sizes]),
    bytes(0x0a, 0x00),
    Buffer.from((bits.match(/.{1,8}/g) ?? []).map((b) => parseInt(b.padEnd(8, '0'), 2))),
    ...crcs,
    bytes(0x00),
  ]);
}

/** The signature header, what is packed, and the header at the end. */
export function sevenZipFile(packed: Buffer, header: Buffer): Uint8Array {
  const start = Buffer.concat([le(8, packed.byteLength), le(8, header.byteLength), le(4, crc32(header))]);
  return new Uint8Array(Buffer.concat([bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4), le(4, crc32(start)), start, packed, header]));
}

/** A 7z archive of several folders, each locked or not, by 7zFormat.txt and Methods.txt of 7-Zip. */
export function buildLocked7z(
  folders: readonly SevenZipFolder[],
  { listPassword, power = 6, announcedPower = power }: LockedOptions = {},
): Uint8Array {
  const all = folders.map((f) => written(f, power, announcedPower));
  const names = folders.flatMap((f) => f.files.map((file) => `${file.name}\0`)).join('');
  const streams = streamsOf(0, all, [bytes(0x00), subStreams(folders)]);
  const plain = Buffer.concat([
    bytes(0x01, 0x04),
    streams,
    bytes(0x05),
    number(folders.flatMap((f) => f.files).length),
    property(0x11, bytes(0x00), Buffer.from(names, 'utf16le')),
    bytes(0x00, 0x00),
  ]);
  const content = Buffer.concat(all.map((w) => w.stream));
  if (listPassword === undefined) return sevenZipFile(content, plain);
  const list: Written = {
    stream: enciphered(plain, listPassword, power),
    coders: Buffer.concat([bytes(1), aesCoder(power)]),
    sizes: [plain.byteLength],
  };
  const crc = Buffer.concat([bytes(0x0a, 0x01), le(4, crc32(plain)), bytes(0x00)]);
  return sevenZipFile(Buffer.concat([content, list.stream]), Buffer.concat([bytes(0x17), streamsOf(content.byteLength, [list], [crc])]));
}
