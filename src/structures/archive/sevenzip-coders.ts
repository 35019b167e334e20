import { brotliDecompressSync } from 'node:zlib';
import type { Bytes } from '../../model/input.ts';
import { bytesOf, chunksOf, wholeOf } from '../bytes.ts';
import { inflateInto } from '../inflate.ts';
import { unpackLz4 } from './lz4.ts';
import type { Coder, Folder, PackedFolder } from './sevenzip-streams.ts';
import { Broken, type Unpacking, type UnpackFile, unpackWith } from './unpacking.ts';
import { unpackZstd } from './zstd.ts';

/** A frame of several brotli streams that can be unpacked at once (7-Zip-zstd): a skippable frame of LZ4's kind, whose 8 bytes tell the size. */
const FRAME = { magic: 0x184d2a50, size: 16, packedAt: 8 } as const;

function brotli(packed: Uint8Array, out: Unpacking, cap: number): void {
  try {
    out.append(brotliDecompressSync(packed, { maxOutputLength: Math.max(1, cap - out.size) }));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new Broken('no valid brotli stream, or one that is larger than announced');
  }
}

const unpackBrotli: UnpackFile = (packed, cap, alive) =>
  unpackWith(cap, alive, (out) => {
    const view = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    let at = 0;
    for (; at + FRAME.size <= view.byteLength && view.readUInt32LE(at) === FRAME.magic; alive()) {
      const size = view.readUInt32LE(at + FRAME.packedAt);
      brotli(view.subarray(at + FRAME.size, at + FRAME.size + size), out, cap);
      at += FRAME.size + size;
    }
    if (at === 0) brotli(view, out, cap);
  });

const unpackDeflate64: UnpackFile = (packed, cap, alive) =>
  unpackWith(cap, alive, (out) => {
    const end = inflateInto(
      chunksOf(bytesOf(packed), alive),
      (bytes) => {
        out.append(bytes);
        return true;
      },
      true,
    );
    if (end !== 'whole') throw new Broken(end);
  });

const unpackStored: UnpackFile = (packed, cap, alive) => unpackWith(cap, alive, (out) => out.append(packed));

const COPY = '00';
/** Methods that are unpacked here, for libarchive's build lacks them. */
const OURS: Readonly<Record<string, UnpackFile>> = {
  '040109': unpackDeflate64,
  '04f71101': unpackZstd,
  '04f71102': unpackBrotli,
  '04f71104': unpackLz4,
  // Known to it, but not where a filter follows.
  [COPY]: unpackStored,
};
/** Methods and filters that libarchive unpacks: Copy, Delta, x86, LZMA2, LZMA, BCJ2, ARM, PPMd, Deflate, bzip2, ARM64. */
const THEIRS = new Set([COPY, '03', '04', '21', '030101', '03030103', '0303011b', '03030501', '030401', '040108', '040202', '0a']);
const AES = '06f10701';

/** Whether what it holds can be unpacked, once a lock is off. */
export const isReadable = ({ coders }: Folder): boolean => coders.every((k) => k.method === AES || THEIRS.has(k.method) || k.method in OURS);

/** LZMA2 with the smallest dictionary, which can also store. */
const STORING: Coder = { method: '21', properties: Uint8Array.of(0), ins: 1, outs: 1, raw: Uint8Array.of(0x21, 0x21, 1, 0) };
const MOST_STORED = 64 * 1024;

/** Chunks that are stored, the first of which resets the dictionary. */
function stored(content: Uint8Array): Bytes {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < content.byteLength; at += MOST_STORED) {
    const chunk = content.subarray(at, at + MOST_STORED);
    const last = chunk.byteLength - 1;
    parts.push(Uint8Array.of(at === 0 ? 1 : 2, last >> 8, last & 0xff), chunk);
  }
  return bytesOf(Buffer.concat([...parts, Uint8Array.of(0)]));
}

const isForeign = ({ coders }: Folder, { method, ins, outs }: Coder): boolean =>
  method in OURS && ins === 1 && outs === 1 && (method !== COPY || coders.length > 1);

/** Whether {@link forLibrary} has anything to do. */
export const needsHelp = (folder: Folder): boolean => folder.coders.some((k) => isForeign(folder, k));

/**
 * A folder as libarchive can unpack it: what is packed by a method that it lacks is unpacked here and stored instead. A stream of
 * more than `cap` bytes is left as it is, and libarchive says what it lacks.
 */
export function forLibrary({ folder, streams }: PackedFolder, cap: number, alive: () => void): PackedFolder {
  const open = [...streams];
  const coders = folder.coders.map((coder, index) => {
    const before = folder.coders.slice(0, index);
    const at = folder.packed.indexOf(before.reduce((n, k) => n + k.ins, 0));
    const stream = open[at];
    const size = folder.unpackSizes[before.reduce((n, k) => n + k.outs, 0)] ?? 0;
    const unpack = isForeign(folder, coder) ? OURS[coder.method] : undefined;
    if (!unpack || !stream || size > cap || stream.size > cap) return coder;
    const content = unpack(wholeOf(stream), size, alive);
    if (content.over) return coder;
    open[at] = stored(content.bytes);
    return STORING;
  });
  return { folder: { ...folder, coders }, streams: open };
}
