import { describe, expect, it } from 'vitest';
import { jaroWinkler, oneLetterApart, relate } from '../../src/examinations/shared/name-match.ts';
import { identityKey, parseName, type PersonalName } from '../../src/examinations/shared/personal-name.ts';
import { collapse, latinSpellings, nameKeys } from '../../src/examinations/shared/transliterate.ts';

const name = (raw: string): PersonalName => {
  const parsed = parseName(raw);
  if (!parsed) throw new Error(`'${raw}' is no name`);
  return parsed;
};
const between = (a: string, b: string) => relate(name(a), name(b));

describe('transliteration', () => {
  it('spells a Cyrillic word as each system does', () => {
    expect(latinSpellings('рожков')).toEqual(['rozhkov', 'rozkov', 'rojkov', 'roschkow']);
    expect(latinSpellings('егор')).toEqual(['egor', 'yegor', 'iegor', 'jegor', 'ehor']);
    expect(latinSpellings('щукин')).toEqual(['shhukin', 'shchukin', 'sukin', 'chtchoukin', 'schtschukin', 'shchukyn']);
    expect(latinSpellings('шевченко')).toContain('chevtchenko');
  });
  it('leaves Latin words but for their accents', () => expect(latinSpellings('cédric')).toEqual(['cedric']));
  it.each([
    ['yegor', 'egor'],
    ['iegor', 'egor'],
    ['georgiy', 'georgi'],
    ['guéorgui', 'georgi'],
    ['romanoff', 'romanov'],
    ['alexander', 'aleksander'],
    ['roschkow', 'roshkov'],
  ])('folds %s to %s', (from, to) => expect(collapse(latinSpellings(from)[0] ?? '')).toBe(to));
  it('finds the German spelling of a Russian word', () => expect(nameKeys('рожков')).toContain(collapse('roschkow')));
});

describe('names', () => {
  it('drops order, punctuation, titles and case', () => {
    expect(name('Jean MARTIN').folded).toBe('jean martin');
    expect(name('Martin, Jean').folded).toBe('jean martin');
    expect(name('M. Dr. Jean Martin (Agence)').folded).toBe('jean m martin');
    expect(name('AGENCE\\jmartin').folded).toBe('jmartin');
    expect(name('jean.martin@example.org').folded).toBe('jean martin');
    expect(name('Jean-Pierre Martin').folded).toBe('jeanpierre martin');
  });
  it.each(['', '  ', 'User', 'Пользователь Windows', 'Windows-Benutzer', 'User12', 'Админ', 'E. P.', '12345', 'openpyxl', '—'])(
    '%j is nobody',
    (raw) => expect(parseName(raw)).toBeNull(),
  );
  it.each([
    ['Рожков Егор Павлович', 'rozhkov egor p'],
    ['Егор Павлович Рожков', 'rozhkov egor p'],
    ['Egor Pavlovich Rozhkov', 'rozhkov egor p'],
    ['Martin Jean', 'jean martin'],
    ['Rojkov E.P.', 'rojkov e p'],
    ['Иванова Анна Сергеевна', 'ivanova anna s'],
    ['王小明', 'wangxiaoming'],
  ])('%s has the key %s', (raw, key) => expect(identityKey(name(raw))).toBe(key));
});

describe('relation of two names', () => {
  it.each([
    ['Рожков Егор Павлович', 'Egor Pavlovich Rozhkov'],
    ['Рожков Егор Павлович', 'Yegor Rozhkov'],
    ['Рожков Егор Павлович', 'Rojkov E.P.'],
    ['Рожков Егор Павлович', 'Рожков Е.П.'],
    ['Рожков Егор Павлович', 'Roschkow'],
    ['Рожков Егор Павлович', 'Jegor Roschkow'],
    ['Рожков Егор Павлович', 'rozhkov.e'],
    ['Egor Pavlovich Rozhkov', 'rozhkov.e'],
    ['Шевченко Григорій', 'Hryhoriy Shevchenko'],
    ['Jean Martin', 'MARTIN Jean'],
    ['Щербаков Дмитрий', 'Dmitri Shcherbakof'],
    ['Кузнецов Пётр', 'Kuznetzov Petr'],
  ])('%s is %s', (a, b) => {
    expect(between(a, b)).toBe('same');
    expect(between(b, a)).toBe('same');
  });
  it.each([
    ['Рожков Егор Павлович', 'Рожков Антон Павлович'],
    ['Георгиев', 'Georges'],
    ['Георгиев Пётр', 'Pierre Georges'],
    ['Рошкин Георгий', 'Roche G.'],
    ['Рожка', 'Roche'],
    ['Roche', 'Rochet'],
    ['Jean Martin', 'Jean Marten'],
    ['Jean Martin', 'Jean Durand'],
    ['Jean Martin', 'Paul Martin'],
    ['Ivan Petrovich Sidorov', 'Ivan Petrovich Kuznetsov'],
    ['Иванов Игорь', 'Ivanov Anton'],
  ])('%s is not %s', (a, b) => {
    expect(between(a, b)).toBeNull();
    expect(between(b, a)).toBeNull();
  });
  it('takes a longer name for akin, not for the same', () => expect(between('Maria Garcia Lopez', 'Maria Garcia')).toBe('akin'));
});

describe('distances', () => {
  it('knows one letter', () => {
    expect([oneLetterApart('abc', 'abc'), oneLetterApart('abc', 'abd'), oneLetterApart('abc', 'abcd'), oneLetterApart('abc', 'bc')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([oneLetterApart('abc', 'acb'), oneLetterApart('abc', 'abcde'), oneLetterApart('', 'ab')]).toEqual([false, false, false]);
  });
  it('agrees with the published pairs of Jaro-Winkler', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4);
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 4);
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4);
    expect(jaroWinkler('', 'a')).toBe(0);
  });
});
