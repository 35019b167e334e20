import { localeDiscordance } from '../../src/rules/corpus/locale-discordance.ts';
import { number, text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
interface Options {
  readonly saved?: string;
  readonly created?: readonly string[];
  readonly text?: string;
  readonly container?: string | null;
  readonly application?: string;
  readonly event?: string;
  readonly who?: string;
  readonly known?: 'address' | 'author' | 'nowhere';
  readonly codePage?: number;
  readonly mediaType?: string;
}
const doc = (name: string, o: Options = {}): TestDoc => ({
  name,
  mediaType: o.mediaType ?? XLSX,
  claims: [
    text('locale.saved', o.saved ?? 'fr'),
    ...(o.created ?? ['fr']).map((l) => text('locale.created', l)),
    text('tool.application', o.application ?? 'Microsoft Excel'),
    ...(o.container === null ? [] : [text('tool.container', o.container ?? 'microsoft-office')]),
    ...(o.text === undefined ? [] : [text('locale.text', o.text)]),
    ...(o.event === undefined ? [] : [text('event.save', o.event)]),
    ...(o.codePage === undefined ? [] : [number('locale.codepage', o.codePage)]),
    ...(o.who === undefined
      ? []
      : [text('party.last-author', o.who), text('identity.key', o.who.toLowerCase()), text('identity.known-as', o.known ?? 'nowhere')]),
  ],
});
const many = (n: number, prefix: string, o: Options = {}): TestDoc[] => Array.from({ length: n }, (_, i) => doc(`${prefix}-${i}.xlsx`, o));
const EVENT = 'save:рожков:2017-03-27T12:41Z';
const russian: Options = { saved: 'ru', event: EVENT };

ruleTest(localeDiscordance, {
  fires: {
    'a burst in Russian of what was made in French': {
      docs: [...many(60, 'a'), ...many(3, 'x', { ...russian, who: 'Рожков' }), ...many(2, 'y', russian)],
      statements: [
        "was last saved by a program in Russian, as 5 documents of one act of saving were; 5 of them were created by one in French; none of the other 60 documents that tell it were saved in Russian; the last author is 'Рожков'",
      ],
      about: [['x-0.xlsx', 'x-1.xlsx', 'x-2.xlsx', 'y-0.xlsx', 'y-1.xlsx']],
      rootCauses: [EVENT],
      strengths: ['moderate'],
    },
    'what tells no language of creation goes along': {
      docs: [...many(60, 'a'), doc('x.xlsx', russian), doc('y.xlsx', { ...russian, created: [] }), doc('z.xlsx', { ...russian, created: ['ru'] })],
      statements: [
        'was last saved by a program in Russian, as 2 documents of one act of saving were; 1 of them was created by one in French; none of the other 60 documents that tell it were saved in Russian',
      ],
      about: [['x.xlsx', 'y.xlsx']],
    },
    'an old workbook, and its code page agrees': {
      docs: [
        ...many(60, 'a'),
        doc('x.xls', { saved: 'ru', container: null, mediaType: 'application/vnd.ms-excel', codePage: 1251, event: 'save:x' }),
      ],
      rootCauses: ['save:x'],
      statements: [
        'was last saved by a program in Russian and created by one in French; none of the other 60 documents that tell it were saved in Russian; code page 1251 (Cyrillic) agrees in 1 of 1',
      ],
    },
    'two bursts of one person do not make the language at home': {
      docs: [
        ...many(60, 'a'),
        ...many(3, 'x', { ...russian, who: 'Рожков' }),
        ...many(4, 'y', { ...russian, who: 'Рожков', event: 'save:рожков:2017-03-28T09:00Z' }),
      ],
      strengths: ['moderate', 'moderate'],
      statements: [
        "was last saved by a program in Russian, as 3 documents of one act of saving were; 3 of them were created by one in French; none of the other 60 documents that tell it were saved in Russian; the last author is 'Рожков'",
        "was last saved by a program in Russian, as 4 documents of one act of saving were; 4 of them were created by one in French; none of the other 60 documents that tell it were saved in Russian; the last author is 'Рожков'",
      ],
    },
    'English is weak: it is everywhere': {
      docs: [...many(60, 'a'), doc('x.xlsx', { saved: 'en', event: 'save:x' })],
      strengths: ['weak'],
      statements: [
        'was last saved by a program in English and created by one in French; none of the other 60 documents that tell it were saved in English',
      ],
    },
    'one other by somebody else: weak': {
      docs: [...many(80, 'a'), doc('r.xlsx', { saved: 'ru', created: [] }), doc('x.xlsx', { ...russian, who: 'Рожков' })],
      strengths: ['weak'],
      statements: [
        "was last saved by a program in Russian and created by one in French; 1 of the other 81 documents that tell it was saved in Russian; the last author is 'Рожков'",
      ],
    },
    'few to compare with: weak': {
      docs: [...many(12, 'a'), doc('x.xlsx', russian)],
      strengths: ['weak'],
      statements: [
        'was last saved by a program in Russian and created by one in French; none of the other 12 documents that tell it were saved in Russian',
      ],
    },
  },
  silent: {
    'multilingual: one in twenty is saved in it': [...many(95, 'a'), ...many(5, 'r', { saved: 'ru', created: ['ru'] }), ...many(5, 'x', russian)],
    'multilingual: others are created in it': [...many(60, 'a'), ...many(4, 'r', { created: ['ru'] }), doc('x.xlsx', russian)],
    'multilingual: texts here are written in it': [...many(60, 'a'), ...many(4, 'r', { text: 'ru-RU' }), doc('x.xlsx', russian)],
    'multilingual: an office of two languages, each saving what the other made': [
      ...many(40, 'a'),
      ...many(40, 'r', { saved: 'ru', created: ['ru'] }),
      ...many(9, 'x', russian),
      ...many(9, 'y', { saved: 'fr', created: ['ru'] }),
    ],
    'multilingual: a correspondent of the corpus saved it': [...many(60, 'a'), doc('x.xlsx', { ...russian, who: 'Зайцева', known: 'address' })],
    'generator: a library that writes Листы': [
      ...many(60, 'a'),
      ...many(3, 'x', { ...russian, container: 'java' }),
      ...many(3, 'y', { ...russian, application: 'SheetJS' }),
    ],
    'generator: LibreOffice in an old format': [
      ...many(60, 'a'),
      doc('x.xls', { ...russian, container: null, application: 'LibreOffice', mediaType: 'application/vnd.ms-excel' }),
    ],
    'many-origins: a few of each of many languages': [
      ...many(60, 'a', { saved: 'en', created: ['en'] }),
      ...['de', 'es', 'it', 'ja', 'zh'].map((l) => doc(`${l}.xlsx`, { saved: l, created: [l] })),
      doc('x.xlsx', { saved: 'ru', created: ['en'] }),
    ],
    'honest twin: created and saved in it': [...many(60, 'a'), ...many(3, 'x', { ...russian, created: ['ru'] })],
    'honest twin: it tells no language of creation': [...many(60, 'a'), ...many(3, 'x', { ...russian, created: [] })],
    'one of its traces of creation is in it': [...many(60, 'a'), doc('x.xlsx', { ...russian, created: ['fr', 'ru'] })],
    'the usual language here, created abroad': [...many(60, 'a'), doc('x.xlsx', { created: ['ru'] })],
    'too few others': [...many(9, 'a'), doc('x.xlsx', russian)],
  },
});
