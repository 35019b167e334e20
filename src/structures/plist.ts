import { decodeXml, scanXml, type XmlElement } from './xml.ts';

/** A value of a property list that is neither a dictionary nor an array. */
export interface PlistValue {
  /** Keys and indexes from the root: 'WebHistory/0/url'; '' for a list that is one value. */
  readonly path: string;
  readonly kind: 'string' | 'integer' | 'real' | 'date' | 'boolean' | 'data';
  /** As written; of a binary list the number in decimal, the date in ISO 8601 (UTC), data in hexadecimal. */
  readonly text: string;
  /** In bytes of the list, of the value without its marker; null in a list that is XML. */
  readonly offset: number | null;
  readonly length: number;
}

export interface Plist {
  /** In document order. */
  readonly values: readonly PlistValue[];
  /** What is wrong with it, in one line. */
  readonly error: string | null;
}

const MAX_VALUES = 10_000;
const MAX_DEPTH = 100;
/** Characters of a path or of data in hexadecimal. */
const MAX_PATH = 1000;
const MAX_TEXT = 4096;

/** Apple's property list in either of its forms: 'bplist00' (CFBinaryPList.c), or XML (PropertyList-1.0.dtd). Never throws. */
export function readPlist(bytes: Uint8Array): Plist {
  const magic = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 8)).toString('latin1');
  return magic.startsWith('bplist0') ? readBinary(bytes) : readXml(bytes);
}

const joined = (path: string, step: string | number): string => (path === '' ? String(step) : `${path}/${step}`).slice(0, MAX_PATH);

const XML_KINDS: Readonly<Record<string, PlistValue['kind']>> = {
  string: 'string',
  integer: 'integer',
  real: 'real',
  date: 'date',
  true: 'boolean',
  false: 'boolean',
  data: 'data',
};

function readXml(bytes: Uint8Array): Plist {
  const values: PlistValue[] = [];
  const open: { readonly path: string; next: number; key: string }[] = [];
  let error: string | null = null;
  const pathOf = (): string => {
    const top = open.at(-1);
    return top ? joined(top.path, top.key === '' ? top.next++ : top.key) : '';
  };
  const isCollection = (e: XmlElement): boolean => e.local === 'dict' || e.local === 'array';
  const outcome = scanXml(decodeXml(bytes).trimStart(), {
    open(e) {
      if (isCollection(e)) open.push({ path: pathOf(), next: 0, key: '' });
    },
    close(e, inner) {
      const top = open.at(-1);
      if (isCollection(e)) open.pop();
      else if (e.local === 'key' && top) top.key = inner;
      const kind = XML_KINDS[e.local];
      if (kind === undefined) return;
      if (values.length >= MAX_VALUES) error ??= `more than ${MAX_VALUES} values; the rest was left out`;
      else values.push({ path: pathOf(), kind, text: kind === 'boolean' ? e.local : inner, offset: null, length: 0 });
    },
  });
  return { values, error: outcome.error ?? error };
}

/** Seconds since 2001-01-01T00:00Z as ISO 8601; the number itself where no calendar reaches. */
function isoOf(seconds: number): string {
  const ms = Date.UTC(2001, 0, 1) + seconds * 1000;
  return Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : String(seconds);
}

interface Table {
  readonly view: DataView;
  readonly offsets: readonly number[];
  readonly referenceBytes: number;
}

const MAX_NUMBER_BYTES = 8;

/** Big-endian, of 1 to 8 bytes; NaN beyond the end. */
function numberAt(view: DataView, at: number, bytes: number): number {
  if (at < 0 || bytes < 1 || bytes > MAX_NUMBER_BYTES || at + bytes > view.byteLength) return NaN;
  let n = 0;
  for (let i = 0; i < bytes; i++) n = n * 256 + view.getUint8(at + i);
  return n;
}

function tableOf(bytes: Uint8Array): (Table & { readonly top: number }) | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const trailer = bytes.byteLength - 32;
  if (trailer < 8) return null;
  const offsetBytes = view.getUint8(trailer + 6);
  const referenceBytes = view.getUint8(trailer + 7);
  const [count, top, start] = [8, 16, 24].map((at) => numberAt(view, trailer + at, 8)) as [number, number, number];
  if (offsetBytes < 1 || offsetBytes > 8 || referenceBytes < 1 || referenceBytes > 8 || !(start + count * offsetBytes <= trailer)) return null;
  const offsets: number[] = [];
  for (let i = 0; i < count; i++) offsets.push(numberAt(view, start + i * offsetBytes, offsetBytes));
  return { view, offsets, referenceBytes, top };
}

/** An object's kind (high half of its marker), and where and how long its content is: in bytes, or in elements. */
function objectAt(
  { view, offsets }: Table,
  id: number,
): { readonly kind: number; readonly low: number; readonly at: number; readonly count: number } | null {
  const at = offsets[id];
  if (at === undefined || at < 8 || at >= view.byteLength) return null;
  const marker = view.getUint8(at);
  const low = marker & 0x0f;
  if (low !== 0x0f || marker >> 4 <= 3) return { kind: marker >> 4, low, at: at + 1, count: low };
  const bytes = 1 << ((at + 1 < view.byteLength ? view.getUint8(at + 1) : 0) & 0x0f);
  const count = numberAt(view, at + 2, bytes);
  return Number.isNaN(count) ? null : { kind: marker >> 4, low, at: at + 2 + bytes, count };
}

/** Null for what holds no value: null, fill bytes, unknown kinds. */
function leafOf(bytes: Uint8Array, table: Table, id: number): Omit<PlistValue, 'path'> | null {
  const object = objectAt(table, id);
  if (!object) return null;
  const { kind, low, at, count } = object;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const within = (length: number): boolean => at + length <= bytes.byteLength;
  const leaf = (name: PlistValue['kind'], length: number, text: () => string): Omit<PlistValue, 'path'> | null =>
    within(length) ? { kind: name, text: text().slice(0, MAX_TEXT), offset: at, length } : null;
  const end = (length: number): number => at + Math.min(length, MAX_TEXT);
  switch (kind) {
    case 0:
      return low === 8 || low === 9 ? { kind: 'boolean', text: low === 9 ? 'true' : 'false', offset: at - 1, length: 1 } : null;
    case 1:
      return low <= 3
        ? leaf('integer', 1 << low, () => (low === 3 ? String(buffer.readBigInt64BE(at)) : String(numberAt(table.view, at, 1 << low))))
        : null;
    case 2:
      return low === 2 || low === 3 ? leaf('real', 1 << low, () => String(low === 3 ? buffer.readDoubleBE(at) : buffer.readFloatBE(at))) : null;
    case 3:
      return leaf('date', 8, () => isoOf(buffer.readDoubleBE(at)));
    case 4:
      return leaf('data', count, () => buffer.toString('hex', at, end(count)));
    case 5:
      return leaf('string', count, () => buffer.toString('latin1', at, end(count)));
    case 6:
      return leaf('string', 2 * count, () =>
        Buffer.from(buffer.subarray(at, end(2 * count)))
          .swap16()
          .toString('utf16le'),
      );
    default:
      return null;
  }
}

const ARRAYS = new Set([0x0a, 0x0b, 0x0c]);
const DICTIONARY = 0x0d;

function readBinary(bytes: Uint8Array): Plist {
  const table = tableOf(bytes);
  if (!table) return { values: [], error: 'the table of a binary property list is missing or damaged' };
  const values: PlistValue[] = [];
  let error: string | null = null;
  // One object may be referred to a million times over: what is visited is counted, not what is there.
  const open = [{ id: table.top, path: '', depth: 0 }];
  for (let visited = 0; open.length > 0; visited++) {
    if (visited + open.length > 4 * MAX_VALUES || values.length >= MAX_VALUES)
      return { values, error: `more than ${MAX_VALUES} values; the rest was left out` };
    const { id, path, depth } = open.pop() ?? { id: -1, path: '', depth: 0 };
    const object = objectAt(table, id);
    if (object && (ARRAYS.has(object.kind) || object.kind === DICTIONARY)) {
      const children = depth < MAX_DEPTH ? childrenOf(bytes, table, object, MAX_VALUES) : null;
      if (children) for (const child of children.reverse()) open.push({ id: child.id, path: joined(path, child.step), depth: depth + 1 });
      else error ??= 'a collection does not fit or nests too deep';
      continue;
    }
    const leaf = leafOf(bytes, table, id);
    if (leaf) values.push({ path, ...leaf });
    else if (!object) error ??= `object ${id} does not exist`;
  }
  return { values, error };
}

function childrenOf(
  bytes: Uint8Array,
  table: Table,
  { kind, at, count }: { readonly kind: number; readonly at: number; readonly count: number },
  most: number,
): { id: number; step: string | number }[] | null {
  const { view, referenceBytes } = table;
  const isDictionary = kind === DICTIONARY;
  if (at + count * referenceBytes * (isDictionary ? 2 : 1) > view.byteLength) return null;
  const idAt = (n: number): number => numberAt(view, at + n * referenceBytes, referenceBytes);
  const children: { id: number; step: string | number }[] = [];
  for (let i = 0; i < count && i < most; i++) {
    const step = isDictionary ? (leafOf(bytes, table, idAt(i))?.text ?? '') : i;
    children.push({ id: idAt(isDictionary ? count + i : i), step });
  }
  return children;
}
