import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { instants, type Moment } from './time.ts';

export const HOP_ATTRIBUTES = ['time.received', 'hop.by'] as const;

/** One Received header of which the time and the host are known. */
export interface Hop {
  /** Counted from the newest. */
  readonly nth: number;
  readonly time: Moment<Claim<'time.received'>>;
  readonly host: Claim<'hop.by'>;
}

/** Two hosts that handed the message on directly: `later` took it from `earlier`. */
export interface Handover {
  readonly earlier: Hop;
  readonly later: Hop;
  /** How much earlier the later host stamped, in ms; negative where time went forward. */
  readonly backMs: number;
}

const nthOf = ({ locator }: Claim): number => (locator.in === 'header' ? locator.nth : -1);

/** Newest first; headers without a host or a zone are left out, and so is each handover they had a part in. */
export function handoversOf(message: Subject<(typeof HOP_ATTRIBUTES)[number]>): Handover[] {
  const hosts = new Map(message.claims('hop.by').map((c) => [nthOf(c), c]));
  const hops = instants(message.claims('time.received')).flatMap((time): Hop[] => {
    const nth = nthOf(time.claim);
    const host = hosts.get(nth);
    return nth >= 0 && host ? [{ nth, time, host }] : [];
  });
  const byNumber = new Map(hops.map((h) => [h.nth, h]));
  return hops.flatMap((later): Handover[] => {
    const earlier = byNumber.get(later.nth + 1);
    return earlier ? [{ earlier, later, backMs: earlier.time.at - later.time.at }] : [];
  });
}
