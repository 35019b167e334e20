import { Broken, truncated, type UnpackFile, type Unpacking, unpackWith } from './unpacking.ts';
import { xxh32 } from './xxhash.ts';
import { u16, u32 } from '../little-endian.ts';

const FRAME = 0x184d2204;
const LEGACY = 0x184c2102;
/** 0x184d2a50 to 0x184d2a5f: of any content. */
const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5;
const FLAG = { version: 0xc0, independent: 0x20, blockChecksum: 0x10, contentSize: 0x08, contentChecksum: 0x04, dictionary: 0x01 } as const;
const UNCOMPRESSED = 0x8000_0000;
const MIN_MATCH = 4;

/** A length of 15 goes on in bytes until one is not 255. */
function longer(block: Uint8Array, at: number): { readonly more: number; readonly at: number } {
  let more = 0;
  for (let next = at; ;) {
    const byte = block[next++];
    if (byte === undefined) return truncated();
    more += byte;
    if (byte !== 255) return { more, at: next };
  }
}

/** Sequences of literals and matches (LZ4 Block Format). The last has literals only. */
function decodeBlock(block: Uint8Array, out: Unpacking, floor: number): void {
  for (let at = 0; at < block.byteLength;) {
    const token = block[at++] ?? 0;
    let literals = token >>> 4;
    if (literals === 15) {
      const l = longer(block, at);
      literals += l.more;
      at = l.at;
    }
    if (at + literals > block.byteLength) truncated();
    out.append(block.subarray(at, at + literals));
    at += literals;
    if (at === block.byteLength) return;
    if (at + 2 > block.byteLength) truncated();
    const distance = u16(block, at);
    at += 2;
    let count = (token & 15) + MIN_MATCH;
    if ((token & 15) === 15) {
      const l = longer(block, at);
      count += l.more;
      at = l.at;
    }
    out.copy(distance, count, floor);
  }
}

/** One block of a frame; returns where the next size stands. */
function frameBlock(packed: Uint8Array, at: number, flags: number, out: Unpacking, frameStart: number): number {
  const size = u32(packed, at);
  const length = size % UNCOMPRESSED;
  const end = at + 4 + length;
  const block = packed.subarray(at + 4, end);
  const floor = flags & FLAG.independent ? out.size : frameStart;
  if (size >= UNCOMPRESSED) out.append(block);
  else decodeBlock(block, out, floor);
  if (end > packed.byteLength) truncated();
  if ((flags & FLAG.blockChecksum) === 0) return end;
  if (end + 4 > packed.byteLength) truncated();
  if (xxh32(block) !== u32(packed, end)) throw new Broken('a block has another checksum than it says');
  return end + 4;
}

/** LZ4 Frame Format 1.6. Returns where the next frame begins. */
function decodeFrame(packed: Uint8Array, start: number, out: Unpacking): number {
  const flags = packed[start + 4] ?? 0;
  if ((flags & FLAG.version) !== 0x40) throw new Broken('not supported: another version of LZ4 frames');
  if (flags & FLAG.dictionary) throw new Broken('not supported: the frame needs a dictionary');
  const header = 2 + (flags & FLAG.contentSize ? 8 : 0);
  let at = start + 4 + header + 1;
  if (at > packed.byteLength) truncated();
  if (((xxh32(packed.subarray(start + 4, start + 4 + header)) >>> 8) & 0xff) !== packed[at - 1])
    throw new Broken('the header has another checksum than it says');
  const from = out.size;
  for (;;) {
    if (at + 4 > packed.byteLength) truncated();
    if (u32(packed, at) === 0) break;
    at = frameBlock(packed, at, flags, out, from);
  }
  at += 4;
  if ((flags & FLAG.contentChecksum) === 0) return at;
  if (at + 4 > packed.byteLength) truncated();
  if (xxh32(out.bytes.subarray(from, out.size)) !== u32(packed, at)) throw new Broken('the content has another checksum than it says');
  return at + 4;
}

/** The format of the Linux kernel and of old lz4 programs: blocks up to the end of the file or the next magic. */
function decodeLegacy(packed: Uint8Array, start: number, out: Unpacking): number {
  let at = start + 4;
  while (at < packed.byteLength) {
    if (at + 4 > packed.byteLength) truncated();
    const size = u32(packed, at);
    if (size === LEGACY || size === FRAME || isSkippable(size)) return at;
    decodeBlock(packed.subarray(at + 4, at + 4 + size), out, out.size);
    if (at + 4 + size > packed.byteLength) truncated();
    at += 4 + size;
  }
  return at;
}

function decode(packed: Uint8Array, out: Unpacking): void {
  for (let at = 0; at < packed.byteLength;) {
    if (at + 4 > packed.byteLength) truncated();
    const magic = u32(packed, at);
    if (magic === FRAME) at = decodeFrame(packed, at, out);
    else if (magic === LEGACY) at = decodeLegacy(packed, at, out);
    else if (!isSkippable(magic)) throw new Broken(`${packed.byteLength - at} bytes behind the last frame are not unpacked`);
    else if (at + 8 > packed.byteLength) truncated();
    else at += 8 + u32(packed, at + 4);
  }
}

/** Unpacks an lz4 file: all frames of it, which together are one file. */
export const unpackLz4: UnpackFile = (packed, cap, alive) => unpackWith(cap, alive, (out) => decode(packed, out));
