import { oddPackageMember } from '../../src/rules/artifact/odd-package-member.ts';
import { text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const OFFICE = 'made by FAT 4.5, needs 2.0, flags 0x0006, method 8, a constant time, no extra fields';
const BY_ZIP = `made by Unix 3.0, needs 2.0, flags 0x0000, method 8, a real time, extra fields 0x5455 in the directory, 0x5455 in the local header; 10 others: ${OFFICE}`;
const IN_PLACE = `made by FAT 4.5, needs 2.0, flags 0x0006, method 8, a real time, no extra fields; 10 others: ${OFFICE}`;
const UNPACKED =
  'made by Unix 3.0, needs 2.0, flags 0x0000, method 8, a real time, no extra fields; 10 others: made by Unix 3.0, needs 2.0, flags 0x0000, method 8, a constant time, no extra fields';

const doc = (members: readonly string[], raw = BY_ZIP, container = 'microsoft-office', mediaType = XLSX): TestDoc[] => [
  {
    name: 'budget.xlsx',
    mediaType,
    claims: [
      ...members.map((m) => text('mark.odd-member', m, { basis: 'observed', field: 'zip headers', raw })),
      text('tool.container', container, { basis: 'observed' }),
    ],
  },
];

ruleTest(oddPackageMember, {
  fires: {
    'one sheet replaced with zip': {
      docs: doc(['xl/worksheets/sheet1.xml']),
      statements: [`holds xl/worksheets/sheet1.xml packed in another way than the rest of its members: ${BY_ZIP}`],
      strengths: ['moderate'],
      about: [['budget.xlsx']],
    },
    'a sheet and the strings': {
      docs: doc(['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml']),
      statements: [`holds xl/sharedStrings.xml and xl/worksheets/sheet1.xml packed in another way than the rest of its members: ${BY_ZIP}`],
    },
    'unpacked, one member changed, packed again as a whole': {
      docs: doc(['word/document.xml'], UNPACKED, 'info-zip'),
      statements: [`holds word/document.xml packed in another way than the rest of its members: ${UNPACKED}`],
      strengths: ['moderate'],
    },
    'changed in place by a program, which is said softly': {
      docs: doc(['word/document.xml'], IN_PLACE),
      statements: [`holds word/document.xml packed in another way than the rest of its members: ${IN_PLACE}`],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: all members alike': doc([]),
    'property-promotion: properties of a document server': doc(['docProps/custom.xml', 'customXml/item1.xml']),
    'whole-package: packed anew, no member is odd': doc([], BY_ZIP, 'info-zip'),
    'styles and settings': doc(['word/styles.xml', 'word/settings.xml']),
    'a list of comments authors': doc(['word/commentsExtended.xml', 'word/people.xml']),
    'a picture': doc(['ppt/media/image1.png']),
    'any archive': doc(['xl/sharedStrings.xml'], BY_ZIP, 'info-zip', 'application/zip'),
  },
});
