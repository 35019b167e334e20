import type { TimeValue } from '../../model/attribute.ts';
import type { Claim } from '../../model/claim.ts';
import { renderOffset, renderTime } from '../../model/time.ts';

const isTime = (value: object): value is TimeValue => 'kind' in value;

/** What we make of a raw value, where that says more than the raw text does; '' otherwise. */
export function meaningOf(c: Pick<Claim, 'raw'> & { readonly value: unknown }): string {
  if (c.value === null) return 'not understood';
  if (typeof c.value === 'object') {
    if (!isTime(c.value)) return '';
    const t = c.value;
    return t.kind === 'instant' && t.offsetMinutes !== 0 ? `${renderTime(t)} (${renderOffset(t.offsetMinutes)})` : renderTime(t);
  }
  const text = typeof c.value === 'string' ? c.value : JSON.stringify(c.value);
  return text === c.raw ? '' : text;
}

/** Where it stands, in words that a person can follow with the right tool in hand. */
export function placeOf({ basis, locator: l }: Pick<Claim, 'basis' | 'locator'>): string {
  switch (l.in) {
    case 'bytes':
      return `bytes ${l.offset}+${l.length}`;
    case 'header':
      return `header ${l.name}${l.nth > 0 ? ` #${l.nth + 1}` : ''}${l.part === '' ? '' : ` of part ${l.part}`}`;
    case 'xml':
      return `${l.part} ${l.element}${l.attribute === undefined ? '' : `@${l.attribute}`}${l.nth > 0 ? ` #${l.nth + 1}` : ''}`.trim();
    case 'tag':
      return `${l.block} tag 0x${l.tag.toString(16).padStart(4, '0')}`;
    case 'pdf':
      return `object ${l.object} ${l.generation} ${l.key} (revision ${l.revision})`;
    case 'property':
      return `${l.stream} property ${l.id}`;
    case 'parent':
      return basis === 'observed' ? 'measured' : `said from outside: ${l.key}`;
  }
}
