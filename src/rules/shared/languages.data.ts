/** English names of the languages in which Office comes, by BCP 47 primary tag (IANA language subtag registry). */
export const LANGUAGES: Readonly<Record<string, string>> = {
  af: 'Afrikaans', ar: 'Arabic', az: 'Azerbaijani', be: 'Belarusian', bg: 'Bulgarian', bs: 'Bosnian', ca: 'Catalan', cs: 'Czech', cy: 'Welsh', da: 'Danish',
  de: 'German', el: 'Greek', en: 'English', es: 'Spanish', et: 'Estonian', eu: 'Basque', fa: 'Persian', fi: 'Finnish', fr: 'French', ga: 'Irish',
  gl: 'Galician', he: 'Hebrew', hi: 'Hindi', hr: 'Croatian', hu: 'Hungarian', hy: 'Armenian', id: 'Indonesian', is: 'Icelandic', it: 'Italian', ja: 'Japanese',
  ka: 'Georgian', kk: 'Kazakh', ko: 'Korean', lt: 'Lithuanian', lv: 'Latvian', mk: 'Macedonian', ms: 'Malay', mt: 'Maltese', nb: 'Norwegian', nl: 'Dutch',
  nn: 'Norwegian Nynorsk', no: 'Norwegian', pl: 'Polish', pt: 'Portuguese', ro: 'Romanian', ru: 'Russian', sk: 'Slovak', sl: 'Slovenian', sq: 'Albanian', sr: 'Serbian',
  sv: 'Swedish', th: 'Thai', tr: 'Turkish', uk: 'Ukrainian', ur: 'Urdu', uz: 'Uzbek', vi: 'Vietnamese', zh: 'Chinese',
};

/** Languages whose Windows uses an ANSI code page of its own, by code page (MS-UCODEREF 2.2.1). 1252 is shared by too many to say anything. */
export const CODE_PAGE_LANGUAGES: Readonly<Record<number, { readonly script: string; readonly languages: readonly string[] }>> = {
  874: { script: 'Thai', languages: ['th'] },
  932: { script: 'Japanese', languages: ['ja'] },
  936: { script: 'simplified Chinese', languages: ['zh'] },
  949: { script: 'Korean', languages: ['ko'] },
  950: { script: 'traditional Chinese', languages: ['zh'] },
  1250: { script: 'Central European', languages: ['cs', 'hr', 'hu', 'pl', 'ro', 'sk', 'sl', 'bs', 'sq'] },
  1251: { script: 'Cyrillic', languages: ['ru', 'uk', 'be', 'bg', 'mk', 'sr', 'kk'] },
  1253: { script: 'Greek', languages: ['el'] },
  1254: { script: 'Turkish', languages: ['tr', 'az'] },
  1255: { script: 'Hebrew', languages: ['he'] },
  1256: { script: 'Arabic', languages: ['ar', 'fa', 'ur'] },
  1257: { script: 'Baltic', languages: ['et', 'lt', 'lv'] },
  1258: { script: 'Vietnamese', languages: ['vi'] },
};
