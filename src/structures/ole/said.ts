import type { Attribute, ValueOf } from '../../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';

/** A place in a compound file's stream: `section` and `id` are numbers of the structure that stands there. */
export type StreamPlace = Extract<Locator, { in: 'property' }>;

/** What the properties already say, so that it is not said twice: only a second, different word is news. */
export type AlreadySaid = (attribute: string, value: unknown) => boolean;

export const placeIn = (stream: string, section: number, id: number): StreamPlace => ({ in: 'property', stream, section, id });

/** One asserted value, cut where it is longer than a claim may be. */
export function* said<A extends Attribute>(
  attribute: A,
  field: string,
  raw: string,
  value: ValueOf<A> | null,
  locator: StreamPlace,
): Generator<Extracted> {
  yield claim<Attribute>({ basis: 'asserted', attribute, field, raw: raw.slice(0, MAX_RAW), value, locator });
  if (raw.length > MAX_RAW) yield problem('limit-exceeded', `${field} is longer than ${MAX_RAW} characters; its beginning was kept`);
}

/** The value of a text, without the white space around it; null where nothing else is there. */
export const textValue = (raw: string): string | null => raw.slice(0, MAX_RAW).trim() || null;

/** The raw value at a place, by reading its structure again; null where nothing stands there. */
export function replaySaid(items: Iterable<Extracted>, { stream, section, id }: StreamPlace): string | null {
  for (const item of items) {
    if (item.t !== 'claim' || item.claim.basis !== 'asserted' || item.claim.locator.in !== 'property') continue;
    const at = item.claim.locator;
    if (at.stream === stream && at.section === section && at.id === id) return item.claim.raw;
  }
  return null;
}
