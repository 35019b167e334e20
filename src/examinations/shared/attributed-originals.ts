import { isMessage } from '../../model/enclosing.ts';
import type { Subject } from '../../model/evidence.ts';
import type { ExaminationProblem, ExaminedEvidence } from '../../model/examination.ts';
import { subjectKey } from '../../model/mail-subject.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { attributedSections } from './attributed-sections.ts';
import { addressesIn } from './quoted-header.ts';
import { type Replier, replierOf, REPLIER_READS } from './quote-witnesses.ts';

export const ATTRIBUTED_READS = ['name.title', 'id.in-reply-to', 'id.reference', ...REPLIER_READS] as const;
type Read = (typeof ATTRIBUTED_READS)[number];
type Message = Subject<Read>;

/** A section of one message that names another message of the corpus by its writer, its time and its subject. */
export interface Attributed {
  readonly replier: Replier;
  /** Among the sections of that message. */
  readonly section: number;
}

/** Sections looked for; and those of one subject and one day. */
const MOST_WANTED = 100_000;
const MOST_A_DAY = 200;
const MINUTE = 60_000;
const DAY_MINUTES = 1440;
/** Zones are whole quarters of an hour, from 12 hours behind UTC to 14 ahead of it. */
const QUARTER = 15;
const [BEHIND, AHEAD] = [12 * 60, 14 * 60];
/** Shorter names are everybody's. */
const LEAST_NAME = 5;

interface Wanted extends Attributed {
  /** Lower case. */
  readonly who: string;
  readonly address: string | null;
  readonly times: readonly number[];
  /** Messages that it cannot mean: itself, and the one it answers by its header, which is compared anyway. */
  readonly not: ReadonlySet<string>;
  /** By Message-ID; two are too many. */
  readonly found: Set<string>;
}

const titleOf = (m: Message): string => m.claims('name.title')[0]?.value ?? '';

/** The message it answers: In-Reply-To, and where that is absent the last of References (RFC 5322 section 3.6.4). */
export const answeredId = (m: Pick<Subject<'id.in-reply-to' | 'id.reference'>, 'claims'>): string | null =>
  (m.claims('id.in-reply-to')[0] ?? m.claims('id.reference').at(-1))?.value ?? null;

/** Whether it may repeat another one: it answers, or its subject says so. */
function mayRepeat(m: Message): boolean {
  if (m.claims('id.in-reply-to').length + m.claims('id.reference').length > 0) return true;
  const title = titleOf(m);
  return title !== '' && subjectKey(title) !== title.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Messages, each once, though one may have several titles. */
async function* messages(evidence: ExaminedEvidence<Read>): AsyncIterable<Message> {
  let before: ArtifactId | undefined;
  for await (const m of evidence.byValue('name.title')) {
    if (isMessage(m) && m.artifact.id !== before && m.claims('name.title').length > 0) yield m;
    before = m.artifact.id;
  }
}

const keyOf = (subject: string, day: number): string => `${day} ${subject}`;
const dayOf = (minutes: number): number => Math.floor(minutes / DAY_MINUTES);

type Days = Map<string, Wanted[]>;

async function wantedSections(evidence: ExaminedEvidence<Read>): Promise<{ days: Days; cut: ArtifactId | null }> {
  const days: Days = new Map();
  let count = 0;
  let cut: ArtifactId | null = null;
  for await (const m of messages(evidence)) {
    if (!mayRepeat(m)) continue;
    const own = subjectKey(titleOf(m));
    const replier = replierOf(m);
    const not = new Set([m.claims('id.message')[0]?.value ?? '', answeredId(m) ?? '']);
    for (const [section, { who, subject, times }] of attributedSections(await evidence.passages(m.artifact.id)).entries()) {
      const key = subject === null ? own : subjectKey(subject);
      if (key === '') continue;
      if ((count += 1) > MOST_WANTED) return { days, cut: m.artifact.id };
      const [address = null] = addressesIn(who);
      const wanted: Wanted = { replier, section, who: who.toLowerCase(), address, times, not, found: new Set() };
      for (const day of new Set(times.map(dayOf))) {
        const list = days.get(keyOf(key, day)) ?? [];
        if (list.length < MOST_A_DAY) list.push(wanted);
        else cut ??= m.artifact.id;
        days.set(keyOf(key, day), list);
      }
    }
  }
  return { days, cut };
}

/** A wall time and an instant are one time if some zone makes them so, to the minute. */
function isTime(wall: number, epochMs: number): boolean {
  const minutes = Math.floor(epochMs / MINUTE);
  const ahead = wall - minutes;
  return ahead >= -BEHIND && ahead <= AHEAD && ahead % QUARTER === 0;
}

function isWriter({ who, address }: Wanted, m: Message): boolean {
  return m.claims('party.from').some(({ value }) => {
    if (value === null) return false;
    if (address !== null) return value.mailbox === address;
    const name = value.name.toLowerCase();
    return (name.length >= LEAST_NAME && who.includes(name)) || (value.mailbox !== '' && who.includes(value.mailbox));
  });
}

function match(m: Message, days: Days): void {
  const id = m.claims('id.message')[0]?.value ?? '';
  const sent = m.claims('time.sent')[0]?.value;
  const key = subjectKey(titleOf(m));
  if (!id.includes('@') || sent?.kind !== 'instant' || key === '') return;
  const today = dayOf(sent.epochMs / MINUTE);
  for (const day of [today - 1, today, today + 1]) {
    for (const wanted of days.get(keyOf(key, day)) ?? []) {
      if (wanted.found.size > 1 || wanted.found.has(id) || wanted.not.has(id)) continue;
      if (isWriter(wanted, m) && wanted.times.some((t) => isTime(t, sent.epochMs))) wanted.found.add(id);
    }
  }
}

/**
 * Messages that others repeat under a line 'On …, … wrote:' or a header of Outlook, by their Message-ID, where the headers do not tell: a
 * message of that writer, that subject, and a time of which some zone makes the one written there. Where two fit, none does. The time is a
 * wall time of the person who repeats it, to the minute.
 */
export async function attributedOriginals(
  evidence: ExaminedEvidence<Read>,
): Promise<{ readonly originals: Map<string, Attributed[]>; readonly problem: ExaminationProblem | null }> {
  const { days, cut } = await wantedSections(evidence);
  const originals = new Map<string, Attributed[]>();
  const message = `more than ${MOST_WANTED} quotations that name their writer, or ${MOST_A_DAY} of one subject and day; the others were not looked for`;
  const problem: ExaminationProblem | null = cut && { about: cut, problem: { code: 'limit-exceeded', message } };
  if (days.size === 0) return { originals, problem };
  for await (const m of messages(evidence)) match(m, days);
  const told = new Set<Wanted>();
  for (const list of days.values())
    for (const wanted of list) {
      const [id] = wanted.found;
      if (id === undefined || wanted.found.size > 1 || told.has(wanted)) continue;
      told.add(wanted);
      const { replier, section } = wanted;
      const known = originals.get(id);
      if (known) known.push({ replier, section });
      else originals.set(id, [{ replier, section }]);
    }
  return { originals, problem };
}
