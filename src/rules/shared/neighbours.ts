import type { Claim } from '../../model/claim.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { DAY_MS, type Moment } from './time.ts';

/** Ten before and ten after; at the ends of a mailbox twenty on one side. */
export const NEIGHBOURS = 20;
/** Slow and queued mail is days late, not months. */
const FAR_MS = 30 * DAY_MS;
/** Deliveries cross one another by hours. */
const SLACK_MS = DAY_MS;

/** A delivered message at its place in a mailbox file. */
export interface Stored {
  readonly message: ArtifactId;
  readonly folder: string;
  readonly position: Claim<'place.position'>;
  /** Oldest and newest hop. */
  readonly low: Moment<Claim<'time.received'>>;
  readonly high: Moment<Claim<'time.received'>>;
}

const follows = (earlier: Stored, later: Stored): boolean => later.high.at >= earlier.high.at - SLACK_MS;

/** Whether the mailbox grows, or shrinks, in time here but for the one at `odd`. */
function isOrdered(window: readonly Stored[], odd: number): boolean {
  const others = window.filter((_, i) => i !== odd);
  const pairs = others.slice(1).map((s, i): readonly [Stored, Stored] => [others[i] ?? s, s]);
  return pairs.every(([a, b]) => follows(a, b)) || pairs.every(([a, b]) => follows(b, a));
}

/** How far the one at `odd` lies outside the times of its neighbours, in ms; 0 where it does not lie far outside. */
export function farOff(window: readonly Stored[], odd: number): number {
  const one = window[odd];
  if (!one || window.length <= NEIGHBOURS) return 0;
  let low = Infinity;
  let high = -Infinity;
  window.forEach((s, i) => {
    if (i === odd) return;
    low = Math.min(low, s.low.at);
    high = Math.max(high, s.high.at);
  });
  const off = Math.max(low - one.high.at, one.low.at - high);
  return off > FAR_MS && isOrdered(window, odd) ? off : 0;
}
