import type { AttributeOf } from '../../model/attribute.ts';
import type { Claim } from '../../model/claim.ts';
import type { Context, Subject } from '../../model/evidence.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { renderDuration } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { DAY_MS, instants, latest, MINUTE_MS, type Moment, savingOf, written } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

/** What a document says of its own times, before the time. A font may be as young as the youngest of them. */
const OWN = {
  'time.modified': 'says it was last saved',
  'time.created': 'says it was created',
  'time.metadata': 'says its metadata was last changed',
  'time.signed': 'was signed',
} as const satisfies Partial<Record<AttributeOf<'time'>, string>>;
type Own = keyof typeof OWN;
const OWN_TIMES = ['time.modified', 'time.created', 'time.metadata', 'time.signed'] as const satisfies readonly Own[];

const READS = [...OWN_TIMES, 'font.created', 'font.modified', 'font.name', 'event.save'] as const;
type Read = (typeof READS)[number];
type FontClock = Moment<Claim<'font.created' | 'font.modified'>>;

/** Later than that it is an overflow, or seconds counted from the wrong year. */
const LAST_PLAUSIBLE_MS = Date.UTC(2038, 0, 1);
/** Clocks cited beside the first. */
const MOST_CITED = 4;

/** The latest time the document gives itself; null where one of them has no zone or cannot be read, for that may be the latest. */
function ownTime(subject: Subject<Read>): Moment<Claim<Own>> | null {
  if (subject.claims('time.modified').length + subject.claims('time.created').length === 0) return null;
  const claims: Claim<Own>[] = OWN_TIMES.flatMap((a): Claim<Own>[] => [...subject.claims(a)]);
  const known = instants(claims);
  const last = known.length === claims.length ? latest(known) : null;
  return last === null || isTemplateTime(last.at) ? null : last;
}

/** The object of the PDF whose program says so. */
const programOf = ({ locator }: Claim): number | null => (locator.in === 'pdf' ? locator.object : null);

/** The clocks of fonts that are later by more than a day, the latest first. A font that was changed before it was begun has no clock. */
function younger(subject: Subject<Read>, own: Moment, { acquiredAt, releasedAt }: Context): FontClock[] {
  const [created, modified] = [instants(subject.claims('font.created')), instants(subject.claims('font.modified'))];
  const isSenseless = ({ claim }: FontClock): boolean => {
    const program = programOf(claim);
    const [begun, changed] = [created, modified].map((list) => list.find((m) => program !== null && programOf(m.claim) === program));
    return begun !== undefined && changed !== undefined && begun.at - changed.at > DAY_MS;
  };
  const plausible = [...created, ...modified].filter((m) => m.at < LAST_PLAUSIBLE_MS && !isTemplateTime(m.at) && !isSenseless(m));
  const held = acquiredAt ?? releasedAt;
  // Whoever held the dump by then converted the document, and all of its fonts may have come in with that.
  if (held?.kind === 'instant' && plausible.some((m) => m.at >= held.epochMs)) return [];
  return plausible.filter((m) => m.at - own.at > DAY_MS + Math.max(m.precisionMs, own.precisionMs)).sort((a, b) => b.at - a.at);
}

/** A document whose own time is midnight to the second was given a date and read no clock. */
const isGiven = ({ at, claim }: Moment<Claim<Own>>): boolean =>
  (at + (claim.value?.kind === 'instant' ? claim.value.offsetMinutes : 0) * MINUTE_MS) % DAY_MS === 0;

/** Catalogue B10 and F11, the clocks of embedded fonts. */
export const fontNewerThanDocument = artifactRule(
  {
    id: 'font-newer-than-document',
    catalogue: ['B10', 'F11'],
    version: 1,
    title: 'Document embeds a font that was changed after every time the document gives itself',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'date-given',
        story:
          'The program that made the document was given its date: of the text, of the source, or a fixed one so that every run gives the same bytes.',
        check: 'The date is midnight, or the day the text bears; Producer names a program for typesetting or for reports.',
      },
      {
        id: 'joined',
        story: 'A tool that joins, fills in or stamps pages brought the font in later, and left the dates as they were.',
        check: 'Which pages use the font; Producer names such a tool, and its other files keep their dates too.',
      },
      {
        id: 'font-clock',
        story: "The font is older than it says: its maker's computer was ahead, or the program that embeds it writes a time of its own into it.",
        check: 'The same font, by name and version, in documents whose age is known.',
      },
      {
        id: 'computer-clock',
        story: "The clock of the writer's computer was behind or had never been set.",
        check: 'Other documents of that author are behind by as much; messages that carried them say when.',
      },
      {
        id: 'changed-by-holder',
        story: 'The holder of the dump converted the document, and its fonts came in with that.',
        check: 'Other documents of the dump hold the same font; give --acquired-at.',
      },
    ],
    references: [
      {
        title: "OpenType specification, table 'head': created and modified, seconds since 1904 in UTC",
        url: 'https://learn.microsoft.com/en-us/typography/opentype/spec/head',
      },
      { title: 'ISO 32000-2, embedded font programs', section: '9.9', url: 'https://www.pdfa.org/resource/iso-32000-2/' },
    ],
  },
  function* (subject, context) {
    const own = ownTime(subject);
    if (own === null) return;
    const [font, ...others] = younger(subject, own, context);
    if (!font) return;
    const name = subject.claims('font.name').find((c) => programOf(c) !== null && programOf(c) === programOf(font.claim));
    // Two clocks of fonts seldom err alike.
    const agreeing = others.some((m) => font.at - m.at > MINUTE_MS);
    yield {
      statement:
        `${OWN[own.claim.attribute]} ${written(own)}, its latest time, and embeds a font${name?.value ? `, ${quoted(name.value)},` : ''} that was ` +
        `${font.claim.attribute === 'font.created' ? 'begun' : 'changed'} ${written(font)} by its own account, ${renderDuration(font.at - own.at)} later`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength: agreeing && !isGiven(own) ? 'moderate' : 'weak',
      evidence: [
        { claim: font.claim, role: 'primary' },
        { claim: own.claim, role: 'contradicts' },
        ...others.slice(0, MOST_CITED).map((m): Cited => ({ claim: m.claim, role: 'context' })),
        ...(name ? [{ claim: name, role: 'context' as const }] : []),
      ],
    };
  },
);
