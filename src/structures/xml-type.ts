/** What stands in front of the root: declaration, processing instructions, comments, a document type without a subset. */
const PROLOGUE = /^(?:\s+|<\?[^>]{0,500}>|<!--(?:[^-]|-(?!->)){0,2000}-->|<!DOCTYPE[^>[]{0,500}>)/;
const MAX_PROLOGUE = 32;
const ROOT = /^<([A-Za-z_][\w.:-]{0,60})((?:[^>"']|"[^"]*"|'[^']*')*)/;
const FLAT_ODF = /office:mimetype=["'](application\/vnd\.oasis\.opendocument\.[a-z-]{1,40})["']/;

export const IWORK_XML = 'application/x-iwork-document+xml';

/** By the root's local name and a namespace it declares. No IANA type exists for most: these are the names that others use. */
const BY_ROOT: readonly (readonly [local: string, namespace: string, mediaType: string])[] = [
  ['wordDocument', 'http://schemas.microsoft.com/office/word/2003/wordml', 'application/vnd.ms-wordml'],
  ['Workbook', 'urn:schemas-microsoft-com:office:spreadsheet', 'application/vnd.ms-spreadsheetml'],
  ['FictionBook', 'http://www.gribuser.ru/xml/fictionbook/2.0', 'application/x-fictionbook+xml'],
  ['package', 'http://www.idpf.org/2007/opf', 'application/oebps-package+xml'],
  ['abiword', 'http://www.abisource.com/awml.dtd', 'application/x-abiword'],
  // Of Pages, Numbers and Keynote where the package is a folder.
  ['document', 'http://developer.apple.com/namespaces/sl', IWORK_XML],
  ['document', 'http://developer.apple.com/namespaces/ls', IWORK_XML],
  ['presentation', 'http://developer.apple.com/namespaces/keynote2', IWORK_XML],
];

/** The start tag of the root, without its '>'; null where none begins within `text`. */
function rootOf(text: string): RegExpExecArray | null {
  let rest = text;
  for (let n = 0; n < MAX_PROLOGUE; n++) {
    const skipped = PROLOGUE.exec(rest);
    if (!skipped) break;
    rest = rest.slice(skipped[0].length);
  }
  return ROOT.exec(rest);
}

/** What kind of document an XML file is, by the first bytes of its text; null for every kind that has no line here. */
export function xmlMediaType(text: string): string | null {
  const root = rootOf(text);
  if (!root) return null;
  const [, name = '', attributes = ''] = root;
  const local = name.slice(name.indexOf(':') + 1);
  if (local === 'document') {
    const declared = FLAT_ODF.exec(attributes)?.[1];
    if (declared !== undefined) return `${declared}-flat-xml`;
  }
  return BY_ROOT.find(([root, namespace]) => root === local && attributes.includes(namespace))?.[2] ?? null;
}
