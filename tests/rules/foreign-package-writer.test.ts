import { foreignPackageWriter } from '../../src/rules/artifact/foreign-package-writer.ts';
import { text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const doc = (application: string, version: string | null, container: string, mediaType = DOCX): TestDoc[] => [
  {
    name: 'a.docx',
    mediaType,
    claims: [
      text('tool.application', application),
      ...(version === null ? [] : [text('tool.version', version)]),
      text('tool.container', container, { basis: 'observed', raw: '9 of 9 members: made by Unix 3.0' }),
    ],
  },
];

ruleTest(foreignPackageWriter, {
  fires: {
    'unpacked, changed and packed with zip': {
      docs: doc('Microsoft Office Word', '16.0000', 'info-zip'),
      statements: ["says it was written by 'Microsoft Office Word' version '16.0000', and its package was packed by Info-ZIP"],
      strengths: ['moderate'],
      about: [['a.docx']],
    },
    'a workbook with macros, on a Mac': {
      docs: doc('Microsoft Macintosh Excel', '16.0300', 'macos-archive', 'application/vnd.ms-excel.sheet.macroenabled.12'),
      statements: [
        "says it was written by 'Microsoft Macintosh Excel' version '16.0300', and its package was packed by the archive utility of macOS",
      ],
    },
    'no version of Office: somebody else calls himself Excel': {
      docs: doc('Microsoft Excel', null, 'windows-explorer'),
      statements: ["says it was written by 'Microsoft Excel', and its package was packed by the compressed folders of Windows"],
      strengths: ['weak'],
    },
    'a script filled in a template': {
      docs: doc('Microsoft Macintosh Word', '14.0000', 'python-zipfile'),
      statements: ["says it was written by 'Microsoft Macintosh Word' version '14.0000', and its package was packed by the zip library of Python"],
      strengths: ['weak'],
    },
    'saved in an old LibreOffice': {
      docs: doc('Microsoft Excel', null, 'libreoffice'),
      statements: ["says it was written by 'Microsoft Excel', and its package was packed by LibreOffice or OpenOffice"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: Word packed it': doc('Microsoft Office Word', '16.0000', 'microsoft-office'),
    'server-or-gateway: rewritten by a library of .NET': doc('Microsoft Office Word', '16.0000', 'dotnet'),
    'server-or-gateway: rewritten by a library of Java': doc('Microsoft Office Word', '16.0000', 'java'),
    'server-or-gateway: it says so itself': doc('Microsoft Office SharePoint Server', '16.0000', 'info-zip'),
    'generated: XlsxWriter calls itself Excel': doc('Microsoft Excel', '12.0000', 'xlsxwriter'),
    'converted: LibreOffice says that it is LibreOffice': doc('LibreOffice/7.4.7.2$Linux_X86_64', '15.0000', 'libreoffice'),
    'a writer nobody knows': doc('Microsoft Office Word', '16.0000', 'unknown'),
    'a PDF made by Word and rewritten by another program': doc('Microsoft® Word 2016', null, 'libreoffice', 'application/pdf'),
    'an OpenDocument file': doc('MicrosoftOffice/15.0 MicrosoftWord', null, 'info-zip', 'application/vnd.oasis.opendocument.text'),
    'no application': [{ name: 'a.docx', mediaType: DOCX, claims: [text('tool.container', 'info-zip')] }],
  },
});
