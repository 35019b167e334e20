import type { Attribute, AttributeOf } from '../../model/attribute.ts';
import type { Evidence, Group, Subject } from '../../model/evidence.ts';
import { compareBytes } from '../../model/provenance.ts';
import { storable } from '../../model/sort-key.ts';

/** A value that carriers of both attributes bear: read `left` to its end before `right` is asked for. */
export interface Joined<R extends Attribute> {
  readonly value: string;
  readonly left: AsyncIterable<Subject<R>>;
  readonly right: AsyncIterable<Subject<R>>;
}

/**
 * Walks the groups of two text attributes side by side: all values of `left`, with the carriers of the same value of `right`,
 * null where it has none. Both streams are in one order, so nothing is held but the group at hand.
 */
export async function* joined<R extends Attribute>(
  evidence: Evidence<R>,
  left: AttributeOf<'text'> & R,
  right: AttributeOf<'text'> & R,
): AsyncIterable<Omit<Joined<R>, 'right'> & { readonly right: Joined<R>['right'] | null }> {
  const others = evidence.groups(right, 1)[Symbol.asyncIterator]();
  let other = await others.next();
  const order = (group: Group<AttributeOf<'text'>, R>, value: string): number => compareBytes(storable(group.value), storable(value));
  try {
    for await (const group of evidence.groups(left, 1)) {
      while (!other.done && order(other.value, group.value) < 0) other = await others.next();
      const found = !other.done && order(other.value, group.value) === 0 ? other.value.members : null;
      yield { value: group.value, left: group.members, right: found };
    }
  } finally {
    await others.return?.();
  }
}
