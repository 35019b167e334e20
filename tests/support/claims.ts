import type { Address, Attribute, AttributeOf, ValueOf } from '../../src/model/attribute.ts';
import type { Claim } from '../../src/model/claim.ts';
import { parseIso } from '../../src/model/time.ts';

/** A claim as a rule test writes it: which artifact makes it is filled in by the test's corpus. */
export type TestClaim = Omit<Claim, 'artifact' | 'seq' | 'other'> & {
  /** Name of the other document of a comparison. */
  readonly other?: string;
};

const LOCATOR = { in: 'parent', key: 'test' } as const;

interface Extra {
  readonly field?: string;
  readonly raw?: string;
  readonly basis?: 'asserted' | 'observed';
  readonly other?: string;
}

function make(attribute: Attribute, raw: string, value: ValueOf<Attribute> | null, extra: Extra): TestClaim {
  return {
    basis: extra.basis ?? 'asserted',
    attribute,
    field: extra.field ?? attribute,
    raw: extra.raw ?? raw,
    value,
    locator: LOCATOR,
    reader: 'test@1',
    ...(extra.other === undefined ? {} : { other: extra.other }),
  };
}

export const text = (attribute: AttributeOf<'text'>, value: string, extra: Extra = {}): TestClaim => make(attribute, value, value, extra);
export const number = (attribute: AttributeOf<'number'>, value: number, extra: Extra = {}): TestClaim => make(attribute, String(value), value, extra);
/** ISO 8601; without a zone it becomes a wall time. */
export const time = (attribute: AttributeOf<'time'>, iso: string, extra: Extra = {}): TestClaim => make(attribute, iso, parseIso(iso), extra);
export const address = (attribute: AttributeOf<'address'>, name: string, mailbox: string, extra: Extra = {}): TestClaim =>
  make(attribute, `${name} <${mailbox}>`, { name, mailbox } satisfies Address, extra);
/** Any text stands for a digest: only equality matters. */
export const digest = (attribute: AttributeOf<'digest'>, value: string, extra: Extra = {}): TestClaim => make(attribute, value, value, extra);
/** Present, and not understood. */
export const unread = (attribute: Attribute, raw: string, extra: Extra = {}): TestClaim => make(attribute, raw, null, extra);
