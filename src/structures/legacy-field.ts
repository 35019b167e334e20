import type { Attribute, ValueOf } from '../model/attribute.ts';

/** One value in the head of a file, by its place in bytes. */
export interface LegacyField<A extends Attribute = Attribute> {
  readonly attribute: A;
  readonly field: string;
  readonly offset: number;
  readonly length: number;
  readonly value: ValueOf<A> | null;
}

/** Checks at the place of writing that the value is what the attribute holds. */
export const legacyField = <A extends Attribute>(f: LegacyField<A>): LegacyField => f;

export const bytesAt = (bytes: Uint8Array, offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
