import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { ARCHIVERS, isOfficePackage, microsoftApplication } from '../shared/packages.ts';
import { savingOf } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

/** Every Office writes '16.0300'; what calls itself Excel and is not writes '3.1' (openpyxl) or nothing (WPS). */
const OFFICE_VERSION = /^1\d\.\d{4}$/;

interface Packer {
  readonly name: string;
  readonly strength: Strength;
}

/** Servers and their libraries ('dotnet', 'java', 'xlsxwriter') rewrite Office documents all day: they say nothing. */
function packerOf(container: string, version: string): Packer | null {
  const archiver = ARCHIVERS.get(container);
  if (archiver !== undefined) return { name: archiver, strength: OFFICE_VERSION.test(version) ? 'moderate' : 'weak' };
  // Scripts that fill in a template of Word keep what it says of itself.
  if (container === 'python-zipfile') return { name: 'the zip library of Python', strength: 'weak' };
  // Older versions kept the name of the program that wrote the file they opened.
  return container === 'libreoffice' ? { name: 'LibreOffice or OpenOffice', strength: 'weak' } : null;
}

/** Catalogue B01. */
export const foreignPackageWriter = artifactRule(
  {
    id: 'foreign-package-writer',
    catalogue: ['B01'],
    version: 1,
    title: 'Document names a Microsoft Office program, and its package was packed by another one',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['tool.application', 'tool.version', 'tool.container', 'event.save'],
    innocent: [
      {
        id: 'server-or-gateway',
        story: 'A document server, mail gateway or virus scanner took the package apart and put it together again.',
        check: 'Many documents that came the same way are packed alike.',
      },
      {
        id: 'generated',
        story: 'A report generator wrote the file and calls itself Excel or Word, or kept what its template said.',
        check: 'Author and times are those of a template; other reports of the same system look the same.',
      },
      {
        id: 'converted',
        story: 'Somebody opened and saved it in LibreOffice, which is an ordinary program.',
        check: 'Other documents of the same author were saved by LibreOffice.',
      },
      {
        id: 'unpacked-folder',
        story: 'An archive or mail program unpacked the document into a folder, and packed the folder again.',
        check: 'All members have one make and one time; the text equals that of another copy.',
      },
    ],
    references: [
      {
        title: 'PKWARE APPNOTE, .ZIP File Format Specification: version made by, extra fields',
        section: '4.4, 4.5',
        url: 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT',
      },
      { title: 'ECMA-376 Part 2, Open Packaging Conventions', url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/' },
    ],
  },
  function* (subject) {
    const application = isOfficePackage(subject.artifact.mediaType) ? microsoftApplication(subject) : null;
    const [container] = subject.claims('tool.container');
    if (!application || !container?.value) return;
    const [version] = subject.claims('tool.version');
    const packer = packerOf(container.value, version?.value ?? '');
    if (!packer) return;
    const context: Cited[] = version ? [{ claim: version, role: 'context' }] : [];
    yield {
      statement: `says it was written by ${quoted(application.value ?? '')}${version ? ` version ${quoted(version.value ?? version.raw)}` : ''}, and its package was packed by ${packer.name}`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength: packer.strength,
      evidence: [{ claim: container, role: 'primary' }, { claim: application, role: 'contradicts' }, ...context],
    };
  },
);
