import { type MapiProperty, putProperty } from './mapi.ts';
import { TYPE } from './mapi.data.ts';

/** A list of properties as TNEF packs them, and where it ends. */
export interface PropertyList {
  readonly bag: Map<number, MapiProperty>;
  /** Offset behind the list. */
  readonly end: number;
  /** It broke off, or holds a type that cannot be measured. */
  readonly broken: boolean;
}

/** Bytes of a value of fixed length, rounded up to four. [MS-OXTNEF] 2.1.3.4. */
const WIDTHS: ReadonlyMap<number, number> = new Map([
  [TYPE.int16, 4],
  [TYPE.int32, 4],
  [0x0004, 4],
  [0x000a, 4],
  [TYPE.boolean, 4],
  [0x0005, 8],
  [0x0006, 8],
  [0x0007, 8],
  [0x0014, 8],
  [TYPE.time, 8],
  [TYPE.guid, 16],
]);
const VARIABLE: ReadonlySet<number> = new Set([TYPE.string8, TYPE.string, TYPE.binary, TYPE.object]);
/** From here on a property has a name, which stands between its tag and its value. */
const FIRST_NAMED = 0x8000;
const padded = (n: number): number => Math.ceil(n / 4) * 4;

/** Thrown within this file where the list ends early. */
class BrokenOff extends Error {}

/** A number that may be read only where there is one. */
function cursorOver(bytes: Uint8Array, start: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  const skip = (n: number): number => {
    const from = at;
    if (n > bytes.byteLength - from) throw new BrokenOff();
    at += n;
    return from;
  };
  return { skip, u32: (): number => view.getUint32(skip(4), true), at: (): number => at };
}
type Cursor = ReturnType<typeof cursorOver>;

/** Skips the GUID and the number or text by which a property is named. */
function skipName(cursor: Cursor): void {
  cursor.skip(16);
  if (cursor.u32() === 0) cursor.skip(4);
  else cursor.skip(padded(cursor.u32()));
}

/** The first value of a property, as [from, length]; lists of values are passed over whole. Null where it has none. */
function valueAt(cursor: Cursor, type: number): readonly [number, number] | null {
  const single = type & ~TYPE.multiple;
  const width = WIDTHS.get(single);
  const listed = type !== single;
  if (width !== undefined) {
    const count = listed ? cursor.u32() : 1;
    const from = cursor.skip(count * width);
    return count === 0 ? null : [from, width];
  }
  if (!VARIABLE.has(single)) throw new BrokenOff();
  // Count and length stand in front of single values too.
  const count = cursor.u32();
  let first: readonly [number, number] | null = null;
  for (let i = 0; i < count; i++) {
    const length = cursor.u32();
    const from = cursor.skip(length);
    // The padding of the last value of a file may be missing.
    first ??= [from, length];
    if (i + 1 < count || padded(length) !== length) padTo(cursor, padded(length) - length);
  }
  return first;
}

function padTo(cursor: Cursor, n: number): void {
  try {
    cursor.skip(n);
  } catch (e) {
    if (!(e instanceof BrokenOff)) throw e;
  }
}

/** The properties from `start` on, under `stream` in their locators. Never throws. [MS-OXTNEF] 2.1.3.4, MsgPropertyList. */
export function tnefProperties(bytes: Uint8Array, start: number, stream: string): PropertyList {
  const bag = new Map<number, MapiProperty>();
  const cursor = cursorOver(bytes, start);
  try {
    for (let left = cursor.u32(); left > 0; left--) {
      const tag = cursor.u32();
      const [id, type] = [tag >>> 16, tag & 0xffff];
      if (id >= FIRST_NAMED) skipName(cursor);
      const value = valueAt(cursor, type);
      if (value && id < FIRST_NAMED) putProperty(bag, id, { tag, type, stream, read: () => bytes.subarray(value[0], value[0] + value[1]) });
    }
    return { bag, end: cursor.at(), broken: false };
  } catch (e) {
    if (!(e instanceof BrokenOff)) throw e;
    return { bag, end: bytes.byteLength, broken: true };
  }
}
