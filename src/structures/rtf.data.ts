/** Languages of Windows ([MS-LCID] 2.2) that office documents are written in. 1024 is 'no proofing' and left out. */
export const LANGUAGE_TAGS: Readonly<Record<number, string>> = {
  1025: 'ar-SA', 1026: 'bg-BG', 1027: 'ca-ES', 1028: 'zh-TW', 1029: 'cs-CZ', 1030: 'da-DK', 1031: 'de-DE', 1032: 'el-GR', 1033: 'en-US', 1034: 'es-ES',
  1035: 'fi-FI', 1036: 'fr-FR', 1037: 'he-IL', 1038: 'hu-HU', 1039: 'is-IS', 1040: 'it-IT', 1041: 'ja-JP', 1042: 'ko-KR', 1043: 'nl-NL', 1044: 'nb-NO',
  1045: 'pl-PL', 1046: 'pt-BR', 1048: 'ro-RO', 1049: 'ru-RU', 1050: 'hr-HR', 1051: 'sk-SK', 1052: 'sq-AL', 1053: 'sv-SE', 1054: 'th-TH', 1055: 'tr-TR',
  1056: 'ur-PK', 1057: 'id-ID', 1058: 'uk-UA', 1059: 'be-BY', 1060: 'sl-SI', 1061: 'et-EE', 1062: 'lv-LV', 1063: 'lt-LT', 1065: 'fa-IR', 1066: 'vi-VN',
  1067: 'hy-AM', 1068: 'az-Latn-AZ', 1069: 'eu-ES', 1071: 'mk-MK', 1079: 'ka-GE', 1081: 'hi-IN', 1086: 'ms-MY', 1087: 'kk-KZ', 1110: 'gl-ES',
  2049: 'ar-IQ', 2052: 'zh-CN', 2055: 'de-CH', 2057: 'en-GB', 2058: 'es-MX', 2060: 'fr-BE', 2064: 'it-CH', 2067: 'nl-BE', 2068: 'nn-NO', 2070: 'pt-PT',
  2074: 'sr-Latn-CS', 2077: 'sv-FI', 3073: 'ar-EG', 3076: 'zh-HK', 3079: 'de-AT', 3081: 'en-AU', 3082: 'es-ES', 3084: 'fr-CA', 3098: 'sr-Cyrl-CS',
  4100: 'zh-SG', 4105: 'en-CA', 4108: 'fr-CH', 5129: 'en-NZ', 5132: 'fr-LU', 6153: 'en-IE', 7177: 'en-ZA', 9226: 'es-CO', 11274: 'es-AR',
};

/** Control words that stand for a character inside a paragraph; an optional hyphen is seen only where a line ends. */
export const INLINE: Readonly<Record<string, string>> = {
  line: '\n', tab: '\t', lquote: '\u2018', rquote: '\u2019', ldblquote: '\u201c', rdblquote: '\u201d', bullet: '\u2022', endash: '\u2013', emdash: '\u2014',
  emspace: ' ', enspace: ' ', qmspace: ' ', '~': '\u00a0', '-': '', _: '-', '{': '{', '}': '}', '\\': '\\',
};

/** Control words that end a paragraph: a cell of a table is one. */
export const ENDS: ReadonlySet<string> = new Set(['par', 'sect', 'page', 'column', 'row', 'cell', 'nestcell', 'nestrow', '\n', '\r']);

/** Groups with text that is not the document's: tables, headers, notes, comments, field codes, numbers of lists. Those behind \* are left out anyway. */
export const ASIDE: ReadonlySet<string> = new Set([
  'fonttbl', 'colortbl', 'stylesheet', 'info', 'header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf', 'footnote', 'annotation',
  'fldinst', 'filetbl', 'listtext', 'pntext', 'pntxta', 'pntxtb', 'nonshppict', 'listtable', 'listoverridetable', 'revtbl', 'rsidtbl', 'xe', 'tc', 'sp', 'private', 'author', 'bkmkstart', 'bkmkend',
]);

/** Groups behind \* that hold text of the document all the same: text boxes and pictures. */
export const READ_ALL_THE_SAME: ReadonlySet<string> = new Set(['shpinst', 'shptxt', 'shppict', 'shprslt', 'ud']);

/** Groups of which the content is one value. Those of \info alone: 'title' elsewhere is somebody's own. */
export const VALUES_OF_INFO: ReadonlySet<string> = new Set(['author', 'operator', 'title', 'company', 'manager', 'creatim', 'revtim', 'printim']);
export const VALUES_ANYWHERE: ReadonlySet<string> = new Set(['generator', 'template']);
/** Control words that are a value with their number. */
export const NUMBERS: ReadonlySet<string> = new Set(['version', 'edmins', 'nofwords', 'nofpages', 'ansicpg', 'deflang', 'rsid', 'rsidroot']);
