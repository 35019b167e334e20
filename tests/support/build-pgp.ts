import { deflateRawSync } from 'node:zlib';

const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n);
  return b;
};

/** A packet with a header of the present form (RFC 9580 section 4.2.1). */
export function packet(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 192 ? Buffer.from([body.length]) : Buffer.concat([Buffer.from([255]), u32(body.length)]);
  return Buffer.concat([Buffer.from([0xc0 | tag]), length, body]);
}

/** The same with a header of the old form and a length of two octets. */
export function oldPacket(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([0x81 | (tag << 2), body.length >> 8, body.length & 0xff]), body]);
}

/** In pieces of 512 octets and a rest (RFC 9580 section 4.2.1.4). */
export function partialPacket(tag: number, body: Uint8Array): Buffer {
  const pieces: Buffer[] = [Buffer.from([0xc0 | tag])];
  let at = 0;
  for (; body.length - at > 512; at += 512) pieces.push(Buffer.from([0xe9]), Buffer.from(body.subarray(at, at + 512)));
  return Buffer.concat([...pieces, Buffer.from([255]), u32(body.length - at), body.subarray(at)]);
}

const seconds = (iso: string): Buffer => u32(Date.parse(iso) / 1000);
const mpi = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(64, 0xa5)]);
const subpacket = (type: number, data: Uint8Array): Buffer => Buffer.concat([Buffer.from([data.length + 1, type]), data]);
const sized = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);

export const KEY_ID = '0123456789ABCDEF';

/** Public-key encrypted session key, version 3, RSA. */
export const sessionKey = (keyId = KEY_ID): Buffer => packet(1, Buffer.from([3]), Buffer.from(keyId, 'hex'), Buffer.from([1]), mpi);
/** Symmetric-key encrypted session key, AES-256. */
export const passwordKey = (): Buffer => packet(3, Buffer.from([4, 9, 3, 8]), Buffer.alloc(8, 1), Buffer.from([96]));
export const encryptedData = (): Buffer => packet(18, Buffer.from([1]), Buffer.alloc(40, 7));
/** A signature over a binary document, version 4, RSA and SHA-256; its value is a dummy. */
export function signature(created: string, type = 0): Buffer {
  const hashed = Buffer.concat([
    subpacket(2, seconds(created)),
    subpacket(33, Buffer.concat([Buffer.from([4]), Buffer.alloc(12, 0xab), Buffer.from(KEY_ID, 'hex')])),
  ]);
  return packet(2, Buffer.from([4, type, 1, 8]), sized(hashed), sized(subpacket(16, Buffer.from(KEY_ID, 'hex'))), Buffer.alloc(2), mpi);
}
export const publicKey = (created: string): Buffer => oldPacket(6, Buffer.from([4]), seconds(created), Buffer.from([1]), mpi, mpi, mpi);
export const userId = (text: string): Buffer => packet(13, Buffer.from(text));
export const literalBody = (content: Uint8Array, name: string, date: string): Buffer =>
  Buffer.concat([Buffer.from('b'), Buffer.from([name.length]), Buffer.from(name), seconds(date), content]);
export const literal = (content: Uint8Array, name: string, date: string): Buffer => packet(11, literalBody(content, name, date));
export const compressed = (inside: Uint8Array): Buffer => packet(8, Buffer.from([1]), deflateRawSync(inside));

/** ASCII armor with a checksum that nobody reads. */
export function armor(label: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Buffer {
  const lines = Object.entries(headers).map(([key, text]) => `${key}: ${text}\n`);
  const digits = Buffer.from(bytes)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n');
  return Buffer.from(`-----BEGIN PGP ${label}-----\n${lines.join('')}\n${digits}=AAAA\n-----END PGP ${label}-----\n`);
}

/** A text signed in the clear (RFC 9580 section 7). */
export const cleartext = (text: string, created: string): Buffer =>
  Buffer.concat([
    Buffer.from(`-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${text.replace(/^-/gm, '- -')}\n`),
    armor('SIGNATURE', signature(created, 1)),
  ]);
