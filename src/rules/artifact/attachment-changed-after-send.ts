import type { Context, Subject } from '../../model/evidence.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { renderDuration } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { CLOCK_WORDS, INTERNAL_CLOCKS, type InternalMoment, internalMoments } from '../shared/internal-clocks.ts';
import {
  carrierOf,
  documentOf,
  HOUR_MS,
  instants,
  isMessage,
  latest,
  MINUTE_MS,
  type Moment,
  savingOf,
  written,
  ZONE_MARGIN_MS,
} from '../shared/time.ts';

/** Desktop clocks that are set by the network agree to seconds; ten minutes is what catalogue J02 allows them. */
const TOLERANCE_MS = 10 * MINUTE_MS;
/** A file saved this shortly before sending, in a zone written wrongly, looks saved so many whole hours after it. */
const JUST_BEFORE_MS = 10 * MINUTE_MS;
/** Later than that it is an overflow or a constant (2038-01-19, 2099, DOS 2107), not the time of a saving. */
const LAST_PLAUSIBLE_MS = Date.UTC(2038, 0, 1);
/** Clocks cited beside the first: enough to see that they agree. */
const MOST_CITED = 5;

const READS = ['time.received', 'time.sent', 'attachment.delivered', 'attachment.kept', 'event.save', ...INTERNAL_CLOCKS] as const;
type Read = (typeof READS)[number];

interface Carried {
  readonly moment: Moment;
  readonly byServer: boolean;
  /** What lies beside its message, where a mail program keeps it: anybody with the disk may write to it. */
  readonly beside: Subject<Read> | null;
}

/**
 * When the mail had it for certain. The newest hop on purpose: every server on the way saw the same bytes, so a wrong clock
 * or a message put into a mailbox years later can only make the rule miss something, not see something.
 */
function carriedBy(subject: Subject<Read>): Carried | null {
  for (let carrier = carrierOf(subject); carrier !== null; carrier = carrierOf(carrier)) {
    const received = latest(instants(carrier.claims('time.received')));
    if (received) return { moment: received, byServer: true, beside: null };
    const sent = latest(instants(carrier.claims('time.sent')));
    if (sent) return { moment: sent, byServer: false, beside: null };
  }
  return keptBeside(subject);
}

/** A mail program took it out of its message and keeps it in a file. */
function keptBeside(subject: Subject<Read>): Carried | null {
  for (let at: Subject<Read> | null = subject; at !== null; at = at.parent) {
    const [moment] = instants(at.claims('attachment.delivered'));
    if (moment) return { moment, byServer: moment.claim.field.startsWith('Received'), beside: at };
  }
  return null;
}

/** Whether a zone written wrongly explains it: at most 14 hours late, and not quite a number of whole hours. */
function isZoneSlip(lateMs: number): boolean {
  const rest = lateMs % HOUR_MS;
  return lateMs <= ZONE_MARGIN_MS + MINUTE_MS && (rest <= MINUTE_MS || rest >= HOUR_MS - JUST_BEFORE_MS);
}

/** The clocks of one artifact that stand later than the mail that carried it. */
function late(subject: Subject<Read>, carried: Carried, context: Context): InternalMoment[] {
  const held = context.acquiredAt ?? context.releasedAt;
  return internalMoments(subject).filter((m) => {
    // What packed the mailbox stamped the file, long after the mail.
    if (m.attribute === 'time.stored' && subject === carried.beside) return false;
    const margin = TOLERANCE_MS + (m.zoned ? 0 : ZONE_MARGIN_MS) + Math.max(m.precisionMs, carried.moment.precisionMs);
    const lateMs = m.at - carried.moment.at;
    if (lateMs <= margin || (m.zoned && isZoneSlip(lateMs)) || m.at >= LAST_PLAUSIBLE_MS || isTemplateTime(m.at)) return false;
    // What was changed when the holder already had the dump was changed by the holder's own people or tools.
    return held?.kind !== 'instant' || m.at < held.epochMs;
  });
}

/** Cameras are set by hand, and seldom: their zone-less times count for little. */
function strengthOf(m: InternalMoment, carried: Carried, mediaType: string): Strength {
  // Within reach of a zone the clock may be right and its zone wrong.
  if (m.zoned) return carried.byServer && carried.beside === null && m.at - carried.moment.at > ZONE_MARGIN_MS ? 'strong' : 'moderate';
  return mediaType.startsWith('image/') ? 'weak' : 'moderate';
}

/** Catalogue J02. */
export const attachmentChangedAfterSend = artifactRule(
  {
    id: 'attachment-changed-after-send',
    catalogue: ['J02', 'G17'],
    version: 2,
    title: 'Attachment records a time later than the delivery of the message that carries it',
    proposition: 'altered',
    direction: 'against',
    strength: 'strong',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'late-clock',
        story: "The author's computer ran ahead of the mail servers.",
        check: 'Other documents by the same author, sent with other messages, are ahead by the same amount.',
      },
      {
        id: 'zone-multiple',
        story: 'The program wrote local time and called it UTC, or named the wrong zone.',
        check: 'The difference is just under a number of whole hours, at most 14; other files of the same program show the same.',
      },
      {
        id: 'constant',
        story: 'The time is a constant of a template or of the program that wrote the file, not a clock.',
        check: 'The same time stands in unrelated documents.',
      },
      {
        id: 'changed-by-holder',
        story: 'The holder of the dump, an archive or an export tool opened and saved the attachment.',
        check: 'Many attachments carry times within one short window, after the dump was acquired; give --acquired-at.',
      },
      {
        id: 'fetched-later',
        story: 'The mail held a link to a document in a cloud, and an export filled in its newest state.',
        check: 'The message speaks of a shared link; the sizes in its headers differ from the attachment.',
      },
      {
        id: 'saved-where-kept',
        story: 'The mail program keeps the attachment in a file beside the message, and somebody opened and saved that file.',
        check: 'The copy in the mailbox of another recipient, or of the sender, is as it was sent.',
      },
      {
        id: 'draft-dated',
        story: 'Nothing but Date is known of the message, and Date is the day the draft was begun.',
        check: 'The copy in the mailbox of a recipient carries Received headers.',
      },
    ],
    references: [
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
      { title: 'RFC 5322, Internet Message Format', section: '3.6.7', url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.7' },
      {
        title: 'Forensic analysis of e-mail attachment timestamps in Outlook: metadata inside a file is preserved in transit',
        url: 'https://www.meridiandiscovery.com/articles/email-attachment-timestamps-forensics-outlook/',
      },
    ],
  },
  function* (subject, context) {
    const carried = isMessage(subject) ? null : carriedBy(subject);
    if (carried === null) return;
    const document = documentOf(subject);
    const inside = document !== subject;
    const found = late(subject, carried, context);
    // A picture inside a document that speaks for itself adds nothing.
    if (found.length === 0 || (inside && !isMessage(document) && late(document, carried, context).length > 0)) return;
    const first = found.find((m) => m.zoned) ?? found[0];
    if (!first) return;
    const others = found.filter((m) => m !== first).slice(0, MOST_CITED);
    yield {
      statement: `${inside ? 'contains a part that ' : ''}${CLOCK_WORDS[first.attribute]} ${written(first)}, ${renderDuration(first.at - carried.moment.at)} after the message that ${carried.beside ? 'it is kept beside' : 'carries it'} ${carried.byServer ? 'was delivered' : 'says it was sent'} (${written(carried.moment)})`,
      about: [document.artifact.id],
      rootCause: savingOf(document),
      strength: strengthOf(first, carried, subject.artifact.mediaType),
      evidence: [
        { claim: first.claim, role: 'primary' },
        { claim: carried.moment.claim, role: 'contradicts' },
        ...others.map((m): Cited => ({ claim: m.claim, role: 'context' })),
        ...(carried.beside?.claims('attachment.kept') ?? []).map((claim): Cited => ({ claim, role: 'context' })),
      ],
      ...(carried.byServer ? { ruledOut: [{ innocent: 'draft-dated', because: 'a server stamped the delivery' }] } : {}),
    };
  },
);
