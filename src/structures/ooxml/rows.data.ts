import { type FieldRow, fieldRow } from './fields.ts';
import {
  asLocalPath,
  asMark,
  asNumber,
  asPath,
  asPersonalView,
  asRsid,
  asSheetLanguage,
  asStyleLanguage,
  asTag,
  asText,
  asThemeLanguage,
  asTime,
  asWordTime,
} from './values.ts';

/** docProps/core.xml (ECMA-376-2 8.3): UTC by definition, in seconds; Word has whole minutes. */
export const coreRows = (wordWrote: boolean): readonly FieldRow[] => {
  const read = wordWrote ? asWordTime : asTime;
  return [
    fieldRow({ element: 'creator', field: 'dc:creator', attribute: 'party.author', read: asText }),
    fieldRow({ element: 'lastModifiedBy', field: 'cp:lastModifiedBy', attribute: 'party.last-author', read: asText }),
    fieldRow({ element: 'created', field: 'dcterms:created', attribute: 'time.created', read }),
    fieldRow({ element: 'modified', field: 'dcterms:modified', attribute: 'time.modified', read }),
    fieldRow({ element: 'lastPrinted', field: 'cp:lastPrinted', attribute: 'time.printed', read }),
    fieldRow({ element: 'title', field: 'dc:title', attribute: 'name.title', read: asText }),
    fieldRow({ element: 'revision', field: 'cp:revision', attribute: 'count.revision', read: asNumber }),
    fieldRow({ element: 'language', field: 'dc:language', attribute: 'locale.text', read: asTag }),
  ];
};

/** docProps/app.xml (ECMA-376-1 22.2). */
export const APP_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'Application', field: 'Application', attribute: 'tool.application', read: asText }),
  fieldRow({ element: 'AppVersion', field: 'AppVersion', attribute: 'tool.version', read: asText }),
  fieldRow({ element: 'Company', field: 'Company', attribute: 'party.company', read: asText }),
  fieldRow({ element: 'Manager', field: 'Manager', attribute: 'party.manager', read: asText }),
  fieldRow({ element: 'TotalTime', field: 'TotalTime', attribute: 'count.editing-minutes', read: asNumber }),
  fieldRow({ element: 'Words', field: 'Words', attribute: 'count.words', read: asNumber }),
  fieldRow({ element: 'Pages', field: 'Pages', attribute: 'count.pages', read: asNumber }),
  fieldRow({ element: 'Template', field: 'Template', attribute: 'machine.path', read: asPath }),
  fieldRow({ element: 'HyperlinkBase', field: 'HyperlinkBase', attribute: 'machine.path', read: asLocalPath }),
];

/** What a crash left: ECMA-376-1 18.2.11. */
const RECOVERIES = [
  ['crashSave', 'saved in a crash'],
  ['dataExtractLoad', 'data extracted on opening'],
  ['repairLoad', 'repaired on opening'],
] as const;

/** xl/workbook.xml (ECMA-376-1 18.2); absPath is of [MS-XLSX] 2.6.99 and names the folder it was saved in. */
export const WORKBOOK_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'fileVersion', at: 'appName', field: 'fileVersion@appName', attribute: 'tool.part-application', read: asText }),
  fieldRow({ element: 'fileVersion', at: 'lastEdited', field: 'fileVersion@lastEdited', attribute: 'tool.last-edited', read: asNumber }),
  fieldRow({ element: 'fileVersion', at: 'lowestEdited', field: 'fileVersion@lowestEdited', attribute: 'tool.lowest-edited', read: asNumber }),
  fieldRow({ element: 'fileVersion', at: 'rupBuild', field: 'fileVersion@rupBuild', attribute: 'tool.build', read: asText }),
  fieldRow({
    element: 'workbookPr',
    at: 'defaultThemeVersion',
    field: 'workbookPr@defaultThemeVersion',
    attribute: 'tool.theme-version',
    read: asNumber,
  }),
  fieldRow({
    element: 'workbookPr',
    at: 'filterPrivacy',
    field: 'workbookPr@filterPrivacy',
    attribute: 'mark.scrubbed',
    read: asMark('filterPrivacy'),
  }),
  fieldRow({
    element: 'customWorkbookView',
    at: 'name',
    where: ['personalView', '1'],
    field: 'customWorkbookView@name',
    attribute: 'party.reviewer',
    read: asPersonalView,
  }),
  ...RECOVERIES.map(([at, mark]) =>
    fieldRow({ element: 'fileRecoveryPr', at, field: `fileRecoveryPr@${at}`, attribute: 'mark.recovery', read: asMark(mark) }),
  ),
  fieldRow({ element: 'calcPr', at: 'calcId', field: 'calcPr@calcId', attribute: 'tool.calculation', read: asNumber }),
  fieldRow({ element: 'absPath', at: 'url', field: 'x15ac:absPath@url', attribute: 'machine.path', read: asPath }),
  fieldRow({ element: 'sheet', at: 'name', field: 'sheet@name', attribute: 'locale.created', read: asSheetLanguage }),
];

/** xl/styles.xml: the style that is called 'Normal' in English keeps the name it was created with. */
export const CELL_STYLE_ROWS: readonly FieldRow[] = [
  fieldRow({
    element: 'cellStyle',
    at: 'name',
    where: ['builtinId', '0'],
    field: 'cellStyle@name',
    attribute: 'locale.created',
    read: asStyleLanguage,
  }),
];

/** word/settings.xml (ECMA-376-1 17.15.1; docId: [MS-DOCX] 2.5.3). w14:docId is another number and changes with each save. */
export const SETTINGS_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'rsidRoot', at: 'val', field: 'w:rsidRoot', attribute: 'id.rsid-root', read: asRsid }),
  fieldRow({ element: 'rsid', at: 'val', field: 'w:rsid', attribute: 'id.rsid', read: asRsid }),
  fieldRow({ element: 'docId', at: 'val', namespace: '/word/2012/wordml', field: 'w15:docId', attribute: 'id.document', read: asText }),
  fieldRow({
    element: 'compatSetting',
    at: 'val',
    where: ['name', 'compatibilityMode'],
    field: 'w:compatSetting compatibilityMode',
    attribute: 'tool.compatibility',
    read: asNumber,
  }),
  fieldRow({ element: 'themeFontLang', at: 'val', field: 'w:themeFontLang', attribute: 'locale.text', read: asTag }),
  fieldRow({
    element: 'removePersonalInformation',
    at: 'val',
    present: true,
    field: 'w:removePersonalInformation',
    attribute: 'mark.scrubbed',
    read: asMark('removePersonalInformation'),
  }),
  fieldRow({
    element: 'removeDateAndTime',
    at: 'val',
    present: true,
    field: 'w:removeDateAndTime',
    attribute: 'mark.scrubbed',
    read: asMark('removeDateAndTime'),
  }),
];

/** ppt/presentation.xml (ECMA-376-1 19.2.1.26). */
export const PRESENTATION_ROWS: readonly FieldRow[] = [
  fieldRow({
    element: 'presentation',
    at: 'removePersonalInfoOnSave',
    field: 'p:presentation@removePersonalInfoOnSave',
    attribute: 'mark.scrubbed',
    read: asMark('removePersonalInfoOnSave'),
  }),
];

/** theme1.xml (ECMA-376-1 20.1.6.9). */
export const THEME_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'theme', at: 'name', field: 'a:theme@name', attribute: 'locale.created', read: asThemeLanguage }),
];
