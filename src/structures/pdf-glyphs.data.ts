/** Names of the Adobe Glyph List that fonts of European and Cyrillic documents use; letters A to Z name themselves. */
const NAMES: Readonly<Record<string, string>> = {
  space: ' ', exclam: '!', quotedbl: '"', numbersign: '#', dollar: '$', percent: '%', ampersand: '&', quotesingle: "'", parenleft: '(', parenright: ')',
  asterisk: '*', plus: '+', comma: ',', hyphen: '-', period: '.', slash: '/', zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6',
  seven: '7', eight: '8', nine: '9', colon: ':', semicolon: ';', less: '<', equal: '=', greater: '>', question: '?', at: '@', bracketleft: '[',
  backslash: '\\', bracketright: ']', asciicircum: '^', underscore: '_', grave: '`', braceleft: '{', bar: '|', braceright: '}', asciitilde: '~',
  quoteleft: '‘', quoteright: '’', quotedblleft: '“', quotedblright: '”', quotesinglbase: '‚', quotedblbase: '„', guilsinglleft: '‹', guilsinglright: '›',
  guillemotleft: '«', guillemotright: '»', endash: '–', emdash: '—', bullet: '•', ellipsis: '…', dagger: '†', daggerdbl: '‡', perthousand: '‰',
  fi: 'fi', fl: 'fl', ff: 'ff', ffi: 'ffi', ffl: 'ffl', Euro: '€', sterling: '£', yen: '¥', cent: '¢', currency: '¤', section: '§', paragraph: '¶',
  copyright: '©', registered: '®', trademark: '™', degree: '°', plusminus: '±', multiply: '×', divide: '÷', minus: '−', mu: 'µ', onehalf: '½',
  onequarter: '¼', threequarters: '¾', onesuperior: '¹', twosuperior: '²', threesuperior: '³', ordfeminine: 'ª', ordmasculine: 'º', exclamdown: '¡',
  questiondown: '¿', brokenbar: '¦', logicalnot: '¬', macron: '¯', acute: '´', cedilla: '¸', dieresis: '¨', periodcentered: '·', nbspace: ' ', sfthyphen: '-',
  Agrave: 'À', Aacute: 'Á', Acircumflex: 'Â', Atilde: 'Ã', Adieresis: 'Ä', Aring: 'Å', AE: 'Æ', Ccedilla: 'Ç', Egrave: 'È', Eacute: 'É', Ecircumflex: 'Ê',
  Edieresis: 'Ë', Igrave: 'Ì', Iacute: 'Í', Icircumflex: 'Î', Idieresis: 'Ï', Eth: 'Ð', Ntilde: 'Ñ', Ograve: 'Ò', Oacute: 'Ó', Ocircumflex: 'Ô', Otilde: 'Õ',
  Odieresis: 'Ö', Oslash: 'Ø', Ugrave: 'Ù', Uacute: 'Ú', Ucircumflex: 'Û', Udieresis: 'Ü', Yacute: 'Ý', Thorn: 'Þ', germandbls: 'ß', agrave: 'à', aacute: 'á',
  acircumflex: 'â', atilde: 'ã', adieresis: 'ä', aring: 'å', ae: 'æ', ccedilla: 'ç', egrave: 'è', eacute: 'é', ecircumflex: 'ê', edieresis: 'ë', igrave: 'ì',
  iacute: 'í', icircumflex: 'î', idieresis: 'ï', eth: 'ð', ntilde: 'ñ', ograve: 'ò', oacute: 'ó', ocircumflex: 'ô', otilde: 'õ', odieresis: 'ö', oslash: 'ø',
  ugrave: 'ù', uacute: 'ú', ucircumflex: 'û', udieresis: 'ü', yacute: 'ý', thorn: 'þ', ydieresis: 'ÿ', OE: 'Œ', oe: 'œ', Scaron: 'Š', scaron: 'š', Zcaron: 'Ž',
  zcaron: 'ž', Ydieresis: 'Ÿ', dotlessi: 'ı', Lslash: 'Ł', lslash: 'ł', florin: 'ƒ', circumflex: 'ˆ', tilde: '˜', fraction: '⁄', afii10023: 'Ё', afii10071: 'ё',
  afii61352: '№',
};

/** afii10017 to afii10048 are А to Я, with Ё set apart in between; afii10065 to afii10097 are а to я. */
function cyrillic(name: string): string | null {
  const number = Number(/^afii(100\d\d)$/.exec(name)?.[1] ?? 0);
  const at = (base: number, first: number, yo: number): string => String.fromCharCode(first + number - base - (number > yo ? 1 : 0));
  if (number >= 10017 && number <= 10049 && number !== 10023) return at(10017, 0x410, 10023);
  return number >= 10065 && number <= 10097 && number !== 10071 ? at(10065, 0x430, 10071) : null;
}

/** The text of a glyph name, also 'uni20AC', 'u20AC' and 'one.alt'; null where the name tells nothing. */
export function textOfGlyph(name: string): string | null {
  const base = name.split('.', 1)[0] ?? '';
  if (/^[A-Za-z]$/.test(base)) return base;
  const known = NAMES[base] ?? cyrillic(base);
  if (known !== null && known !== undefined) return known;
  const hex = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(base);
  const code = parseInt(hex?.[1] ?? hex?.[2] ?? '', 16);
  return Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? null : String.fromCodePoint(code);
}
