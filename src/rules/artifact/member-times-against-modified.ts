import type { Context, Subject } from '../../model/evidence.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { renderDuration } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { ARCHIVERS, isOfficePackage, microsoftApplication, oddContent } from '../shared/packages.ts';
import { DAY_MS, instants, latest, MINUTE_MS, type Moment, savingOf, walls, written, ZONE_MARGIN_MS } from '../shared/time.ts';

/** Catalogue B02: what saving and packing may lie apart. */
const TOLERANCE_MS = 2 * MINUTE_MS;
/** Later than that it is an overflow (DOS 2107) or a constant. */
const LAST_PLAUSIBLE_MS = Date.UTC(2038, 0, 1);
/**
 * Writers that stamp members by the clock; 'microsoft-office' stamps a constant, so that a real time was put in later. Libraries of
 * servers pack documents anew without counting that as a saving: they say nothing.
 */
const CLOCKED: ReadonlySet<string> = new Set([...ARCHIVERS.keys(), 'libreoffice', 'microsoft-office', 'python-zipfile']);

const READS = ['tool.application', 'tool.container', 'time.member', 'time.modified', 'mark.odd-member', 'event.save'] as const;

interface Stamp extends Moment {
  readonly marginMs: number;
}

/** The latest member time that is a time; a wall time counts with 14 h of doubt. */
function latestStamp(subject: Subject<'time.member'>, context: Context): Stamp | null {
  const claims = subject.claims('time.member');
  const stamps = [
    ...instants(claims).map((m): Stamp => ({ ...m, marginMs: m.precisionMs })),
    ...walls(claims).map((m): Stamp => ({ ...m, marginMs: m.precisionMs + ZONE_MARGIN_MS })),
  ];
  const held = context.acquiredAt ?? context.releasedAt;
  // What was packed when the holder already had the dump was packed by the holder's own people or tools.
  const last = held?.kind === 'instant' ? Math.min(LAST_PLAUSIBLE_MS, held.epochMs) : LAST_PLAUSIBLE_MS;
  return latest(stamps.filter((m) => m.at < last && !isTemplateTime(m.at)));
}

/** Catalogue B02. */
export const memberTimesAgainstModified = artifactRule(
  {
    id: 'member-times-against-modified',
    catalogue: ['B02'],
    version: 1,
    title: 'Members of a package are stamped later than the document says it was last saved',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'packed-again',
        story: 'The package was unpacked and packed again, by an archive program, a gateway or a viewer, and the document inside left as it was.',
        check: 'All members carry one time and one make; the text equals that of another copy.',
      },
      {
        id: 'property-promotion',
        story: 'A document server wrote properties or labels into the package without counting that as a saving.',
        check: 'Only members of docProps and customXml are stamped; the document lay on a document server.',
      },
      {
        id: 'converted',
        story: 'A converter wrote the file and kept the time of the document that it converted.',
        check: 'The program named is not an Office program; many documents were converted within minutes.',
      },
      {
        id: 'zone',
        story: 'Member times are local times without a zone, or written in the wrong one.',
        check: 'The difference is at most 14 hours.',
      },
      {
        id: 'constant',
        story: 'The time of saving or of the members is a constant of a template or a packer, not a clock.',
        check: 'The same time stands in unrelated documents.',
      },
    ],
    references: [
      {
        title: 'PKWARE APPNOTE, .ZIP File Format Specification: date and time fields',
        section: '4.4.6',
        url: 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT',
      },
      {
        title: 'ECMA-376 Part 2, Open Packaging Conventions: core properties',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
    ],
  },
  function* (subject, context) {
    if (!isOfficePackage(subject.artifact.mediaType) || microsoftApplication(subject) === null) return;
    const odd = oddContent(subject);
    const container = subject.claims('tool.container')[0];
    if (odd.length === 0 && !CLOCKED.has(container?.value ?? '')) return;
    const saved = latest(instants(subject.claims('time.modified')).filter((m) => !isTemplateTime(m.at)));
    const stamp = latestStamp(subject, context);
    if (!saved || !stamp || stamp.at - saved.at <= DAY_MS + TOLERANCE_MS + stamp.marginMs + saved.precisionMs) return;
    const [member] = odd;
    const others: Cited[] = [];
    if (member) others.push({ claim: member, role: 'context' });
    if (container) others.push({ claim: container, role: 'context' });
    yield {
      statement:
        `says it was last saved ${written(saved)}, and holds a member stamped ${written(stamp)}, ${renderDuration(stamp.at - saved.at)} later` +
        (member ? `; ${member.value ?? ''} is packed in another way than the rest` : ''),
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      // Packing is not saving: only where content was put in by itself does the later time bear on the document.
      strength: member ? 'moderate' : 'weak',
      evidence: [{ claim: stamp.claim, role: 'primary' }, { claim: saved.claim, role: 'contradicts' }, ...others],
    };
  },
);
