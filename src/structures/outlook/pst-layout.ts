import { crc32 } from 'node:zlib';
import type { Bytes } from '../../model/input.ts';
import { viewOf } from '../little-endian.ts';

/**
 * The three makes of a store ([MS-PST] 2.2.2): 32-bit numbers until Outlook 2002, 64-bit ones since 2003, and those with pages of
 * 4 KiB and packed blocks, in which Outlook 2013 and later keep an .ost. The last is not in [MS-PST]: its layout is as real files have it.
 */
export interface PstLayout {
  readonly make: 'ANSI' | 'Unicode' | 'Unicode, 4 KiB pages';
  /** Width of a block number and of an offset: 4 or 8. */
  readonly wide: 4 | 8;
  readonly pageBytes: number;
  /** Offset in a page of how many entries it has; the entries end here at the latest. */
  readonly pageCounts: number;
  readonly pageTrailer: number;
  readonly blockAlignment: number;
  readonly blockTrailer: number;
  /** Bits of a heap id that count the items of one block. */
  readonly heapIndexBits: number;
}

export const ANSI: PstLayout = {
  make: 'ANSI',
  wide: 4,
  pageBytes: 512,
  pageCounts: 496,
  pageTrailer: 500,
  blockAlignment: 64,
  blockTrailer: 12,
  heapIndexBits: 11,
};
export const UNICODE: PstLayout = { ...ANSI, make: 'Unicode', wide: 8, pageCounts: 488, pageTrailer: 496, blockTrailer: 16 };
export const UNICODE_4K: PstLayout = {
  make: 'Unicode, 4 KiB pages',
  wide: 8,
  pageBytes: 4096,
  pageCounts: 4056,
  pageTrailer: 4072,
  blockAlignment: 512,
  blockTrailer: 24,
  heapIndexBits: 14,
};

/** What stands at the beginning of a store. [MS-PST] 2.2.2.6. */
export interface PstHeader {
  readonly layout: PstLayout;
  /** wVer: 14 or 15 ANSI, 21 and 23 Unicode, 36 with pages of 4 KiB. */
  readonly version: number;
  /** 'SM' a store of personal folders, 'SO' a mailbox kept offline. */
  readonly client: string;
  /** One of `CRYPT`. */
  readonly crypt: number;
  /** As long as the store says it is, bytes. */
  readonly size: number;
  /** Offsets of the roots of the two trees. */
  readonly nodes: number;
  readonly blocks: number;
  /** The checksum of the header is the one that stands in it. */
  readonly intact: boolean;
}

/** Where wVer stands, two bytes. */
export const VERSION_AT = 10;
const HEADER_BYTES = 564;
/** From here to here the first checksum of the header counts. */
const SUMMED = [8, 479] as const;

const layoutOf = (version: number): PstLayout | null =>
  version === 14 || version === 15 ? ANSI : version >= 36 ? UNICODE_4K : version >= 21 ? UNICODE : null;

/** A number of 4 or 8 bytes. One beyond 2^53 comes out rounded: no store is that long, and nothing is found under it. */
export const numberAt = (view: DataView, at: number, wide: 4 | 8): number =>
  wide === 4 ? view.getUint32(at, true) : view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;

/** The checksum of pages and blocks: CRC-32 that begins with 0 and is not inverted. [MS-PST] 5.3. */
export const checksum = (bytes: Uint8Array): number => ~crc32(bytes, 0xffff_ffff) >>> 0;

/** Null where no header stands that is known here. */
export function readPstHeader(bytes: Bytes): PstHeader | null {
  const head = bytes.slice(0, HEADER_BYTES);
  if (head.byteLength < HEADER_BYTES || Buffer.from(head.subarray(0, 4)).toString('latin1') !== '!BDN') return null;
  const view = viewOf(head);
  const version = view.getUint16(VERSION_AT, true);
  const layout = layoutOf(version);
  if (!layout) return null;
  const { wide } = layout;
  const root = wide === 8 ? 0xb4 : 0xa4;
  // Behind the reserved number: the end of the file, three more sizes, then two pairs of a block number and an offset.
  const trees = root + 4 + 4 * wide;
  return {
    layout,
    version,
    client: Buffer.from(head.subarray(8, 10)).toString('latin1'),
    crypt: head[wide === 8 ? 0x201 : 0x1cd] ?? 0,
    size: numberAt(view, root + 4, wide),
    nodes: numberAt(view, trees + wide, wide),
    blocks: numberAt(view, trees + 3 * wide, wide),
    intact: view.getUint32(4, true) === checksum(head.subarray(...SUMMED)),
  };
}
