import type { AttributeOf } from '../../model/attribute.ts';

/** FMTIDs, [MS-OLEPS] 2.21 and [MS-OSHARED] 2.3.3.2. */
const SUMMARY = 'f29f85e0-4ff9-1068-ab91-08002b27b3d9';
const DOCUMENT_SUMMARY = 'd5cdd502-2e9c-101b-9397-08002b2cf9ae';

interface Named {
  readonly format: string;
  readonly id: number;
  /** [MS-OLEPS] 3.1 and [MS-OSHARED] 2.3.3.2.2.1 call it so, without the prefix of the latter. */
  readonly field: string;
}

/** How a property is understood. */
export type PropertyMeaning = Named &
  (
    | { readonly as: 'text' | 'path' | 'office-version'; readonly attribute: AttributeOf<'text'> }
    | { readonly as: 'headings' | 'titles'; readonly attribute: AttributeOf<'text'> }
    | { readonly as: 'time'; readonly attribute: AttributeOf<'time'> }
    | { readonly as: 'count' | 'minutes' | 'code-page'; readonly attribute: AttributeOf<'number'> }
  );

/** Of the properties that Office writes, those that say who, when, with what and where. */
export const PROPERTIES: readonly PropertyMeaning[] = [
  { format: SUMMARY, id: 0x02, field: 'PIDSI_TITLE', as: 'text', attribute: 'name.title' },
  { format: SUMMARY, id: 0x04, field: 'PIDSI_AUTHOR', as: 'text', attribute: 'party.author' },
  { format: SUMMARY, id: 0x08, field: 'PIDSI_LASTAUTHOR', as: 'text', attribute: 'party.last-author' },
  { format: SUMMARY, id: 0x0c, field: 'PIDSI_CREATE_DTM', as: 'time', attribute: 'time.created' },
  { format: SUMMARY, id: 0x0d, field: 'PIDSI_LASTSAVE_DTM', as: 'time', attribute: 'time.modified' },
  { format: SUMMARY, id: 0x0b, field: 'PIDSI_LASTPRINTED', as: 'time', attribute: 'time.printed' },
  { format: SUMMARY, id: 0x09, field: 'PIDSI_REVNUMBER', as: 'count', attribute: 'count.revision' },
  // Typed as a FILETIME, but a duration: read as a time it would lie in 1601.
  { format: SUMMARY, id: 0x0a, field: 'PIDSI_EDITTIME', as: 'minutes', attribute: 'count.editing-minutes' },
  { format: SUMMARY, id: 0x12, field: 'PIDSI_APPNAME', as: 'text', attribute: 'tool.application' },
  // 'Normal.dot' says nothing; a folder does.
  { format: SUMMARY, id: 0x07, field: 'PIDSI_TEMPLATE', as: 'path', attribute: 'machine.path' },
  { format: SUMMARY, id: 0x0e, field: 'PIDSI_PAGECOUNT', as: 'count', attribute: 'count.pages' },
  { format: SUMMARY, id: 0x0f, field: 'PIDSI_WORDCOUNT', as: 'count', attribute: 'count.words' },
  { format: SUMMARY, id: 0x01, field: 'CODEPAGE', as: 'code-page', attribute: 'locale.codepage' },
  { format: DOCUMENT_SUMMARY, id: 0x0f, field: 'PIDDSI_COMPANY', as: 'text', attribute: 'party.company' },
  { format: DOCUMENT_SUMMARY, id: 0x0e, field: 'PIDDSI_MANAGER', as: 'text', attribute: 'party.manager' },
  { format: DOCUMENT_SUMMARY, id: 0x17, field: 'PIDDSI_VERSION', as: 'office-version', attribute: 'tool.version' },
  { format: DOCUMENT_SUMMARY, id: 0x0c, field: 'PIDDSI_HEADINGPAIR', as: 'headings', attribute: 'locale.saved' },
  { format: DOCUMENT_SUMMARY, id: 0x0d, field: 'PIDDSI_DOCPARTS', as: 'titles', attribute: 'locale.created' },
  { format: DOCUMENT_SUMMARY, id: 0x01, field: 'CODEPAGE', as: 'code-page', attribute: 'locale.codepage' },
];
