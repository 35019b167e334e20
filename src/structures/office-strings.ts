import {
  HEADINGS,
  OTHER_SCRIPTS,
  SHEET_NAMES,
  STYLE_IDS,
  STYLE_IDS_OF_OTHER_SCRIPTS,
  STYLE_NAMES,
  THEME_NAMES,
  type WordsByLanguage,
} from './office-strings.data.ts';

type Index = ReadonlyMap<string, ReadonlySet<string>>;

/** Longer than any word of the tables: a hostile one is not folded for nothing. */
const MAX_WORD = 100;
const NOBODY: ReadonlySet<string> = new Set();

const fold = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u200b\s]+/g, ' ')
    .trim()
    .toLowerCase();

function indexOf(words: WordsByLanguage): Index {
  const index = new Map<string, Set<string>>();
  for (const [language, list] of Object.entries(words)) {
    for (const word of list.map(fold)) index.set(word, (index.get(word) ?? new Set()).add(language));
  }
  return index;
}

const HEADING = indexOf(HEADINGS);
const SHEET = indexOf(SHEET_NAMES);
const STYLE = indexOf(STYLE_NAMES);
const STYLE_ID = indexOf(STYLE_IDS);
const THEME = indexOf(THEME_NAMES);

/** All languages that write this word; none where it is in no table. */
const languagesOf = (index: Index, text: string): ReadonlySet<string> => (text.length > MAX_WORD ? NOBODY : (index.get(fold(text)) ?? NOBODY));
const onlyOne = (languages: ReadonlySet<string>): string | null => (languages.size === 1 ? ([...languages][0] ?? null) : null);

/** UI language by the name of Excel's Normal style ('Обычный' -> 'ru'); null where unknown or shared ('Normal'). */
export const uiLanguageOfStyleName = (text: string): string | null => onlyOne(languagesOf(STYLE, text));

/** Whether a name is that of the Normal style in some language, or in several. */
export const isStyleName = (text: string): boolean => languagesOf(STYLE, text).size > 0;

/** UI language by the name of the default theme; null where unknown or shared ('Office Theme', 'Тема Office'). */
export const uiLanguageOfThemeName = (text: string): string | null => onlyOne(languagesOf(THEME, text));

/** UI language by the name that a new sheet gets ('Feuil1' -> 'fr'); null for names people give and for shared ones ('Sheet1', 'Лист1'). */
export function uiLanguageOfSheetName(text: string): string | null {
  const word = text.length > MAX_WORD ? null : /^([^\d]*[^\d\s])\s?\d{1,5}$/.exec(text)?.[1];
  return word ? onlyOne(languagesOf(SHEET, word)) : null;
}

/** Neighbouring words that one language explains. */
export interface HeadingRun {
  /** Null where all its words are unknown or shared. */
  readonly language: string | null;
  /** Index of the word that stands for it: the first that narrows it to one language, else its first. */
  readonly word: number;
}

/**
 * The languages behind a list of headings, in its order. Excel and PowerPoint rewrite the list at each save, so it is one
 * run; Word puts the pairs of the program that saves in front and keeps older ones: 'Titel', 'Title' is English, then German.
 */
export function headingRuns(words: readonly string[]): readonly HeadingRun[] {
  const runs: { languages: ReadonlySet<string>; word: number }[] = [];
  for (const [word, text] of words.entries()) {
    const languages = languagesOf(HEADING, text);
    const last = runs.at(-1);
    if (languages.size === 0 && runs.length > 0) continue;
    const both = last ? (last.languages.size === 0 ? languages : intersection(last.languages, languages)) : languages;
    if (!last || (both.size === 0 && languages.size > 0)) runs.push({ languages, word });
    else if (both.size < last.languages.size || last.languages.size === 0)
      Object.assign(last, { languages: both, word: both.size === 1 ? word : last.word });
  }
  return runs.map(({ languages, word }) => ({ language: onlyOne(languages), word }));
}

const intersection = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> => new Set([...a].filter((x) => b.has(x)));

/** Default languages of a Word document: w:lang of its docDefaults, full tags or ''. */
export interface DocumentLanguages {
  readonly latin: string;
  readonly eastAsia: string;
  readonly bidi: string;
}

const primary = (tag: string): string => tag.split('-', 1)[0]?.toLowerCase() ?? '';

/** 'a' says only that no letter was ASCII: East Asian editions name their language apart, Hebrew and Persian as that of right-to-left text. */
function otherScript({ latin, eastAsia, bidi }: DocumentLanguages): string | null {
  if (['zh', 'ja', 'ko'].includes(primary(eastAsia))) return primary(eastAsia);
  if (OTHER_SCRIPTS.has(primary(latin))) return primary(latin);
  return ['he', 'fa'].includes(primary(bidi)) ? primary(bidi) : null;
}

/**
 * UI language of the Word that made these styles, by the ids of its default styles and first heading. `id` is the one that
 * stands for it. Null where they are no id of Word, fit several languages or contradict each other.
 */
export function uiLanguageOfStyleIds(
  ids: readonly string[],
  languages: DocumentLanguages,
): { readonly language: string; readonly id: string } | null {
  const bare = ids.find((id) => STYLE_IDS_OF_OTHER_SCRIPTS.includes(id));
  if (bare !== undefined && ids.filter((id) => STYLE_IDS_OF_OTHER_SCRIPTS.includes(id)).length > 1) {
    const language = otherScript(languages);
    return language === null ? null : { language, id: bare };
  }
  const known = ids.filter((id) => languagesOf(STYLE_ID, id).size > 0);
  const common = known.map((id) => languagesOf(STYLE_ID, id)).reduce(intersection, known.length > 0 ? new Set(Object.keys(STYLE_IDS)) : NOBODY);
  const language = onlyOne(common);
  const id = known.find((k) => languagesOf(STYLE_ID, k).size === 1) ?? known[0];
  // Every library writes English ids; only Word writes this one, which does nothing.
  if (language === null || id === undefined || (language === 'en' && !known.includes('NoList'))) return null;
  return { language, id };
}
