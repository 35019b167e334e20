import { type Attribute, ATTRIBUTES, type Address, type TimeValue, type ValueOf } from './attribute.ts';
import { wallMs } from './time.ts';

/** Shifts every finite value into the positive, so that digits sort as numbers do. */
const SHIFT = 1e15;
const digits = (n: number): string => (n + SHIFT).toFixed(3).padStart(24, '0');

/** No database takes a lone surrogate or a NUL, and hostile files hold both. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\u2400');

/**
 * A text that sorts, as UTF-8 bytes, the way values of that attribute are ordered: times by instant and after them the
 * wall times, numbers as numbers, text as it is. Equal values have equal keys, so groups are formed on it too.
 */
export function sortKey(attribute: Attribute, value: ValueOf<Attribute>): string {
  switch (ATTRIBUTES[attribute]) {
    case 'number':
      return digits(value as number);
    case 'time': {
      const t = value as TimeValue;
      return t.kind === 'instant' ? `i${digits(t.epochMs)}` : `w${digits(wallMs(t))}`;
    }
    case 'address': {
      const a = value as Address;
      return storable(a.mailbox === '' ? `"${a.name}"` : a.mailbox);
    }
    case 'text':
    case 'digest':
      return storable(value as string);
  }
}
