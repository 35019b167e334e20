import type { PstData } from './pst-blocks.ts';
import type { PstLayout } from './pst-layout.ts';
import { viewOf } from '../little-endian.ts';

const HEAP = 0xec;
const TREE = 0xb5;
/** No tree of a heap needs more. */
const MAX_LEVELS = 8;

/** Small values in the blocks of one node, found by the number of their block and their place in it. [MS-PST] 2.3.1. */
export interface PstHeap {
  /** What the heap holds: 0xbc properties, 0x7c a table. */
  readonly client: number;
  readonly root: number;
  /** Null where nothing stands; empty for 0. */
  item(hid: number): Uint8Array | null;
  /** The records of a tree kept in the heap, key and data together, in order. [MS-PST] 2.3.2. */
  records(hid: number): PstRecords;
}

export interface PstRecords {
  readonly keyBytes: number;
  readonly records: readonly DataView[];
  /** A part of it is missing. */
  readonly broken: boolean;
}

/** Null where the data are no heap. */
export function pstHeap(data: PstData, layout: PstLayout): PstHeap | null {
  const first = data.block(0);
  if (!first || first.byteLength < 12 || first[2] !== HEAP) return null;
  const view = viewOf(first);

  const item = (hid: number): Uint8Array | null => {
    if (hid === 0) return new Uint8Array(0);
    const index = ((hid >>> 5) & ((1 << layout.heapIndexBits) - 1)) - 1;
    const block = data.block(hid >>> (5 + layout.heapIndexBits));
    if ((hid & 0x1f) !== 0 || index < 0 || !block || block.byteLength < 2) return null;
    const v = viewOf(block);
    const map = v.getUint16(0, true);
    if (map + 4 > block.byteLength) return null;
    const count = v.getUint16(map, true);
    const at = map + 4 + 2 * index;
    if (index >= count || at + 4 > block.byteLength) return null;
    const [from, to] = [v.getUint16(at, true), v.getUint16(at + 2, true)];
    return from > to || to > block.byteLength ? null : block.subarray(from, to);
  };

  const records = (hid: number): PstRecords => {
    const head = item(hid);
    const keyBytes = head?.[1] ?? 0;
    const dataBytes = head?.[2] ?? 0;
    const levels = head?.[3] ?? 0;
    if (!head || head.byteLength < 8 || head[0] !== TREE || keyBytes === 0 || levels > MAX_LEVELS) return { keyBytes, records: [], broken: true };
    const seen = new Set<number>();
    let broken = false;
    // Each part once: what a tree leads to is less than the heap is long.
    const slices = (parts: readonly number[], width: number): DataView[] => {
      const found: DataView[] = [];
      for (const part of parts) {
        const bytes = seen.has(part) ? null : item(part);
        seen.add(part);
        if (!bytes) broken = true;
        for (let at = 0; bytes && at + width <= bytes.byteLength; at += width) found.push(viewOf(bytes.subarray(at, at + width)));
      }
      return found;
    };
    let parts = [viewOf(head).getUint32(4, true)];
    for (let left = levels; left > 0; left--) parts = slices(parts, keyBytes + 4).map((v) => v.getUint32(keyBytes, true));
    const found = slices(parts, keyBytes + dataBytes);
    return { keyBytes, records: found, broken };
  };
  return { client: first[3] ?? 0, root: view.getUint32(4, true), item, records };
}
