import type { PstBlocks, PstData, PstSubnode } from './pst-blocks.ts';
import type { PstDamage } from './pst-damage.ts';
import { type PstHeap, pstHeap } from './pst-heap.ts';
import type { PstLayout } from './pst-layout.ts';
import { TYPE } from './mapi.data.ts';
import { viewOf } from '../little-endian.ts';

/** Bytes, or why there are none. */
export type PstBytes = Uint8Array | 'over-limit' | 'unreadable';

export interface PstProperty {
  /** Id in the high half, type in the low one, as a .msg writes it. */
  readonly tag: number;
  /** As they stand: four bytes of a number of up to four, eight of a time, characters without a NUL. */
  read(max: number): PstBytes;
}

/** What a node says of itself and what lies below it. */
export interface PstObject {
  /** By id. */
  readonly properties: ReadonlyMap<number, PstProperty>;
  readonly subnodes: ReadonlyMap<number, PstSubnode>;
}

/** One line of a table: its columns that have a value, by their ids. */
export interface PstRow {
  readonly id: number;
  readonly properties: ReadonlyMap<number, PstProperty>;
}

export interface PstReader {
  readonly layout: PstLayout;
  readonly blocks: PstBlocks;
  readonly damage: PstDamage;
}

const PROPERTIES = 0xbc;
const TABLE = 0x7c;
/** Types of at most four bytes, which stand in the record itself. [MS-PST] 2.3.3.3. */
const IN_PLACE: ReadonlySet<number> = new Set([0x0002, 0x0003, 0x0004, 0x000a, 0x000b]);
/** Types of eight bytes, which stand in a table's row itself. */
const EIGHT: ReadonlySet<number> = new Set([0x0005, 0x0006, 0x0007, 0x0014, TYPE.time]);

/** Columns of a table; more cannot be written. */
const COLUMN_BYTES = 8;
const TABLE_HEADER_BYTES = 22;

/** A value by its number: of the heap, or of a subnode of its own where it is long. [MS-PST] 2.3.3.2. */
function valueOf(heap: PstHeap, hnid: number, below: Pick<PstObject, 'subnodes'>, { blocks }: PstReader): (max: number) => PstBytes {
  return (max) => {
    if (hnid === 0 || (hnid & 0x1f) === 0) {
      const bytes = heap.item(hnid) ?? 'unreadable';
      return bytes !== 'unreadable' && bytes.byteLength > max ? 'over-limit' : bytes;
    }
    const subnode = below.subnodes.get(hnid);
    return (subnode && blocks.data(subnode.data)?.whole(max)) ?? 'unreadable';
  };
}

/** The properties of a node. Null where its data cannot be read at all. [MS-PST] 2.3.3. */
export function pstObject(node: Omit<PstSubnode, 'nid'> & { readonly nid: number }, reader: PstReader): PstObject | null {
  const where = `node ${node.nid.toString(16)}`;
  const data = reader.blocks.data(node.data);
  const heap = data && pstHeap(data, reader.layout);
  if (!heap || heap.client !== PROPERTIES) return null;
  const subnodes = reader.blocks.subnodes(node.sub);
  const properties = new Map<number, PstProperty>();
  const { keyBytes, records, broken } = heap.records(heap.root);
  if (broken) reader.damage.note('malformed', 'some of the properties are missing', where);
  if (keyBytes !== 2) return { properties, subnodes };
  for (const record of records) {
    if (record.byteLength < 8) continue;
    const [id, type] = [record.getUint16(0, true), record.getUint16(2, true)];
    const read = IN_PLACE.has(type) ? inPlace(record, 4, 4) : valueOf(heap, record.getUint32(4, true), { subnodes }, reader);
    properties.set(id, { tag: id * 0x1_0000 + type, read });
  }
  return { properties, subnodes };
}

const inPlace = (view: DataView, at: number, length: number) => (): PstBytes =>
  at + length > view.byteLength ? 'unreadable' : new Uint8Array(view.buffer, view.byteOffset + at, length);

interface Column {
  readonly tag: number;
  readonly at: number;
  readonly width: number;
  readonly bit: number;
}

/** The rows of a table that are in its index, in the order in which they are stored. Never throws. [MS-PST] 2.3.4. */
export function* pstRows(node: PstSubnode, reader: PstReader): Generator<PstRow> {
  const broken = (): void => reader.damage.note('malformed', 'some of the rows of the table are missing', `node ${node.nid.toString(16)}`);
  const data = reader.blocks.data(node.data);
  const heap = data && pstHeap(data, reader.layout);
  const info = heap && heap.client === TABLE ? heap.item(heap.root) : null;
  if (!heap || !info || info.byteLength < TABLE_HEADER_BYTES) return broken();
  const view = viewOf(info);
  const columns = Array.from(
    { length: Math.min(view.getUint8(1), Math.floor((info.byteLength - TABLE_HEADER_BYTES) / COLUMN_BYTES)) },
    (_, i): Column => {
      const at = TABLE_HEADER_BYTES + i * COLUMN_BYTES;
      return { tag: view.getUint32(at, true), at: view.getUint16(at + 4, true), width: view.getUint8(at + 6), bit: view.getUint8(at + 7) };
    },
  );
  const bits = view.getUint16(6, true);
  const rowBytes = view.getUint16(8, true);
  const index = heap.records(view.getUint32(10, true));
  if (index.broken || rowBytes === 0) broken();
  const ids = new Map<number, number>();
  for (const r of index.records)
    if (r.byteLength >= 6) ids.set(r.byteLength >= 8 ? r.getUint32(4, true) : r.getUint16(4, true), r.getUint32(0, true));
  if (ids.size === 0 || rowBytes === 0) return;
  const subnodes = reader.blocks.subnodes(node.sub);
  let found = 0;
  for (const [nth, row] of rowsOf(heap, view.getUint32(14, true), rowBytes, { subnodes }, reader)) {
    const id = ids.get(nth);
    if (id === undefined) continue;
    found++;
    yield { id, properties: cellsOf(row, columns, bits, (hnid) => valueOf(heap, hnid, { subnodes }, reader)) };
  }
  if (found < ids.size) broken();
}

/** Rows with their numbers. None reaches from one block into the next. */
function* rowsOf(
  heap: PstHeap,
  hnid: number,
  rowBytes: number,
  { subnodes }: Pick<PstObject, 'subnodes'>,
  { blocks }: PstReader,
): Generator<readonly [number, DataView]> {
  const subnode = (hnid & 0x1f) === 0 ? null : subnodes.get(hnid);
  const rows: Pick<PstData, 'count' | 'block'> | null = subnode ? blocks.data(subnode.data) : { count: 1, block: () => heap.item(hnid) };
  let nth = 0;
  let perBlock = 0;
  for (let i = 0; rows && i < rows.count; i++) {
    const block = rows.block(i);
    // All blocks but the last hold as many as the first.
    perBlock ||= Math.floor((block?.byteLength ?? 0) / rowBytes);
    for (let at = 0; block && at + rowBytes <= block.byteLength; at += rowBytes)
      yield [nth + at / rowBytes, viewOf(block.subarray(at, at + rowBytes))];
    nth += perBlock;
  }
}

function cellsOf(row: DataView, columns: readonly Column[], bits: number, long: (hnid: number) => PstProperty['read']): Map<number, PstProperty> {
  const cells = new Map<number, PstProperty>();
  for (const { tag, at, width, bit } of columns) {
    const flags = bits + (bit >>> 3);
    if (flags >= row.byteLength || (row.getUint8(flags) & (0x80 >>> (bit & 7))) === 0) continue;
    const type = tag & 0xffff;
    const own = IN_PLACE.has(type) || EIGHT.has(type);
    if (at + Math.max(width, own ? 1 : 4) > row.byteLength) continue;
    cells.set(tag >>> 16, { tag, read: own ? inPlace(row, at, width) : long(row.getUint32(at, true)) });
  }
  return cells;
}
