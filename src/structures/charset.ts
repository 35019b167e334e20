import iconv from 'iconv-lite';

/** Windows code page numbers whose iconv name is not 'cp<number>'. [MS-UCODEREF] 2.2.1; the 10000s are Mac OS. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  708: 'iso-8859-6',
  932: 'shift_jis',
  936: 'gbk',
  949: 'cp949',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  10000: 'macroman',
  10004: 'macarabic',
  10006: 'macgreek',
  10007: 'maccyrillic',
  10010: 'macromania',
  10017: 'macukraine',
  10021: 'macthai',
  10029: 'maccenteuro',
  10079: 'maciceland',
  10081: 'macturkish',
  10082: 'maccroatian',
  20127: 'us-ascii',
  20866: 'koi8-r',
  20932: 'euc-jp',
  20936: 'gb2312',
  21866: 'koi8-u',
  51932: 'euc-jp',
  51936: 'gb2312',
  51949: 'euc-kr',
  54936: 'gb18030',
  65000: 'utf-7',
  65001: 'utf-8',
};

/** 28591 is ISO-8859-1, 28605 is ISO-8859-15. */
const ISO_8859_BASE = 28_590;

/**
 * The encoding's name in iconv-lite, or null for a number nobody here can decode. A property set stores the number as
 * signed 16 bit: pass it unsigned (-535 is 65001).
 */
export function charsetOfCodePage(codePage: number): string | null {
  const iso = codePage - ISO_8859_BASE;
  const name = CODE_PAGES[codePage] ?? (iso >= 1 && iso <= 16 ? `iso-8859-${iso}` : `cp${codePage}`);
  return iconv.encodingExists(name) ? name : null;
}

/** iconv-lite also knows these as "encodings"; a document that names one of them means no charset. */
const NO_CHARSETS = /^(?:base64|hex|binary|internal)$/i;

/** True where {@link decodeCharset} knows the name; false where it would fall back to Latin-1. */
export const isKnownCharset = (name: string): boolean => !NO_CHARSETS.test(name.trim()) && iconv.encodingExists(name.trim());

/** Text of a MIME charset name ('koi8-r', 'windows-1251'). An unknown name is read as Latin-1: ask {@link isKnownCharset} where that matters. */
export const decodeCharset = (bytes: Uint8Array, name: string): string => decode(bytes, isKnownCharset(name) ? name.trim() : 'latin1');

/** Text of a Windows code page. An unknown number is read as Latin-1: ask {@link charsetOfCodePage} where that matters. */
export const decodeCodePage = (bytes: Uint8Array, codePage: number): string => decode(bytes, charsetOfCodePage(codePage) ?? 'latin1');

// A BOM inside a field is part of what stands there.
const decode = (bytes: Uint8Array, name: string): string => iconv.decode(bytes, name, { stripBOM: false });
