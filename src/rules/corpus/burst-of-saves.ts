import type { TimeValue } from '../../model/attribute.ts';
import type { Context, Group } from '../../model/evidence.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { isoDay, isoSeconds, renderDuration } from '../../model/time.ts';
import { type Burst, BURST_READS, type BurstRead, gather, type Member } from '../shared/burst.ts';
import { type Census, countStrangers, strangersAreUsual } from '../shared/name-census.ts';
import { isServerTool } from '../shared/tools.ts';
import { DAY_MS } from '../shared/time.ts';
import { counted, languageName, listed, quoted } from '../shared/wording.ts';

/** Catalogue A01: what was created so far apart was not written in one sitting. */
const MIN_CREATED_SPAN_MS = 30 * DAY_MS;
const MIN_CONTENTS = 3;
/** Nobody opens and saves by hand at this pace. */
const FASTEST_HAND_MS = 2_000;
/** Documents saved at other times that make a person a regular of this corpus. */
const REGULAR = 3;
/** Members whose times are cited; the sentence counts all. */
const MOST_CITED = 100;

type Strangers = Pick<Census, 'documents' | 'byStrangers'>;

const isBefore = (at: number, bound: TimeValue | undefined): boolean => bound?.kind !== 'instant' || at < bound.epochMs;

/** Null where the burst is what honest work, a machine or the holder of the dump leaves behind. */
function strengthOf(burst: Burst, strangers: Strangers, context: Context): Strength | null {
  const { older, contents, createdSpan, creators, applications, identity } = burst;
  if (older.length < MIN_CONTENTS || older.length * 2 < contents) return null;
  if (createdSpan < MIN_CREATED_SPAN_MS && creators.size < 2) return null;
  if (!isBefore(burst.to.at, context.acquiredAt) || !isBefore(burst.to.at, context.releasedAt)) return null;
  if ([...applications.keys()].some(isServerTool) || [...burst.names.keys()].some((n) => context.known.has(n.toLowerCase()))) return null;
  const byMachine = burst.to.at - burst.from.at + burst.precisionMs < contents * FASTEST_HAND_MS;
  if (identity === null) return byMachine ? null : 'weak';
  const outside = identity.documents - burst.namedContents;
  if (identity.knownAs !== 'nowhere') return byMachine || outside >= REGULAR ? null : 'weak';
  // In a collection from many hands, whoever saved it is a stranger.
  return byMachine || outside >= Math.max(REGULAR, contents) || strangersAreUsual(strangers, identity.documents) ? 'weak' : 'moderate';
}

function toolWords({ applications, languages }: Burst): string {
  // One program may give its version in several forms: Excel writes '16.0' into an .xls and '16.0300' into an .xlsx.
  const named = applications.size === 1 ? [...applications.keys()] : [...new Set([...applications.keys()].map((a) => a.replace(/ [\d.]+$/, '')))];
  const [application] = named;
  const [language] = languages.keys();
  const tool = named.length === 1 && application ? `, with ${application}` : named.length > 1 ? `, with ${named.length} programs` : '';
  return `${tool}${languages.size === 1 && language ? ` in ${languageName(language)}` : ''}`;
}

function statementOf(burst: Burst): string {
  const created = burst.createdFrom && burst.createdTo ? ` created ${isoDay(burst.createdFrom.at)} to ${isoDay(burst.createdTo.at)}` : '';
  const authors = burst.creators.size > 0 ? ` by ${counted(burst.creators.size, 'author')}` : '';
  const minute = (m: Member): string => isoSeconds(m.at).slice(11, 16);
  const named = [...burst.names].map(([name, n]) => `${n} by ${quoted(name)}`);
  const who = burst.unnamed > 0 ? [...named, `${burst.unnamed} without a name`] : named;
  return (
    `is one of ${counted(burst.contents, 'document')}${created}${authors} that were all last saved within ${renderDuration(burst.to.at - burst.from.at)}` +
    ` on ${isoDay(burst.from.at)} (${minute(burst.from)} to ${minute(burst.to)} UTC): ${listed(who)}${toolWords(burst)}`
  );
}

function* cited(burst: Burst): Iterable<Cited> {
  for (const m of burst.members.slice(0, MOST_CITED)) yield { claim: m.modified, role: m === burst.members[0] ? 'primary' : 'context' };
  for (const c of [burst.createdFrom, burst.createdTo])
    if (c) yield { claim: c.claim, role: 'contradicts', note: c === burst.createdFrom ? 'created first' : 'created last' };
  for (const claim of burst.examples) yield { claim, role: 'context' };
}

/** Catalogue A01. */
export const burstOfSaves = corpusRule(
  {
    id: 'burst-of-saves',
    catalogue: ['A01'],
    version: 1,
    title: 'Documents of different ages or authors record that one person or program saved them all within minutes',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: BURST_READS,
    innocent: [
      {
        id: 'assistant',
        story: 'A colleague opened and saved a folder of documents: to convert it, to file it, to send it.',
        check: 'The person writes mail in the corpus or saves other documents at other times.',
      },
      {
        id: 'bulk-job',
        story: 'A migration, a document server or an export rewrote many documents at once.',
        check: 'The program is a library or a server, or the documents follow each other faster than a hand can save.',
      },
      {
        id: 'generated',
        story: 'A program produced the documents in one go, or they were made from one template with an old date.',
        check: 'Each was created when it was saved, or all creation times are a known template constant.',
      },
      {
        id: 'holder',
        story: 'The people who received, examined or published the dump saved the documents.',
        check: 'The burst lies after the dump was acquired or released.',
      },
      {
        id: 'planted',
        story: 'Names, languages and times in metadata are cheap to write: somebody may want the burst to be seen.',
        check: 'Clocks that few people know of, in the package or in the directory, agree with the times.',
      },
    ],
    references: [
      {
        title: 'C. Doman, MacronLeaks: A Timeline of Events (AlienVault, 6 May 2017)',
        url: 'https://cybersecurity.att.com/blogs/labs-research/macronleaks-a-timeline-of-events',
      },
      {
        title: 'ECMA-376 Part 2, Open Packaging Conventions: core properties',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
      {
        title: '[MS-OLEPS] Object Linking and Embedding Property Set Data Structures',
        url: 'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-oleps/bf7aeae8-c47a-4939-9f45-700158dac3bc',
      },
    ],
  },
  async function* (evidence, context) {
    const strangers = await countStrangers(evidence);
    for await (const group of evidence.groups('event.save', MIN_CONTENTS)) {
      const finding = await findingOf(group, strangers, context);
      if (finding) yield finding;
    }
  },
);

async function findingOf(group: Group<'event.save', BurstRead>, strangers: Strangers, context: Context): Promise<FindingDraft | null> {
  const burst = await gather(group.members);
  const strength = burst ? strengthOf(burst, strangers, context) : null;
  const [first] = burst?.members ?? [];
  if (!burst || !strength || !first) return null;
  const [primary, ...rest] = cited(burst);
  if (!primary) return null;
  const [, ...others] = burst.members.map((m) => m.artifact);
  return { statement: statementOf(burst), about: [first.artifact, ...others], evidence: [primary, ...rest], rootCause: group.value, strength };
}
