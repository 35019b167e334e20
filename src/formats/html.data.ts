import type { Attribute } from '../model/attribute.ts';

/** Names of <meta>, lower case. Dublin Core: DCMI 'Expressing Dublin Core in HTML'; created, changed and changedby: LibreOffice; progid and originator: Office. */
export const META_ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ['generator', 'tool.producer'],
  ['originator', 'tool.producer'],
  ['progid', 'tool.application'],
  ['author', 'party.author'],
  ['dc.creator', 'party.author'],
  ['dcterms.creator', 'party.author'],
  ['article:author', 'party.author'],
  ['changedby', 'party.last-author'],
  ['created', 'time.created'],
  ['dc.date', 'time.created'],
  ['dc.date.created', 'time.created'],
  ['dcterms.created', 'time.created'],
  ['article:published_time', 'time.created'],
  ['changed', 'time.modified'],
  ['dc.date.modified', 'time.modified'],
  ['dcterms.modified', 'time.modified'],
  ['last-modified', 'time.modified'],
  ['http-equiv last-modified', 'time.modified'],
  ['article:modified_time', 'time.modified'],
  ['http-equiv content-language', 'locale.text'],
  ['dc.language', 'locale.text'],
  ['dc.title', 'name.title'],
]);

/** Elements of <o:DocumentProperties>, Microsoft 'Office HTML and XML Reference'. Times end in Z, minutes and counts are whole numbers. */
export const OFFICE_ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ['o:Title', 'name.title'],
  ['o:Author', 'party.author'],
  ['o:LastAuthor', 'party.last-author'],
  ['o:Company', 'party.company'],
  ['o:Manager', 'party.manager'],
  ['o:Created', 'time.created'],
  ['o:LastSaved', 'time.modified'],
  ['o:LastPrinted', 'time.printed'],
  ['o:Version', 'tool.version'],
  ['o:Revision', 'count.revision'],
  ['o:TotalTime', 'count.editing-minutes'],
  ['o:Pages', 'count.pages'],
  ['o:Words', 'count.words'],
]);
