import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { isTemplateTime } from './constants.data.ts';
import { DAY_MS, instants, type Moment, walls, ZONE_MARGIN_MS } from './time.ts';

export const CLOCK_ATTRIBUTES = ['time.sent', 'time.received', 'time.hidden', 'time.signed'] as const;
type Read = (typeof CLOCK_ATTRIBUTES)[number];

/** A time a message carries, and how far it may be off because its zone is unknown. */
export interface Clock extends Moment {
  readonly marginMs: number;
  /** Who keeps it, as a person would say it: 'Date', 'Message-ID', 'MIME boundary', 'DKIM t='. */
  readonly name: string;
}

export interface MessageClocks {
  readonly date: Clock;
  /** Written by the sender's program while it made the message: Message-ID, MIME boundary, Thread-Index, an S/MIME or OpenPGP signature over its part. */
  readonly own: readonly Clock[];
  /** Received headers, top down. */
  readonly hops: readonly Clock[];
  /** Ids in which a server's clock stands: X-OriginalArrivalTime, SMTP ids. */
  readonly ids: readonly Clock[];
  /** t= of signatures that servers made. */
  readonly signed: readonly Clock[];
}

/** `field` of time.hidden to the party whose clock it is. Fields not listed here are not compared. */
const OWN: ReadonlySet<string> = new Set(['Message-ID', 'MIME boundary', 'Thread-Index', 'Thread-Index of the answer']);
const SERVER: ReadonlySet<string> = new Set(['X-OriginalArrivalTime', 'X-MS-Exchange-CrossTenant-OriginalArrivalTime', 'SMTP id']);

/** 'OpenPGP signature 2 created' is a time of the sender's; 'OpenPGP created' of a text that may have been quoted, and is left out. */
const PERSON = /^((?:OpenPGP|S\/MIME) signature) /;
const isServer = (field: string): boolean => !/^(?:OpenPGP|S\/MIME)/.test(field);

const clock = (m: Moment, name: string, marginMs = 0): Clock => ({ ...m, name, marginMs });

/** No message is older; what says so was written by a program that counts years wrongly (0102) or starts at nought. */
const FIRST_MAIL_MS = Date.UTC(1980, 0, 1);

function dateOf(claims: readonly Claim<'time.sent'>[]): { clock: Clock; offsetMs: number } | null {
  const [instant] = instants(claims);
  if (instant !== undefined) {
    const value = instant.claim.value;
    return { clock: clock(instant, 'Date'), offsetMs: value?.kind === 'instant' ? value.offsetMinutes * 60_000 : 0 };
  }
  const [wall] = walls(claims);
  return wall === undefined ? null : { clock: clock(wall, 'Date', ZONE_MARGIN_MS), offsetMs: 0 };
}

/** All clocks of a message; null where it has no Date that we understand. */
export function clocksOf(message: Subject<Read>): MessageClocks | null {
  const date = dateOf(message.claims('time.sent'));
  if (date === null || date.clock.at < FIRST_MAIL_MS || isTemplateTime(date.clock.at)) return null;
  const hidden = message.claims('time.hidden');
  const ofField = (fields: ReadonlySet<string>): Clock[] =>
    instants(hidden)
      .filter((m) => fields.has(m.claim.field))
      .map((m) => clock(m, m.claim.field));
  // Outlook writes its boundary from the local clock: it is read with the offset of Date, and stays uncertain, because
  // servers rewrite Date to UTC.
  const local = walls(hidden)
    .filter((m) => OWN.has(m.claim.field))
    .map((m) => clock({ ...m, at: m.at - date.offsetMs }, m.claim.field, ZONE_MARGIN_MS));
  const signed = instants(message.claims('time.signed'));
  const persons = signed.flatMap((m) => {
    const name = PERSON.exec(m.claim.field)?.[1];
    return name === undefined ? [] : [clock(m, name)];
  });
  return {
    date: date.clock,
    own: ofField(OWN).concat(local, persons),
    hops: instants(message.claims('time.received')).map((m) => clock(m, 'Received')),
    ids: ofField(SERVER),
    signed: signed.filter((m) => isServer(m.claim.field)).map((m) => clock(m, m.claim.field)),
  };
}

/** How much later `a` is than `b` beyond what the two clocks' zones may explain; negative where it is not. In ms. */
export const laterBy = (a: Clock, b: Clock): number => a.at - b.at - a.marginMs - b.marginMs - Math.max(a.precisionMs, b.precisionMs);

/** Within a day of each other, whatever the zones. */
export const agree = (a: Clock, b: Clock): boolean => Math.abs(a.at - b.at) <= DAY_MS + a.marginMs + b.marginMs;
