import type { AttributeOf } from '../../model/attribute.ts';
import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { renderTime, wallMs } from '../../model/time.ts';

export { carrierOf, documentOf, isMessage } from '../../model/enclosing.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** East of UTC the clocks run at most this far ahead (Line Islands); a wall time is compared with an instant only beyond it. */
export const ZONE_MARGIN_MS = 14 * HOUR_MS;

type TimeClaim = Claim<AttributeOf<'time'>>;

/** A claimed time reduced to a number, with the claim that it came from. */
export interface Moment<C extends TimeClaim = TimeClaim> {
  /** Milliseconds since 1970-01-01T00:00Z; for a wall time: of its face, read as if it were UTC. */
  readonly at: number;
  readonly precisionMs: number;
  readonly claim: C;
}

/** The claims whose zone is known, in reading order. Wall times and unread values are left out: they cannot be ordered against these. */
export function instants<A extends AttributeOf<'time'>>(claims: readonly Claim<A>[]): Moment<Claim<A>>[] {
  const out: Moment<Claim<A>>[] = [];
  for (const claim of claims) {
    const value = claim.value;
    if (value?.kind === 'instant') out.push({ at: value.epochMs, precisionMs: value.precisionMs, claim });
  }
  return out;
}

/** The claims of clocks whose zone nobody wrote. Never mix them with {@link instants} without {@link ZONE_MARGIN_MS}. */
export function walls<A extends AttributeOf<'time'>>(claims: readonly Claim<A>[]): Moment<Claim<A>>[] {
  const out: Moment<Claim<A>>[] = [];
  for (const claim of claims) {
    const value = claim.value;
    if (value?.kind === 'wall') out.push({ at: wallMs(value), precisionMs: value.precisionMs, claim });
  }
  return out;
}

/** The time in words: '2017-03-27T12:41:00Z', '2017-03-27T12:41:00 (no zone)'. */
export const written = (m: Pick<Moment, 'claim'>): string => (m.claim.value === null ? m.claim.raw : renderTime(m.claim.value));

/** The first of the latest; null where there is none. */
export function latest<M extends Moment>(moments: readonly M[]): M | null {
  let found: M | null = null;
  for (const m of moments) if (found === null || m.at > found.at) found = m;
  return found;
}

/** The first of the earliest; null where there is none. */
export function earliest<M extends Moment>(moments: readonly M[]): M | null {
  let found: M | null = null;
  for (const m of moments) if (found === null || m.at < found.at) found = m;
  return found;
}

/** Transit and rounding beside a difference that is due to a zone written wrongly. */
const ZONE_SLACK_MS = 2 * MINUTE_MS;

/** Whether a difference looks like a zone read or written wrongly: a whole multiple of 15 minutes, at most 14 hours, not nought. */
export function isZoneMultiple(ms: number): boolean {
  const quarter = 15 * MINUTE_MS;
  const nearest = Math.round(Math.abs(ms) / quarter) * quarter;
  return nearest > 0 && nearest <= ZONE_MARGIN_MS && Math.abs(Math.abs(ms) - nearest) <= ZONE_SLACK_MS;
}

/** The act of saving that left the document so: its event where one was formed, else an act of its own. */
export function savingOf(document: Subject<'event.save'>): string {
  return document.claims('event.save')[0]?.value ?? `save:${document.artifact.id}`;
}
