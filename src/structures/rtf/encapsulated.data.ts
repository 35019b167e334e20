import { SPECIAL_CHARACTERS } from './characters.data.ts';

/** Windows code pages by \fcharset. */
export const FONT_CODE_PAGES: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  255: 437,
};

/** Control words that stand for a character or end a line. */
export const CHARACTERS: Readonly<Record<string, string>> = {
  ...SPECIAL_CHARACTERS,
  par: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: ' ',
  '\n': '\n',
  '\r': '\n',
};

/** Groups whose text is none of the message's; those behind \* are left out anyway. */
export const UNREAD_GROUPS: ReadonlySet<string> = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'objdata',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'fldinst',
  'filetbl',
  'listtext',
]);
