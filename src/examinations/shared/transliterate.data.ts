/** One way of writing Cyrillic in Latin letters. Lower case; apostrophes and accents left out, since nobody keeps them in a name. */
export interface Romanisation {
  readonly id: string;
  readonly letters: Readonly<Record<string, string>>;
  /** What 'е' becomes at the beginning, after a vowel and after a sign, where the system tells them apart. */
  readonly softE?: string;
}

/** Letters on which all of them agree. */
const COMMON = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  з: 'z',
  и: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  ъ: '',
  ь: '',
  ы: 'y',
  э: 'e',
  і: 'i',
  ѳ: 'f',
  ѣ: 'e',
  ґ: 'g',
  ў: 'u',
  є: 'ye',
  ї: 'yi',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  ђ: 'dj',
  џ: 'dz',
  ѓ: 'gj',
  ќ: 'kj',
  ѕ: 'dz',
};

/** The systems that people, passports, registrars and newspapers use. */
export const ROMANISATIONS: readonly Romanisation[] = [
  // GOST 7.79-2000, system B.
  { id: 'gost-7.79-b', letters: { ...COMMON, ё: 'yo', ж: 'zh', й: 'j', х: 'x', ц: 'c', ч: 'ch', ш: 'sh', щ: 'shh', ю: 'yu', я: 'ya' } },
  // BGN/PCGN 1947: what British and American maps and newspapers write.
  { id: 'bgn-pcgn', letters: { ...COMMON, ё: 'yo', ж: 'zh', й: 'y', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ю: 'yu', я: 'ya' }, softE: 'ye' },
  // ISO 9:1995, its diacritics dropped.
  { id: 'iso-9', letters: { ...COMMON, ё: 'e', ж: 'z', й: 'j', х: 'h', ц: 'c', ч: 'c', ш: 's', щ: 's', ю: 'u', я: 'a', є: 'e', ї: 'i' } },
  // ICAO Doc 9303 part 3, section 6 B: passports since 2013.
  {
    id: 'icao',
    letters: { ...COMMON, ё: 'e', ж: 'zh', й: 'i', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: 'ie', ю: 'iu', я: 'ia', є: 'ie', ї: 'i' },
  },
  // French press and consular practice.
  {
    id: 'french',
    letters: { ...COMMON, ё: 'io', ж: 'j', й: 'i', у: 'ou', х: 'kh', ц: 'ts', ч: 'tch', ш: 'ch', щ: 'chtch', ю: 'iou', я: 'ia', є: 'ie', ї: 'i' },
    softE: 'ie',
  },
  // German, Duden.
  {
    id: 'german',
    letters: {
      ...COMMON,
      в: 'w',
      ё: 'jo',
      ж: 'sch',
      з: 's',
      й: 'i',
      х: 'ch',
      ц: 'z',
      ч: 'tsch',
      ш: 'sch',
      щ: 'schtsch',
      ю: 'ju',
      я: 'ja',
      є: 'je',
      ї: 'ji',
    },
    softE: 'je',
  },
  // Ukrainian, resolution 55 of 27 January 2010; Belarusian differs in letters Ukrainian does not have.
  {
    id: 'ukrainian',
    letters: { ...COMMON, г: 'h', ё: 'io', ж: 'zh', и: 'y', й: 'i', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ю: 'iu', я: 'ia' },
  },
];
