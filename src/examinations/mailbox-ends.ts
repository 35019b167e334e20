import type { Instant } from '../model/attribute.ts';
import type { Claim } from '../model/claim.ts';
import { carrierOf, isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type Observation } from '../model/examination.ts';

type Read = 'place.folder' | 'time.received';

/** Fewer messages make no mailbox whose end means anything. */
const LEAST_MESSAGES = 5;
/** One message in two hundred may bear a date of the future without moving the end (catalogue A05: 99.5 percentile). */
const OUTLIERS = 1 / 200;
/** Latest deliveries kept of one folder, for folders of more than two million messages. */
const MOST_KEPT = 10_000;

interface Delivery {
  readonly at: number;
  readonly message: Subject<Read>;
  readonly claim: Claim<'time.received'>;
  readonly time: Instant;
}

/** The newest hop: when the message reached the mailbox. Null without a Received header whose zone is known. */
function deliveryOf(message: Subject<Read>): Delivery | null {
  let found: Delivery | null = null;
  for (const claim of message.claims('time.received')) {
    const time = claim.value;
    if (time?.kind === 'instant' && (found === null || time.epochMs > found.at)) found = { at: time.epochMs, message, claim, time };
  }
  return found;
}

/** Messages forwarded inside another are no part of the mailbox around it. */
function isFiled(message: Subject<Read>): boolean {
  if (!isMessage(message)) return false;
  if (carrierOf(message) !== null) return false;
  return true;
}

/** Puts a delivery into its place among the latest, ascending; of equal ones the first in path order is the latest. */
function keep(newest: Delivery[], delivery: Delivery, most: number): void {
  if (newest.length === most && delivery.at <= (newest[0]?.at ?? 0)) return;
  let from = 0;
  let to = newest.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((newest[middle]?.at ?? 0) < delivery.at) from = middle + 1;
    else to = middle;
  }
  newest.splice(from, 0, delivery);
  if (newest.length > most) newest.shift();
}

const observed = ({ message, claim, time }: Delivery): Observation => ({
  about: message.artifact.id,
  claim: { basis: 'observed', attribute: 'mailbox.end', field: 'mailbox end', raw: claim.raw, value: time, locator: claim.locator },
});

/**
 * When each mailbox stops: the last time a server stamped in a folder with at least five delivered messages, observed on
 * that message. Rules compare documents with it. Streams: of one folder only its latest half percent is kept.
 */
export const mailboxEnds = examination({
  id: 'mailbox-ends',
  version: 1,
  reads: ['place.folder', 'time.received'],
  async *examine(evidence) {
    for await (const folder of evidence.groups('place.folder', LEAST_MESSAGES)) {
      const most = Math.min(MOST_KEPT, Math.floor(folder.size * OUTLIERS) + 1);
      const newest: Delivery[] = [];
      let messages = 0;
      for await (const member of folder.members) {
        const delivery = isFiled(member) ? deliveryOf(member) : null;
        if (delivery === null) continue;
        messages += 1;
        keep(newest, delivery, most);
      }
      if (messages < LEAST_MESSAGES) continue;
      const end = newest[Math.max(0, newest.length - 1 - Math.floor(messages * OUTLIERS))];
      if (end) yield observed(end);
    }
  },
});
