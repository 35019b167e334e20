import { describe, expect, it } from 'vitest';
import { HEADINGS, SHEET_NAMES, STYLE_IDS, STYLE_NAMES, THEME_NAMES } from '../../src/structures/office-strings.data.ts';
import {
  headingRuns,
  uiLanguageOfSheetName,
  uiLanguageOfStyleIds,
  uiLanguageOfStyleName,
  uiLanguageOfThemeName,
} from '../../src/structures/office-strings.ts';

const PLAIN = { latin: 'en-US', eastAsia: 'en-US', bidi: 'ar-SA' };

describe('words of one language', () => {
  it.each([
    ['Worksheets', 'en'],
    ['Листы', 'ru'],
    ['Аркуші', 'uk'],
    ['Листи', 'uk'],
    ['Feuilles de calcul', 'fr'],
    ['Arbeitsblätter', 'de'],
    ['Hojas de cálculo', 'es'],
    ['Fogli di lavoro', 'it'],
    ['Planilhas', 'pt'],
    ['Folhas de cálculo', 'pt'],
    ['Werkbladen', 'nl'],
    ['Arkusze', 'pl'],
    ['Listy', 'cs'],
    ['Munkalapok', 'hu'],
    ['工作表', 'zh'],
    ['ワークシート', 'ja'],
    ['גליונות עבודה', 'he'],
    ['  листы ', 'ru'],
    ['Arbeitsbla\u0308tter', 'de'],
  ])('heading %s is %s', (text, language) => expect(headingRuns([text])[0]?.language).toBe(language));

  it.each([
    ['Обычный', 'ru'],
    ['Звичайний', 'uk'],
    ['Standard', 'de'],
    ['Normale', 'it'],
    ['常规', 'zh'],
    ['標準', 'ja'],
  ])('style %s is %s', (text, language) => expect(uiLanguageOfStyleName(text)).toBe(language));

  it.each([
    ['Feuil1', 'fr'],
    ['Tabelle12', 'de'],
    ['Hoja3', 'es'],
    ['Foglio1', 'it'],
    ['Arkusz2', 'pl'],
    ['Аркуш1', 'uk'],
    ['Munka1', 'hu'],
    ['Hoja 1', 'es'],
  ])('sheet %s is %s', (text, language) => expect(uiLanguageOfSheetName(text)).toBe(language));

  it.each([
    ['Thème Office', 'fr'],
    ['Larissa', 'de'],
    ['Office 主题\u200b\u200b', 'zh'],
  ])('theme %s is %s', (text, language) => expect(uiLanguageOfThemeName(text)).toBe(language));
});

describe('words of several languages or none decide nothing', () => {
  it.each(['Titel', 'Título', 'Tema', 'Regneark', 'Radni listovi', 'Budget', '', 'x'.repeat(5000)])('heading %.20s', (text) =>
    expect(headingRuns([text])[0]?.language).toBeNull(),
  );
  it.each(['Normal', 'My style'])('style %s', (text) => expect(uiLanguageOfStyleName(text)).toBeNull());
  it.each(['Sheet1', 'Лист1', 'Blad1', 'List1', 'Feuil', 'Feuil1 (2)', 'Feuil1a', '2015', 'Ventes 2015', ''])('sheet %s', (text) =>
    expect(uiLanguageOfSheetName(text)).toBeNull(),
  );
  it.each(['Office Theme', 'Тема Office', 'Office-tema'])('theme %s', (text) => expect(uiLanguageOfThemeName(text)).toBeNull());
});

describe('headingRuns', () => {
  it('lets the words of one program decide together', () => {
    expect(headingRuns(['Tema', 'Títulos de diapositiva', 'Fuentes usadas'])).toEqual([{ language: 'es', word: 2 }]);
    expect(headingRuns(['Titel', 'Koppen'])).toEqual([{ language: 'nl', word: 1 }]);
  });
  it('keeps programs apart, the last one first', () => {
    expect(headingRuns(['Название', 'Title'])).toEqual([
      { language: 'ru', word: 0 },
      { language: 'en', word: 1 },
    ]);
    expect(headingRuns(['Titel', 'Title', 'Headings'])).toEqual([
      { language: null, word: 0 },
      { language: 'en', word: 1 },
    ]);
  });
  it('passes over words that nobody knows', () => {
    expect(headingRuns(['Sprockets', 'Листы', 'Sprockets'])).toEqual([{ language: 'ru', word: 1 }]);
    expect(headingRuns(['Sprockets'])).toEqual([{ language: null, word: 0 }]);
    expect(headingRuns([])).toEqual([]);
  });
});

describe('uiLanguageOfStyleIds', () => {
  it.each([
    [['Normal', 'Policepardfaut', 'TableauNormal', 'Aucuneliste', 'Titre1'], { language: 'fr', id: 'Policepardfaut' }],
    [['Standard', 'berschrift1'], { language: 'de', id: 'Standard' }],
    [['Normal', 'DefaultParagraphFont', 'TableNormal', 'NoList'], { language: 'en', id: 'DefaultParagraphFont' }],
  ])('%j', (ids, found) => expect(uiLanguageOfStyleIds(ids, PLAIN)).toEqual(found));
  it('does not take the ids of libraries for those of an English Word', () =>
    expect(uiLanguageOfStyleIds(['Normal', 'DefaultParagraphFont', 'Heading1'], PLAIN)).toBeNull());
  it('does not decide by ids that contradict each other', () => expect(uiLanguageOfStyleIds(['Policepardfaut', 'KeineListe'], PLAIN)).toBeNull());
  it.each([
    [{ latin: 'ru-RU', eastAsia: 'en-US', bidi: 'ar-SA' }, 'ru'],
    [{ latin: 'el-GR', eastAsia: 'en-US', bidi: 'ar-SA' }, 'el'],
    [{ latin: 'en-US', eastAsia: 'zh-CN', bidi: 'ar-SA' }, 'zh'],
    [{ latin: 'en-US', eastAsia: 'en-US', bidi: 'he-IL' }, 'he'],
  ])('a, a0 with %j', (languages, language) => expect(uiLanguageOfStyleIds(['a', 'a0', 'a1', 'a2', '1'], languages)).toEqual({ language, id: 'a' }));
  it('does not decide by a and a0 alone', () => expect(uiLanguageOfStyleIds(['a', 'a0', 'a1', 'a2'], PLAIN)).toBeNull());
  it('does not take one style called a for more than that', () =>
    expect(uiLanguageOfStyleIds(['a', 'Heading1'], { ...PLAIN, latin: 'ru-RU' })).toBeNull());
});

it('has tags of two or three letters, and no word twice under one of them', () => {
  for (const table of [HEADINGS, SHEET_NAMES, STYLE_NAMES, STYLE_IDS, THEME_NAMES]) {
    for (const [language, words] of Object.entries(table)) {
      expect(language).toMatch(/^[a-z]{2,3}$/);
      expect(words).toEqual([...new Set(words)]);
      expect(words.map((w) => w.normalize('NFC'))).toEqual(words);
    }
  }
});
