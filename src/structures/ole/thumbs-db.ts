import { type Cfb, type CfbEntry, streamOf } from './cfb.ts';

export const CATALOG = 'Catalog';
const MAX_ENTRIES = 100_000;

/** A picture of which Explorer kept a small one: it lay in the folder. Offsets in bytes of the stream 'Catalog'. */
export interface ThumbEntry {
  readonly index: number;
  /** Names the stream with the small picture: its digits backwards. */
  readonly id: number;
  /** FILETIME: the picture was last changed then, UTC. */
  readonly modified: bigint;
  readonly name: string;
}

/** Fields of an entry for locators. */
export const THUMB_FIELD = { modified: 8, name: 16 } as const;

/** The stream 'Catalog' of a 'Thumbs.db' (Windows ME to XP). No published specification; the layout is that of libyal and of M. Mueller's Vinetto. */
export function thumbEntries(cfb: Cfb): { readonly entries: readonly ThumbEntry[]; readonly whole: boolean } {
  const stream = streamOf(cfb, CATALOG);
  const entries: ThumbEntry[] = [];
  if (!stream || stream.byteLength < 16) return { entries, whole: false };
  const b = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const count = b.readUInt32LE(4);
  let at = b.readUInt16LE(0);
  while (entries.length < count && entries.length < MAX_ENTRIES && at + 16 < b.byteLength) {
    const length = b.readUInt32LE(at);
    if (length < 18 || at + length > b.byteLength) break;
    const name = b.toString('utf16le', at + 16, at + length).split('\u0000')[0] ?? '';
    entries.push({ index: entries.length, id: b.readUInt32LE(at + 4), modified: b.readBigUInt64LE(at + 8), name });
    at += length;
  }
  return { entries, whole: entries.length === count };
}

/** The stream of a small picture, or null. */
export const thumbStream = (cfb: Cfb, { id }: ThumbEntry): CfbEntry | null => cfb.entry([...String(id)].reverse().join(''));

/** Bytes in front of the picture: a header of 12 or of 16 bytes, 24 since Vista. All of it where no picture begins there. */
export function thumbPicture(stream: Uint8Array): Uint8Array {
  const start = [12, 16, 24].find((at) => (stream[at] === 0xff && stream[at + 1] === 0xd8) || (stream[at] === 0x89 && stream[at + 1] === 0x50));
  return stream.subarray(start ?? 0);
}
