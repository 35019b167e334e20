import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { corpusRule } from '../../model/rule.ts';
import { isoDay } from '../../model/time.ts';
import { dayOf, unlikelyGap } from '../shared/daily-rate.ts';
import { earliest, instants, isMessage, type Moment } from '../shared/time.ts';

const READS = ['place.folder', 'time.received', 'time.sent'] as const;
type Read = (typeof READS)[number];

const LEAST_MESSAGES = 50;
/** Distinct days kept of one folder, some 55 years of daily mail; a folder with more has no dates worth the name. */
const MOST_DAYS = 20_000;

interface Stamp {
  readonly moment: Moment;
  readonly message: ArtifactId;
}
interface DayOfMail {
  readonly day: number;
  messages: number;
  first: Stamp;
  last: Stamp;
}

/** When a server first had it; for messages no server stamped (sent ones), their own Date. */
function stampOf(message: Subject<Read>): Stamp | null {
  const moment: Moment | null = earliest(instants(message.claims('time.received'))) ?? instants(message.claims('time.sent'))[0] ?? null;
  return moment === null ? null : { moment, message: message.artifact.id };
}

interface Folder {
  readonly days: DayOfMail[];
  readonly messages: number;
  /** The mailbox file all its messages lie in; null for a folder of single files. */
  readonly file: ArtifactId | null;
}

async function readFolder(members: AsyncIterable<Subject<Read>>): Promise<Folder> {
  const days = new Map<number, DayOfMail>();
  const files = new Set<ArtifactId | null>();
  let messages = 0;
  for await (const member of members) {
    const stamp = isMessage(member) ? stampOf(member) : null;
    if (stamp === null) continue;
    messages += 1;
    if (files.size < 2) files.add(member.artifact.parent);
    const number = dayOf(stamp.moment.at);
    const day = days.get(number);
    if (!day) {
      if (days.size < MOST_DAYS) days.set(number, { day: number, messages: 1, first: stamp, last: stamp });
      continue;
    }
    day.messages += 1;
    if (stamp.moment.at < day.first.moment.at) day.first = stamp;
    if (stamp.moment.at > day.last.moment.at) day.last = stamp;
  }
  const sorted: DayOfMail[] = [];
  for (const day of days.values()) sorted.push(day);
  const [file = null, second] = files;
  return { days: sorted.sort((a, b) => a.day - b.day), messages, file: second === undefined ? file : null };
}

/** Catalogue A09, first half. Keeps one entry a day of one folder at a time. */
export const gapInMailbox = corpusRule(
  {
    id: 'gap-in-mailbox',
    catalogue: ['A09'],
    version: 1,
    title: 'Mailbox records no message for longer than its own rate lets expect',
    proposition: 'context',
    direction: 'against',
    strength: 'weak',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'holiday',
        story: 'The owner was away, ill, or without access.',
        check: 'Automatic replies, or other folders of the same owner silent over the same days.',
      },
      {
        id: 'used-now-and-then',
        story: 'The mailbox is used in spells, with silences between.',
        check: 'The next longest silence is of the same order.',
      },
      {
        id: 'deleted-by-owner',
        story: 'The owner or a retention rule deleted those weeks.',
        check: 'Replies elsewhere quote messages of those weeks; retention rules end at round dates.',
      },
      {
        id: 'partial-export',
        story: 'The export was cut off or taken in parts.',
        check: 'The gap coincides with the border of two files or with errors of reading.',
      },
    ],
    references: [
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
      { title: 'RFC 4155, The application/mbox Media Type', url: 'https://www.rfc-editor.org/rfc/rfc4155' },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('place.folder', LEAST_MESSAGES)) {
      const folder = await readFolder(group.members);
      const gap = folder.messages < LEAST_MESSAGES || folder.days.length >= MOST_DAYS ? null : unlikelyGap(folder.days);
      const before = gap === null ? undefined : folder.days[gap.after]?.last;
      const after = gap === null ? undefined : folder.days[gap.after + 1]?.first;
      if (gap === null || !before || !after) continue;
      const rate = `where the weeks around it, at ${gap.ratePerDay.toFixed(1)} a day, lead one to expect about ${Math.round(gap.expected)}`;
      const between = `between ${isoDay(before.moment.at)} and ${isoDay(after.moment.at)} (${gap.silentDays} days without one)`;
      const contradicts: Claim = before.moment.claim;
      yield {
        statement: folder.file === null ? `is the first of its folder after a silence ${between}, ${rate}` : `holds no message ${between}, ${rate}`,
        about: [folder.file ?? after.message],
        rootCause: `gap:${group.value}:${isoDay(before.moment.at)}`,
        evidence: [
          { claim: after.moment.claim, role: 'primary', note: 'first message after it' },
          { claim: contradicts, role: 'contradicts', note: 'last message before it' },
        ],
      };
    }
  },
);
