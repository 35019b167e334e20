import type { Claim } from '../../model/claim.ts';
import { artifactRule } from '../../model/rule.ts';
import { renderOffset } from '../../model/time.ts';
import { earliest, instants, isMessage, MINUTE_MS, walls, ZONE_MARGIN_MS } from '../shared/time.ts';

/** Outlook numbers the message within seconds after the boundary, unless it lay as a draft. */
const RESIDUE_MS = 30_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** Date and Message-ID of one sending lie seconds apart. */
const ONE_SENDING_MS = 2 * MINUTE_MS;

const byOutlook = (mailers: readonly Claim<'tool.mailer'>[]): Claim<'tool.mailer'> | undefined =>
  mailers.find((c) => /^(?:Microsoft (?:Office )?Outlook\b|Produced By Microsoft MimeOLE\b|Microsoft Windows (?:Live )?Mail\b)/i.test(c.value ?? ''));

/** Minutes east of UTC that the local clock showed when Universal Time was `utc`; null where the two do not differ by a zone. */
function offsetBetween(local: number, utc: number): number | null {
  const nearest = Math.round((local - utc) / QUARTER_MS) * QUARTER_MS;
  return Math.abs(local - utc - nearest) <= RESIDUE_MS && Math.abs(nearest) <= ZONE_MARGIN_MS ? nearest / MINUTE_MS : null;
}

/** Catalogue G04. */
export const senderOffsetDisagreement = artifactRule(
  {
    id: 'sender-offset-disagreement',
    catalogue: ['G04'],
    version: 1,
    title: 'Outlook wrote one time zone into the message and another into its Date',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['time.sent', 'time.hidden', 'time.received', 'tool.mailer'],
    innocent: [
      {
        id: 'draft',
        story: 'The message lay as a draft for a whole number of quarters of an hour: its boundary is that much older.',
        check: 'The zone so reckoned lies west of that of Date, never east: a boundary is not made after the sending.',
      },
      {
        id: 'date-by-server',
        story: "A server replaced Date, in its own zone or in Universal Time; Outlook's other marks kept the sender's.",
        check: 'Date has the zone of the first server, or +0000.',
      },
      {
        id: 'imitation',
        story: "Another program imitates Outlook's marks, with numbers of its own.",
        check: 'Other marks of Outlook are missing; the numbers of its other messages are no clocks, either.',
      },
      {
        id: 'zone-changed',
        story: "The computer's zone was changed while the message was written, as on a journey.",
        check: 'Messages before and after have the one and the other zone.',
      },
    ],
    references: [
      {
        title: 'A. Gungor, Leveraging hidden timestamps in e-mail examination',
        url: 'https://www.metaspike.com/timestamps-forensic-email-examination/',
      },
      {
        title: 'RFC 5322, Internet Message Format: the zone is the offset of the local time',
        section: '3.3',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.3',
      },
    ],
  },
  function* (subject) {
    const mailer = isMessage(subject) ? byOutlook(subject.claims('tool.mailer')) : undefined;
    const [date] = instants(subject.claims('time.sent'));
    const hidden = subject.claims('time.hidden');
    const [boundary] = walls(hidden.filter((c) => c.field === 'MIME boundary'));
    const number = instants(hidden).find((m) => m.claim.field === 'Message-ID' && m.claim.raw.includes('$'));
    if (!mailer || !date || !boundary || date.claim.value?.kind !== 'instant') return;
    if (number && Math.abs(number.at - date.at) > ONE_SENDING_MS) return;
    const said = date.claim.value.offsetMinutes;
    const reckoned = offsetBetween(boundary.at, (number ?? date).at);
    // A draft makes the boundary older, and so the offset smaller; later than the sending no boundary is made.
    if (reckoned === null || reckoned <= said || said === 0) return;
    const first = earliest(instants(subject.claims('time.received')))?.claim.value;
    const asServer = first?.kind === 'instant' && first.offsetMinutes === said;
    yield {
      statement:
        `says in Date that the sender's clock stood at ${renderOffset(said)}; its MIME boundary, which Outlook takes from the same clock, ` +
        `stood at ${renderOffset(reckoned)} by its ${number ? 'Message-ID' : 'Date'}`,
      strength: number && !asServer ? 'moderate' : 'weak',
      about: [subject.artifact.id],
      rootCause: `clock:${subject.artifact.id}`,
      evidence: [
        { claim: date.claim, role: 'primary' },
        { claim: boundary.claim, role: 'contradicts', note: 'local time' },
        ...(number ? [{ claim: number.claim, role: 'contradicts', note: 'Universal Time' } as const] : []),
        { claim: mailer, role: 'context' },
      ],
      ruledOut: [{ innocent: 'draft', because: 'the boundary would have been made after the sending' }],
    };
  },
);
