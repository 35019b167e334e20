import type { Certainty, Input } from '../model/input.ts';
import { decodeCodePage } from './charset.ts';
import { bufferOf } from './placed.ts';

const MAC_HEADER = 128;
const BLOCK = 128;
const MACROMAN = 10_000;

/** A Macintosh file in one stream: a header of 128 bytes, the data fork, the resource fork, each filled up to 128 bytes. */
export interface MacBinary {
  readonly name: string;
  /** Four letters each, '????' where nobody set them. */
  readonly type: string;
  readonly creator: string;
  /** Seconds since 1904 on the clock of the machine. */
  readonly created: number;
  readonly modified: number;
  /** In bytes of the artifact, as announced. */
  readonly data: { readonly offset: number; readonly length: number };
  readonly resources: { readonly offset: number; readonly length: number };
  /** The header's checksum agrees, or it has the mark of version III: no accident. */
  readonly proven: boolean;
}

/** Where fields of the header stand, in bytes. */
export const MAC_FIELD = { name: 2, type: 65, creator: 69, created: 91, modified: 95 } as const;

/** CRC-16 of XMODEM: polynomial 0x1021, from 0. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const b of bytes) {
    crc ^= b << 8;
    for (let i = 0; i < 8; i++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

const filled = (length: number): number => Math.ceil(length / BLOCK) * BLOCK;

/** MacBinary I, II (1987) and III (1996), by its header; null for what is none. `head` holds 128 bytes or more. */
function macBinaryOf(head: Uint8Array): MacBinary | null {
  if (head.byteLength < MAC_HEADER) return null;
  const h = bufferOf(head);
  const named = h[1] ?? 0;
  if (h[0] !== 0 || h[74] !== 0 || h[82] !== 0 || named === 0 || named > 63) return null;
  const rawName = h.subarray(MAC_FIELD.name, MAC_FIELD.name + named);
  if (rawName.some((b) => b < 0x20 || b === 0x3a)) return null;
  const [dataLength, resourceLength] = [h.readUInt32BE(83), h.readUInt32BE(87)];
  if (dataLength > 0x7fffffff || resourceLength > 0x7fffffff || dataLength + resourceLength === 0) return null;
  const proven = h.toString('latin1', 102, 106) === 'mBIN' || (h.readUInt16BE(124) !== 0 && h.readUInt16BE(124) === crc16(h.subarray(0, 124)));
  // Version I has nothing behind byte 99.
  if (!proven && h.subarray(101, 126).some((b) => b !== 0)) return null;
  const secondHeader = filled(h.readUInt16BE(120));
  const offset = MAC_HEADER + (proven ? secondHeader : 0);
  return {
    name: decodeCodePage(rawName, MACROMAN),
    type: decodeCodePage(h.subarray(65, 69), MACROMAN),
    creator: decodeCodePage(h.subarray(69, 73), MACROMAN),
    created: h.readUInt32BE(MAC_FIELD.created),
    modified: h.readUInt32BE(MAC_FIELD.modified),
    data: { offset, length: dataLength },
    resources: { offset: offset + filled(dataLength), length: resourceLength },
    proven,
  };
}

export function looksLikeMacBinary(head: Uint8Array): Certainty {
  const found = macBinaryOf(head);
  return !found ? 'no' : found.proven ? 'certain' : 'maybe';
}

/** Version I has no checksum: the forks must fill the file to the block, as nothing else does by accident. */
export function macBinaryType({ bytes }: Input): string | null {
  const found = macBinaryOf(bytes.slice(0, MAC_HEADER));
  if (!found) return null;
  const end = found.resources.offset + found.resources.length;
  const fits = bytes.size === end || bytes.size === filled(end);
  return found.proven || (fits && /^[\x20-\x7e]{8}$/.test(found.type + found.creator)) ? 'application/macbinary' : null;
}

/** Use as `input.once(readMacBinary)`. */
export const readMacBinary = ({ bytes }: Input): MacBinary | null => macBinaryOf(bytes.slice(0, MAC_HEADER));
