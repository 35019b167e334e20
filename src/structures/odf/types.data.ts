const ODF = 'application/vnd.oasis.opendocument';

/** Media types of OpenDocument packages (OpenDocument 1.3 part 2, appendix; IANA), lower case. */
export const ODF_MEDIA_TYPES: readonly string[] = [
  `${ODF}.text`,
  `${ODF}.text-template`,
  `${ODF}.text-master`,
  `${ODF}.text-master-template`,
  `${ODF}.text-web`,
  `${ODF}.spreadsheet`,
  `${ODF}.spreadsheet-template`,
  `${ODF}.presentation`,
  `${ODF}.presentation-template`,
  `${ODF}.graphics`,
  `${ODF}.graphics-template`,
  `${ODF}.chart`,
  `${ODF}.chart-template`,
  `${ODF}.formula`,
  `${ODF}.formula-template`,
  `${ODF}.image`,
  `${ODF}.image-template`,
  `${ODF}.base`,
  `${ODF}.database`,
  // What came before it: the same parts and elements in namespaces of their own.
  'application/vnd.sun.xml.writer',
  'application/vnd.sun.xml.writer.template',
  'application/vnd.sun.xml.writer.global',
  'application/vnd.sun.xml.calc',
  'application/vnd.sun.xml.calc.template',
  'application/vnd.sun.xml.impress',
  'application/vnd.sun.xml.impress.template',
  'application/vnd.sun.xml.draw',
  'application/vnd.sun.xml.draw.template',
  'application/vnd.sun.xml.math',
];

/** Documents that are one XML file (OpenDocument 1.3 part 3, 3.1.2); the names are those that LibreOffice registers. */
export const FLAT_ODF_MEDIA_TYPES: readonly string[] = ['text', 'spreadsheet', 'presentation', 'graphics', 'chart', 'formula'].map(
  (kind) => `${ODF}.${kind}-flat-xml`,
);
