import { editorRecordDisagreement } from '../../src/rules/artifact/editor-record-disagreement.ts';
import { number, text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

interface Workbook {
  readonly application?: string;
  readonly version?: string;
  readonly container?: string;
  readonly part?: string;
  readonly edited?: number;
}
const book = ({ application = 'Microsoft Excel', version, container = 'microsoft-office', part = 'xl', edited }: Workbook): TestDoc[] => [
  {
    name: 'a.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    claims: [
      text('tool.application', application),
      ...(version === undefined ? [] : [text('tool.version', version)]),
      text('tool.container', container, { basis: 'observed' }),
      text('tool.part-application', part),
      ...(edited === undefined ? [] : [number('tool.last-edited', edited)]),
    ],
  },
];

ruleTest(editorRecordDisagreement, {
  fires: {
    'Calc under the name and version of Excel': {
      docs: book({ version: '16.0300', part: 'Calc', container: 'libreoffice' }),
      statements: [
        "says it was written by 'Microsoft Excel' version '16.0300', and its workbook part says 'Calc', the spreadsheet of LibreOffice and OpenOffice",
      ],
      strengths: ['moderate'],
    },
    'opened in an old LibreOffice, which kept the name': {
      docs: book({ part: 'Calc', container: 'libreoffice' }),
      statements: ["says it was written by 'Microsoft Excel', and its workbook part says 'Calc', the spreadsheet of LibreOffice and OpenOffice"],
      strengths: ['weak'],
    },
    'saved last by a later Excel than it says': {
      docs: book({ version: '14.0300', edited: 7 }),
      statements: [
        "says it was written by 'Microsoft Excel' version '14.0300', and its workbook part says it was last saved by Excel 2016 or later (lastEdited 7)",
      ],
      strengths: ['moderate'],
      about: [['a.xlsx']],
    },
  },
  silent: {
    'honest twin: Excel 2010': book({ version: '14.0300', edited: 5 }),
    'upgraded: Excel 2016 of 2015 wrote 6': book({ version: '16.0300', edited: 6 }),
    'upgraded: an older trace in a newer file': book({ version: '15.0300', edited: 4 }),
    'library: properties from a constant': book({ version: '12.0000', edited: 7, container: 'java' }),
    'library: numbered by itself': book({ version: '3.1', edited: 7 }),
    'opened-elsewhere: LibreOffice says that it is LibreOffice': book({
      application: 'LibreOffice/7.4',
      version: '15.0000',
      part: 'Calc',
      container: 'libreoffice',
    }),
    'Excel 2016 for the Mac began as 15': book({ application: 'Microsoft Macintosh Excel', version: '15.0300', edited: 7 }),
    'a number no Excel has written': book({ version: '12.0000', edited: 99 }),
  },
});
