const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const POWERPOINT = 'application/vnd.openxmlformats-officedocument.presentationml';

/**
 * Content type of an OPC package's main part, lower case, to the media type of the package (ECMA-376-1 annex and the
 * media types Microsoft registered). Lower case throughout, as media types compare without case.
 */
export const PACKAGE_OF_MAIN_PART: ReadonlyMap<string, string> = new Map([
  [`${WORD}.document.main+xml`, `${WORD}.document`],
  [`${WORD}.template.main+xml`, `${WORD}.template`],
  ['application/vnd.ms-word.document.macroenabled.main+xml', 'application/vnd.ms-word.document.macroenabled.12'],
  ['application/vnd.ms-word.template.macroenabledtemplate.main+xml', 'application/vnd.ms-word.template.macroenabled.12'],
  [`${EXCEL}.sheet.main+xml`, `${EXCEL}.sheet`],
  [`${EXCEL}.template.main+xml`, `${EXCEL}.template`],
  ['application/vnd.ms-excel.sheet.macroenabled.main+xml', 'application/vnd.ms-excel.sheet.macroenabled.12'],
  ['application/vnd.ms-excel.template.macroenabled.main+xml', 'application/vnd.ms-excel.template.macroenabled.12'],
  ['application/vnd.ms-excel.addin.macroenabled.main+xml', 'application/vnd.ms-excel.addin.macroenabled.12'],
  ['application/vnd.ms-excel.sheet.binary.macroenabled.main', 'application/vnd.ms-excel.sheet.binary.macroenabled.12'],
  [`${POWERPOINT}.presentation.main+xml`, `${POWERPOINT}.presentation`],
  [`${POWERPOINT}.slideshow.main+xml`, `${POWERPOINT}.slideshow`],
  [`${POWERPOINT}.template.main+xml`, `${POWERPOINT}.template`],
  ['application/vnd.ms-powerpoint.presentation.macroenabled.main+xml', 'application/vnd.ms-powerpoint.presentation.macroenabled.12'],
  ['application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml', 'application/vnd.ms-powerpoint.slideshow.macroenabled.12'],
  ['application/vnd.ms-powerpoint.template.macroenabled.main+xml', 'application/vnd.ms-powerpoint.template.macroenabled.12'],
  ['application/vnd.ms-powerpoint.addin.macroenabled.main+xml', 'application/vnd.ms-powerpoint.addin.macroenabled.12'],
  ['application/vnd.ms-visio.drawing.main+xml', 'application/vnd.ms-visio.drawing'],
  ['application/vnd.ms-visio.template.main+xml', 'application/vnd.ms-visio.template'],
  ['application/vnd.ms-visio.stencil.main+xml', 'application/vnd.ms-visio.stencil'],
  ['application/vnd.ms-visio.drawing.macroenabled.main+xml', 'application/vnd.ms-visio.drawing.macroenabled.12'],
  ['application/vnd.ms-visio.template.macroenabled.main+xml', 'application/vnd.ms-visio.template.macroenabled.12'],
  ['application/vnd.ms-package.xps-fixeddocumentsequence+xml', 'application/vnd.ms-xpsdocument'],
  ['application/vnd.openxmlformats-officedocument.thememanager+xml', 'application/vnd.ms-officetheme'],
]);

/** By a member that only this kind has, where the list of content types is missing or unreadable. First match wins. */
export const PACKAGE_OF_MEMBER: readonly (readonly [string, string])[] = [
  ['word/document.xml', `${WORD}.document`],
  ['xl/workbook.xml', `${EXCEL}.sheet`],
  ['xl/workbook.bin', 'application/vnd.ms-excel.sheet.binary.macroenabled.12'],
  ['ppt/presentation.xml', `${POWERPOINT}.presentation`],
  ['visio/document.xml', 'application/vnd.ms-visio.drawing'],
];
