const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const NAMESPACES = ['office', 'style', 'text', 'table', 'meta', 'config', 'drawing']
  .map((name) => `xmlns:${name === 'drawing' ? 'draw' : name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat('xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"')
  .join(' ');

export interface FlatOdfSpec {
  readonly kind?: 'text' | 'spreadsheet' | 'presentation';
  readonly author?: string;
  readonly lastAuthor?: string;
  readonly created?: string;
  readonly modified?: string;
  readonly printer?: string;
  /** XML inside of office:text and its like. */
  readonly body?: string;
}

/** A comment, as LibreOffice writes it into a paragraph. */
export const annotation = (creator: string, date: string, text: string): string =>
  `<office:annotation><dc:creator>${creator}</dc:creator><dc:date>${date}</dc:date><text:p>${text}</text:p></office:annotation>`;

export const pictureFrame = `<draw:frame><draw:image><office:binary-data>${PNG.toString('base64')}</office:binary-data></draw:image></draw:frame>`;

/** A document as LibreOffice saves it to .fodt, .fods and .fodp. */
export function buildFlatOdf(s: FlatOdfSpec = {}): Uint8Array {
  const kind = s.kind ?? 'text';
  const meta = [
    '<meta:generator>LibreOffice/7.4.7.2$Linux_X86_64</meta:generator>',
    s.author === undefined ? '' : `<meta:initial-creator>${s.author}</meta:initial-creator>`,
    s.lastAuthor === undefined ? '' : `<dc:creator>${s.lastAuthor}</dc:creator>`,
    s.created === undefined ? '' : `<meta:creation-date>${s.created}</meta:creation-date>`,
    s.modified === undefined ? '' : `<dc:date>${s.modified}</dc:date>`,
  ];
  const settings = `<config:config-item config:name="PrinterName" config:type="string">${s.printer ?? ''}</config:config-item>`;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n\n<office:document ${NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.${kind}">` +
      `<office:meta>${meta.join('')}</office:meta><office:settings>${settings}</office:settings>` +
      '<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="fr" fo:country="FR"/></style:default-style></office:styles>' +
      '<office:master-styles><style:master-page><style:header><text:p>Entête</text:p></style:header></style:master-page></office:master-styles>' +
      `<office:body><office:${kind}>${s.body ?? ''}</office:${kind}></office:body></office:document>\n`,
  );
}

/** What Office 2003 puts into both of its XML formats. */
const PROPERTIES =
  '<o:DocumentProperties><o:Title>Réunion</o:Title><o:Author>Claire Moreau</o:Author><o:LastAuthor>Paul Petit</o:LastAuthor><o:Revision>2</o:Revision><o:TotalTime>7</o:TotalTime>' +
  '<o:Created>2015-03-04T09:00:00Z</o:Created><o:LastSaved>2015-03-05T10:30:00Z</o:LastSaved><o:Company>Campagne</o:Company><o:Version>11.9999</o:Version></o:DocumentProperties>';

export const buildWordMl = (): Uint8Array =>
  Buffer.from(
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n' +
      '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:wsp="http://schemas.microsoft.com/office/word/2003/wordml/sp2">' +
      `${PROPERTIES}<w:docPr><w:attachedTemplate w:val="C:\\Modeles\\lettre.dot"/><wsp:rsids><wsp:rsidRoot wsp:val="00A1B2C3"/></wsp:rsids></w:docPr>` +
      '<w:body><w:p><w:r><w:t>Bonjour</w:t><w:tab/><w:t>à tous</w:t></w:r>' +
      '<aml:annotation aml:id="0" w:type="Word.Comment" aml:author="Paul Petit" aml:createdate="2015-03-05T10:00:00Z"><aml:content><w:p><w:r><w:t>vraiment ?</w:t></w:r></w:p></aml:content></aml:annotation></w:p>' +
      `<w:p><w:r><w:pict><w:binData w:name="wordml://01000001.png">${PNG.toString('base64')}</w:binData></w:pict></w:r></w:p></w:body></w:wordDocument>`,
  );

export const buildSpreadsheetMl = (): Uint8Array =>
  Buffer.from(
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n' +
      '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">' +
      `${PROPERTIES.replaceAll('o:', '').replace('<DocumentProperties>', '<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office">')}` +
      '<Worksheet ss:Name="Feuil1"><Table><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">Salle</Data><Comment ss:Author="Paul Petit"><ss:Data>cher</ss:Data></Comment></Cell>' +
      '<Cell><Data ss:Type="Number">12000.0</Data></Cell></Row><Row><Cell ss:Index="3"><Data ss:Type="DateTime">2015-03-04T12:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>',
  );

export const buildAbiWord = (): Uint8Array =>
  Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE abiword PUBLIC "-//ABISOURCE//DTD AWML 1.0 Strict//EN" "http://www.abisource.com/awml.dtd">\n' +
      '<abiword xmlns="http://www.abisource.com/awml.dtd" version="3.0.0"><metadata><m key="dc.creator">Claire Moreau</m><m key="abiword.generator">AbiWord</m>' +
      '<m key="abiword.date_last_changed">Thu Mar  5 10:30:00 2015</m></metadata><section><p>Bonjour <c props="x">à tous</c></p></section>' +
      `<data><d name="image0" mime-type="image/png" base64="yes">${PNG.toString('base64')}</d></data></abiword>`,
  );

/** In windows-1251, as most of these are. */
export const buildFictionBook = (): Uint8Array =>
  Buffer.from(
    '<?xml version="1.0" encoding="windows-1251"?>\n<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description>' +
      '<title-info><author><first-name>X</first-name><last-name>@</last-name></author><book-title>T</book-title><lang>ru</lang></title-info>' +
      '<document-info><author><nickname>claire</nickname></author><program-used>Editor 2</program-used><date value="2015-03-04">4</date><id>ab-1</id></document-info></description>' +
      `<body><section><p>Bonjour</p></section></body><binary id="cover.png" content-type="image/png">${PNG.toString('base64')}</binary></FictionBook>`,
  ).map((b) => (b === 0x40 ? 0xd0 : b));
