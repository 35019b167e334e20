import type { Claim } from '../../model/claim.ts';
import { readSignature, type SignatureRecord } from '../../model/dkim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { isoSeconds, renderDuration } from '../../model/time.ts';
import { DAY_MS, earliest, instants, isMessage, isZoneMultiple, latest, MINUTE_MS, type Moment, written } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

const READS = ['dkim.signature', 'dkim.early-alike', 'time.signed', 'time.sent', 'time.received', 'mark.relayed'] as const;
type Read = (typeof READS)[number];

/** Servers that nobody sets are minutes off. */
const SKEW_MS = 15 * MINUTE_MS;
/** A signature of a server that puts no Received on top of it may be so much later than the last one. */
const QUEUE_MS = 7 * DAY_MS;

/** So many others of the signer that are early by as much are its clock. */
const LEAST_ALIKE = 2;

/** A DKIM signature and when it says it was made. */
interface Signed {
  readonly record: SignatureRecord;
  readonly moment: Moment<Claim<'time.signed'>>;
  /** Others of that signer early by as much. */
  readonly alike: number;
}

interface Found {
  readonly statement: string;
  readonly strength: Strength;
  readonly evidence: readonly [Cited, ...Cited[]];
}

const placeOf = ({ locator }: Claim): string => (locator.in === 'header' ? `${locator.name.replace(/#[^]*$/, '').toLowerCase()} ${locator.nth}` : '');

function signedIn(message: Subject<Read>): Signed[] {
  const records = new Map(message.claims('dkim.signature').map((c) => [placeOf(c), readSignature(c.value)]));
  const alike = new Map(message.claims('dkim.early-alike').map((c) => [placeOf(c), c.value ?? 0]));
  return instants(message.claims('time.signed')).flatMap((moment): Signed[] => {
    const place = placeOf(moment.claim);
    const record = records.get(place);
    return record?.kind === 'dkim' ? [{ record, moment, alike: alike.get(place) ?? 0 }] : [];
  });
}

/** Made before the message was written and before any server had it, by clocks that agree with each other. */
function beforeMessage({ record, moment, alike }: Signed, date: Moment, first: Moment | null): Found | null {
  const early = Math.min(date.at - moment.at, first === null ? Infinity : first.at - moment.at);
  // A sender's clock that is ahead is no matter of the signature: the first server tells.
  if (early <= SKEW_MS || alike >= LEAST_ALIKE || isZoneMultiple(early) || (first === null && early <= DAY_MS)) return null;
  const servers = first === null ? '' : ` and before the first server handled it (${written(first)})`;
  return {
    statement:
      `bears a signature of ${quoted(record.domain)} that says it was made ${written(moment)}, ${renderDuration(date.at - moment.at)} before ` +
      `the message says it was sent (${written(date)})${servers}`,
    strength: early > DAY_MS && first !== null ? 'moderate' : 'weak',
    evidence: [
      { claim: moment.claim, role: 'primary' },
      { claim: date.claim, role: 'contradicts' },
      ...(first === null ? [] : [{ claim: first.claim, role: 'contradicts' } as const]),
    ],
  };
}

/** Made long after the last server that left a trace, and no list did it. */
function afterServers({ record, moment }: Signed, last: Moment | null, relayed: boolean): Found | null {
  if (last === null || relayed || moment.at - last.at <= QUEUE_MS) return null;
  return {
    statement:
      `bears a signature of ${quoted(record.domain)} that says it was made ${written(moment)}, ${renderDuration(moment.at - last.at)} after ` +
      `the last server that left a trace handled it (${written(last)})`,
    strength: 'weak',
    evidence: [
      { claim: moment.claim, role: 'primary' },
      { claim: last.claim, role: 'contradicts' },
    ],
  };
}

/** RFC 6376 section 3.5: x= is greater than t=. */
function expiredAtOnce({ record, moment }: Signed): Found | null {
  if (record.expiresAt === null || record.signedAt === null || record.expiresAt > record.signedAt || record.expiresAt === 0) return null;
  return {
    statement:
      `bears a signature of ${quoted(record.domain)} that says it was made ${written(moment)} and was to expire ` +
      `${isoSeconds(record.expiresAt * 1000)}, no later`,
    strength: 'weak',
    evidence: [{ claim: moment.claim, role: 'primary' }],
  };
}

const ORDER: readonly Strength[] = ['moderate', 'weak'];

/** Catalogue G02, G03. One finding a message: the signature that says most. */
export const signatureTimeDisagreement = artifactRule(
  {
    id: 'signature-time-disagreement',
    catalogue: ['G02', 'G03'],
    version: 1,
    title: 'Time in a DKIM signature fits neither the Date of the message nor its servers',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'wrong-clock',
        story: "The signer's clock was wrong, or it writes its local time in place of Universal Time.",
        check: 'Other signatures of that signer are off by as much, or by a multiple of a zone.',
      },
      {
        id: 'held-back',
        story: 'A service signed the message when it was ordered, and wrote Date when it was sent.',
        check: 'The service schedules mail; others of its messages have the same distance.',
      },
      {
        id: 'signed-again',
        story: 'A list, an importer or a second sending signed the message long after it was written.',
        check: 'The signature is of another domain than the author; marks of a list stand in the header.',
      },
    ],
    references: [
      { title: 'RFC 6376, DomainKeys Identified Mail: t= and x=', section: '3.5', url: 'https://www.rfc-editor.org/rfc/rfc6376#section-3.5' },
    ],
  },
  function* (subject) {
    if (!isMessage(subject)) return;
    const [date] = instants(subject.claims('time.sent'));
    if (!date) return;
    const hops = instants(subject.claims('time.received'));
    const [first, last] = [earliest(hops), latest(hops)];
    const relayed = subject.claims('mark.relayed').length > 0;
    const found = signedIn(subject)
      .flatMap((s) => [beforeMessage(s, date, first), afterServers(s, last, relayed), expiredAtOnce(s)])
      .filter((f) => f !== null)
      .sort((a, b) => ORDER.indexOf(a.strength) - ORDER.indexOf(b.strength))[0];
    if (found) yield { ...found, about: [subject.artifact.id], rootCause: `clock:${subject.artifact.id}` };
  },
);
