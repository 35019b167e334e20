import { burstOfSaves } from '../../src/rules/corpus/burst-of-saves.ts';
import { number, text, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const EVENT = 'save:rozhkov egor p:2017-03-27T12:41Z';
const CYRILLIC = 'Рожков Егор Павлович';

interface Options {
  readonly who?: string | null;
  readonly known?: 'address' | 'author' | 'nowhere' | null;
  readonly documents?: number;
  readonly created?: (i: number) => string;
  readonly modified?: (i: number) => string;
  readonly author?: (i: number) => string;
  readonly application?: string;
  readonly mediaType?: string;
  readonly unnamed?: (i: number) => boolean;
  readonly bytes?: string;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** One document of a burst of nine: created from 2006 on by two authors, saved within four minutes, each second one unnamed. */
function doc(i: number, o: Options = {}): TestDoc {
  const who = o.who === null || (o.unnamed ?? ((n: number) => n % 2 === 1))(i) ? null : (o.who ?? CYRILLIC);
  return {
    name: `plan-${i}.xlsx`,
    mediaType: o.mediaType ?? XLSX,
    ...(o.bytes === undefined ? {} : { bytes: o.bytes }),
    claims: [
      text('event.save', EVENT, { basis: 'observed' }),
      time('time.created', o.created ? o.created(i) : `${2006 + i}-03-01T10:00:00Z`),
      time('time.modified', o.modified ? o.modified(i) : `2017-03-27T12:${41 + Math.trunc(i / 2)}:0${i}Z`),
      text('party.author', o.author ? o.author(i) : i < 5 ? 'Agathe Durand' : 'Paul Petit'),
      text('tool.application', o.application ?? 'Microsoft Excel'),
      text('tool.version', '16.0300'),
      text('locale.saved', 'ru'),
      ...(who === null
        ? []
        : [
            text('party.last-author', who),
            text('identity.key', 'rozhkov egor p'),
            number('identity.documents', o.documents ?? 5),
            ...(o.known === null ? [] : [text('identity.known-as', o.known ?? 'nowhere')]),
          ]),
    ],
  };
}
const burst = (n: number, o: Options = {}): TestDoc[] => Array.from({ length: n }, (_, i) => doc(i, o));

const NINE =
  "is one of 9 documents created 2006-03-01 to 2014-03-01 by 2 authors that were all last saved within 4 min on 2017-03-27 (12:41 to 12:45 UTC): 5 by 'Рожков Егор Павлович' and 4 without a name, with Microsoft Excel 16.0300 in Russian";

ruleTest(burstOfSaves, {
  fires: {
    'nine old workbooks, half of them unnamed': {
      docs: burst(9),
      statements: [NINE],
      about: [burst(9).map((d) => d.name)],
      rootCauses: [EVENT],
      strengths: ['moderate'],
    },
    'a copy is a document it is about, and counts once': {
      docs: [...burst(9), { ...doc(8), name: 'copy.xlsx', bytes: 'plan-8.xlsx' }],
      statements: [NINE],
      about: [['copy.xlsx', ...burst(9).map((d) => d.name)]],
    },
    'one author, years apart': {
      docs: burst(3, { author: () => 'Agathe Durand', unnamed: () => false, documents: 3 }),
      statements: [
        "is one of 3 documents created 2006-03-01 to 2008-03-01 by 1 author that were all last saved within 62 s on 2017-03-27 (12:41 to 12:42 UTC): 3 by 'Рожков Егор Павлович', with Microsoft Excel 16.0300 in Russian",
      ],
    },
    'nobody named: weak': {
      docs: burst(9, { who: null }),
      strengths: ['weak'],
      statements: [
        'is one of 9 documents created 2006-03-01 to 2014-03-01 by 2 authors that were all last saved within 4 min on 2017-03-27 (12:41 to 12:45 UTC): 9 without a name, with Microsoft Excel 16.0300 in Russian',
      ],
    },
    'a person who writes mail here and saved nothing else: weak': { docs: burst(9, { known: 'address' }), statements: [NINE], strengths: ['weak'] },
    'a stranger who also saved at other times: weak': { docs: burst(9, { documents: 40 }), statements: [NINE], strengths: ['weak'] },
    'a search for the name that was cut short: weak': { docs: burst(9, { known: null }), statements: [NINE], strengths: ['weak'] },
    'a stranger in a collection from many hands: weak': {
      docs: [
        ...burst(9),
        ...Array.from({ length: 20 }, (_, i) => ({
          name: `c-${i}.xlsx`,
          claims: [text('identity.key', `person ${i}`), number('identity.documents', 1), text('identity.known-as', 'nowhere')],
        })),
      ],
      statements: [NINE],
      strengths: ['weak'],
    },
    'before the dump was acquired': {
      docs: burst(9),
      statements: [NINE],
      context: { acquiredAt: { kind: 'instant', epochMs: Date.UTC(2017, 4, 5), offsetMinutes: 0, precisionMs: 1000 } },
    },
  },
  silent: {
    'assistant: a colleague who works here converts a folder': burst(9, { who: 'Lucie Martin', known: 'address', documents: 60 }),
    'assistant: forty workbooks converted by the administrator who writes and saves here': burst(40, {
      who: 'Lucie Martin',
      known: 'author',
      documents: 80,
      modified: (i) => `2017-03-27T12:${two(i)}:00Z`,
      created: (i) => `20${two(i % 17)}-03-01T10:00:00Z`,
      unnamed: () => false,
    }),
    'bulk-job: a server rewrote the documents': burst(9, { application: 'Aspose.Cells for .NET' }),
    'bulk-job: thirty in ten seconds by no hand': burst(30, {
      who: null,
      modified: (i) => `2017-03-27T12:41:${two(Math.trunc(i / 3))}Z`,
      created: (i) => `20${two(i % 17)}-03-01T10:00:00Z`,
    }),
    'generated: each created as it was saved': burst(9, { created: (i) => `2017-03-27T12:${41 + Math.trunc(i / 2)}:0${i}Z` }),
    'generated: all from one template': burst(9, { created: () => '2006-09-16T00:00:00Z' }),
    'generated: test files of one developer, made in a day': burst(9, {
      created: (i) => `2017-03-26T1${i % 4}:00:00Z`,
      author: () => 'god',
      who: 'god',
    }),
    'holder: after the release': {
      docs: burst(9),
      context: { releasedAt: { kind: 'instant', epochMs: Date.UTC(2017, 1, 1), offsetMinutes: 0, precisionMs: 1000 } },
    },
    'holder: a name the operator knows': { docs: burst(9), context: { known: new Set([CYRILLIC.toLowerCase()]) } },
    'honest twin: two documents': burst(2),
    'honest twin: a working morning, most of it new': [
      ...burst(3, { created: (i) => `2017-01-0${i + 1}T10:00:00Z` }),
      ...Array.from({ length: 6 }, (_, i) => ({ ...doc(i, { created: () => '2017-03-27T09:00:00Z' }), name: `new-${i}.xlsx` })),
    ],
    'three copies of one file': Array.from({ length: 3 }, (_, i) => ({ ...doc(0, { bytes: 'one' }), name: `copy-${i}.xlsx` })),
    'pictures exported together': burst(9, { mediaType: 'image/jpeg' }),
    'wall times are no burst': burst(9, { modified: (i) => `2017-03-27T12:4${i}:00` }),
  },
});
