/** A value of a property list: text, a number, a truth value, a date, bytes, an array or a dictionary. */
export type PlistSpec = string | number | boolean | Date | Uint8Array | readonly PlistSpec[] | { readonly [key: string]: PlistSpec };

const marker = (kind: number, count: number): Buffer =>
  count < 15 ? Buffer.from([(kind << 4) | count]) : Buffer.from([(kind << 4) | 15, 0x11, count >> 8, count & 0xff]);

function scalar(value: string | number | boolean | Date | Uint8Array): Buffer {
  if (typeof value === 'boolean') return Buffer.from([value ? 9 : 8]);
  if (typeof value === 'number') {
    const b = Buffer.alloc(9);
    b[0] = 0x13;
    b.writeBigInt64BE(BigInt(value), 1);
    return b;
  }
  if (value instanceof Date) {
    const b = Buffer.alloc(9);
    b[0] = 0x33;
    b.writeDoubleBE((value.getTime() - Date.UTC(2001, 0, 1)) / 1000, 1);
    return b;
  }
  if (value instanceof Uint8Array) return Buffer.concat([marker(4, value.byteLength), value]);
  return /^[\x00-\x7f]*$/.test(value)
    ? Buffer.concat([marker(5, value.length), Buffer.from(value, 'latin1')])
    : Buffer.concat([marker(6, value.length), Buffer.from(value, 'utf16le').swap16()]);
}

const isScalar = (v: PlistSpec): v is string | number | boolean | Date | Uint8Array =>
  typeof v !== 'object' || v instanceof Date || v instanceof Uint8Array;

/** A 'bplist00' as CoreFoundation writes it, with references of two bytes. */
export function buildBinaryPlist(root: PlistSpec): Uint8Array {
  const objects: Buffer[] = [];
  const add = (value: PlistSpec): number => {
    const id = objects.push(Buffer.alloc(0)) - 1;
    if (isScalar(value)) objects[id] = scalar(value);
    else {
      const [keys, values] = Array.isArray(value)
        ? [[], value as readonly PlistSpec[]]
        : [Object.keys(value), Object.values<PlistSpec>(value as Readonly<Record<string, PlistSpec>>)];
      const references = [...keys.map(add), ...values.map(add)].flatMap((n) => [n >> 8, n & 0xff]);
      objects[id] = Buffer.concat([marker(Array.isArray(value) ? 10 : 13, values.length), Buffer.from(references)]);
    }
    return id;
  };
  add(root);
  const offsets: number[] = [];
  let at = 8;
  for (const o of objects) {
    offsets.push(at);
    at += o.byteLength;
  }
  const trailer = Buffer.alloc(32);
  trailer[6] = 4;
  trailer[7] = 2;
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(at), 24);
  const table = Buffer.alloc(4 * offsets.length);
  offsets.forEach((o, i) => table.writeUInt32BE(o, 4 * i));
  return Buffer.concat([Buffer.from('bplist00'), ...objects, table, trailer]);
}
