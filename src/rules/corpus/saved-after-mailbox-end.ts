import type { Claim } from '../../model/claim.ts';
import type { Context, Evidence, Subject } from '../../model/evidence.ts';
import { corpusRule } from '../../model/rule.ts';
import { isoSeconds, renderDuration } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { carrierOf, DAY_MS, instants, isMessage, latest, type Moment, savingOf } from '../shared/time.ts';

const READS = ['time.modified', 'time.received', 'mailbox.end', 'event.save'] as const;
type Read = (typeof READS)[number];

/** Clocks, zones and a last day at work: catalogue A05 allows one day. */
const TOLERANCE_MS = DAY_MS;
/** Without a known day of release a later saving may well be a reader's own; the longer after, the likelier. */
const SOON_MS = 90 * DAY_MS;
const LAST_PLAUSIBLE_MS = Date.UTC(2038, 0, 1);
/** Where more than this share of the dated documents is later, the collection simply goes on after its mail. */
const MOST_LATER = 0.25;
/** Days before the end in which the habit of the mailboxes is measured. */
const HABIT_DAYS = 30;
/** Messages that would have come by that habit until the saving: fewer, and the mail has not ended, it is only sparse. */
const LEAST_MISSED = 5;
/** Late documents with several times of saving that are told once; only a corpus with more would tell one twice. */
const MOST_REMEMBERED = 10_000;

interface End {
  readonly moment: Moment<Claim<'mailbox.end'>>;
  readonly mailboxes: number;
}

/** The latest of all mailbox ends: a document is late only if every mailbox had stopped. */
async function endOf(evidence: Evidence<Read>): Promise<End | null> {
  let moment: Moment<Claim<'mailbox.end'>> | null = null;
  let mailboxes = 0;
  for await (const message of evidence.byValue('mailbox.end')) {
    mailboxes += 1;
    for (const m of instants(message.claims('mailbox.end'))) if (moment === null || m.at > moment.at) moment = m;
  }
  return moment === null ? null : { moment, mailboxes };
}

/** Messages a day, all mailboxes together, in the weeks before the end. */
async function habitOf(evidence: Evidence<Read>, end: End): Promise<number> {
  let messages = 0;
  for await (const message of evidence.byValue('time.received')) {
    const claims = message.claims('time.received');
    const delivered = latest(instants(claims));
    // It passes by once for each hop.
    if (delivered && delivered.at <= end.moment.at && end.moment.at - delivered.at < HABIT_DAYS * DAY_MS)
      messages += 1 / claims.filter((c) => c.value !== null).length;
  }
  return messages / HABIT_DAYS;
}

interface Saved {
  readonly document: Subject<Read>;
  readonly moment: Moment<Claim<'time.modified'>>;
  /** A document that says it twice (PDF Info and XMP) passes by twice. */
  readonly passes: number;
}

/** Loose documents by the time of their last saving; attachments are the business of another rule. */
async function* savings(evidence: Evidence<Read>): AsyncIterable<Saved> {
  for await (const document of evidence.byValue('time.modified')) {
    if (document.artifact.document !== document.artifact.id || isMessage(document) || carrierOf(document) !== null) continue;
    const claims = document.claims('time.modified');
    const moment = latest(instants(claims));
    const passes = claims.filter((c) => c.value !== null).length;
    if (moment && moment.at < LAST_PLAUSIBLE_MS && !isTemplateTime(moment.at)) yield { document, moment, passes };
  }
}

const instantOf = (t: Context['acquiredAt']): number => (t?.kind === 'instant' ? t.epochMs : Infinity);

/** Catalogue A05. */
export const savedAfterMailboxEnd = corpusRule(
  {
    id: 'saved-after-mailbox-end',
    catalogue: ['A05'],
    version: 1,
    title: 'Document records a saving later than the last delivery in any mailbox of the corpus',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'saved-by-holder',
        story: 'Whoever received, examined or published the dump opened and saved the document.',
        check: 'The time lies after the dump was acquired or released; give --acquired-at or --released-at.',
      },
      {
        id: 'lives-on',
        story: 'The documents come from a live folder that was collected later than the mail.',
        check: 'Many documents by their usual authors are dated after the mail ends, spread over days.',
      },
      {
        id: 'late-clock',
        story: "The author's computer ran ahead.",
        check: 'Older documents of the same author, sent by mail, are ahead by the same amount.',
      },
      {
        id: 'partial-mail',
        story: 'Only part of the mail is in the corpus: its real end is later.',
        check: 'Mailboxes end on different days, or replies to missing messages are quoted.',
      },
    ],
    references: [
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
      {
        title: 'ECMA-376 Part 2, Open Packaging Conventions: core properties',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
    ],
  },
  async function* (evidence, context) {
    const end = await endOf(evidence);
    if (end === null) return;
    const until = Math.min(instantOf(context.releasedAt), instantOf(context.acquiredAt));
    const habit = await habitOf(evidence, end);
    const silence = Math.max(TOLERANCE_MS, (LEAST_MISSED / habit) * DAY_MS);
    const isLate = ({ moment }: Saved): boolean => moment.at - end.moment.at > silence + moment.precisionMs && moment.at < until;
    // Twice through the stream rather than an array of candidates.
    let dated = 0;
    let later = 0;
    for await (const saved of savings(evidence)) {
      dated += 1 / saved.passes;
      if (isLate(saved)) later += 1 / saved.passes;
    }
    if (later === 0 || later > Math.max(1, dated * MOST_LATER)) return;
    const told = new Set<string>();
    const mailboxes = end.mailboxes === 1 ? 'the mailbox here' : `any of the ${end.mailboxes} mailboxes here`;
    for await (const saved of savings(evidence)) {
      if (!isLate(saved) || told.has(saved.document.artifact.id)) continue;
      if (saved.passes > 1 && told.size < MOST_REMEMBERED) told.add(saved.document.artifact.id);
      const after = saved.moment.at - end.moment.at;
      yield {
        statement: `says it was last saved ${isoSeconds(saved.moment.at)}, ${renderDuration(after)} after the last delivery in ${mailboxes} (${isoSeconds(end.moment.at)})`,
        about: [saved.document.artifact.id],
        rootCause: savingOf(saved.document),
        strength: until < Infinity || after <= SOON_MS ? 'moderate' : 'weak',
        evidence: [
          { claim: saved.moment.claim, role: 'primary' },
          { claim: end.moment.claim, role: 'contradicts' },
        ],
        ...(until < Infinity ? { ruledOut: [{ innocent: 'saved-by-holder', because: 'the time lies before the day the operator gave' }] } : {}),
      };
    }
  },
);
