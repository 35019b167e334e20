import { describe, expect, it } from 'vitest';
import { identities } from '../../src/examinations/identities.ts';
import { address, text } from '../support/claims.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const doc = (name: string, last: string, author?: string, bytes?: string): TestDoc => ({
  name,
  claims: [text('party.last-author', last), ...(author === undefined ? [] : [text('party.author', author)])],
  ...(bytes === undefined ? {} : { bytes }),
});
const mail = (name: string, from: string, mailbox: string, ...to: readonly (readonly [string, string])[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [address('party.from', from, mailbox), ...to.map(([n, m]) => address('party.to', n, m))],
});
const about = (seen: readonly Seen[], name: string, attribute: string) =>
  seen.filter((s) => s.about === name && s.attribute === attribute).map((s) => s.value);

describe('identities', () => {
  it('links one person across scripts, orders and abbreviations', async () => {
    const { seen, problems } = await examine(identities, [
      doc('1.xls', 'Рожков Егор Павлович'),
      doc('2.xls', 'Egor Pavlovich Rozhkov'),
      doc('3.xls', 'Rojkov E.P.'),
      doc('4.xls', 'Roschkow'),
      doc('5.xls', 'rozhkov.e'),
      doc('6.xls', 'Jean Martin'),
    ]);
    expect(problems).toEqual([]);
    for (const name of ['1.xls', '2.xls', '3.xls', '4.xls', '5.xls']) {
      expect(about(seen, name, 'identity.key')).toEqual(['rozhkov egor p']);
      expect(about(seen, name, 'identity.documents')).toEqual([5]);
      expect(about(seen, name, 'identity.known-as')).toEqual(['nowhere']);
    }
    expect(seen.filter((s) => s.about === '3.xls' && s.attribute === 'identity.spelling')).toEqual([
      { about: '3.xls', attribute: 'identity.spelling', value: 'Рожков Егор Павлович', other: '1.xls' },
      { about: '3.xls', attribute: 'identity.spelling', value: 'Egor Pavlovich Rozhkov', other: '2.xls' },
      { about: '3.xls', attribute: 'identity.spelling', value: 'rozhkov.e', other: '5.xls' },
    ]);
    expect(about(seen, '6.xls', 'identity.key')).toEqual(['jean martin']);
    expect(about(seen, '6.xls', 'identity.spelling')).toEqual([]);
  });

  it('joins no abbreviation that fits two people', async () => {
    const { seen } = await examine(identities, [doc('1', 'Ivanov Igor'), doc('2', 'Ivanov Ilya'), doc('3', 'Ivanov I.')]);
    expect(['1', '2', '3'].map((n) => about(seen, n, 'identity.key')[0])).toEqual(['igor ivanov', 'ilya ivanov', 'ivanov i']);
  });

  it('counts copies of one file once, and says nothing of default names', async () => {
    const { seen } = await examine(identities, [
      doc('a/1', 'Jean Martin', undefined, 'x'),
      doc('b/1', 'Jean Martin', undefined, 'x'),
      doc('2', 'Пользователь Windows'),
      doc('3', ''),
    ]);
    expect(about(seen, 'a/1', 'identity.documents')).toEqual([1]);
    expect(about(seen, '2', 'identity.key')).toEqual([]);
    expect(about(seen, '3', 'identity.key')).toEqual([]);
  });

  it.each([
    ['a sender by name', mail('m', 'Martin, Jean', 'contact@example.org')],
    ['a recipient by name', mail('m', 'X', 'x@example.org', ['Someone', 's@example.org'], ['Jean MARTIN', 'jm@example.org'])],
    ['a second name of one mailbox', mail('m', 'Service', 'c@example.org', ['Service', 'd@example.org'], ['Jean Martin', 'd@example.org'])],
    ['a mailbox with both words', mail('m', '', 'jean.martin@example.org')],
    ['a mailbox with an initial', mail('m', '', 'jmartin@example.org')],
    ['a mailbox with the initial behind', mail('m', '', 'martin-j@example.org')],
  ])('knows %s as an address', async (_, message) => {
    const { seen } = await examine(identities, [doc('1', 'Jean Martin', 'Jean Martin'), message]);
    expect(about(seen, '1', 'identity.known-as')).toEqual(['address']);
  });

  it('does not take another person with the same given name or surname for it', async () => {
    const { seen } = await examine(identities, [
      doc('1', 'Jean Martin', 'Paule Durand'),
      mail('m', 'Jean Durand', 'paul.martin@example.org', ['Lucie Martin', 'l@example.org']),
    ]);
    expect(about(seen, '1', 'identity.known-as')).toEqual(['nowhere']);
  });

  it('knows an author, one of several in a field too', async () => {
    const { seen } = await examine(identities, [doc('1', 'Jean Martin'), doc('2', 'Paule Durand', 'Lucie Petit; Jean Martin')]);
    expect(about(seen, '1', 'identity.known-as')).toEqual(['author']);
    expect(about(seen, '2', 'identity.known-as')).toEqual(['nowhere']);
  });

  it('finds the other spelling in the mail and says where', async () => {
    const { seen } = await examine(identities, [doc('1', 'Рожков Егор Павлович'), mail('m', 'Egor Rozhkov', 'er@example.org')]);
    expect(seen.filter((s) => s.attribute === 'identity.spelling')).toEqual([
      { about: '1', attribute: 'identity.spelling', value: 'Egor Rozhkov', other: 'm' },
    ]);
    expect(about(seen, '1', 'identity.known-as')).toEqual(['address']);
  });

  it('calls nobody a stranger when not all names could be compared', async () => {
    const crowd = Array.from({ length: 2_100 }, (_, i) =>
      doc(`${i}`, `Martinov J${String.fromCharCode(97 + (i % 26), 97 + (Math.trunc(i / 26) % 26), 97 + Math.trunc(i / 676))}`),
    );
    const { seen, problems } = await examine(identities, crowd);
    expect(problems.map((p) => p.problem.code)).toEqual(['limit-exceeded']);
    expect(seen.filter((s) => s.attribute === 'identity.known-as')).toEqual([]);
  }, 20_000);

  it('survives names that are none', async () => {
    const names = [
      '\u0000',
      '@',
      '\\',
      '....',
      'a'.repeat(1024),
      '('.repeat(500),
      '\u{1F600} \u{1F600}',
      '\ud800',
      'ы'.repeat(300),
      `${'а б '.repeat(200)}`,
    ];
    const { problems } = await examine(
      identities,
      names.map((n, i) => doc(String(i), n, n)),
    );
    expect(problems).toEqual([]);
  });
});
