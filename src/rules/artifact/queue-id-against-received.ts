import type { Claim } from '../../model/claim.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { renderDuration } from '../../model/time.ts';
import { DAY_MS, HOUR_MS, instants, isMessage, isZoneMultiple, type Moment, written } from '../shared/time.ts';
import { counted } from '../shared/wording.ts';

/** The server takes both times from one clock, seconds apart; a slow transfer stretches them to minutes. */
const SLOW_MS = 2 * HOUR_MS;
/** Differences are of one act where they are alike to this. */
const ALIKE_MS = HOUR_MS;

/** Fields of time.hidden that stand in a Received header. */
const IN_RECEIVED: ReadonlySet<string> = new Set(['queue id', 'SMTP id']);

interface Pair {
  readonly text: Moment<Claim<'time.received'>>;
  readonly id: Moment<Claim<'time.hidden'>>;
}

/** 'received 3': which header of the message a locator names. */
function headerOf({ locator }: Claim): string | null {
  return locator.in === 'header' ? `${locator.part} ${(locator.name.split('#')[0] ?? '').toLowerCase()} ${locator.nth}` : null;
}

const gap = ({ text, id }: Pair): number => text.at - id.at;

/** Catalogue G06, for every server whose ids hold its clock. One finding a message. */
export const queueIdAgainstReceived = artifactRule(
  {
    id: 'queue-id-against-received',
    catalogue: ['G06', 'G03'],
    version: 1,
    title: 'Received header says one time in words and another in the id of the same server',
    proposition: 'misdated',
    direction: 'against',
    strength: 'strong',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['time.received', 'time.hidden'],
    innocent: [
      {
        id: 'zone-multiple',
        story: 'The server writes its zone wrongly; its clock was right.',
        check: 'The difference is a whole multiple of 15 minutes, at most 14 hours.',
      },
      {
        id: 'slow-transfer',
        story: 'The id was given when the transfer began, the header written when it ended; a slow or broken line lay between.',
        check: 'The time in words is later, by less than an hour or two.',
      },
      {
        id: 'dates-shifted',
        story: 'An archive or a publisher shifted all dates to hide when the messages were sent, and did not know that the ids tell it.',
        check: 'All messages of the collection are shifted alike; whoever published it says so.',
      },
      {
        id: 'chance',
        story: 'The id is of another make, and looks like a clock by chance.',
        check: 'In other messages the ids of that server do not agree with its times, either.',
      },
    ],
    references: [
      {
        title: 'Exim specification: message identification',
        section: '3.4',
        url: 'https://www.exim.org/exim-html-current/doc/html/spec_html/ch-how_exim_receives_and_delivers_mail.html',
      },
      { title: 'Postfix: enable_long_queue_ids', url: 'https://www.postfix.org/postconf.5.html#enable_long_queue_ids' },
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
    ],
  },
  function* (subject) {
    if (!isMessage(subject)) return;
    const ids = instants(subject.claims('time.hidden')).filter((m) => IN_RECEIVED.has(m.claim.field));
    if (ids.length === 0) return;
    const texts = new Map(instants(subject.claims('time.received')).map((m) => [headerOf(m.claim), m]));
    const pairs = ids.flatMap((id): Pair[] => {
      const text = texts.get(headerOf(id.claim));
      return text ? [{ text, id }] : [];
    });
    const apart = pairs.filter((p) => Math.abs(gap(p)) > SLOW_MS && !isZoneMultiple(gap(p)));
    const [first] = apart;
    if (!first) return;
    const alike = apart.filter((p) => Math.abs(gap(p) - gap(first)) <= ALIKE_MS);
    const days = Math.abs(gap(first)) > DAY_MS;
    const strength: Strength = !days ? 'moderate' : alike.length >= 2 ? 'strong' : 'moderately-strong';
    yield {
      statement:
        `carries a Received header that says ${written(first.text)}, while the id that the same server gave counts ${written(first.id)}, ` +
        `${renderDuration(gap(first))} ${gap(first) > 0 ? 'before' : 'after'} it` +
        (alike.length >= 2 ? `; ${counted(alike.length - 1, 'other')} of its servers likewise` : ''),
      strength,
      about: [subject.artifact.id],
      rootCause: `clock:${subject.artifact.id}`,
      evidence: [
        { claim: first.text.claim, role: 'primary' },
        { claim: first.id.claim, role: 'contradicts' },
        ...alike.slice(1, 4).flatMap((p): Cited[] => [
          { claim: p.text.claim, role: 'context' },
          { claim: p.id.claim, role: 'context' },
        ]),
      ],
      ...(days ? { ruledOut: [{ innocent: 'zone-multiple', because: 'the two are more than a day apart' }] } : {}),
    };
  },
);
