import type { TimeValue } from '../../model/attribute.ts';
import { parseIso, wallOf } from '../../model/time.ts';
import { type FieldRow, fieldRow } from '../ooxml/fields.ts';
import { asLocalPath, asNumber, asPath, asRsid, asSheetLanguage, asTag, asText, asTime } from '../ooxml/values.ts';

const inside = 'DocumentProperties';

/** o:DocumentProperties of Office 2003's XML (Office 2003 XML Reference Schemas): times in UTC, editing time in minutes. */
const OFFICE_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'Author', inside, field: 'o:Author', attribute: 'party.author', read: asText }),
  fieldRow({ element: 'LastAuthor', inside, field: 'o:LastAuthor', attribute: 'party.last-author', read: asText }),
  fieldRow({ element: 'Created', inside, field: 'o:Created', attribute: 'time.created', read: asTime }),
  fieldRow({ element: 'LastSaved', inside, field: 'o:LastSaved', attribute: 'time.modified', read: asTime }),
  fieldRow({ element: 'LastPrinted', inside, field: 'o:LastPrinted', attribute: 'time.printed', read: asTime }),
  fieldRow({ element: 'Title', inside, field: 'o:Title', attribute: 'name.title', read: asText }),
  fieldRow({ element: 'Company', inside, field: 'o:Company', attribute: 'party.company', read: asText }),
  fieldRow({ element: 'Manager', inside, field: 'o:Manager', attribute: 'party.manager', read: asText }),
  fieldRow({ element: 'AppName', inside, field: 'o:AppName', attribute: 'tool.application', read: asText }),
  fieldRow({ element: 'Version', inside, field: 'o:Version', attribute: 'tool.version', read: asText }),
  fieldRow({ element: 'Revision', inside, field: 'o:Revision', attribute: 'count.revision', read: asNumber }),
  fieldRow({ element: 'TotalTime', inside, field: 'o:TotalTime', attribute: 'count.editing-minutes', read: asNumber }),
  fieldRow({ element: 'Pages', inside, field: 'o:Pages', attribute: 'count.pages', read: asNumber }),
  fieldRow({ element: 'Words', inside, field: 'o:Words', attribute: 'count.words', read: asNumber }),
  fieldRow({ element: 'Template', inside, field: 'o:Template', attribute: 'machine.path', read: asPath }),
  fieldRow({ element: 'HyperlinkBase', inside, field: 'o:HyperlinkBase', attribute: 'machine.path', read: asLocalPath }),
];

export const WORDML_ROWS: readonly FieldRow[] = [
  ...OFFICE_ROWS,
  fieldRow({ element: 'attachedTemplate', at: 'val', field: 'w:attachedTemplate', attribute: 'machine.path', read: asPath }),
  fieldRow({ element: 'rsidRoot', at: 'val', field: 'wsp:rsidRoot', attribute: 'id.rsid-root', read: asRsid }),
  fieldRow({ element: 'rsid', at: 'val', field: 'wsp:rsid', attribute: 'id.rsid', read: asRsid }),
  fieldRow({ element: 'annotation', at: 'author', field: 'aml:annotation@aml:author', attribute: 'party.reviewer', read: asText }),
  fieldRow({ element: 'annotation', at: 'createdate', field: 'aml:annotation@aml:createdate', attribute: 'time.reviewed', read: asTime }),
];

export const SPREADSHEETML_ROWS: readonly FieldRow[] = [
  ...OFFICE_ROWS,
  fieldRow({ element: 'Comment', at: 'Author', field: 'ss:Comment@ss:Author', attribute: 'party.reviewer', read: asText }),
  fieldRow({ element: 'Worksheet', at: 'Name', field: 'ss:Worksheet@ss:Name', attribute: 'locale.created', read: asSheetLanguage }),
];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 'Thu Dec 11 08:02:57 2003', as asctime(3) writes: a wall time. AbiWord writes ISO too. */
function asCTime(raw: string): TimeValue | null {
  const m = /^\s*[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\s*$/.exec(raw);
  if (!m) return parseIso(raw);
  const [day, hour, minute, second, year] = m.slice(2).map(Number) as [number, number, number, number, number];
  return wallOf({ year, month: MONTHS.indexOf(m[1] ?? '') + 1, day, hour, minute, second });
}

const key = (name: string): { readonly element: 'm'; readonly where: readonly ['key', string]; readonly field: string } => ({
  element: 'm',
  where: ['key', name],
  field: name,
});

/** AbiWord's metadata: Dublin Core and its own, by key. */
export const ABIWORD_ROWS: readonly FieldRow[] = [
  fieldRow({ ...key('dc.creator'), attribute: 'party.author', read: asText }),
  fieldRow({ ...key('dc.title'), attribute: 'name.title', read: asText }),
  fieldRow({ ...key('dc.language'), attribute: 'locale.text', read: asTag }),
  fieldRow({ ...key('dc.date'), attribute: 'time.created', read: asCTime }),
  fieldRow({ ...key('abiword.generator'), attribute: 'tool.application', read: asText }),
  fieldRow({ ...key('abiword.date_last_changed'), attribute: 'time.modified', read: asCTime }),
  fieldRow({ element: 'abiword', at: 'version', field: 'abiword@version', attribute: 'tool.version', read: asText }),
  fieldRow({ element: 'r', at: 'author', field: 'r@author', attribute: 'party.reviewer', read: asText }),
];

/** FictionBook 2.1 (description): title-info speaks of the book, document-info of the file. */
export const FICTIONBOOK_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'book-title', inside: 'title-info', field: 'title-info/book-title', attribute: 'name.title', read: asText }),
  fieldRow({ element: 'lang', inside: 'title-info', field: 'title-info/lang', attribute: 'locale.text', read: asTag }),
  fieldRow({ element: 'last-name', inside: 'title-info', field: 'title-info/author/last-name', attribute: 'party.author', read: asText }),
  fieldRow({ element: 'last-name', inside: 'document-info', field: 'document-info/author/last-name', attribute: 'party.last-author', read: asText }),
  fieldRow({ element: 'nickname', inside: 'document-info', field: 'document-info/author/nickname', attribute: 'party.last-author', read: asText }),
  fieldRow({ element: 'program-used', inside: 'document-info', field: 'document-info/program-used', attribute: 'tool.application', read: asText }),
  fieldRow({ element: 'date', at: 'value', inside: 'document-info', field: 'document-info/date@value', attribute: 'time.created', read: asTime }),
  fieldRow({ element: 'id', inside: 'document-info', field: 'document-info/id', attribute: 'id.document', read: asText }),
];

/** index.xml and index.apxl of iWork '08 and '09: dates with their zone; authors in a list. */
export const IWORK_ROWS: readonly FieldRow[] = [
  fieldRow({
    element: 'date',
    at: 'val',
    inside: 'SLCreationDateProperty',
    field: 'SLCreationDateProperty',
    attribute: 'time.created',
    read: asTime,
  }),
  fieldRow({
    element: 'date',
    at: 'val',
    inside: 'SLLastModifiedDateProperty',
    field: 'SLLastModifiedDateProperty',
    attribute: 'time.modified',
    read: asTime,
  }),
  fieldRow({ element: 'string', at: 'string', inside: 'authors', field: 'metadata/authors', attribute: 'party.author', read: asText }),
  fieldRow({
    element: 'string',
    at: 'string',
    inside: 'SLCreationLocaleProperty',
    field: 'SLCreationLocaleProperty',
    attribute: 'locale.text',
    read: asTag,
  }),
  fieldRow({ element: 'document', at: 'app_build_date', field: 'document@app_build_date', attribute: 'tool.build', read: asText }),
];
