import type { ClaimDraft } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';

interface Place {
  readonly offset: number;
  readonly length: number;
}

/** The bytes at a place as hexadecimal digits; null where the file ends before them. */
export function hexAt({ bytes }: Input, { offset, length }: Place): string | null {
  const found = bytes.slice(offset, length);
  return found.byteLength === length ? Buffer.from(found).toString('hex') : null;
}

/** The raw value of the first claim that stands exactly there; null where none does. */
export function rawAt(drafts: Iterable<ClaimDraft>, { offset, length }: Place): string | null {
  for (const { locator: l, raw } of drafts) if (l.in === 'bytes' && l.offset === offset && l.length === length) return raw;
  return null;
}
