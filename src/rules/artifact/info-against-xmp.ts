import type { Claim } from '../../model/claim.ts';
import { artifactRule } from '../../model/rule.ts';
import { renderDuration, wallMs } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { DAY_MS, isZoneMultiple, MINUTE_MS, savingOf, written, ZONE_MARGIN_MS } from '../shared/time.ts';

/** Writers stamp both within one act; two minutes are for those that ask the clock twice. */
const TOLERANCE_MS = 2 * MINUTE_MS;

type Created = Claim<'time.created'>;

interface Compared {
  readonly apartMs: number;
  /** Beyond every doubt about zones and precision, by a day. */
  readonly isFar: boolean;
}

/** Instants by instant; where a zone is missing, by what the two clocks showed, with 14 h of doubt. Null where they agree. */
function compared(info: Created, xmp: Created): Compared | null {
  const [a, b] = [info.value, xmp.value];
  if (a === null || b === null) return null;
  const zoned = a.kind === 'instant' && b.kind === 'instant';
  const face = (t: NonNullable<Created['value']>): number => (t.kind === 'wall' ? wallMs(t) : t.epochMs + t.offsetMinutes * MINUTE_MS);
  const [atInfo, atXmp] = zoned ? [a.epochMs, b.epochMs] : [face(a), face(b)];
  if (isTemplateTime(atInfo) || isTemplateTime(atXmp)) return null;
  const apartMs = Math.abs(atInfo - atXmp);
  const margin = Math.max(a.precisionMs, b.precisionMs) + (zoned ? 0 : ZONE_MARGIN_MS);
  // The same face with another offset is a zone that one of the two got wrong.
  if (apartMs <= TOLERANCE_MS + margin || isZoneMultiple(apartMs) || Math.abs(face(a) - face(b)) <= TOLERANCE_MS) return null;
  return { apartMs, isFar: apartMs > DAY_MS + margin };
}

/** Catalogue F01. Only the creation time: times of saving, producers and authors are updated on one side by ordinary tools. */
export const infoAgainstXmp = artifactRule(
  {
    id: 'info-against-xmp',
    catalogue: ['F01'],
    version: 1,
    title: 'The two records of metadata inside a PDF give different times of creation',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['time.created', 'tool.toolkit', 'event.save'],
    innocent: [
      {
        id: 'one-sided-tool',
        story: 'A tool that joins, stamps or signs documents brought only one of the two records up to date.',
        check: 'Producer names such a tool in one of the records; its other files disagree in the same way.',
      },
      {
        id: 'zone',
        story: 'One of the two records has the zone wrong or leaves it out.',
        check: 'The two show the same time of day, or differ by a whole number of quarters of an hour, at most 14 hours.',
      },
      {
        id: 'metadata-of-source',
        story: 'The XMP packet belongs to the picture or layout file that the PDF was made from, and was carried over.',
        check: 'CreatorTool and the document ids of the packet are those of the source.',
      },
    ],
    references: [
      {
        title: 'ISO 32000-2, document information dictionary and metadata streams',
        section: '14.3',
        url: 'https://www.pdfa.org/resource/iso-32000-2/',
      },
      {
        title: 'Adobe XMP Specification Part 3, Storage in Files: reconciling Info and XMP',
        url: 'https://developer.adobe.com/xmp/docs/xmp-specifications/',
      },
    ],
  },
  function* (subject) {
    if (subject.artifact.mediaType !== 'application/pdf') return;
    const created = subject.claims('time.created');
    // The newest revision is read first: the first of each is what the file says now.
    const info = created.find((c) => c.field === 'Info/CreationDate');
    const xmp = created.find((c) => c.field === 'xmp:CreateDate');
    const difference = info && xmp ? compared(info, xmp) : null;
    if (!info || !xmp || !difference) return;
    const exiftool = subject.claims('tool.toolkit').find((c) => /exiftool/i.test(c.value ?? ''));
    yield {
      statement:
        `says in its Info dictionary that it was created ${written({ claim: info })}, and in its XMP packet ${written({ claim: xmp })}, ${renderDuration(difference.apartMs)} apart` +
        (exiftool ? '; ExifTool wrote metadata into it' : ''),
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength: difference.isFar ? 'moderate' : 'weak',
      evidence: [
        { claim: info, role: 'primary' },
        { claim: xmp, role: 'contradicts' },
        ...(exiftool ? [{ claim: exiftool, role: 'context' as const }] : []),
      ],
    };
  },
);
