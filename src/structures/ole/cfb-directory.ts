import type { Note } from './cfb-sectors.ts';

/** A storage or stream. [MS-CFB] 2.6.1. */
export interface CfbEntry {
  /** Names from the root down, joined by '/'; '' for the root. Unique in the file, apart from case. */
  readonly path: string;
  /** Path of the storage around it; null for the root. */
  readonly parent: string | null;
  /** As written: '\u0001CompObj'. */
  readonly name: string;
  readonly kind: 'root' | 'storage' | 'stream';
  /** '00020906-0000-0000-c000-000000000046', lower case; null where all zero. */
  readonly clsid: string | null;
  /** FILETIME: 100 ns ticks since 1601, UTC; 0 where nobody stamped it. Streams have none by the specification. */
  readonly created: bigint;
  readonly modified: bigint;
  /** Bytes, as claimed. */
  readonly size: number;
  /** First sector, or first mini sector. */
  readonly start: number;
  /** Where the entry's 128 bytes stand in the file: created at +100, modified at +108. */
  readonly offset: number;
}

/** Bytes of one entry. */
export const DIRECTORY_ENTRY_BYTES = 128;
const NONE = 0xffffffff;
/** Storages within storages; the path of a deeper entry would cost more than it tells. */
const MAX_STORAGE_DEPTH = 64;
const KINDS: Readonly<Record<number, CfbEntry['kind']>> = { 1: 'storage', 2: 'stream', 5: 'root' };

interface Node extends Omit<CfbEntry, 'path' | 'parent'> {
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

export interface DirectoryShape {
  /** Version 4 has 64 bit sizes; in version 3 the high half is garbage ([MS-CFB] 2.6.3). */
  readonly wideSizes: boolean;
  offsetOf(id: number): number;
  readonly maxEntries: number;
  /** Its sectors are not all here, which was told: that the tree leads out of what is left is no second problem. */
  readonly incomplete: boolean;
}

/**
 * The tree as a list: the root first, parents before their children, siblings in the order of the tree. Where the tree
 * is damaged, the entries that it no longer reaches follow as if they lay in the root.
 */
export function cfbDirectory(table: Uint8Array, shape: DirectoryShape, note: Note): CfbEntry[] {
  const count = Math.min(Math.floor(table.byteLength / DIRECTORY_ENTRY_BYTES), shape.maxEntries);
  if (count * DIRECTORY_ENTRY_BYTES + DIRECTORY_ENTRY_BYTES <= table.byteLength)
    note('limit-exceeded', `only the first ${count} directory entries were read`);
  const nodes = Array.from({ length: count }, (_, id) => nodeAt(table, id, shape));
  const root = nodes[0];
  if (root?.kind !== 'root') {
    note('malformed', 'the compound file has no root entry');
    return [];
  }
  const entries: CfbEntry[] = [entryOf(root, '', null)];
  const taken = new Set(['']);
  const tree = walker(nodes);
  const add = (id: number, node: Node, prefix: string): string => {
    let path = prefix === '' ? node.name : `${prefix}/${node.name}`;
    if (taken.has(path.toUpperCase())) {
      // Entries that a damaged tree does not reach may well; that it is damaged is told.
      if (!tree.broken()) note('malformed', 'two directory entries have one name');
      path += ` (entry ${id})`;
    }
    taken.add(path.toUpperCase());
    entries.push(entryOf(node, path, prefix));
    return path;
  };

  const storages = [{ path: '', child: root.child, depth: 0 }];
  for (const storage of storages) {
    for (const [id, node] of tree.siblings(storage.child)) {
      const path = add(id, node, storage.path);
      if (node.kind !== 'storage') continue;
      if (storage.depth < MAX_STORAGE_DEPTH) storages.push({ path, child: node.child, depth: storage.depth + 1 });
      else note('limit-exceeded', `storages nest deeper than ${MAX_STORAGE_DEPTH}`);
    }
  }
  if (tree.broken()) {
    if (!shape.incomplete) note('malformed', 'the directory tree is damaged');
    for (const [id, node] of tree.unreached()) add(id, node, '');
  }
  return entries;
}

/** Visits each entry once, whatever the links say. */
function walker(nodes: readonly (Node | null)[]) {
  const visited = new Uint8Array(nodes.length);
  visited[0] = 1;
  let broken = false;
  const step = (id: number): Node | null => {
    if (id === NONE) return null;
    const node = nodes[id];
    if (!node || visited[id] === 1) {
      broken = true;
      return null;
    }
    visited[id] = 1;
    return node;
  };
  /** In order: left, self, right. */
  function* siblings(first: number): Generator<readonly [number, Node]> {
    const above: (readonly [number, Node])[] = [];
    let id = first;
    for (;;) {
      for (let node = step(id); node; node = step(id)) {
        above.push([id, node]);
        id = node.left;
      }
      const top = above.pop();
      if (!top) return;
      yield top;
      id = top[1].right;
    }
  }
  function* unreached(): Generator<readonly [number, Node]> {
    for (const [id, node] of nodes.entries()) if (node && node.kind !== 'root' && visited[id] === 0) yield [id, node];
  }
  return { siblings, unreached, broken: () => broken };
}

function entryOf(node: Node, path: string, parent: string | null): CfbEntry {
  const { name, kind, clsid, created, modified, size, start, offset } = node;
  return { path, parent, name, kind, clsid, created, modified, size, start, offset };
}

/** Null for an unused entry. */
function nodeAt(table: Uint8Array, id: number, shape: DirectoryShape): Node | null {
  const at = id * DIRECTORY_ENTRY_BYTES;
  const kind = KINDS[table[at + 66] ?? 0];
  if (!kind) return null;
  const view = new DataView(table.buffer, table.byteOffset + at, DIRECTORY_ENTRY_BYTES);
  // The length counts bytes with the closing NUL; a hostile one is cut to the field.
  const nameBytes = Math.max(0, Math.min(view.getUint16(64, true), 64) - 2) & ~1;
  const high = shape.wideSizes ? view.getUint32(124, true) * 2 ** 32 : 0;
  return {
    name: Buffer.from(table.buffer, table.byteOffset + at, nameBytes).toString('utf16le'),
    kind,
    clsid: guidOf(table.subarray(at + 80, at + 96)),
    left: view.getUint32(68, true),
    right: view.getUint32(72, true),
    child: view.getUint32(76, true),
    created: view.getBigUint64(100, true),
    modified: view.getBigUint64(108, true),
    start: view.getUint32(116, true),
    size: view.getUint32(120, true) + high,
    offset: shape.offsetOf(id),
  };
}

/** A GUID's 16 bytes in its usual spelling ([MS-DTYP] 2.3.4), lower case; null where all are zero. */
export function guidOf(bytes: Uint8Array): string | null {
  const hex = (...at: number[]): string => at.map((i) => (bytes[i] ?? 0).toString(16).padStart(2, '0')).join('');
  const guid = [hex(3, 2, 1, 0), hex(5, 4), hex(7, 6), hex(8, 9), hex(10, 11, 12, 13, 14, 15)].join('-');
  return guid === '00000000-0000-0000-0000-000000000000' ? null : guid;
}
