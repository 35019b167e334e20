import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { corpusRule } from '../../model/rule.ts';
import { isoDay, isoSeconds, renderDuration } from '../../model/time.ts';
import { isFilledByProgram } from '../shared/mail-folders.ts';
import { farOff, NEIGHBOURS, type Stored } from '../shared/neighbours.ts';
import { earliest, instants, isMessage, latest } from '../shared/time.ts';

const READS = ['place.position', 'place.folder', 'time.received'] as const;
type Read = (typeof READS)[number];

const LEAST_MESSAGES = 50;
const MIDDLE = NEIGHBOURS / 2;
/** More than that, and people file old mail here, or it was imported. */
const MOST_ODD = 3;

function storedOf(message: Subject<Read>): Stored | null {
  const [position] = message.claims('place.position');
  const hops = instants(message.claims('time.received'));
  const [low, high] = [earliest(hops), latest(hops)];
  return position && low && high
    ? { message: message.artifact.id, folder: message.claims('place.folder')[0]?.value ?? '', position, low, high }
    : null;
}

function finding(window: readonly Stored[], odd: number, off: number): FindingDraft | null {
  const one = window[odd];
  const [before, after] = [window[odd - 1], window[odd + 1]];
  const near = before ?? after;
  if (!one || !near) return null;
  const beside =
    before && after
      ? `between messages delivered ${isoDay(before.high.at)} and ${isoDay(after.high.at)}`
      : `${before ? 'after' : 'before'} messages delivered ${isoDay(near.high.at)}`;
  return {
    statement: `stands in its mailbox ${beside}, but records its own delivery ${isoSeconds(one.high.at)}, ${renderDuration(off)} outside the times of its ${NEIGHBOURS} neighbours`,
    about: [one.message],
    rootCause: `place:${one.message}`,
    strength: isFilledByProgram(one.folder) ? 'moderate' : 'weak',
    evidence: [
      { claim: one.high.claim, role: 'primary' },
      { claim: near.high.claim, role: 'contradicts' },
      { claim: one.position, role: 'context' },
    ],
  };
}

/** One mailbox passing by in storage order: a window, and the few that stand out so far. */
interface Passing {
  window: Stored[];
  messages: number;
  odd: number;
  readonly findings: FindingDraft[];
}

function judge(mailbox: Passing, from: number, to: number): void {
  for (let i = from; i <= to && mailbox.odd <= MOST_ODD; i += 1) {
    const off = farOff(mailbox.window, i);
    if (off === 0) continue;
    mailbox.odd += 1;
    const found = finding(mailbox.window, i, off);
    if (found) mailbox.findings.push(found);
  }
}

function pass(mailbox: Passing, stored: Stored): void {
  mailbox.messages += 1;
  mailbox.window.push(stored);
  if (mailbox.window.length > NEIGHBOURS + 1) mailbox.window.shift();
  if (mailbox.messages === NEIGHBOURS + 1) judge(mailbox, 0, MIDDLE);
  else if (mailbox.messages > NEIGHBOURS + 1) judge(mailbox, MIDDLE, MIDDLE);
}

/** Catalogue A09, second half. Keeps 21 messages of each mailbox file. */
export const outOfOrderInMailbox = corpusRule(
  {
    id: 'out-of-order-in-mailbox',
    catalogue: ['A09'],
    version: 1,
    title: 'Message stands in its mailbox among messages delivered at quite another time',
    proposition: 'fabricated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'filed-by-hand',
        story: 'The owner moved an old message into this folder, or back from the bin: programs put it at the end.',
        check: 'The folder is one that people file into; other old messages stand at odd places too.',
      },
      { id: 'imported', story: 'Old mail was imported in one go.', check: 'A whole run of messages stands out, not one.' },
      { id: 'unordered', story: 'The export does not keep the order of delivery.', check: 'Its neighbours are not in order either.' },
      { id: 'delayed', story: 'The message was delivered late.', check: 'Its newest Received header agrees with its neighbours.' },
    ],
    references: [
      { title: 'RFC 4155, The application/mbox Media Type', url: 'https://www.rfc-editor.org/rfc/rfc4155' },
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
    ],
  },
  async function* (evidence) {
    const mailboxes = new Map<ArtifactId, Passing>();
    for await (const message of evidence.byValue('place.position')) {
      const file = message.parent;
      if (file?.artifact.mediaType !== 'application/mbox' || !isMessage(message)) continue;
      const stored = storedOf(message);
      if (stored === null) continue;
      const mailbox = mailboxes.get(file.artifact.id) ?? { window: [], messages: 0, odd: 0, findings: [] };
      mailboxes.set(file.artifact.id, mailbox);
      pass(mailbox, stored);
    }
    for (const mailbox of mailboxes.values()) {
      judge(mailbox, MIDDLE + 1, NEIGHBOURS);
      if (mailbox.messages >= LEAST_MESSAGES && mailbox.odd <= MOST_ODD) yield* mailbox.findings;
    }
  },
);
