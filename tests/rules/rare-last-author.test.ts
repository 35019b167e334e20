import { rareLastAuthor } from '../../src/rules/corpus/rare-last-author.ts';
import { address, number, text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

interface Who {
  readonly last: string;
  readonly key: string;
  readonly documents: number;
  readonly known?: 'address' | 'author' | 'nowhere';
  readonly author?: string;
  readonly language?: string;
  readonly event?: string;
  readonly spelling?: string;
}
const doc = (name: string, w: Who): TestDoc => ({
  name,
  claims: [
    text('party.last-author', w.last),
    text('identity.key', w.key),
    number('identity.documents', w.documents),
    text('identity.known-as', w.known ?? 'nowhere'),
    text('locale.saved', w.language ?? 'fr'),
    ...(w.author === undefined ? [] : [text('party.author', w.author)]),
    ...(w.event === undefined ? [] : [text('event.save', w.event)]),
    ...(w.spelling === undefined ? [] : [text('identity.spelling', w.spelling)]),
  ],
});
const many = (n: number, prefix: string, w: Who): TestDoc[] => Array.from({ length: n }, (_, i) => doc(`${prefix}-${i}.docx`, w));
const durand: Who = { last: 'Agathe Durand', key: 'agathe durand', documents: 40, known: 'address', author: 'Agathe Durand' };
const petit: Who = { last: 'Paul Petit', key: 'paul petit', documents: 60, known: 'author', author: 'Paul Petit' };
/** A hundred documents of two people who work here. */
const office = [...many(40, 'a', durand), ...many(60, 'p', petit)];
const mail: TestDoc = { name: 'm.eml', mediaType: 'message/rfc822', claims: [address('party.from', 'Agathe Durand', 'agathe@example.org')] };

const rozhkov: Who = {
  last: 'Рожков Егор Павлович',
  key: 'rozhkov egor p',
  documents: 4,
  author: 'Agathe Durand',
  language: 'ru',
  event: 'save:rozhkov egor p:2017-03-27T12:41Z',
};
const supplier: Who = { last: 'Marc Leroy', key: 'leroy marc', documents: 1, author: 'Agathe Durand' };
/** Sixty documents by sixty strangers: an archive, or the test files of a parser. */
const collection = Array.from({ length: 60 }, (_, i) =>
  doc(`c-${i}.docx`, {
    last: `Person ${String.fromCharCode(65 + (i % 26))}${i}`,
    key: `person ${i}`,
    documents: 1,
    author: 'Paul Petit',
    language: i % 2 ? 'en' : 'fr',
  }),
);

ruleTest(rareLastAuthor, {
  fires: {
    'a burst in another script and language': {
      docs: [...office, ...many(4, 'x', rozhkov), mail],
      statements: [
        "names 'Рожков Егор Павлович' as last author, as 4 documents of 104 do, though its author is 'Agathe Durand'; no author and no correspondent of the corpus bears that name; it is in Cyrillic letters, as none of the other names are; the saving was in Russian, as for none of the other documents; 4 of them were saved in one burst",
      ],
      about: [['x-0.docx', 'x-1.docx', 'x-2.docx', 'x-3.docx']],
      rootCauses: ['save:rozhkov egor p:2017-03-27T12:41Z'],
      strengths: ['moderate'],
    },
    'its other spelling is told': {
      docs: [
        ...office,
        ...many(2, 'x', { ...rozhkov, documents: 3, event: 'save:a', spelling: 'Rojkov E.P.' }),
        doc('y.docx', { ...rozhkov, documents: 3, last: 'Rojkov E.P.', author: 'Paul Petit', event: 'save:b', spelling: 'Рожков Егор Павлович' }),
      ],
      statements: [
        "names 'Рожков Егор Павлович' as last author, as 3 documents of 103 do, though the authors of these are 2 others; no author and no correspondent of the corpus bears that name; it is also written 'Rojkov E.P.'; it is in Cyrillic letters, as none of the other names are; the saving was in Russian, as for none of the other documents",
      ],
      rootCauses: ['identity:rozhkov egor p'],
    },
    'rarity alone is weak': {
      docs: [...office, doc('x.docx', supplier)],
      strengths: ['weak'],
      statements: [
        "names 'Marc Leroy' as last author, as 1 document of 101 do, though its author is 'Agathe Durand'; no author and no correspondent of the corpus bears that name",
      ],
    },
    'even in a collection, a burst in another language stands out': {
      docs: [...office, ...collection, ...many(4, 'x', rozhkov)],
      strengths: ['moderate'],
      statements: [
        "names 'Рожков Егор Павлович' as last author, as 4 documents of 164 do, though its author is 'Agathe Durand'; no author and no correspondent of the corpus bears that name; it is in Cyrillic letters, as none of the other names are; the saving was in Russian, as for none of the other documents; 4 of them were saved in one burst",
      ],
    },
  },
  silent: {
    'supplier: who writes mail here': [...office, doc('x.docx', { ...supplier, known: 'address' })],
    'supplier: the author of the document too': [...office, doc('x.docx', { ...supplier, known: 'author', author: 'Marc Leroy' })],
    'supplier: an author whom nothing else names': [...office, doc('x.docx', { ...supplier, author: 'Imprimerie Leroy' })],
    'collection: many hands': collection,
    'collection: one burst of one of many': [...collection, ...many(3, 'x', { ...supplier, documents: 3, event: 'save:leroy' })],
    'bilingual: half the office writes Cyrillic': [
      ...office,
      ...many(40, 'r', {
        last: 'Зайцева Анна Сергеевна',
        key: 'zaitseva anna s',
        documents: 40,
        known: 'address',
        author: 'Зайцева Анна Сергеевна',
        language: 'ru',
      }),
      ...many(4, 'x', { ...rozhkov, known: 'address' }),
    ],
    'bilingual: nine by a colleague in the other language, over months': [
      ...office,
      ...many(40, 'r', {
        last: 'Зайцева Анна Сергеевна',
        key: 'zaitseva anna s',
        documents: 40,
        known: 'address',
        author: 'Зайцева Анна Сергеевна',
        language: 'ru',
      }),
      ...many(9, 'x', { last: rozhkov.last, key: rozhkov.key, documents: 9, author: 'Agathe Durand', language: 'ru' }),
    ],
    'too small a corpus': [...office.slice(0, 20), ...many(4, 'x', rozhkov)],
    'known to the operator': { docs: [...office, ...many(4, 'x', rozhkov)], context: { known: new Set(['рожков егор павлович']) } },
    'saves too much to be rare': [...office, ...many(12, 'x', { ...rozhkov, documents: 12 })],
    'honest twin: the office alone': [...office, mail],
  },
});
