import type { Instant } from '../model/attribute.ts';
import { fromFiletime } from '../model/time.ts';

/** 100 ns ticks between 1582-10-15, where RFC 9562 begins to count, and 1601-01-01, where FILETIME does. */
const GREGORIAN_TO_FILETIME = 5_748_192_000_000_000n;

export interface TimeUuid {
  /** UTC, of the machine that made it; 100 ns ticks, kept to the millisecond. Null beyond what a FILETIME counts. */
  readonly time: Instant | null;
  /** Address of its network card, '00:0c:29:ab:cd:ef'; null where the number was drawn (multicast bit, RFC 9562 section 6.10). */
  readonly hardware: string | null;
}

/** Time and network card in a version 1 UUID stored as a GUID, first three fields low byte first ([MS-DTYP] 2.3.4.2). Null for every other version. */
export function timeUuidOf(guid: Uint8Array): TimeUuid | null {
  if (guid.byteLength !== 16) return null;
  const view = new DataView(guid.buffer, guid.byteOffset, 16);
  const high = view.getUint16(6, true);
  if (high >> 12 !== 1 || (view.getUint8(8) & 0xc0) !== 0x80) return null;
  const ticks = (BigInt(high & 0x0fff) << 48n) | (BigInt(view.getUint16(4, true)) << 32n) | BigInt(view.getUint32(0, true));
  const node = [...guid.subarray(10)].map((b) => b.toString(16).padStart(2, '0')).join(':');
  return { time: fromFiletime(ticks - GREGORIAN_TO_FILETIME), hardware: ((guid[10] ?? 1) & 1) === 1 ? null : node };
}
