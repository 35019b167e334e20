import type { Strength } from '../../model/rule-meta.ts';
import { renderDuration } from '../../model/time.ts';
import { agree, type Clock, laterBy, type MessageClocks } from './message-clocks.ts';
import { DAY_MS, earliest, isZoneMultiple, latest, MINUTE_MS, written } from './time.ts';

/** An outbox waits over a weekend, a scheduled message over a holiday; a Date older than that was not just kept waiting. */
const HELD_MS = 7 * DAY_MS;
/** Computers that nobody sets are minutes off; beyond that the clock was set, or the header was. */
const SKEW_MS = 15 * MINUTE_MS;

/** One way in which Date cannot be true beside the other clocks, or they beside each other. */
export interface Disagreement {
  /** The finding's sentence. */
  readonly statement: string;
  readonly strength: Strength;
  readonly against: readonly Clock[];
  readonly ruledOut?: readonly { readonly innocent: string; readonly because: string }[];
}

/** Two times of one header, which programs copy from the message answered: no witnesses of one another, nor of the sender's clock. */
const inThreadIndex = (c: Clock): boolean => c.name.startsWith('Thread-Index');
const isMimeOle = (c: Clock): boolean => c.name === 'Message-ID' && c.claim.raw.includes('$');
const CLOCK_RIGHT = { innocent: 'wrong-clock', because: "the sender's own program wrote another time than Date into the same message" };

/** Date lies after the last server had already handled the message. */
function afterDelivery({ date, own, hops, ids, signed }: MessageClocks): Disagreement | null {
  const servers = hops.concat(ids, signed);
  const last = latest(servers);
  if (last === null) return null;
  const ahead = laterBy(date, last);
  const said = `says it was sent ${written(date)}, ${renderDuration(date.at - last.at)} after the last server handled it (${written(last)})`;
  if (ahead > DAY_MS) {
    const witness = own.find((c) => !inThreadIndex(c) && agree(c, last) && laterBy(date, c) > DAY_MS);
    if (witness) {
      return {
        statement: `${said}; its own ${witness.name} says ${written(witness)}`,
        strength: 'strong',
        against: [last, witness],
        ruledOut: [CLOCK_RIGHT],
      };
    }
    // A day typed wrongly and a zone written wrongly make less than two days.
    if (ahead <= 2 * DAY_MS) return null;
    const alone = own.some((c) => agree(c, date)) || servers.filter((c) => agree(c, last)).length < 2;
    return { statement: said, strength: alone ? 'weak' : 'moderate', against: [last] };
  }
  // Less than a day: any desktop clock may be so wrong, so only a second reading of that same clock counts.
  const second = own.find(
    (c) => isMimeOle(c) && Math.abs(c.at - last.at) <= SKEW_MS && laterBy(date, c) > SKEW_MS && !isZoneMultiple(date.at - c.at),
  );
  if (ahead <= SKEW_MS || isZoneMultiple(date.at - last.at) || !second) return null;
  return {
    statement: `${said}; its own ${second.name} says ${written(second)}`,
    strength: 'moderate',
    against: [last, second],
    ruledOut: [CLOCK_RIGHT],
  };
}

/** Date lies before a time that the sender's program wrote into the message while making it. */
function beforeOwnClock({ date, own, hops, ids }: MessageClocks): Disagreement | null {
  const late = own.filter((c) => laterBy(c, date) > DAY_MS);
  const first = earliest(hops.concat(ids));
  // A boundary alone is worth nothing: mass mailers imitate its shape with random digits.
  const witness = late.find((c) => first !== null && agree(c, first)) ?? late.find((c) => c.name !== 'MIME boundary');
  if (!witness) return null;
  const said = `says it was sent ${written(date)}, ${renderDuration(witness.at - date.at)} before the time in its own ${witness.name} (${written(witness)})`;
  if (first !== null && agree(witness, first) && laterBy(first, date) > DAY_MS) {
    return {
      statement: `${said}, and the first server handled it ${written(first)}`,
      strength: 'strong',
      against: [witness, first],
      ruledOut: [CLOCK_RIGHT],
    };
  }
  const partner = late.find((c) => c !== witness && agree(c, witness) && !(inThreadIndex(c) && inThreadIndex(witness)));
  if (witness.name === 'MIME boundary' && !partner) return null;
  return { statement: said, strength: partner ? 'moderate' : 'weak', against: partner ? [witness, partner] : [witness] };
}

/** Date lies long before the first server saw the message, and nothing the sender's program wrote sides with Date. */
function longBeforeServers({ date, own, hops, ids }: MessageClocks): Disagreement | null {
  const servers = hops.concat(ids);
  const first = earliest(servers);
  if (first === null || laterBy(first, date) <= HELD_MS || own.some((c) => agree(c, date))) return null;
  if (servers.filter((c) => agree(c, first)).length < 2) return null;
  const statement = `says it was sent ${written(date)}, ${renderDuration(first.at - date.at)} before the first server handled it (${written(first)})`;
  return { statement, strength: 'weak', against: [first] };
}

/** A server wrote its clock twice into one header, as text and inside its id, and the two are days apart. */
function idBesideText({ own, hops, ids, signed }: MessageClocks): Disagreement | null {
  const odd = hops.length === 0 ? undefined : ids.find((id) => id.name === 'SMTP id' && !hops.some((hop) => agree(hop, id)));
  if (!odd) return null;
  const nearest = hops.reduce((best, hop) => (Math.abs(hop.at - odd.at) < Math.abs(best.at - odd.at) ? hop : best));
  const partner = own.concat(signed).find((c) => agree(c, odd) && !agree(c, nearest));
  const said = `carries a server's id made ${written(odd)}, ${renderDuration(odd.at - nearest.at)} from any time written in its Received headers (${written(nearest)})`;
  return {
    statement: partner ? `${said}; its ${partner.name} says ${written(partner)}` : said,
    strength: partner ? 'strong' : 'moderate',
    against: partner ? [odd, nearest, partner] : [odd, nearest],
  };
}

const ORDER: readonly Strength[] = ['strong', 'moderate', 'weak'];

/**
 * The strongest disagreement between Date and the other clocks of one message, or null. A message that somebody sent on
 * again keeps its Date: servers handle it long after, and that is not odd.
 */
export function strongestDisagreement(clocks: MessageClocks, resent: boolean): Disagreement | null {
  const looks = [afterDelivery, beforeOwnClock, idBesideText, ...(resent ? [] : [longBeforeServers])];
  const found = looks.map((look) => look(clocks)).filter((d) => d !== null);
  return found.sort((a, b) => ORDER.indexOf(a.strength) - ORDER.indexOf(b.strength))[0] ?? null;
}
