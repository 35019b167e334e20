import { Broken, truncated, type UnpackFile, type Unpacking, unpackWith } from './unpacking.ts';
import { xxh64Low } from './xxhash.ts';
import { BackwardBits, decodeHuffman, type FseTable, fseTable, type HuffmanTable, readFseTable, readHuffmanTable, rleTable } from './zstd-entropy.ts';
import { LITERAL_LENGTH, MATCH_LENGTH, OFFSET, type SequenceCode } from './zstd.data.ts';
import { u32 } from '../little-endian.ts';

const MAGIC = 0xfd2fb528;
const MAX_BLOCK = 128 * 1024;
const FLAG = { singleSegment: 0x20, reserved: 0x08, checksum: 0x04 } as const;

const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5;

const codeOf = (of: SequenceCode): { readonly of: SequenceCode; readonly standard: FseTable } => ({ of, standard: fseTable(of.counts, of.log) });
/** In the order of their tables in a block. */
const CODES = [codeOf(LITERAL_LENGTH), codeOf(OFFSET), codeOf(MATCH_LENGTH)] as const;

/** What blocks of one frame hand on. */
interface Frame {
  readonly floor: number;
  huffman: HuffmanTable | null;
  readonly tables: [FseTable | null, FseTable | null, FseTable | null];
  readonly offsets: [number, number, number];
}

interface Part<T> {
  readonly value: T;
  readonly end: number;
}

/** RFC 8878 section 3.1.1.3.1. */
function readLiterals(block: Uint8Array, frame: Frame): Part<Uint8Array> {
  const first = block[0] ?? 0;
  const kind = first & 3;
  const form = (first >>> 2) & 3;
  if (kind < 2) {
    const header = form === 1 ? 2 : form === 3 ? 3 : 1;
    const size = header === 1 ? first >>> 3 : (u32(block, 0) & (header === 2 ? 0xffff : 0xffffff)) >>> 4;
    const end = header + (kind === 0 ? size : 1);
    if (size > MAX_BLOCK || end > block.byteLength) throw new Broken('literals go beyond their block');
    return { value: kind === 0 ? block.subarray(header, end) : new Uint8Array(size).fill(block[header] ?? 0), end };
  }
  const width = form < 2 ? 10 : form === 2 ? 14 : 18;
  const header = form < 2 ? 3 : form === 2 ? 4 : 5;
  const word = u32(block, 0) + (block[4] ?? 0) * 2 ** 32;
  const size = Math.floor(word / 16) % 2 ** width;
  const packed = Math.floor(word / 2 ** (4 + width)) % 2 ** width;
  const end = header + packed;
  if (size > MAX_BLOCK || end > block.byteLength) throw new Broken('literals go beyond their block');
  return { value: packedLiterals(block.subarray(header, end), kind === 2, form === 0 ? 1 : 4, size, frame), end };
}

function packedLiterals(packed: Uint8Array, hasTable: boolean, streams: number, size: number, frame: Frame): Uint8Array {
  let at = 0;
  if (hasTable) {
    const { table, end } = readHuffmanTable(packed, 0);
    frame.huffman = table;
    at = end;
  }
  const { huffman } = frame;
  if (!huffman) throw new Broken('literals lack their alphabet');
  const out = new Uint8Array(size);
  const sizes: number[] = [];
  if (streams === 4) {
    for (let i = 0; i < 3; i++) sizes.push((packed[at + 2 * i] ?? 0) | ((packed[at + 2 * i + 1] ?? 0) << 8));
    at += 6;
  }
  let to = 0;
  for (let i = 0; i < streams; i++) {
    const end = i === streams - 1 ? packed.byteLength : at + (sizes[i] ?? 0);
    if (end > packed.byteLength || end <= at) throw new Broken('a stream of literals goes beyond its block');
    to = decodeHuffman(huffman, packed.subarray(at, end), out, to);
    at = end;
  }
  if (to !== size) throw new Broken('fewer literals come out than announced');
  return out;
}

function readSequenceCount(block: Uint8Array, at: number): Part<number> {
  const first = block[at];
  if (first === undefined) throw new Broken('a block lacks its sequences');
  if (first < 128) return { value: first, end: at + 1 };
  if (first < 255) return { value: ((first - 128) << 8) + (block[at + 1] ?? 0), end: at + 2 };
  return { value: (block[at + 1] ?? 0) + ((block[at + 2] ?? 0) << 8) + 0x7f00, end: at + 3 };
}

/** The three tables of a block: standard, one symbol, described, or those of the block before. Returns where the bits begin. */
function readTables(block: Uint8Array, from: number, frame: Frame): number {
  const modes = block[from] ?? 0;
  if ((modes & 3) !== 0) throw new Broken('reserved bits of a block are set');
  let at = from + 1;
  for (const [i, { of, standard }] of CODES.entries()) {
    const mode = (modes >>> (6 - 2 * i)) & 3;
    if (mode === 0) frame.tables[i] = standard;
    else if (mode === 1) {
      const symbol = block[at++] ?? 255;
      if (symbol >= of.bases.length) throw new Broken('a sequence has a code that does not exist');
      frame.tables[i] = rleTable(symbol);
    } else if (mode === 2) {
      const { table, end } = readFseTable(block, at, of.maxLog, of.bases.length - 1);
      frame.tables[i] = table;
      at = end;
    }
  }
  return at;
}

/** Turns the number of a sequence into a distance: one of the last three, or a new one (RFC 8878 section 3.1.1.5). */
function distanceOf(value: number, literals: number, offsets: Frame['offsets']): number {
  const index = value - 1 + (literals === 0 ? 1 : 0);
  if (value <= 3 && index === 0) return offsets[0];
  const distance = value > 3 ? value - 3 : index < 3 ? (offsets[index] ?? 0) : offsets[0] - 1;
  if (value > 3 || index > 1) offsets[2] = offsets[1];
  offsets[1] = offsets[0];
  offsets[0] = distance;
  return distance;
}

/** A number that a state and the bits behind it stand for. */
const numberOf = (of: SequenceCode, table: FseTable, state: number, bits: BackwardBits): number => {
  const code = table.symbols[state] ?? 0;
  return (of.bases[code] ?? 0) + bits.read(of.bits[code] ?? 0);
};

const nextState = (table: FseTable, state: number, bits: BackwardBits): number => (table.bases[state] ?? 0) + bits.read(table.bits[state] ?? 0);

/** Returns how many literals were used. */
function runSequences(bits: BackwardBits, count: number, literals: Uint8Array, frame: Frame, out: Unpacking): number {
  const [lengths, offsets, matches] = frame.tables;
  if (!lengths || !offsets || !matches) throw new Broken('sequences lack their tables');
  let [l, o, m] = [bits.read(lengths.log), bits.read(offsets.log), bits.read(matches.log)];
  const most = out.size + MAX_BLOCK;
  let at = 0;
  for (let left = count; left > 0; left--) {
    const value = numberOf(OFFSET, offsets, o, bits);
    const match = numberOf(MATCH_LENGTH, matches, m, bits);
    const length = numberOf(LITERAL_LENGTH, lengths, l, bits);
    if (at + length > literals.byteLength) throw new Broken('a sequence takes more literals than there are');
    if (out.size + length + match > most) throw new Broken('a block unpacks to more than allowed');
    out.append(literals.subarray(at, at + length));
    at += length;
    out.copy(distanceOf(value, length, frame.offsets), match, frame.floor);
    if (left === 1) break;
    l = nextState(lengths, l, bits);
    m = nextState(matches, m, bits);
    o = nextState(offsets, o, bits);
    if (bits.left < 0) throw new Broken('a bit stream is too short');
  }
  if (bits.left !== 0) throw new Broken('a bit stream does not end where it should');
  return at;
}

function decodeBlock(block: Uint8Array, frame: Frame, out: Unpacking): void {
  const { value: literals, end } = readLiterals(block, frame);
  const { value: count, end: tables } = readSequenceCount(block, end);
  let used = 0;
  if (count > 0) {
    const at = readTables(block, tables, frame);
    used = runSequences(new BackwardBits(block.subarray(at)), count, literals, frame, out);
  }
  out.append(literals.subarray(used));
}

/** Behind the magic: returns where the first block stands, and whether a checksum ends the frame. */
function readFrameHeader(packed: Uint8Array, start: number): { readonly blocks: number; readonly checked: boolean } {
  const flags = packed[start + 4] ?? 0;
  if ((flags & FLAG.reserved) !== 0) throw new Broken('not supported: a reserved bit of the frame is set');
  const single = (flags & FLAG.singleSegment) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  const dictionary = start + 5 + (single ? 0 : 1);
  if (packed.subarray(dictionary, dictionary + dictionaryBytes).some((b) => b !== 0)) throw new Broken('not supported: the frame needs a dictionary');
  return { blocks: dictionary + dictionaryBytes + sizeBytes, checked: (flags & FLAG.checksum) !== 0 };
}

/** Returns where the next frame begins. */
function decodeFrame(packed: Uint8Array, start: number, out: Unpacking): number {
  const { blocks, checked } = readFrameHeader(packed, start);
  const frame: Frame = { floor: out.size, huffman: null, tables: [null, null, null], offsets: [1, 4, 8] };
  let at = blocks;
  for (let last = false; !last;) {
    if (at + 3 > packed.byteLength) truncated();
    const header = u32(packed, at) & 0xffffff;
    last = (header & 1) === 1;
    const [kind, size] = [(header >>> 1) & 3, header >>> 3];
    if (kind === 3 || size > MAX_BLOCK) throw new Broken('a block is of no known kind');
    at += 3;
    const end = at + (kind === 1 ? 1 : size);
    if (end > packed.byteLength) {
      if (kind === 0) out.append(packed.subarray(at));
      truncated();
    }
    if (kind === 0) out.append(packed.subarray(at, end));
    else if (kind === 1) out.fill(packed[at] ?? 0, size);
    else decodeBlock(packed.subarray(at, end), frame, out);
    at = end;
  }
  if (!checked) return at;
  if (at + 4 > packed.byteLength) truncated();
  if (xxh64Low(out.bytes.subarray(frame.floor, out.size)) !== u32(packed, at)) throw new Broken('the content has another checksum than it says');
  return at + 4;
}

function decode(packed: Uint8Array, out: Unpacking): void {
  for (let at = 0; at < packed.byteLength;) {
    if (at + 4 > packed.byteLength) truncated();
    const magic = u32(packed, at);
    if (magic === MAGIC) at = decodeFrame(packed, at, out);
    else if (!isSkippable(magic)) throw new Broken(`${packed.byteLength - at} bytes behind the last frame are not unpacked`);
    else if (at + 8 + u32(packed, at + 4) > packed.byteLength) truncated();
    else at += 8 + u32(packed, at + 4);
  }
}

/** Unpacks a Zstandard file (RFC 8878): all frames of it, which together are one file. Frames that need a dictionary are not supported. */
export const unpackZstd: UnpackFile = (packed, cap, alive) => unpackWith(cap, alive, (out) => decode(packed, out));
