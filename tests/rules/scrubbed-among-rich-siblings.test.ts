import { scrubbedAmongRichSiblings } from '../../src/rules/corpus/scrubbed-among-rich-siblings.ts';
import { text, time, unread } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

interface Options {
  readonly application?: string | null;
  readonly lacks?: readonly ('party.author' | 'party.last-author' | 'time.created')[];
  readonly scrubbed?: string;
  readonly mediaType?: string;
  readonly folder?: string;
}
const doc = (
  name: string,
  { application = 'Microsoft Office Word', lacks = [], scrubbed, mediaType = 'application/msword', folder = 'notes' }: Options = {},
): TestDoc => ({
  name,
  mediaType,
  claims: [
    text('place.folder', folder),
    text('party.author', 'Agathe Durand'),
    text('party.last-author', 'Agathe Durand'),
    time('time.created', '2015-03-04T10:00:00Z'),
    ...(application === null ? [] : [text('tool.application', application)]),
    ...(scrubbed === undefined ? [] : [text('mark.scrubbed', scrubbed)]),
  ].filter((c) => !lacks.includes(c.attribute as never)),
});
const rich = (n: number, o: Options = {}): TestDoc[] => Array.from({ length: n }, (_, i) => doc(`${i}.doc`, o));
const ALL = ['party.author', 'party.last-author', 'time.created'] as const;
const NAMES = ['party.author', 'party.last-author'] as const;

ruleTest(scrubbedAmongRichSiblings, {
  fires: {
    'no names among thirty that have them': {
      docs: [...rich(30), doc('x.doc', { lacks: NAMES })],
      strengths: ['weak'],
      about: [['x.doc']],
      statements: ['records no author and no last author, where at least 30 of its 30 siblings in the folder do'],
    },
    'the mark of a scrubber': {
      docs: [...rich(30), doc('x.doc', { lacks: ALL, scrubbed: 'removePersonalInformation' })],
      strengths: ['moderate'],
      statements: [
        "records no author, no last author and no creation time, where at least 30 of its 30 siblings in the folder do; it bears the mark 'removePersonalInformation'",
      ],
    },
    'the scrubber took the name of the program too': {
      docs: [...rich(28), doc('x.pdf', { lacks: ALL, application: null, scrubbed: 'ExifTool', mediaType: 'application/msword' })],
      statements: [
        "records no author, no last author and no creation time, where at least 28 of its 28 siblings in the folder do; it bears the mark 'ExifTool'",
      ],
    },
    'an empty name is none': {
      docs: [
        ...rich(20),
        {
          ...doc('x.doc', { lacks: ALL }),
          claims: [...doc('x.doc', { lacks: ALL }).claims, text('party.author', ''), text('party.last-author', ' ')],
        },
      ],
      statements: ['records no author, no last author and no creation time, where at least 20 of its 20 siblings in the folder do'],
    },
  },
  silent: {
    'house-cleaner: a fifth of the folder is clean': [...rich(20), ...Array.from({ length: 5 }, (_, i) => doc(`x-${i}.doc`, { lacks: NAMES }))],
    'silent-program: LibreOffice names nobody': [...rich(30), doc('x.doc', { lacks: ALL, application: 'LibreOffice/7.4' })],
    'silent-program: a folder from Google Docs': rich(30, { lacks: ALL, application: null }),
    'silent-program: one document of another program': [...rich(30), doc('x.doc', { lacks: ALL, application: 'Some Editor' })],
    'silent-program: no program named, no mark': [...rich(30), doc('x.doc', { lacks: ALL, application: null })],
    'one field only': [...rich(30), doc('x.doc', { lacks: ['time.created'] })],
    'a name that could not be read is there': [
      ...rich(30),
      {
        ...doc('x.doc', { lacks: ALL }),
        claims: [...doc('x.doc', { lacks: ALL }).claims, unread('time.created', '2015-99-99'), text('party.author', 'A')],
      },
    ],
    'ten documents in all': [...rich(9), doc('x.doc', { lacks: ALL })],
    'another folder, another kind': [
      ...rich(30),
      doc('x.doc', { lacks: ALL, folder: 'other' }),
      doc('y.xls', { lacks: ALL, mediaType: 'application/vnd.ms-excel' }),
    ],
    'honest twin: all rich': rich(30),
  },
});
