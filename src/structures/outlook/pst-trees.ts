import type { Input } from '../../model/input.ts';
import type { PstDamage } from './pst-damage.ts';
import { checksum, numberAt, type PstHeader } from './pst-layout.ts';
import { pstLeaves } from './pst-recovery.ts';
import { viewOf } from '../little-endian.ts';

/** A thing of the store with a number of its own: a folder, a message, a table. [MS-PST] 2.2.2.7.7.4. */
export interface PstNode {
  readonly nid: number;
  /** Block, or tree of blocks, that holds its data. */
  readonly data: number;
  /** Block that lists its subnodes; 0: it has none. */
  readonly sub: number;
  readonly parent: number;
}

/** Where a block lies. [MS-PST] 2.2.2.7.7.3. */
export interface PstBlockPlace {
  readonly offset: number;
  /** Bytes as stored, without padding and trailer. */
  readonly size: number;
}

interface Page {
  readonly view: DataView;
  readonly count: number;
  readonly width: number;
  /** 0 for a leaf. */
  readonly level: number;
}

const PAGE = { blocks: 0x80, nodes: 0x81 } as const;
/** A store of 50 TB has no more. */
const MAX_LEVELS = 8;
/** Pages kept for the next search, some megabytes. */
const KEPT_PAGES = 1024;
/** Entries kept of a damaged tree, some hundreds of megabytes. */
const MOST_RECOVERED = 2_000_000;

/** The two trees of a store: nodes by their numbers, blocks by theirs. Never throws. */
export interface PstTrees {
  /** Every node, in the order of the tree, which should be that of their numbers; behind them those of leaves that a damaged tree no longer leads to. */
  nodes(): Generator<PstNode>;
  node(nid: number): PstNode | null;
  block(bid: number): PstBlockPlace | null;
}

/** The lowest bit of a block's number means nothing. [MS-PST] 2.2.2.2. */
export const bidOf = (bid: number): number => bid - (bid % 2);

export function pstTrees(input: Pick<Input, 'bytes' | 'alive'>, header: PstHeader, damage: PstDamage): PstTrees {
  const { bytes } = input;
  const { layout } = header;
  const { wide } = layout;
  const kept = new Map<number, Page | null>();
  /** Trees of which a page is missing or changed. */
  const lost = new Set<number>();
  const recovered = new Map<number, ReadonlyMap<number, readonly [Page, number]>>();

  const read = (offset: number, kind: number): Page | null => {
    const name = kind === PAGE.nodes ? 'nodes' : 'blocks';
    const where = `byte ${offset}`;
    const page = bytes.slice(offset, layout.pageBytes);
    if (page.byteLength < layout.pageBytes) {
      damage.note('truncated', `the tree of ${name} goes on behind the end of the file`, where);
      return null;
    }
    const view = viewOf(page);
    if (page[layout.pageTrailer] !== kind || page[layout.pageTrailer + 1] !== kind) {
      damage.note('malformed', `no page of the tree of ${name} stands where one should`, where);
      return null;
    }
    const sum = view.getUint32(layout.pageTrailer + (wide === 8 ? 4 : 8), true);
    if (sum !== checksum(page.subarray(0, layout.pageTrailer))) {
      damage.note('malformed', `the checksum of a page of the tree of ${name} is that of other bytes`, where);
      lost.add(kind);
    }
    const long = layout.pageBytes > 512;
    const at = layout.pageCounts;
    const width = view.getUint8(at + (long ? 4 : 2));
    const count = long ? view.getUint16(at, true) : view.getUint8(at);
    const level = view.getUint8(at + (long ? 5 : 3));
    const least = level > 0 ? 3 * wide : kind === PAGE.nodes ? (wide === 8 ? 28 : 16) : 2 * wide + 4;
    if (width < least || level > MAX_LEVELS) {
      damage.note('malformed', `a page of the tree of ${name} has entries that cannot be`, where);
      return null;
    }
    if (count * width > at) damage.note('malformed', `a page of the tree of ${name} says that it has more entries than fit`, where);
    return { view, count: Math.min(count, Math.floor(at / width)), width, level };
  };

  const page = (offset: number, kind: number): Page | null => {
    // A page is of one kind: whoever finds it as the other finds null.
    const key = offset * 2 + (kind === PAGE.nodes ? 1 : 0);
    const before = kept.get(key);
    if (before !== undefined) return before;
    const fresh = read(offset, kind);
    if (kept.size >= KEPT_PAGES) for (const oldest of [...kept.keys()].slice(0, KEPT_PAGES / 2)) kept.delete(oldest);
    kept.set(key, fresh);
    if (!fresh) lost.add(kind);
    return fresh;
  };

  /** A page that is not below the one that leads to it: what should be there is looked for among the leaves. */
  const strays = (kind: number, offset: number): null => {
    damage.note('malformed', `the tree of ${kind === PAGE.nodes ? 'nodes' : 'blocks'} comes back to a page`, `byte ${offset}`);
    lost.add(kind);
    return null;
  };

  const keyAt = (p: Page, i: number): number => numberAt(p.view, i * p.width, wide);
  const childOf = (p: Page, i: number): number => numberAt(p.view, i * p.width + 2 * wide, wide);
  const nodeAt = (p: Page, i: number): PstNode => ({
    nid: p.view.getUint32(i * p.width, true),
    data: numberAt(p.view, i * p.width + wide, wide),
    sub: numberAt(p.view, i * p.width + 2 * wide, wide),
    parent: p.view.getUint32(i * p.width + 3 * wide, true),
  });

  /** The last entry whose key is not greater. */
  const indexOf = (p: Page, key: number, norm: (k: number) => number): number => {
    let [low, high] = [0, p.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (norm(keyAt(p, middle)) <= norm(key)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const find = (root: number, kind: number, key: number, norm: (k: number) => number): readonly [Page, number] | null => {
    let at = page(root, kind);
    for (let left = MAX_LEVELS; at && left >= 0; left--) {
      const i = indexOf(at, key, norm);
      if (i < 0) return null;
      if (at.level === 0) return norm(keyAt(at, i)) === norm(key) ? [at, i] : null;
      const below: Page | null = page(childOf(at, i), kind);
      // Levels count down, so that no search runs in a circle.
      if (below && below.level >= at.level) return strays(kind, childOf(at, i));
      at = below;
    }
    return null;
  };

  /** Entries of all leaves in the file, by key, the newest of each. Only for a tree of which a page is missing. */
  const recover = (kind: number, norm: (k: number) => number): ReadonlyMap<number, readonly [Page, number]> => {
    const before = recovered.get(kind);
    if (before) return before;
    const found = new Map<number, readonly [Page, number]>();
    const bids = new Map<number, number>();
    recovered.set(kind, found);
    const name = kind === PAGE.nodes ? 'nodes' : 'blocks';
    for (const { view, count, width, bid } of pstLeaves(input, layout, kind)) {
      if (width < (kind === PAGE.nodes && wide === 8 ? 28 : wide === 8 ? 20 : 12)) continue;
      const p: Page = { view: viewOf(Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, layout.pageCounts))), count, width, level: 0 };
      for (let i = 0; i < count; i++) {
        const key = norm(keyAt(p, i));
        if ((bids.get(key) ?? -1) >= bid) continue;
        if (found.size >= MOST_RECOVERED && !found.has(key)) {
          damage.note('limit-exceeded', `more than ${MOST_RECOVERED} entries outside of the tree of ${name}; the rest was left out`, 'recovery');
          return found;
        }
        bids.set(key, bid);
        found.set(key, [p, i]);
      }
    }
    return found;
  };
  const same = (nid: number): number => nid;

  return {
    *nodes() {
      const seen = new Set<number>();
      const open: { readonly offset: number; readonly under: number }[] = [{ offset: header.nodes, under: MAX_LEVELS + 1 }];
      for (let next = open.pop(); next; next = open.pop()) {
        if (seen.has(next.offset)) {
          strays(PAGE.nodes, next.offset);
          continue;
        }
        seen.add(next.offset);
        const p = page(next.offset, PAGE.nodes);
        if (p && p.level >= next.under) strays(PAGE.nodes, next.offset);
        if (!p || p.level >= next.under) continue;
        for (let i = p.count - 1; p.level > 0 && i >= 0; i--) open.push({ offset: childOf(p, i), under: p.level });
        for (let i = 0; p.level === 0 && i < p.count; i++) yield nodeAt(p, i);
      }
      if (!lost.has(PAGE.nodes)) return;
      for (const [nid, [p, i]] of recover(PAGE.nodes, same)) {
        if (find(header.nodes, PAGE.nodes, nid, same)) continue;
        damage.note(
          'malformed',
          'the node is in a page to which the damaged tree no longer leads; it may have been deleted',
          `node ${nid.toString(16)}`,
        );
        yield nodeAt(p, i);
      }
    },
    node(nid) {
      const found = find(header.nodes, PAGE.nodes, nid, same) ?? (lost.has(PAGE.nodes) ? recover(PAGE.nodes, same).get(nid) : undefined);
      return found ? nodeAt(...found) : null;
    },
    block(bid) {
      const found = find(header.blocks, PAGE.blocks, bid, bidOf) ?? (lost.has(PAGE.blocks) ? recover(PAGE.blocks, bidOf).get(bidOf(bid)) : undefined);
      if (!found) return null;
      const [p, i] = found;
      return { offset: numberAt(p.view, i * p.width + wide, wide), size: p.view.getUint16(i * p.width + 2 * wide, true) };
    },
  };
}
