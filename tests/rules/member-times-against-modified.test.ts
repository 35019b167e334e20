import { memberTimesAgainstModified } from '../../src/rules/artifact/member-times-against-modified.ts';
import { parseIso } from '../../src/model/time.ts';
import { text, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

interface Package {
  readonly application?: string;
  readonly container?: string;
  readonly members: readonly string[];
  readonly odd?: string;
  readonly modified?: string;
}
const doc = ({
  application = 'Microsoft Office Word',
  container = 'info-zip',
  members,
  odd,
  modified = '2017-03-27T12:41:00Z',
}: Package): TestDoc[] => [
  {
    name: 'a.docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    claims: [
      text('tool.application', application),
      text('tool.container', container, { basis: 'observed' }),
      ...members.map((m) => time('time.member', m)),
      time('time.modified', modified),
      ...(odd === undefined ? [] : [text('mark.odd-member', odd, { basis: 'observed' })]),
    ],
  },
];
const acquired = parseIso('2017-05-06T00:00:00Z') ?? undefined;

ruleTest(memberTimesAgainstModified, {
  fires: {
    'packed again as a whole, which is said softly': {
      docs: doc({ members: ['2017-04-20T09:00:00'] }),
      statements: ['says it was last saved 2017-03-27T12:41:00Z, and holds a member stamped 2017-04-20T09:00:00 (no zone), 24 d later'],
      strengths: ['weak'],
      about: [['a.docx']],
    },
    'the text put in by itself': {
      docs: doc({ container: 'microsoft-office', members: ['2017-04-20T09:00:00Z'], odd: 'word/document.xml' }),
      statements: [
        'says it was last saved 2017-03-27T12:41:00Z, and holds a member stamped 2017-04-20T09:00:00Z, 24 d later; word/document.xml is packed in another way than the rest',
      ],
      strengths: ['moderate'],
    },
    'the latest of many counts': {
      docs: doc({ members: ['1980-01-01T08:00:00Z', '2017-03-30T09:00:00Z', '2017-03-29T09:00:00Z'] }),
      statements: ['says it was last saved 2017-03-27T12:41:00Z, and holds a member stamped 2017-03-30T09:00:00Z, 68.3 h later'],
    },
  },
  silent: {
    'honest twin: stamped in the minute of saving': doc({ members: ['2017-03-27T12:41:30Z'] }),
    'zone: thirteen hours east, two seconds later': doc({ members: ['2017-03-28T01:41:02'] }),
    'zone: a wall clock within a day and 14 hours': doc({ members: ['2017-03-29T01:00:00'] }),
    'converted: LibreOffice kept the time of the original and says its own name': doc({
      application: 'LibreOffice/7.4',
      container: 'libreoffice',
      members: ['2026-01-01T09:00:00Z'],
    }),
    'converted: a library of Java stamps what it writes': doc({ container: 'java', members: ['2020-04-20T09:00:00'] }),
    'property-promotion: the packaging library of a server': doc({ container: 'dotnet', members: ['2020-04-20T09:00:00'] }),
    'constant: nothing but the constant of Office': doc({ container: 'microsoft-office', members: ['1980-01-01T00:00:00'] }),
    'constant: saved in a template': doc({ members: ['2017-04-20T09:00:00'], modified: '2006-09-16T00:00:00Z' }),
    'packed-again: by the holder of the dump': { docs: doc({ members: ['2017-06-01T09:00:00'] }), context: acquired ? { acquiredAt: acquired } : {} },
    'members earlier than the saving': doc({ members: ['2012-01-01T09:00:00'] }),
    'an overflow of DOS time': doc({ members: ['2107-12-31T23:59:58'] }),
    'no time of saving': [
      {
        ...doc({ members: ['2017-04-20T09:00:00'] })[0],
        name: 'a.docx',
        claims: [text('tool.application', 'Microsoft Office Word'), text('tool.container', 'info-zip'), time('time.member', '2017-04-20T09:00:00')],
      },
    ],
  },
});
