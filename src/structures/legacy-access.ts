import type { WallTime } from '../model/attribute.ts';
import { wallAt } from '../model/time.ts';
import { bytesAt, type LegacyField, legacyField } from './legacy-field.ts';
import { rc4 } from './rc4.ts';

const NAMES = ['Standard Jet DB\u0000', 'Standard ACE DB\u0000'];
/** Versions by the byte behind the name, as the mdbtools project found them. */
const VERSIONS: Readonly<Record<number, string>> = {
  0: 'Jet 3 (Access 97)',
  1: 'Jet 4 (Access 2000)',
  2: 'ACE 12 (Access 2007)',
  3: 'ACE 14 (Access 2010)',
  4: 'ACE 15 (Access 2013)',
  5: 'ACE 16 (Access 2016)',
};
const VERSION_AT = 0x14;
/** From here on the head is enciphered, always with the same key. */
const MASKED_AT = 0x18;
const MASKED_BYTES = 126;
const KEY = Uint8Array.of(0xc7, 0xda, 0x39, 0x6b);
const CREATED_AT = 0x72;

export const looksLikeAccess = (head: Uint8Array): boolean => {
  const name = Buffer.from(bytesAt(head, 4, 16)).toString('latin1');
  return head[0] === 0 && head[1] === 1 && head[2] === 0 && head[3] === 0 && NAMES.includes(name);
};

/** Version and day of creation of an Access database. */
export function accessFields(head: Uint8Array): readonly LegacyField[] {
  const version = legacyField({
    attribute: 'type.version',
    field: 'version',
    offset: VERSION_AT,
    length: 1,
    value: VERSIONS[head[VERSION_AT] ?? 0xff] ?? null,
  });
  // Jet 3 keeps no such date.
  if (head[VERSION_AT] === 0 || head.byteLength < MASKED_AT + MASKED_BYTES) return [version];
  const plain = rc4(KEY, bytesAt(head, MASKED_AT, MASKED_BYTES));
  const days = new DataView(plain.buffer, plain.byteOffset).getFloat64(CREATED_AT - MASKED_AT, true);
  return [version, legacyField({ attribute: 'time.created', field: 'creation date', offset: CREATED_AT, length: 8, value: dateOf(days) })];
}

const DAY_MS = 86_400_000;
/** 1899-12-30, where OLE dates begin ([MS-OAUT] 2.2.25), in days of 1970. */
const OLE_EPOCH_DAYS = -25_569;

/** On the machine's own clock. No database is older than Access. */
const dateOf = (days: number): WallTime | null =>
  days > 30_000 && days < 80_000 ? wallAt(Math.round(((days + OLE_EPOCH_DAYS) * DAY_MS) / 1000) * 1000) : null;
