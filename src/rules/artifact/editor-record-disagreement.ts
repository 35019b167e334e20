import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { isOfficePackage, microsoftApplication } from '../shared/packages.ts';
import { savingOf } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

const READS = ['tool.application', 'tool.version', 'tool.container', 'tool.part-application', 'tool.last-edited', 'event.save'] as const;
type Read = (typeof READS)[number];

/** Highest fileVersion@lastEdited that a version of Excel writes. Measured: 15 writes 6, 16 wrote 6 at first and 7 since. */
const GENERATION: Readonly<Record<string, number>> = { 12: 4, 14: 5, 15: 6, 16: 7 };
const YEARS: Readonly<Record<number, string>> = { 4: 'Excel 2007', 5: 'Excel 2010', 6: 'Excel 2013', 7: 'Excel 2016 or later' };
const OFFICE_VERSION = /^(1\d)\.\d{4}$/;

function generationOf(application: string, version: string): number | null {
  const major = OFFICE_VERSION.exec(version)?.[1] ?? '';
  // Excel 2016 for the Mac began as 15.
  if (major === '15' && /mac/i.test(application)) return 7;
  return GENERATION[major] ?? null;
}

function draft(subject: Subject<Read>, statement: string, part: Claim, contradicts: readonly Claim[], isWeak: boolean): FindingDraft {
  return {
    statement,
    about: [subject.artifact.id],
    rootCause: savingOf(subject),
    strength: isWeak ? 'weak' : 'moderate',
    evidence: [{ claim: part, role: 'primary' }, ...contradicts.map((claim) => ({ claim, role: 'contradicts' as const }))],
  };
}

/** Catalogue B03: the clear contradictions of its table, no more. */
export const editorRecordDisagreement = artifactRule(
  {
    id: 'editor-record-disagreement',
    catalogue: ['B03'],
    version: 1,
    title: 'Parts of a workbook name different programs as the one that saved it last',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'opened-elsewhere',
        story: 'An older LibreOffice saved a workbook of Excel and kept the name of Excel in its properties.',
        check: 'There is no AppVersion, and the package was packed by LibreOffice.',
      },
      {
        id: 'library',
        story: 'A library or a report system wrote the properties from a constant, whatever the rest of the file says.',
        check: 'The package is not one that Excel packed; other files of the same system say the same.',
      },
      {
        id: 'upgraded',
        story: 'The workbook was made in an older version and saved in a newer one: older traces beside newer ones are ordinary.',
        check: 'lastEdited is not newer than the version that says it saved last.',
      },
    ],
    references: [
      {
        title: 'ECMA-376 Part 1, Office Open XML: fileVersion',
        section: '18.2.13',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
      {
        title: '[MS-OI29500], Office implementation of ISO/IEC 29500: fileVersion',
        url: 'https://learn.microsoft.com/en-us/openspecs/office_standards/ms-oi29500/',
      },
    ],
  },
  function* (subject) {
    const application = isOfficePackage(subject.artifact.mediaType) ? microsoftApplication(subject) : null;
    if (!application?.value || !/\bexcel\b/i.test(application.value)) return;
    const [version] = subject.claims('tool.version');
    const says = `says it was written by ${quoted(application.value)}${version ? ` version ${quoted(version.value ?? version.raw)}` : ''}`;
    const contradicts = version ? [application, version] : [application];
    const part = subject.claims('tool.part-application').find((c) => c.value === 'Calc');
    if (part) {
      const isWeak = !OFFICE_VERSION.test(version?.value ?? '');
      yield draft(subject, `${says}, and its workbook part says 'Calc', the spreadsheet of LibreOffice and OpenOffice`, part, contradicts, isWeak);
    }
    const [edited] = subject.claims('tool.last-edited');
    const generation = generationOf(application.value, version?.value ?? '');
    // Libraries copy the one and make up the other.
    if (!edited?.value || generation === null || subject.claims('tool.container')[0]?.value !== 'microsoft-office') return;
    const newer = YEARS[edited.value];
    if (newer === undefined || edited.value <= generation) return;
    yield draft(
      subject,
      `${says}, and its workbook part says it was last saved by ${newer} (lastEdited ${edited.value})`,
      edited,
      contradicts,
      false,
    );
  },
);
