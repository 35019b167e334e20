import { inflateSync } from 'node:zlib';
import type { Bytes } from '../../model/input.ts';
import { decodeBlock } from './pst-crypt.ts';
import type { PstDamage } from './pst-damage.ts';
import { checksum, numberAt, type PstHeader } from './pst-layout.ts';
import { bidOf, type PstTrees } from './pst-trees.ts';
import { viewOf } from '../little-endian.ts';

/** Data in one block or in many: a heap, a table's rows, a long value. */
export interface PstData {
  readonly count: number;
  /** Decoded and unpacked; null where the block is missing or broken. */
  block(index: number): Uint8Array | null;
  /** All of it; null where a block is missing, 'over-limit' where there is more than `max`. */
  whole(max: number): Uint8Array | 'over-limit' | null;
}

/** A node below a node: an attachment, a table, a long value. [MS-PST] 2.2.2.8.3.3.1.1. */
export interface PstSubnode {
  readonly nid: number;
  readonly data: number;
  readonly sub: number;
}

export interface PstBlocks {
  data(bid: number): PstData | null;
  /** By number, in the order of the list. */
  subnodes(bid: number): ReadonlyMap<number, PstSubnode>;
}

/** Set in the number of a block that lists blocks and holds no data of its own; such a block is never encoded. */
const isInternal = (bid: number): boolean => bid % 4 >= 2;
const LISTS_BLOCKS = 1;
const LISTS_SUBNODES = 2;
/** Blocks kept for the next value: a heap is asked for one value after another. */
const KEPT_BLOCKS = 64;
/** No data block of any make is longer; what a packed one becomes has two bytes for its length. */
const MAX_BLOCK_BYTES = 65_536;

export function pstBlocks(bytes: Bytes, header: PstHeader, trees: PstTrees, damage: PstDamage): PstBlocks {
  const { layout } = header;
  const { wide } = layout;
  const kept = new Map<number, Uint8Array | null>();

  const read = (bid: number): Uint8Array | null => {
    const where = `block ${bid.toString(16)}`;
    const place = trees.block(bid);
    if (!place) return (damage.note('malformed', 'the block is in no page of the tree of blocks', where), null);
    const room = Math.ceil((place.size + layout.blockTrailer) / layout.blockAlignment) * layout.blockAlignment;
    const stored = bytes.slice(place.offset, room);
    if (stored.byteLength < room) return (damage.note('truncated', 'the block lies behind the end of the file', where), null);
    const trailer = viewOf(stored.subarray(room - layout.blockTrailer));
    const body = stored.subarray(0, place.size);
    if (trailer.getUint32(wide === 8 ? 4 : 8, true) !== checksum(body)) {
      damage.note('malformed', 'the checksum of the block is that of other bytes', where);
      // Bytes of another block altogether, as after a fragment was written over, are no damaged copy of these.
      if (bidOf(numberAt(trailer, wide === 8 ? 8 : 4, wide)) !== bidOf(bid) && trailer.getUint16(0, true) !== place.size) return null;
    }
    if (isInternal(bid)) return unpacked(body, trailer, where);
    return unpacked(decodeBlock(body, header.crypt, bid), trailer, where);
  };
  const unpacked = (body: Uint8Array, trailer: DataView, where: string): Uint8Array | null => {
    if (layout.pageBytes === 512) return body;
    const length = trailer.getUint16(18, true);
    if (length === 0 || length === body.byteLength) return body;
    try {
      return inflateSync(body, { maxOutputLength: MAX_BLOCK_BYTES });
    } catch {
      return (damage.note('malformed', 'the packed block cannot be unpacked', where), null);
    }
  };
  const block = (bid: number): Uint8Array | null => {
    const before = kept.get(bid);
    if (before !== undefined) {
      kept.delete(bid);
      kept.set(bid, before);
      return before;
    }
    const fresh = read(bid);
    for (const oldest of kept.keys()) {
      if (kept.size < KEPT_BLOCKS) break;
      kept.delete(oldest);
    }
    kept.set(bid, fresh);
    return fresh;
  };

  /** The numbers in a list of blocks, and its level; null where it is none. [MS-PST] 2.2.2.8.3.2. */
  const listed = (bid: number, level: number): number[] | null => {
    const list = block(bid);
    if (!list || list.byteLength < 8 || list[0] !== LISTS_BLOCKS || list[1] !== level) {
      if (list) damage.note('malformed', 'the block should list others', `block ${bid.toString(16)}`);
      return null;
    }
    const view = viewOf(list);
    const count = Math.min(view.getUint16(2, true), Math.floor((list.byteLength - 8) / wide));
    return Array.from({ length: count }, (_, i) => numberAt(view, 8 + i * wide, wide));
  };
  /** A block that is missing keeps its place, as 0. */
  const leaves = (bid: number): number[] | null => {
    if (!isInternal(bid)) return [bid];
    if (block(bid)?.[1] !== 2) return listed(bid, 1);
    const found: number[] = [];
    for (const b of listed(bid, 2) ?? []) {
      for (const leaf of listed(b, 1) ?? [0]) found.push(leaf);
      // More blocks than fit in the file: a list that leads to the same ones over and over.
      if (found.length * layout.blockAlignment > bytes.size) return null;
    }
    return found;
  };

  const data = (bid: number): PstData | null => {
    const bids = bid === 0 ? [] : leaves(bid);
    if (!bids) return null;
    const at = (i: number): Uint8Array | null => {
      const b = bids[i] ?? 0;
      return b === 0 || isInternal(b) ? null : block(b);
    };
    return {
      count: bids.length,
      block: at,
      whole(max) {
        const parts: Uint8Array[] = [];
        let length = 0;
        for (let i = 0; i < bids.length; i++) {
          const part = at(i);
          if (!part) return null;
          length += part.byteLength;
          if (length > max) return 'over-limit';
          parts.push(part);
        }
        const [only] = parts;
        return only && parts.length === 1 ? only : Buffer.concat(parts, length);
      },
    };
  };

  /** The entries of a list of subnodes, as numbers in rows of two or three. [MS-PST] 2.2.2.8.3.3. */
  const entries = (bid: number, level: number): number[][] => {
    const list = block(bid);
    if (!list || list.byteLength < 8 || list[0] !== LISTS_SUBNODES || list[1] !== level) {
      if (list) damage.note('malformed', 'the block should list subnodes', `block ${bid.toString(16)}`);
      return [];
    }
    const view = viewOf(list);
    const from = wide === 8 ? 8 : 4;
    const width = (level === 0 ? 3 : 2) * wide;
    const count = Math.min(view.getUint16(2, true), Math.floor((list.byteLength - from) / width));
    return Array.from({ length: count }, (_, i) => {
      const row = from + i * width;
      return [view.getUint32(row, true), ...Array.from({ length: level === 0 ? 2 : 1 }, (_, k) => numberAt(view, row + (k + 1) * wide, wide))];
    });
  };
  const subnodes = (bid: number): ReadonlyMap<number, PstSubnode> => {
    const found = new Map<number, PstSubnode>();
    if (bid === 0) return found;
    const lists = block(bid)?.[1] === 1 ? new Set(entries(bid, 1).map(([, b]) => b ?? 0)) : [bid];
    for (const b of lists) for (const [nid = 0, d = 0, sub = 0] of entries(b, 0)) found.set(nid, { nid, data: d, sub });
    return found;
  };
  return { data, subnodes };
}
