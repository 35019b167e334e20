import type { Input } from '../../model/input.ts';
import { checksum, numberAt, type PstLayout } from './pst-layout.ts';
import { viewOf } from '../little-endian.ts';

/** A leaf of a tree, wherever it lies. */
export interface PstLeaf {
  readonly view: DataView;
  readonly count: number;
  readonly width: number;
  /** The page's own number: it grows with every page that is written, so the higher one is the newer. */
  readonly bid: number;
}

/** Read at once. A multiple of every page size. */
const STRETCH = 1 << 20;

/**
 * Every whole leaf page of one kind in the file, found by its trailer and checksum and not by the tree. Pages that the store gave
 * up and has not written over are among them. Reads the whole file: for a store whose tree is damaged.
 */
export function* pstLeaves({ bytes, alive }: Pick<Input, 'bytes' | 'alive'>, layout: PstLayout, kind: number): Generator<PstLeaf> {
  const { pageBytes, pageTrailer, pageCounts, wide } = layout;
  const long = pageBytes > 512;
  // Pages of 4 KiB need not lie on a multiple of their own length.
  for (let from = 0; from < bytes.size; from += STRETCH) {
    alive();
    const stretch = bytes.slice(from, STRETCH + pageBytes - 512);
    for (let at = 0; at < STRETCH && at + pageBytes <= stretch.byteLength; at += 512) {
      if (stretch[at + pageTrailer] !== kind || stretch[at + pageTrailer + 1] !== kind) continue;
      const page = stretch.subarray(at, at + pageBytes);
      const view = viewOf(page);
      if (view.getUint32(pageTrailer + (wide === 8 ? 4 : 8), true) !== checksum(page.subarray(0, pageTrailer))) continue;
      const width = view.getUint8(pageCounts + (long ? 4 : 2));
      const count = long ? view.getUint16(pageCounts, true) : view.getUint8(pageCounts);
      const level = view.getUint8(pageCounts + (long ? 5 : 3));
      if (level !== 0 || width < 2 * wide + 4 || count * width > pageCounts) continue;
      yield { view, count, width, bid: numberAt(view, pageTrailer + (wide === 8 ? 8 : 4), wide) };
    }
  }
}
