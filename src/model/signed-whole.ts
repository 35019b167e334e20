import type { Claim } from './claim.ts';
import { parseState } from './dkim.ts';
import type { Subject } from './evidence.ts';

/** By these notes a verified signature covers less than the whole message, or was made with a key that anyone could compute. */
const QUALIFIED = /^(?:covers|undone|key of)\b/;

/**
 * The DKIM signature by which a message at hand is known to be as it was signed, its whole body with attachments included;
 * undefined where none verifies so, or where a change has to be undone before it does.
 */
export const signedWhole = (message: Pick<Subject<'dkim.state'>, 'claims'>): Claim<'dkim.state'> | undefined =>
  message.claims('dkim.state').find((c) => {
    if (c.value === null || c.field !== 'DKIM-Signature') return false;
    const { outcome, notes } = parseState(c.value);
    return outcome === 'verified' && !notes.some((n) => QUALIFIED.test(n));
  });
