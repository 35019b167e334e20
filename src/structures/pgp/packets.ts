import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import type { Certainty } from '../../model/input.ts';
import { bufferOf } from '../placed.ts';

/** RFC 9580 section 5. */
export const PACKET = {
  sessionKey: 1,
  signature: 2,
  passwordKey: 3,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  compressed: 8,
  encrypted: 9,
  literal: 11,
  userId: 13,
  publicSubkey: 14,
  encryptedIntegrity: 18,
  encryptedAead: 20,
} as const;

/** One packet. Offsets count from the start of the bytes it was read from. */
export interface Packet {
  readonly tag: number;
  readonly offset: number;
  readonly length: number;
  /** Of the body; where it is written in pieces, of the first. */
  readonly from: number;
  readonly body: Buffer;
  /** It ends beyond the bytes. */
  readonly cut: boolean;
}

const MAX_PACKETS = 20_000;

interface Length {
  readonly size: number;
  /** Bytes of the length itself. */
  readonly width: number;
  readonly partial: boolean;
}

/** RFC 9580 section 4.2.1. */
function newLength(b: Buffer, at: number): Length | null {
  const first = b[at];
  if (first === undefined) return null;
  if (first < 192) return { size: first, width: 1, partial: false };
  if (first < 224) return at + 2 > b.length ? null : { size: ((first - 192) << 8) + (b[at + 1] ?? 0) + 192, width: 2, partial: false };
  if (first < 255) return { size: 2 ** (first & 0x1f), width: 1, partial: true };
  return at + 5 > b.length ? null : { size: b.readUInt32BE(at + 1), width: 5, partial: false };
}

/** RFC 9580 section 4.2.2; type 3 runs to the end. */
function oldLength(b: Buffer, at: number, type: number): Length | null {
  const width = [1, 2, 4, 0][type] ?? 0;
  if (at + width > b.length) return null;
  return { size: width === 0 ? b.length - at : b.readUIntBE(at, width), width, partial: false };
}

function packetAt(b: Buffer, offset: number): Packet | null {
  const head = b[offset] ?? 0;
  if ((head & 0x80) === 0) return null;
  const isNew = (head & 0x40) !== 0;
  const tag = isNew ? head & 0x3f : (head >> 2) & 0x0f;
  let length = isNew ? newLength(b, offset + 1) : oldLength(b, offset + 1, head & 3);
  if (!length || tag === 0) return null;
  const from = offset + 1 + length.width;
  if (!length.partial) {
    const end = Math.min(b.length, from + length.size);
    return { tag, offset, length: end - offset, from, body: b.subarray(from, end), cut: from + length.size > b.length };
  }
  const pieces: Buffer[] = [];
  let at = offset + 1;
  for (; length; length = newLength(b, at)) {
    const start = at + length.width;
    pieces.push(b.subarray(start, start + length.size));
    at = start + length.size;
    if (!length.partial) break;
  }
  const end = Math.min(at, b.length);
  return { tag, offset, length: end - offset, from, body: Buffer.concat(pieces), cut: at > b.length || !length };
}

/** Packet after packet, up to what is none. */
export function packetsOf(bytes: Uint8Array): Packet[] {
  const b = bufferOf(bytes);
  const packets: Packet[] = [];
  for (let at = 0; at < b.length && packets.length < MAX_PACKETS;) {
    const packet = packetAt(b, at);
    if (!packet) break;
    packets.push(packet);
    at = packet.offset + packet.length;
  }
  return packets;
}

/** What a compressed packet holds (RFC 9580 section 5.6), null where its algorithm is not known here or it does not unpack; 'over' beyond `cap`. */
export function unpackedPacket({ body }: Packet, cap: number): Buffer | 'over' | null {
  try {
    if (body[0] === 0) return body.subarray(1);
    if (body[0] === 1) return inflateRawSync(body.subarray(1), { maxOutputLength: cap });
    return body[0] === 2 ? inflateSync(body.subarray(1), { maxOutputLength: cap }) : null;
  } catch (error) {
    return error instanceof RangeError ? 'over' : null;
  }
}

const PUBLIC_ALGORITHMS = new Set([1, 2, 3, 16, 17, 18, 19, 22, 25, 26, 27, 28]);
const SIGNATURE_TYPES = new Set([0, 1, 2, 0x10, 0x11, 0x12, 0x13, 0x18, 0x19, 0x1f, 0x20, 0x28, 0x30, 0x40, 0x50]);

/** Algorithms whose first number is a modulus, and those that name a curve first (RFC 9580 section 9.1). */
const WITH_MODULUS = new Set([1, 2, 3, 16, 17]);
const WITH_CURVE = new Set([18, 19, 22]);

/** What stands where the key begins: bits of a modulus, or the length of a curve's identifier. */
function beginsKey(b: Buffer, algorithm: number, at: number): boolean {
  if (WITH_MODULUS.has(algorithm)) return isOneOf(b.length > at + 1 ? b.readUInt16BE(at) : 0, 256, 16_384);
  return !WITH_CURVE.has(algorithm) || isOneOf(b[at], 3, 16);
}

const MOST_KEY_BYTES = 65_536;

/** Of version 6 the material has its length in front. */
function isKey(b: Buffer): boolean {
  const algorithm = b[5] ?? 0;
  if (b.length <= 30 || !PUBLIC_ALGORITHMS.has(algorithm)) return false;
  if (b[0] === 4) return beginsKey(b, algorithm, 6);
  return b[0] === 6 && b.readUInt32BE(6) <= MOST_KEY_BYTES && beginsKey(b, algorithm, 10);
}

const [ECDH, X25519, X448] = [18, 25, 26];

/** A session key for somebody's RSA, Elgamal or elliptic key (RFC 9580 section 5.1). */
function isSessionKey(b: Buffer): boolean {
  if (b[0] !== 3 || b.length <= 12) return false;
  const algorithm = b[9] ?? 0;
  if ([1, 2, 16].includes(algorithm)) return beginsKey(b, algorithm, 10);
  return algorithm === ECDH ? isOneOf(b.readUInt16BE(10), 250, 1100) : algorithm === X25519 || algorithm === X448;
}

const isOldSignature = (b: Buffer): boolean => b[0] === 3 && b[1] === 5 && SIGNATURE_TYPES.has(b[2] ?? -1) && PUBLIC_ALGORITHMS.has(b[15] ?? 0);
const isSignature = (b: Buffer): boolean =>
  (b[0] === 4 || b[0] === 6) && SIGNATURE_TYPES.has(b[1] ?? -1) && PUBLIC_ALGORITHMS.has(b[2] ?? 0) && isOneOf(b[3], 1, 14) && b.length > 12;
const isOneOf = (n: number | undefined, from: number, to: number): boolean => n !== undefined && n >= from && n <= to;

/** What is packed begins with the head of a one-pass signature or with a literal: as GnuPG writes what it signs. */
function isPacked(b: Buffer): boolean {
  if (b[0] !== 1 && b[0] !== 2) return false;
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 * 1024 ** 2 };
  try {
    const [first, size, version] = b[0] === 1 ? inflateRawSync(b.subarray(1), options) : inflateSync(b.subarray(1), options);
    return (
      ((first === 0x90 || first === 0xc4) && size === 13 && version === 3) || first === 0xcb || first === 0xac || first === 0xad || first === 0xae
    );
  } catch {
    return false;
  }
}

/** Whether a first packet's body is what its tag says: a tag alone is one byte, which many files begin with. */
const PLAUSIBLE: ReadonlyMap<number, (body: Buffer) => boolean> = new Map([
  [PACKET.sessionKey, isSessionKey],
  [PACKET.passwordKey, (b: Buffer) => b[0] === 4 && isOneOf(b[1], 1, 13) && [0, 1, 3, 4].includes(b[2] ?? -1) && b.length < 200],
  [PACKET.publicKey, isKey],
  [PACKET.secretKey, isKey],
  [PACKET.signature, (b: Buffer) => isOldSignature(b) || isSignature(b)],
  [PACKET.compressed, isPacked],
]);

/** Binary messages, signatures and keys; a literal alone is too little to tell by. */
export function looksLikePackets(head: Uint8Array): Certainty {
  if (((head[0] ?? 0) & 0x80) === 0) return 'no';
  const first = packetAt(bufferOf(head), 0);
  return first && PLAUSIBLE.get(first.tag)?.(first.body) ? 'maybe' : 'no';
}
