import type { ProblemDraft } from '../../model/artifact.ts';
import { charsetOfCodePage, decodeCodePage } from '../charset.ts';
import { guidOf } from './cfb-directory.ts';

/** What a property says, by kind. */
export type PropertyValue =
  /** Up to the first NUL, in the section's code page or UTF-16. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  /** 100 ns ticks: since 1601-01-01 UTC, or a duration. Which, the property's id decides. */
  | { readonly kind: 'filetime'; readonly ticks: bigint }
  | { readonly kind: 'vector'; readonly items: readonly PropertyValue[] }
  /** Bytes that a program keeps for itself, VT_BLOB; as text where they are UTF-16 with its end, else null. */
  | { readonly kind: 'blob'; readonly sizeBytes: number; readonly text: string | null }
  /** A thumbnail in a clipboard format: noted, not decoded. */
  | { readonly kind: 'clip'; readonly sizeBytes: number }
  /** Of a type that no reader here needs, or cut off. `type` is the VARTYPE, [MS-OLEPS] 2.15. */
  | { readonly kind: 'unread'; readonly type: number };

export interface Property {
  readonly id: number;
  /** From the dictionary of a user-defined section: '_PID_HLINKS', 'ContentTypeId'. */
  readonly name: string | null;
  readonly value: PropertyValue;
}

export interface PropertySection {
  /** FMTID: 'f29f85e0-4ff9-1068-ab91-08002b27b3d9' is SummaryInformation. */
  readonly format: string | null;
  /** Unsigned; 1252 where property 1 is missing or 0. */
  readonly codePage: number;
  /** In the file's order, each id once. */
  readonly properties: readonly Property[];
}

export interface PropertySet {
  readonly sections: readonly PropertySection[];
  readonly problems: readonly ProblemDraft[];
}

/** The code page of a section without property 1: Windows' own default in the West. */
const DEFAULT_CODE_PAGE = 1252;
/** [MS-OLEPS] 2.21 allows two. */
const MAX_SECTIONS = 8;
/** Values in one set, vectors' items included: the largest seen in the wild have some thousands. */
const MAX_VALUES = 50_000;
const VECTOR = 0x1000;
const LPSTR = 0x1e;
const LPWSTR = 0x1f;

/** Where a decoder stands; `spent` counts across the whole set, because many properties may point at one string. */
interface Cursor {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  at: number;
  readonly codePage: number;
  readonly budget: { values: number; bytes: number };
}

/** A stream of properties, [MS-OLEPS] 2.21. Never throws: what breaks off is 'unread' and a problem. */
export function parsePropertySet(bytes: Uint8Array): PropertySet {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problems = new Map<string, ProblemDraft>();
  const note = (code: ProblemDraft['code'], message: string): void => void problems.set(message, { code, message });
  const sections: PropertySection[] = [];
  const count = bytes.byteLength >= 28 && view.getUint16(0, true) === 0xfffe ? view.getUint32(24, true) : 0;
  if (count === 0) note(bytes.byteLength < 28 ? 'truncated' : 'malformed', 'not a set of properties');
  if (count > MAX_SECTIONS) note('malformed', `a set of properties with ${count} sections`);
  const budget = { values: MAX_VALUES, bytes: 2 * bytes.byteLength };
  for (let i = 0; i < Math.min(count, MAX_SECTIONS); i++) {
    const entry = 28 + i * 20;
    if (entry + 20 > bytes.byteLength) {
      note('truncated', 'the list of sections breaks off');
      break;
    }
    const from = view.getUint32(entry + 16, true);
    const section = sectionAt(bytes.subarray(from), budget, note);
    if (section) sections.push({ format: guidOf(bytes.subarray(entry, entry + 16)), ...section });
  }
  return { sections, problems: [...problems.values()] };
}

type Note = (code: ProblemDraft['code'], message: string) => void;

function sectionAt(bytes: Uint8Array, budget: Cursor['budget'], note: Note): Omit<PropertySection, 'format'> | null {
  if (bytes.byteLength < 8) {
    note('truncated', 'a section of properties lies beyond the end');
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = offsetsOf(view, note);
  const codePage = codePageAt(view, offsets.get(1));
  const cursorAt = (at: number): Cursor => ({ view, bytes, at, codePage, budget });
  const dictionaryAt = offsets.get(0);
  const names = dictionaryAt === undefined ? new Map<number, string>() : dictionary(cursorAt(dictionaryAt), note);
  if (charsetOfCodePage(codePage) === null) note('malformed', `code page ${codePage} is unknown; its strings were read as Latin-1`);
  const properties: Property[] = [];
  for (const [id, at] of offsets) {
    if (id === 0) continue;
    properties.push({ id, name: names.get(id) ?? null, value: typedValue(cursorAt(at), note) });
  }
  return { codePage, properties };
}

/** Offsets by id, from the section's start. The first of two equal ids counts. */
function offsetsOf(view: DataView, note: Note): Map<number, number> {
  const offsets = new Map<number, number>();
  const claimed = view.getUint32(4, true);
  const count = Math.min(claimed, Math.floor((view.byteLength - 8) / 8));
  if (count < claimed) note('truncated', 'a list of properties breaks off');
  for (let i = 0; i < count; i++) {
    const id = view.getUint32(8 + i * 8, true);
    const at = view.getUint32(12 + i * 8, true);
    if (offsets.has(id)) note('malformed', `property ${id} is given twice`);
    else offsets.set(id, at);
  }
  return offsets;
}

/** Property 1 is a VT_I2; 65001 stands there as -535. */
function codePageAt(view: DataView, at: number | undefined): number {
  if (at === undefined || at + 6 > view.byteLength || view.getUint32(at, true) !== 2) return DEFAULT_CODE_PAGE;
  // 0 is CP_ACP, "whatever this machine has": it names no code page.
  return view.getUint16(at + 4, true) || DEFAULT_CODE_PAGE;
}

/** Names of the properties of a user-defined section, [MS-OLEPS] 2.17. */
function dictionary(c: Cursor, note: Note): Map<number, string> {
  const names = new Map<number, string>();
  const count = uint32(c);
  for (let i = 0; i < (count ?? 0) && c.budget.values-- > 0; i++) {
    const id = uint32(c);
    const length = uint32(c);
    if (id === null || length === null) break;
    const wide = c.codePage === 1200;
    const name = stringOf(c, wide ? length * 2 : length, c.codePage);
    if (name === null) break;
    names.set(id, name);
    if (wide) c.at = align4(c.at);
  }
  if (count === null || names.size < count) note('truncated', 'the names of user-defined properties break off');
  return names;
}

const align4 = (n: number): number => (n + 3) & ~3;

function uint32(c: Cursor): number | null {
  if (c.at < 0 || c.at + 4 > c.bytes.byteLength) return null;
  c.at += 4;
  return c.view.getUint32(c.at - 4, true);
}

function typedValue(c: Cursor, note: Note): PropertyValue {
  const type = uint32(c);
  if (type === null) {
    note('truncated', 'a property lies beyond the end');
    return { kind: 'unread', type: 0 };
  }
  const vt = type & 0xffff;
  const value = (vt & VECTOR) === 0 ? scalar(c, vt) : vector(c, vt & ~VECTOR);
  if (value) return value;
  note(c.budget.values < 0 || c.budget.bytes < 0 ? 'limit-exceeded' : 'truncated', 'a property breaks off');
  return { kind: 'unread', type: vt };
}

/** VT_VARIANT items carry their type each; others share the vector's. */
function vector(c: Cursor, itemType: number): PropertyValue | null {
  const count = uint32(c);
  if (count === null) return null;
  const items: PropertyValue[] = [];
  for (let i = 0; i < count; i++) {
    const type = itemType === 0x0c ? uint32(c) : itemType;
    if (type === null || (type & VECTOR) !== 0) return null;
    const from = c.at;
    const item = scalar(c, type & 0xffff);
    // Without its length, nobody knows where the next item begins.
    if (item === null || item.kind === 'unread') return item;
    items.push(item);
    // Small numbers are padded as variants, and packed where they share the vector's type.
    if (itemType === type && FIXED[type]) c.at = from + FIXED[type][0];
    skipPadding(c, type);
  }
  return { kind: 'vector', items };
}

/** Office writes strings in vectors without padding, others pad to four bytes. A length or type never begins with a zero byte there. */
function skipPadding(c: Cursor, type: number): void {
  const next = align4(c.at);
  if ((type === LPSTR || type === LPWSTR) && next <= c.bytes.byteLength && c.bytes.subarray(c.at, next).every((b) => b === 0)) c.at = next;
}

/** Null where the bytes do not suffice or the budget is spent. [MS-OLEPS] 2.15. */
function scalar(c: Cursor, type: number): PropertyValue | null {
  if (--c.budget.values < 0) return null;
  switch (type) {
    case LPSTR:
    case 0x08: {
      const length = uint32(c);
      return text(length === null ? null : stringOf(c, length, c.codePage));
    }
    case LPWSTR: {
      const length = uint32(c);
      return text(length === null ? null : stringOf(c, length * 2, 1200));
    }
    case 0x41: {
      const length = uint32(c);
      return length === null ? null : blob(c, length);
    }
    case 0x47: {
      const length = uint32(c);
      return length === null ? null : { kind: 'clip', sizeBytes: length };
    }
    default:
      return fixed(c, type);
  }
}

/** Longer ones hold no text that is read. */
const MAX_BLOB_TEXT = 4096;
const PRINTABLE = /^[^\u0000-\u001f\ud800-\udfff\ufffe\uffff]*$/;

function blob(c: Cursor, length: number): PropertyValue | null {
  if (length > c.bytes.byteLength - c.at) return null;
  const bytes = c.bytes.subarray(c.at, c.at + length);
  c.at = align4(c.at + length);
  if (length < 2 || length > MAX_BLOB_TEXT || length % 2 === 1 || bytes[length - 1] !== 0 || bytes[length - 2] !== 0)
    return { kind: 'blob', sizeBytes: length, text: null };
  const decoded = decodeCodePage(bytes.subarray(0, length - 2), 1200);
  return { kind: 'blob', sizeBytes: length, text: PRINTABLE.test(decoded) ? decoded : null };
}

const text = (t: string | null): PropertyValue | null => (t === null ? null : { kind: 'text', text: t });

/** Reads one of the types of fixed width: its bytes, those it takes with padding, its meaning. */
const FIXED: Readonly<Record<number, readonly [width: number, read: (v: DataView, at: number) => PropertyValue]>> = {
  0x02: [2, (v, at) => ({ kind: 'number', number: v.getInt16(at, true) })],
  0x03: [4, (v, at) => ({ kind: 'number', number: v.getInt32(at, true) })],
  0x04: [4, (v, at) => ({ kind: 'number', number: v.getFloat32(at, true) })],
  0x05: [8, (v, at) => ({ kind: 'number', number: v.getFloat64(at, true) })],
  0x0b: [2, (v, at) => ({ kind: 'number', number: v.getInt16(at, true) === 0 ? 0 : 1 })],
  0x11: [1, (v, at) => ({ kind: 'number', number: v.getUint8(at) })],
  0x12: [2, (v, at) => ({ kind: 'number', number: v.getUint16(at, true) })],
  0x13: [4, (v, at) => ({ kind: 'number', number: v.getUint32(at, true) })],
  0x16: [4, (v, at) => ({ kind: 'number', number: v.getInt32(at, true) })],
  0x17: [4, (v, at) => ({ kind: 'number', number: v.getUint32(at, true) })],
  0x40: [8, (v, at) => ({ kind: 'filetime', ticks: v.getBigUint64(at, true) })],
};

function fixed(c: Cursor, type: number): PropertyValue | null {
  const known = FIXED[type];
  if (!known) return { kind: 'unread', type };
  const [width, read] = known;
  if (c.at + width > c.bytes.byteLength) return null;
  const value = read(c.view, c.at);
  c.at += align4(width);
  return value;
}

/** Text of so many bytes, up to the first NUL; null where they are not there. */
function stringOf(c: Cursor, length: number, codePage: number): string | null {
  if (length > c.bytes.byteLength - c.at || (c.budget.bytes -= length) < 0) return null;
  const bytes = c.bytes.subarray(c.at, c.at + length);
  c.at += length;
  // In UTF-16 a zero byte is no end.
  const wide = codePage === 1200 || codePage === 1201;
  const end = wide ? length & ~1 : bytes.indexOf(0);
  const decoded = decodeCodePage(end < 0 ? bytes : bytes.subarray(0, end), codePage);
  const nul = decoded.indexOf('\u0000');
  return nul < 0 ? decoded : decoded.slice(0, nul);
}
