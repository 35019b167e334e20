const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const POWERPOINT = 'application/vnd.openxmlformats-officedocument.presentationml';

/** Media types of Open Packaging documents with document properties, lower case. Visio's and themes have the properties alone read. */
export const OOXML_MEDIA_TYPES: readonly string[] = [
  `${WORD}.document`,
  `${WORD}.template`,
  'application/vnd.ms-word.document.macroenabled.12',
  'application/vnd.ms-word.template.macroenabled.12',
  `${EXCEL}.sheet`,
  `${EXCEL}.template`,
  'application/vnd.ms-excel.sheet.macroenabled.12',
  'application/vnd.ms-excel.template.macroenabled.12',
  'application/vnd.ms-excel.addin.macroenabled.12',
  'application/vnd.ms-excel.sheet.binary.macroenabled.12',
  `${POWERPOINT}.presentation`,
  `${POWERPOINT}.slideshow`,
  `${POWERPOINT}.template`,
  'application/vnd.ms-powerpoint.presentation.macroenabled.12',
  'application/vnd.ms-powerpoint.slideshow.macroenabled.12',
  'application/vnd.ms-powerpoint.template.macroenabled.12',
  'application/vnd.ms-powerpoint.addin.macroenabled.12',
  'application/vnd.ms-visio.drawing',
  'application/vnd.ms-visio.template',
  'application/vnd.ms-visio.stencil',
  'application/vnd.ms-visio.drawing.macroenabled.12',
  'application/vnd.ms-visio.template.macroenabled.12',
  'application/vnd.ms-officetheme',
  'application/vnd.ms-xpsdocument',
];
