import { bufferOf } from '../placed.ts';
import type { FontValue } from './sfnt.ts';

/** Operators of a Top DICT (Adobe Technical Note 5176, table 9); behind an escape, 1200 is added. */
export const CFF = { version: 0, notice: 1, fullName: 2, familyName: 3, uniqueId: 13, copyright: 1200 } as const;
/** The name in the Name INDEX, which no operator has. */
const CFF_NAME = -1;

const STANDARD_STRINGS = 391;
/** Of the standard strings (appendix A) only these say something of a font. */
const STANDARD_VERSIONS: ReadonlyMap<number, string> = new Map([
  [379, '001.000'],
  [380, '001.001'],
  [381, '001.002'],
  [382, '001.003'],
]);
const TEXTS: ReadonlySet<number> = new Set([CFF.version, CFF.notice, CFF.fullName, CFF.familyName, CFF.copyright]);
const MAX_STRING = 4096;
const MAX_OPERATORS = 128;
/** Operands in front of one operator (section 4). */
const MAX_OPERANDS = 48;

interface Index {
  readonly count: number;
  readonly end: number;
  item(i: number): Buffer | null;
}

/** An INDEX (section 5): count, size of an offset, offsets from the byte in front of the data, data. Null where it does not fit. */
function indexAt(b: Buffer, at: number): Index | null {
  if (at + 2 > b.byteLength) return null;
  const count = b.readUInt16BE(at);
  if (count === 0) return { count, end: at + 2, item: () => null };
  const size = b[at + 2] ?? 0;
  const base = at + 3 + size * (count + 1) - 1;
  if (size < 1 || size > 4 || base > b.byteLength) return null;
  const offset = (i: number): number => base + b.readUIntBE(at + 3 + size * i, size);
  return {
    count,
    end: offset(count),
    item: (i) => (i >= 0 && i < count && offset(i) <= offset(i + 1) && offset(i + 1) <= b.byteLength ? b.subarray(offset(i), offset(i + 1)) : null),
  };
}

/** The operand at a place of a DICT (section 4, table 3); reals are passed over. */
function operandAt(d: Buffer, at: number): { readonly value: number; readonly next: number } {
  const [b0, b1, b2] = [d[at] ?? 0, d[at + 1] ?? 0, d[at + 2] ?? 0];
  if (b0 === 28) return { value: (((b1 << 8) | b2) << 16) >> 16, next: at + 3 };
  if (b0 === 29) return { value: at + 5 <= d.byteLength ? d.readInt32BE(at + 1) : NaN, next: at + 5 };
  if (b0 === 30) {
    let end = at + 1;
    while (end < d.byteLength && ((d[end] ?? 0) & 0x0f) !== 0x0f && (d[end] ?? 0) >> 4 !== 0x0f) end++;
    return { value: NaN, next: end + 1 };
  }
  if (b0 >= 251) return { value: -(b0 - 251) * 256 - b1 - 108, next: at + 2 };
  if (b0 >= 247) return { value: (b0 - 247) * 256 + b1 + 108, next: at + 2 };
  return { value: b0 - 139, next: at + 1 };
}

/** The last operand of each operator. */
function operatorsOf(d: Buffer): Map<number, number> {
  const found = new Map<number, number>();
  let operands: number[] = [];
  for (let at = 0; at < d.byteLength && found.size < MAX_OPERATORS;) {
    const b = d[at] ?? 0;
    if (b <= 21) {
      const operator = b === 12 ? 1200 + (d[at + 1] ?? 0) : b;
      const last = operands.at(-1);
      if (last !== undefined) found.set(operator, last);
      operands = [];
      at += b === 12 ? 2 : 1;
    } else {
      const { value, next } = operandAt(d, at);
      if (operands.length < MAX_OPERANDS) operands.push(value);
      at = next;
    }
  }
  return found;
}

/**
 * What the first font of a bare CFF says of itself (Adobe Technical Note 5176): names, version, notice, number. Outlines are not read.
 * Null where the bytes are none.
 */
export function readCff(bytes: Uint8Array): readonly FontValue[] | null {
  const b = bufferOf(bytes);
  const names = b[0] === 1 && (b[2] ?? 0) >= 4 ? indexAt(b, b[2] ?? 4) : null;
  const tops = names && indexAt(b, names.end);
  const top = tops?.item(0);
  const strings = tops && indexAt(b, tops.end);
  if (!names || !top) return null;
  const text = (sid: number): string | null =>
    sid < STANDARD_STRINGS
      ? (STANDARD_VERSIONS.get(sid) ?? null)
      : (strings?.item(sid - STANDARD_STRINGS)?.toString('latin1', 0, MAX_STRING) ?? null);
  const values: FontValue[] = [];
  const add = (tag: number, raw: string | null | undefined): void => {
    if (raw !== null && raw !== undefined && raw !== '') values.push({ block: 'cff', tag, raw });
  };
  add(CFF_NAME, names.item(0)?.toString('latin1', 0, MAX_STRING));
  for (const [operator, operand] of operatorsOf(top)) {
    if (TEXTS.has(operator)) add(operator, text(operand));
    else if (operator === CFF.uniqueId && Number.isInteger(operand)) add(operator, String(operand));
  }
  return values;
}
