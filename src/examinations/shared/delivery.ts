import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';

/** When the mail had a message for certain: its newest hop, for every server on the way saw the same bytes; its Date where no server stamped it. */
export function deliveryOf(message: Subject<'time.received' | 'time.sent'>): Claim<'time.received' | 'time.sent'> | null {
  let newest: Claim<'time.received'> | null = null;
  for (const c of message.claims('time.received')) {
    if (c.value?.kind === 'instant' && (newest?.value?.kind !== 'instant' || c.value.epochMs > newest.value.epochMs)) newest = c;
  }
  return newest ?? message.claims('time.sent').find((c) => c.value?.kind === 'instant') ?? null;
}
