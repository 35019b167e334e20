import type { Cfb, CfbEntry } from './cfb.ts';

/** A storage or stream to be written. */
export type CfbNode =
  | { readonly name: string; readonly content: Uint8Array }
  | {
      readonly name: string;
      /** As {@link CfbEntry} spells it; absent or null: all zero. */
      readonly clsid?: string | null;
      /** FILETIME ticks; absent: 0. */
      readonly created?: bigint;
      readonly modified?: bigint;
      readonly children: readonly CfbNode[];
    };

const SECTOR = 512;
const MINI = 64;
const CUTOFF = 4096;
const NONE = 0xffffffff;
const END = 0xfffffffe;
const FAT_SECTOR = 0xfffffffd;
const DIFAT_SECTOR = 0xfffffffc;
const LINKS = SECTOR / 4;
const DIFAT_IN_HEADER = 109;

/** A directory entry being filled. */
interface Entry {
  readonly node: CfbNode;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

/**
 * A compound file of version 3 with this root, whose name is written as given. Deterministic: equal trees give equal
 * bytes. Streams lie contiguous, in the order of the tree.
 */
export function writeCfb(root: CfbNode): Uint8Array {
  const entries = entriesOf(root);
  const fat: number[] = [];
  const parts: Uint8Array[] = [];
  /** Appends sectors and links them; the number of the first. */
  const append = (content: Uint8Array): number => {
    if (content.byteLength === 0) return END;
    const first = fat.length;
    const count = Math.ceil(content.byteLength / SECTOR);
    for (let i = 1; i <= count; i++) fat.push(i < count ? first + i : END);
    parts.push(content, Buffer.alloc(count * SECTOR - content.byteLength));
    return first;
  };
  const mini = miniStream(entries);
  for (const e of entries) if ('content' in e.node && e.size >= CUTOFF) e.start = append(e.node.content);
  const [rootEntry] = entries;
  if (rootEntry) [rootEntry.start, rootEntry.size] = [append(mini.content), mini.content.byteLength];
  const miniFat = append(linkSectors(mini.links));
  const directory = append(directoryBytes(entries));
  const { fatSectors, difatSectors } = allocate(fat);
  const header = headerBytes({ directory, miniFat, miniFatSectors: Math.ceil(mini.links.length / LINKS), fatSectors, difatSectors });
  return Buffer.concat([header, ...parts, linkSectors(fat), difatBytes(fatSectors, difatSectors)]);
}

/** Entries by the path of the storage around them. */
export type CfbChildren = ReadonlyMap<string, readonly CfbEntry[]>;

export function childrenOf(cfb: Cfb): CfbChildren {
  const children = new Map<string, CfbEntry[]>();
  for (const e of cfb.entries) {
    if (e.parent === null) continue;
    const known = children.get(e.parent);
    if (known) known.push(e);
    else children.set(e.parent, [e]);
  }
  return children;
}

/** One storage as a compound file of its own: how an embedded document is taken out. Its own entry becomes the root. */
export function cfbOfStorage(cfb: Cfb, storage: CfbEntry, children: CfbChildren): Uint8Array {
  // The depth is bounded: the directory was read so.
  const nodeOf = (e: CfbEntry): CfbNode => {
    if (e.kind === 'stream') return { name: e.name, content: cfb.read(e) ?? new Uint8Array(0) };
    const { name, clsid, created, modified, path } = e;
    return { name, clsid, created, modified, children: (children.get(path) ?? []).map(nodeOf) };
  };
  return writeCfb({ ...nodeOf(storage), name: 'Root Entry' });
}

/** [MS-CFB] 2.6.4: shorter names first, then by upper case code units. */
function compareNames(a: CfbNode, b: CfbNode): number {
  const [x, y] = [a.name.toUpperCase(), b.name.toUpperCase()];
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
}

/** Entries in the order of the tree, siblings linked as a balanced one. */
function entriesOf(root: CfbNode): Entry[] {
  const entries: Entry[] = [];
  const enter = (node: CfbNode): number =>
    entries.push({
      node,
      left: NONE,
      right: NONE,
      child: NONE,
      start: 'content' in node ? END : 0,
      size: 'content' in node ? node.content.byteLength : 0,
    }) - 1;
  const linked = (ids: readonly number[]): number => {
    const middle = ids.length >> 1;
    const id = ids[middle];
    const entry = id === undefined ? undefined : entries[id];
    if (id === undefined || !entry) return NONE;
    entry.left = linked(ids.slice(0, middle));
    entry.right = linked(ids.slice(middle + 1));
    return id;
  };
  enter(root);
  for (const entry of entries) {
    if ('children' in entry.node) entry.child = linked([...entry.node.children].sort(compareNames).map(enter));
  }
  return entries;
}

/** Streams below the cutoff, in one stream of 64-byte sectors. */
function miniStream(entries: readonly Entry[]): { content: Uint8Array; links: number[] } {
  const links: number[] = [];
  const parts: Uint8Array[] = [];
  for (const e of entries) {
    if (!('content' in e.node) || e.size === 0 || e.size >= CUTOFF) continue;
    e.start = links.length;
    const count = Math.ceil(e.size / MINI);
    for (let i = 1; i <= count; i++) links.push(i < count ? e.start + i : END);
    parts.push(e.node.content, Buffer.alloc(count * MINI - e.size));
  }
  return { content: Buffer.concat(parts), links };
}

/** Adds the sectors that hold the FAT and the DIFAT to the FAT: their number depends on itself. */
function allocate(fat: number[]): { fatSectors: number[]; difatSectors: number[] } {
  const content = fat.length;
  let fats = 0;
  let difats = 0;
  while (fats * LINKS < content + fats + difats) {
    fats = Math.ceil((content + fats + difats) / LINKS);
    difats = Math.ceil(Math.max(0, fats - DIFAT_IN_HEADER) / (LINKS - 1));
  }
  for (let i = 0; i < fats; i++) fat.push(FAT_SECTOR);
  for (let i = 0; i < difats; i++) fat.push(DIFAT_SECTOR);
  return {
    fatSectors: Array.from({ length: fats }, (_, i) => content + i),
    difatSectors: Array.from({ length: difats }, (_, i) => content + fats + i),
  };
}

/** Numbers as sectors, the last one filled up with free marks. */
function linkSectors(links: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(Math.ceil(links.length / LINKS) * SECTOR, 0xff);
  links.forEach((n, i) => bytes.writeUInt32LE(n, i * 4));
  return bytes;
}

function difatBytes(fatSectors: readonly number[], difatSectors: readonly number[]): Uint8Array {
  const rest = fatSectors.slice(DIFAT_IN_HEADER);
  return Buffer.concat(
    difatSectors.map((_, i) => {
      const bytes = Buffer.alloc(SECTOR, 0xff);
      rest.slice(i * (LINKS - 1), (i + 1) * (LINKS - 1)).forEach((n, k) => bytes.writeUInt32LE(n, k * 4));
      bytes.writeUInt32LE(difatSectors[i + 1] ?? END, SECTOR - 4);
      return bytes;
    }),
  );
}

interface Layout {
  readonly directory: number;
  readonly miniFat: number;
  readonly miniFatSectors: number;
  readonly fatSectors: readonly number[];
  readonly difatSectors: readonly number[];
}

/** [MS-CFB] 2.2. */
function headerBytes(l: Layout): Uint8Array {
  const h = Buffer.alloc(SECTOR);
  h.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  h.writeUInt16LE(0x3e, 24);
  h.writeUInt16LE(3, 26);
  h.writeUInt16LE(0xfffe, 28);
  h.writeUInt16LE(9, 30);
  h.writeUInt16LE(6, 32);
  [l.fatSectors.length, l.directory, 0, CUTOFF, l.miniFat, l.miniFatSectors, l.difatSectors[0] ?? END, l.difatSectors.length].forEach((n, i) =>
    h.writeUInt32LE(n, 44 + i * 4),
  );
  for (let i = 0; i < DIFAT_IN_HEADER; i++) h.writeUInt32LE(l.fatSectors[i] ?? NONE, 76 + i * 4);
  return h;
}

function directoryBytes(entries: readonly Entry[]): Uint8Array {
  const bytes = Buffer.alloc(Math.ceil(entries.length / 4) * SECTOR);
  for (let id = 0; id < bytes.byteLength / 128; id++) {
    const at = id * 128;
    const e = entries[id];
    for (const link of [68, 72, 76]) bytes.writeUInt32LE(NONE, at + link);
    if (!e) continue;
    // 31 code units and a NUL at most.
    const name = Buffer.from(e.node.name.slice(0, 31), 'utf16le');
    bytes.set(name, at);
    bytes.writeUInt16LE(name.byteLength + 2, at + 64);
    bytes[at + 66] = id === 0 ? 5 : 'content' in e.node ? 2 : 1;
    // Every node black: readers need the order, not the colours.
    bytes[at + 67] = 1;
    bytes.writeUInt32LE(e.left, at + 68);
    bytes.writeUInt32LE(e.right, at + 72);
    bytes.writeUInt32LE(e.child, at + 76);
    if ('children' in e.node) {
      bytes.set(guidBytes(e.node.clsid ?? null), at + 80);
      bytes.writeBigUInt64LE(e.node.created ?? 0n, at + 100);
      bytes.writeBigUInt64LE(e.node.modified ?? 0n, at + 108);
    }
    bytes.writeUInt32LE(e.start, at + 116);
    bytes.writeUInt32LE(e.size, at + 120);
  }
  return bytes;
}

/** The 16 bytes of a GUID in its usual spelling; zeros for null. */
export function guidBytes(guid: string | null): Uint8Array {
  const hex = (guid ?? '0'.repeat(32)).replaceAll('-', '');
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}
