import { deflateSync } from 'node:zlib';
import { PID, TYPE } from '../../src/structures/outlook/mapi.data.ts';
import { cyclic, permute } from '../../src/structures/outlook/pst-crypt.ts';
import { ANSI, checksum, type PstLayout, UNICODE, UNICODE_4K } from '../../src/structures/outlook/pst-layout.ts';
import { attachmentValues, type MapiValue, mapiValue, messageValues, type MsgAttachment, type MsgSpec, recipientValues } from './build-msg.ts';

export interface PstFolder {
  readonly name: string;
  readonly messages?: readonly MsgSpec[];
  /** Views and rules, which no folder shows. */
  readonly associated?: readonly MsgSpec[];
  readonly folders?: readonly PstFolder[];
  /** Absent: as many as there are. */
  readonly contentCount?: number;
}

export interface PstSpec {
  readonly name?: string;
  readonly folders?: readonly PstFolder[];
  readonly make?: 'ansi' | 'unicode' | '4k';
  /** Absent: permute, as Outlook does. */
  readonly crypt?: 'none' | 'permute' | 'cyclic' | 'edp';
  /** What PidTagPstPassword holds. */
  readonly password?: number;
}

const LAYOUTS: Readonly<Record<string, PstLayout>> = { ansi: ANSI, unicode: UNICODE, '4k': UNICODE_4K };
const VERSIONS = { ansi: 14, unicode: 23, '4k': 36 } as const;
const CRYPTS = { none: 0, permute: 1, cyclic: 2, edp: 0x10 } as const;
/** Longest item of a heap, and longest data block. [MS-PST] 2.3.1.1, 2.2.2.8. */
const MAX_ITEM = 3580;
const BLOCK = 8192;
const DATA_AT = 1024;
const ROOT = 0x122;

const u16 = (...n: readonly number[]): Buffer => {
  const b = Buffer.alloc(2 * n.length);
  for (const [i, x] of n.entries()) b.writeUInt16LE(x, 2 * i);
  return b;
};
const u32 = (...n: readonly number[]): Buffer => {
  const b = Buffer.alloc(4 * n.length);
  for (const [i, x] of n.entries()) b.writeUInt32LE(x >>> 0, 4 * i);
  return b;
};
const padTo = (b: Uint8Array, length: number): Buffer => Buffer.concat([b, Buffer.alloc(Math.max(0, length - b.byteLength))]);
const signature = (offset: number, bid: number): number => {
  const x = (offset ^ bid) >>> 0;
  return (x >>> 16) ^ (x & 0xffff);
};

interface Sub {
  readonly nid: number;
  readonly data: number;
  readonly sub: number;
}
interface Node extends Sub {
  readonly parent: number;
}
/** A property that points at a subnode already written: an embedded message. */
interface ObjectValue {
  readonly tag: number;
  readonly subnode: Sub;
}

/** One store being written: blocks from the front, then the pages of the two trees. */
class Store {
  readonly nodes: Node[] = [];
  readonly #layout: PstLayout;
  readonly #crypt: number;
  readonly #chunks: Buffer[] = [];
  readonly #blocks: { bid: number; offset: number; size: number }[] = [];
  #at = DATA_AT;
  #bid = 4;
  #long = 0x8000 + 0x1f;
  #folder = 0x8002;
  #message = 0x200024;

  constructor(layout: PstLayout, crypt: number) {
    this.#layout = layout;
    this.#crypt = crypt;
  }

  wide(...n: readonly number[]): Buffer {
    return Buffer.concat(n.map((x) => (this.#layout.wide === 4 ? u32(x) : u32(x, Math.floor(x / 0x1_0000_0000)))));
  }

  #append(bytes: Buffer): number {
    const offset = this.#at;
    this.#chunks.push(bytes);
    this.#at += bytes.byteLength;
    return offset;
  }

  #trailer(sum: number, offset: number, bid: number, head: Buffer): Buffer {
    const sig = u16(signature(offset, bid));
    return Buffer.concat(this.#layout.wide === 4 ? [head, sig, u32(bid, sum)] : [head, sig, u32(sum), this.wide(bid)]);
  }

  #block(content: Uint8Array, internal: boolean): number {
    const { blockTrailer, blockAlignment, pageBytes } = this.#layout;
    const bid = this.#bid + (internal ? 2 : 0);
    this.#bid += 4;
    const plain = pageBytes > 512 && content.byteLength > 200 ? deflateSync(content) : content;
    const encode = internal || this.#crypt === CRYPTS.none || this.#crypt === CRYPTS.edp ? null : this.#crypt === CRYPTS.permute ? permute : cyclic;
    const stored = encode ? encode(plain, bid) : plain;
    const room = Math.ceil((stored.byteLength + blockTrailer) / blockAlignment) * blockAlignment;
    const trailer = this.#trailer(checksum(stored), this.#at, bid, u16(stored.byteLength));
    const whole = Buffer.concat([
      padTo(stored, room - blockTrailer),
      padTo(Buffer.concat([trailer, u16(1, content.byteLength)]).subarray(0, blockTrailer), blockTrailer),
    ]);
    this.#blocks.push({ bid, offset: this.#append(whole), size: stored.byteLength });
    return bid;
  }

  /** Data of any length: one block, or a list of blocks. */
  data(content: Uint8Array): number {
    const most = BLOCK - this.#layout.blockTrailer;
    if (content.byteLength <= most) return this.#block(content, false);
    const bids: number[] = [];
    for (let at = 0; at < content.byteLength; at += most) bids.push(this.#block(content.subarray(at, at + most), false));
    return this.#block(Buffer.concat([Buffer.from([1, 1]), u16(bids.length), u32(content.byteLength), this.wide(...bids)]), true);
  }

  subnodes(subs: readonly Sub[]): number {
    if (subs.length === 0) return 0;
    const rows = [...subs].sort((a, b) => a.nid - b.nid).map((s) => this.wide(s.nid, s.data, s.sub));
    const head = Buffer.concat([Buffer.from([2, 0]), u16(subs.length)]);
    return this.#block(Buffer.concat([padTo(head, this.#layout.wide), ...rows]), true);
  }

  /** A heap in one block. [MS-PST] 2.3.1. */
  #heap(client: number, root: number, items: readonly Uint8Array[]): number {
    const offsets = [12];
    for (const i of items) offsets.push((offsets.at(-1) ?? 0) + i.byteLength);
    const end = offsets.at(-1) ?? 12;
    const map = end + (end % 2);
    const head = Buffer.concat([u16(map), Buffer.from([0xec, client]), u32(this.hid(root)), Buffer.alloc(4)]);
    return this.data(Buffer.concat([padTo(Buffer.concat([head, ...items]), map), u16(items.length, 0, ...offsets)]));
  }

  readonly hid = (item: number): number => item << 5;

  /** Puts a value of any length into the heap or, where it is long, below the node; returns its number. */
  #place(value: Uint8Array, items: Uint8Array[], subs: Sub[]): number {
    if (value.byteLength === 0) return 0;
    if (value.byteLength <= MAX_ITEM) return this.hid(items.push(value));
    const nid = (this.#long += 0x20);
    subs.push({ nid, data: this.data(value), sub: 0 });
    return nid;
  }

  /** Properties of one node. [MS-PST] 2.3.3. */
  properties(nid: number, values: readonly (MapiValue | ObjectValue)[], below: readonly Sub[] = []): Sub {
    const items: Uint8Array[] = [new Uint8Array(0), new Uint8Array(0)];
    const subs: Sub[] = [...below];
    const records = [...values]
      .sort((a, b) => a.tag - b.tag)
      .map((v) => {
        if ('subnode' in v) {
          subs.push(v.subnode);
          return Buffer.concat([u16(v.tag >>> 16, v.tag & 0xffff), u32(this.hid(items.push(u32(v.subnode.nid, 0))))]);
        }
        const short = [TYPE.int16, TYPE.int32, TYPE.boolean].some((t) => t === (v.tag & 0xffff));
        return Buffer.concat([u16(v.tag >>> 16, v.tag & 0xffff), short ? padTo(v.value, 4) : u32(this.#place(v.value, items, subs))]);
      });
    items[0] = Buffer.concat([Buffer.from([0xb5, 2, 6, 0]), u32(records.length === 0 ? 0 : this.hid(2))]);
    items[1] = Buffer.concat(records);
    return { nid, data: this.#heap(0xbc, 1, items), sub: this.subnodes(subs) };
  }

  /** A table whose rows have numbers. [MS-PST] 2.3.4. */
  table(nid: number, rows: readonly { readonly id: number; readonly values: readonly MapiValue[] }[]): Sub {
    const widthOf = (tag: number): number => ((tag & 0xffff) === TYPE.time ? 8 : (tag & 0xffff) === TYPE.boolean ? 1 : 4);
    const ids = [0x67f20003, 0x67f30003];
    const tags = [...ids, ...new Set(rows.flatMap((r) => r.values.map((v) => v.tag)))];
    let at = 0;
    const columns = [4, 8, 1]
      .flatMap((w) => tags.filter((t) => widthOf(t) === w))
      .sort((a, b) => (widthOf(b) % 4 === widthOf(a) % 4 ? 0 : widthOf(b) === 1 ? -1 : 1))
      .map((tag, bit) => ({ tag, at: (at += widthOf(tag)) - widthOf(tag), width: widthOf(tag), bit }));
    const fours = columns.filter((c) => c.width > 1).reduce((n, c) => n + c.width, 0);
    const rowBytes = at + Math.ceil(columns.length / 8);
    const items: Uint8Array[] = Array.from({ length: 4 }, () => new Uint8Array(0));
    const subs: Sub[] = [];
    const matrix = rows.map(({ id, values }) => {
      const row = Buffer.alloc(rowBytes);
      for (const { tag, value } of [...values, { tag: 0x67f20003, value: u32(id) }, { tag: 0x67f30003, value: u32(1) }]) {
        const c = columns.find((x) => x.tag === tag);
        if (!c) continue;
        const inPlace = [TYPE.int32, TYPE.boolean, TYPE.time].some((t) => t === (tag & 0xffff));
        row.set((inPlace ? Buffer.from(value) : u32(this.#place(value, items, subs))).subarray(0, c.width), c.at);
        const flag = at + (c.bit >>> 3);
        row.writeUInt8(row.readUInt8(flag) | (0x80 >>> (c.bit & 7)), flag);
      }
      return row;
    });
    const rowNumber = (i: number): Buffer => (this.#layout.wide === 4 ? u16(i) : u32(i));
    const has = rows.length > 0;
    const described = [...columns].sort((a, b) => a.tag - b.tag).map((c) => Buffer.concat([u32(c.tag), u16(c.at), Buffer.from([c.width, c.bit])]));
    items[1] = Buffer.concat([
      Buffer.from([0x7c, columns.length]),
      u16(fours, fours, at, rowBytes),
      u32(this.hid(1), has ? this.hid(4) : 0, 0),
      ...described,
    ]);
    // Other readers look for it in the first place.
    items[0] = Buffer.concat([Buffer.from([0xb5, 4, rowNumber(0).byteLength, 0]), u32(has ? this.hid(3) : 0)]);
    const order = rows.map(({ id }, i) => ({ id, i })).sort((a, b) => a.id - b.id);
    items[2] = Buffer.concat(order.map(({ id, i }) => Buffer.concat([u32(id), rowNumber(i)])));
    items[3] = Buffer.concat(matrix);
    return { nid, data: this.#heap(0x7c, 2, items), sub: this.subnodes(subs) };
  }

  message(nid: number, m: MsgSpec): Sub {
    const recipients = recipientValues(m).map((values, id) => ({ id, values }));
    const attachments = (m.attachments ?? []).map((a, i) => this.#attachment(0x8025 + 0x20 * i, a, m.codePage));
    const rows = attachments.map(({ nid: id }) => ({ id, values: mapiValue(0x0e20, 0) }));
    const below = [this.table(0x692, recipients), ...(rows.length === 0 ? [] : [this.table(0x671, rows)]), ...attachments];
    return this.properties(nid, [...mapiValue(0x001a, 'IPM.Note'), ...messageValues(m)], below);
  }

  #attachment(nid: number, a: MsgAttachment, codePage?: number): Sub {
    const content: (MapiValue | ObjectValue)[] =
      'bytes' in a
        ? mapiValue(PID.AttachDataBinary, a.bytes)
        : 'message' in a
          ? [{ tag: PID.AttachDataBinary * 0x10000 + TYPE.object, subnode: this.message((this.#message += 0x20), a.message) }]
          : [];
    return this.properties(nid, [...attachmentValues(a, codePage), ...content]);
  }

  #put(sub: Sub, parent: number): void {
    this.nodes.push({ ...sub, parent });
  }

  folder(nid: number, parent: number, f: PstFolder): void {
    const own = (specs: readonly MsgSpec[] = [], kind: number): readonly { id: number; values: MapiValue[] }[] =>
      specs.map((m) => {
        const id = (this.#message += 0x20) - 4 + kind;
        this.#put(this.message(id, m), nid);
        return { id, values: mapiValue(PID.Subject, m.subject) };
      });
    const messages = own(f.messages, 4);
    const associated = own(f.associated, 8);
    const folders = (f.folders ?? []).map((inner) => {
      const id = (this.#folder += 0x20);
      this.folder(id, nid, inner);
      return { id, values: mapiValue(PID.DisplayName, inner.name) };
    });
    const values = [
      ...mapiValue(PID.DisplayName, f.name),
      ...mapiValue(0x3602, f.contentCount ?? messages.length),
      ...mapiValue(0x3603, 0),
      { tag: 0x360a000b, value: Buffer.from([folders.length > 0 ? 1 : 0, 0]) },
    ];
    this.#put(this.properties(nid, values), parent);
    for (const [kind, rows] of [
      [0x0d, folders],
      [0x0e, messages],
      [0x0f, associated],
    ] as const)
      this.#put(this.table(nid - 2 + kind, rows), 0);
  }

  store(name: string, password: number | undefined): void {
    const key = Buffer.alloc(16, 0x42);
    const values = [
      ...mapiValue(0x0ff9, key),
      ...mapiValue(PID.DisplayName, name),
      ...mapiValue(0x35e0, Buffer.concat([Buffer.alloc(4), key, u32(0x8022)])),
      ...mapiValue(0x67ff, password),
    ];
    this.#put(this.properties(0x21, values), 0);
    // One name of a property, by a number: other readers ask for the map before they open anything.
    const names = [
      ...mapiValue(1, 251),
      ...mapiValue(2, Buffer.alloc(16, 0x42)),
      ...mapiValue(3, Buffer.concat([u32(0x8580), u16(2, 0)])),
      ...mapiValue(4, u32(0)),
    ];
    this.#put(this.properties(0x61, names), 0);
  }

  #page(kind: number, level: number, width: number, entries: readonly Buffer[]): number {
    const { pageBytes, pageCounts, pageTrailer } = this.#layout;
    const bid = this.#bid;
    this.#bid += 4;
    this.#append(Buffer.alloc((512 - (this.#at % 512)) % 512));
    const counts =
      pageBytes > 512
        ? Buffer.concat([u16(entries.length, Math.floor(pageCounts / width)), Buffer.from([width, level])])
        : Buffer.from([entries.length, Math.floor(pageCounts / width), width, level]);
    const body = padTo(Buffer.concat([padTo(Buffer.concat(entries), pageCounts), counts]), pageTrailer);
    const trailer = this.#trailer(checksum(body), this.#at, bid, Buffer.from([kind, kind]));
    return this.#append(padTo(Buffer.concat([body, trailer]), pageBytes));
  }

  /** A root above leaves, or the one leaf. Pages have no numbers of their own here. */
  #tree(kind: number, width: number, entries: readonly { readonly key: number; readonly bytes: Buffer }[]): number {
    const most = Math.floor(this.#layout.pageCounts / width);
    const leaves: { key: number; offset: number }[] = [];
    for (let i = 0; i < entries.length; i += most) {
      const some = entries.slice(i, i + most);
      const rows = some.map((e) => padTo(e.bytes, width));
      leaves.push({ key: some[0]?.key ?? 0, offset: this.#page(kind, 0, width, rows) });
    }
    const [only] = leaves;
    if (only && leaves.length === 1) return only.offset;
    return this.#page(
      kind,
      1,
      3 * this.#layout.wide,
      leaves.map((l) => this.wide(l.key, 0, l.offset)),
    );
  }

  file(version: number): Uint8Array {
    const { wide } = this.#layout;
    const blocks = this.#blocks
      .sort((a, b) => a.bid - b.bid)
      .map((b) => ({ key: b.bid, bytes: Buffer.concat([this.wide(b.bid, b.offset), u16(b.size, 2)]) }));
    const nodes = this.nodes
      .sort((a, b) => a.nid - b.nid)
      .map((n) => ({ key: n.nid, bytes: Buffer.concat([this.wide(n.nid, n.data, n.sub), u32(n.parent)]) }));
    const nodeRoot = this.#tree(0x81, 4 * wide, nodes);
    const blockRoot = this.#tree(0x80, wide === 8 ? 24 : 12, blocks);
    const header = Buffer.alloc(DATA_AT);
    header.set(Buffer.concat([Buffer.from('!BDN\0\0\0\0SM', 'latin1'), u16(version, 19), Buffer.from([1, 1])]));
    header.set(Buffer.concat([u32(0), this.wide(this.#at, 0, 0, 0, 0, nodeRoot, 0, blockRoot)]), wide === 8 ? 0xb4 : 0xa4);
    const sentinel = wide === 8 ? 0x200 : 0x1cc;
    header.set([0x80, this.#crypt], sentinel);
    header.set(u32(checksum(header.subarray(8, 479))), 4);
    return Buffer.concat([header, ...this.#chunks]);
  }
}

/** A small store as Outlook would write it, but for the maps of what is free, which no reader needs. Deterministic. */
export function buildPst({ name = 'Archive', folders = [], make = 'unicode', crypt = 'permute', password }: PstSpec): Uint8Array {
  const store = new Store(LAYOUTS[make] ?? UNICODE, CRYPTS[crypt]);
  store.store(name, password);
  store.folder(ROOT, ROOT, { name: '', folders: [{ name: 'Top of Personal Folders', folders }] });
  return store.file(VERSIONS[make]);
}
