import {
  createdIn,
  escapeXml,
  type OfficeFile,
  packageOf,
  regionOf,
  type RelationshipSpec,
  relationshipsPart,
  savedIn,
  themePart,
  xmlPart,
} from './build-opc.ts';

export type { OfficeFile, UiLanguage } from './build-opc.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const POWERPOINT = 'application/vnd.openxmlformats-officedocument.presentationml';
const THEME = 'application/vnd.openxmlformats-officedocument.theme+xml';

/** A paragraph: its text, or the XML of its runs. */
export type ParagraphSpec = string | { readonly xml: string };

export interface DocxSpec extends OfficeFile {
  readonly paragraphs?: readonly ParagraphSpec[];
  /** Rows of cells, as a table behind the paragraphs. */
  readonly table?: readonly (readonly string[])[];
  /** Eight hex digits each; the first is the root. Paragraphs carry the last. Not written by LibreOffice. */
  readonly rsids?: readonly string[];
  /** w15:docId, '{GUID}'. */
  readonly docId?: string;
  /** Default 15. */
  readonly compatibilityMode?: number;
  /** Settings that tell Word to forget names, and dates with them. */
  readonly removePersonalInformation?: boolean;
  readonly removeDateAndTime?: boolean;
  /** Target of the attached template: 'file:///C:\\Templates\\Letter.dotx'. */
  readonly attachedTemplate?: string;
  readonly words?: number;
  readonly pages?: number;
  /** HeadingPairs of earlier programs, which Word keeps behind its own. */
  readonly olderHeadings?: readonly string[];
}

const paragraphOf = (p: ParagraphSpec, rsid: string | undefined): string => {
  const runs = typeof p === 'string' ? `<w:r><w:t xml:space="preserve">${escapeXml(p)}</w:t></w:r>` : p.xml;
  return `<w:p${rsid === undefined ? '' : ` w:rsidR="${rsid}" w:rsidRDefault="${rsid}"`}>${runs}</w:p>`;
};

function settingsPart(spec: DocxSpec, rsids: readonly string[]): string {
  const [root] = rsids;
  const flag = (name: string, on: boolean | undefined): string => (on ? `<w:${name}/>` : '');
  const list = root === undefined ? '' : `<w:rsids><w:rsidRoot w:val="${root}"/>${rsids.map((r) => `<w:rsid w:val="${r}"/>`).join('')}</w:rsids>`;
  const compat = `<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="${spec.compatibilityMode ?? 15}"/></w:compat>`;
  const docId = spec.docId === undefined ? '' : `<w15:docId w15:val="${spec.docId}"/>`;
  const template = spec.attachedTemplate === undefined ? '' : '<w:attachedTemplate r:id="rId1"/>';
  return xmlPart(
    spec,
    `<w:settings ${W} ${R} xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">${flag('removePersonalInformation', spec.removePersonalInformation)}${flag('removeDateAndTime', spec.removeDateAndTime)}${template}<w:defaultTabStop w:val="708"/>${compat}${list}<w:themeFontLang w:val="${regionOf(spec)}"/>${docId}</w:settings>`,
  );
}

function stylesPart(spec: DocxSpec): string {
  const names = ['Normal', 'Default Paragraph Font', 'Normal Table', 'No List'];
  const types = ['paragraph', 'character', 'table', 'numbering'];
  // LibreOffice has ids of its own, whatever language it speaks.
  const ids = spec.writer === 'libreoffice' ? ['Normal', 'DefaultParagraphFont', undefined, undefined, 'Heading1'] : createdIn(spec).styleIds;
  const styles = types.map((type, i) =>
    ids[i] === undefined ? '' : `<w:style w:type="${type}" w:default="1" w:styleId="${ids[i]}"><w:name w:val="${names[i]}"/></w:style>`,
  );
  const heading = `<w:style w:type="paragraph" w:styleId="${ids[4]}"><w:name w:val="heading 1"/><w:basedOn w:val="${ids[0]}"/></w:style>`;
  return xmlPart(
    spec,
    `<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="${regionOf(spec)}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>${styles[0]}${heading}${styles.slice(1).join('')}</w:styles>`,
  );
}

/** A document as Word saves it. Media are related to it, though no paragraph shows them. */
export function buildDocx(spec: DocxSpec): Uint8Array {
  const rsids = spec.writer === 'libreoffice' ? [] : (spec.rsids ?? []);
  const paragraphs = (spec.paragraphs ?? []).map((p) => paragraphOf(p, rsids.at(-1)));
  const table = spec.table
    ? `<w:tbl>${spec.table.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraphOf(cell, rsids.at(-1))}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`
    : '';
  const media: RelationshipSpec[] = Object.keys(spec.media ?? {}).map((name, i) => ({ id: `rId${i + 10}`, type: 'image', target: `media/${name}` }));
  const related = ['styles', 'settings', 'webSettings', 'fontTable'].map((type, i): RelationshipSpec => ({
    id: `rId${i + 1}`,
    type,
    target: `${type}.xml`,
  }));
  const type = (kind: string): string => `${WORD}.${kind}+xml`;
  return packageOf(spec, {
    folder: 'word',
    main: 'word/document.xml',
    contentTypes: {
      '/word/document.xml': type('document.main'),
      '/word/styles.xml': type('styles'),
      '/word/settings.xml': type('settings'),
      '/word/webSettings.xml': type('webSettings'),
      '/word/fontTable.xml': type('fontTable'),
      '/word/theme/theme1.xml': THEME,
    },
    parts: {
      'word/document.xml': xmlPart(
        spec,
        `<w:document ${W} ${R}><w:body>${paragraphs.join('')}${table}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
      ),
      'word/_rels/document.xml.rels': relationshipsPart(spec, [...related, ...media, { id: 'rId5', type: 'theme', target: 'theme/theme1.xml' }]),
      'word/theme/theme1.xml': themePart(spec),
      'word/settings.xml': settingsPart(spec, rsids),
      ...(spec.attachedTemplate === undefined
        ? {}
        : {
            'word/_rels/settings.xml.rels': relationshipsPart(spec, [
              { id: 'rId1', type: 'attachedTemplate', target: spec.attachedTemplate, external: true },
            ]),
          }),
      'word/styles.xml': stylesPart(spec),
      'word/webSettings.xml': xmlPart(spec, `<w:webSettings ${W}><w:optimizeForBrowser/></w:webSettings>`),
      'word/fontTable.xml': xmlPart(spec, `<w:fonts ${W}><w:font w:name="Calibri"><w:charset w:val="00"/></w:font></w:fonts>`),
    },
    app: {
      application: 'Microsoft Office Word',
      appVersion: '16.0000',
      headings: [[savedIn(spec).title, ['']], ...(spec.olderHeadings ?? []).map((heading) => [heading, ['']] as const)],
      counts: `${spec.pages === undefined ? '' : `<Pages>${spec.pages}</Pages>`}${spec.words === undefined ? '' : `<Words>${spec.words}</Words>`}`,
    },
  });
}

/** A cell: a text, a number, a truth value, nothing, a formula with its result, an error, or a number as it is to be written. */
export type SheetCell =
  | string
  | number
  | boolean
  | null
  | { readonly formula: string; readonly value: string | number }
  | { readonly error: string }
  | { readonly raw: string };

export interface XlsxSpec extends OfficeFile {
  /** Rows of cells by sheet name. Default: one empty sheet with the name that `uiLanguageCreated` gives it. */
  readonly sheets?: Readonly<Record<string, readonly (readonly SheetCell[])[]>>;
  /** Texts in the shared table, as Excel does, or in the cells. Default 'shared'. */
  readonly strings?: 'shared' | 'inline';
  /** fileVersion; null for none. Default: Excel 2016, build 27928, upgraded from 2007. */
  readonly fileVersion?: {
    readonly appName?: string;
    readonly lastEdited?: number;
    readonly lowestEdited?: number;
    readonly rupBuild?: string;
  } | null;
  /** Default 166925. */
  readonly defaultThemeVersion?: number;
  /** Default 191029. */
  readonly calcId?: number;
  /** Folder it was saved in: 'C:\\Users\\name\\Documents\\'. */
  readonly absPath?: string;
  /** The tick "remove personal information on save". */
  readonly filterPrivacy?: boolean;
  /** Device name of the printer of the first sheet. */
  readonly printer?: string;
}

/** The beginning of a DEVMODEW as Windows has it: 32 characters of name, versions, sizes. */
export function devmode(name: string): Uint8Array {
  const bytes = Buffer.alloc(220);
  bytes.write(name.slice(0, 31), 'utf16le');
  for (const [i, n] of [0x0401, 0x0600, 220, 0].entries()) bytes.writeUInt16LE(n, 64 + 2 * i);
  return new Uint8Array(bytes);
}

const columnOf = (i: number): string => (i < 26 ? '' : columnOf(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));

function cellXml(cell: SheetCell, reference: string, shared: Map<string, number> | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') {
    if (!shared) return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
    if (!shared.has(cell)) shared.set(cell, shared.size);
    return `<c r="${reference}" t="s"><v>${shared.get(cell)}</v></c>`;
  }
  if ('error' in cell) return `<c r="${reference}" t="e"><v>${cell.error}</v></c>`;
  if ('raw' in cell) return `<c r="${reference}"><v>${cell.raw}</v></c>`;
  return `<c r="${reference}"${typeof cell.value === 'string' ? ' t="str"' : ''}><f>${escapeXml(cell.formula)}</f><v>${escapeXml(String(cell.value))}</v></c>`;
}

function workbookPart(spec: XlsxSpec, names: readonly string[]): string {
  const { appName = 'xl', lastEdited = 7, lowestEdited = 4, rupBuild = '27928' } = spec.fileVersion ?? {};
  const version =
    spec.fileVersion === null || spec.writer === 'libreoffice'
      ? '<fileVersion appName="Calc"/>'
      : `<fileVersion appName="${appName}" lastEdited="${lastEdited}" lowestEdited="${lowestEdited}" rupBuild="${rupBuild}"/>`;
  const path =
    spec.absPath === undefined
      ? ''
      : `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="${escapeXml(spec.absPath)}" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>`;
  const sheets = names.map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  const properties =
    spec.writer === 'libreoffice'
      ? '<workbookPr/>'
      : `<workbookPr${spec.filterPrivacy ? ' filterPrivacy="1"' : ''} defaultThemeVersion="${spec.defaultThemeVersion ?? 166925}"/>`;
  const calculation = spec.writer === 'libreoffice' ? '' : `<calcPr calcId="${spec.calcId ?? 191029}"/>`;
  return xmlPart(
    spec,
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ${R} xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">${spec.fileVersion === null ? '' : version}${properties}${path}<sheets>${sheets}</sheets>${calculation}</workbook>`,
  );
}

/** A workbook as Excel saves it. */
export function buildXlsx(spec: XlsxSpec): Uint8Array {
  const S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const sheets = Object.entries(spec.sheets ?? { [`${createdIn(spec).sheet}1`]: [] });
  const shared = spec.strings === 'inline' ? null : new Map<string, number>();
  const worksheets = sheets.map(([, rows], n): readonly [string, string] => {
    const body = rows
      .map((row, r) => `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${columnOf(c)}${r + 1}`, shared)).join('')}</row>`)
      .join('');
    return [
      `xl/worksheets/sheet${n + 1}.xml`,
      xmlPart(
        spec,
        `<worksheet ${S} ${R}><sheetData>${body}</sheetData>${spec.printer !== undefined && n === 0 ? '<pageSetup orientation="portrait" r:id="rId1"/>' : ''}</worksheet>`,
      ),
    ];
  });
  const strings =
    shared && shared.size > 0
      ? `<sst ${S} count="${shared.size}" uniqueCount="${shared.size}">${[...shared.keys()].map((s) => `<si><t xml:space="preserve">${escapeXml(s)}</t></si>`).join('')}</sst>`
      : null;
  const last = sheets.length;
  const related: RelationshipSpec[] = sheets.map((_, i) => ({ id: `rId${i + 1}`, type: 'worksheet', target: `worksheets/sheet${i + 1}.xml` }));
  related.push({ id: `rId${last + 1}`, type: 'theme', target: 'theme/theme1.xml' }, { id: `rId${last + 2}`, type: 'styles', target: 'styles.xml' });
  if (strings !== null) related.push({ id: `rId${last + 3}`, type: 'sharedStrings', target: 'sharedStrings.xml' });
  const printer = spec.printer === undefined ? {} : { 'xl/printerSettings/printerSettings1.bin': devmode(spec.printer) };
  const type = (kind: string): string => `${EXCEL}.${kind}+xml`;
  return packageOf(
    { ...spec, parts: { ...printer, ...spec.parts } },
    {
      folder: 'xl',
      main: 'xl/workbook.xml',
      contentTypes: {
        '/xl/workbook.xml': type('sheet.main'),
        ...Object.fromEntries(worksheets.map(([part]) => [`/${part}`, type('worksheet')])),
        '/xl/theme/theme1.xml': THEME,
        '/xl/styles.xml': type('styles'),
        ...(strings === null ? {} : { '/xl/sharedStrings.xml': type('sharedStrings') }),
      },
      parts: {
        'xl/workbook.xml': workbookPart(
          spec,
          sheets.map(([name]) => name),
        ),
        'xl/_rels/workbook.xml.rels': relationshipsPart(spec, related),
        ...Object.fromEntries(worksheets),
        'xl/theme/theme1.xml': themePart(spec),
        'xl/styles.xml': xmlPart(
          spec,
          `<styleSheet ${S}><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="${spec.writer === 'libreoffice' ? 'Normal' : createdIn(spec).cellStyle}" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
        ),
        ...(strings === null ? {} : { 'xl/sharedStrings.xml': xmlPart(spec, strings) }),
      },
      app: { application: 'Microsoft Excel', appVersion: '16.0300', headings: [[savedIn(spec).sheets, sheets.map(([name]) => name)]] },
    },
  );
}

export interface PptxSpec extends OfficeFile {
  /** Paragraphs of each slide. */
  readonly slides?: readonly (readonly string[])[];
  readonly removePersonalInfoOnSave?: boolean;
}

/** A presentation as PowerPoint saves it, less its masters and layouts. */
export function buildPptx(spec: PptxSpec): Uint8Array {
  const P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
  const slides = (spec.slides ?? []).map((paragraphs, i): readonly [string, string] => {
    const body = paragraphs.map((text) => `<a:p><a:r><a:rPr lang="${regionOf(spec)}"/><a:t>${escapeXml(text)}</a:t></a:r></a:p>`).join('');
    return [
      `ppt/slides/slide${i + 1}.xml`,
      xmlPart(spec, `<p:sld ${A} ${R} ${P}><p:cSld><p:spTree><p:sp><p:txBody><a:bodyPr/>${body}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`),
    ];
  });
  const ids = slides.map((_, i) => `<p:sldId id="${256 + i}" r:id="rId${i + 2}"/>`).join('');
  const type = (kind: string): string => `${POWERPOINT}.${kind}+xml`;
  return packageOf(spec, {
    folder: 'ppt',
    main: 'ppt/presentation.xml',
    contentTypes: {
      '/ppt/presentation.xml': type('presentation.main'),
      ...Object.fromEntries(slides.map(([part]) => [`/${part}`, type('slide')])),
      '/ppt/theme/theme1.xml': THEME,
    },
    parts: {
      'ppt/presentation.xml': xmlPart(
        spec,
        `<p:presentation ${A} ${R} ${P}${spec.removePersonalInfoOnSave ? ' removePersonalInfoOnSave="1"' : ''}><p:sldIdLst>${ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
      ),
      'ppt/_rels/presentation.xml.rels': relationshipsPart(spec, [
        { id: 'rId1', type: 'theme', target: 'theme/theme1.xml' },
        ...slides.map((_, i) => ({ id: `rId${i + 2}`, type: 'slide', target: `slides/slide${i + 1}.xml` })),
      ]),
      ...Object.fromEntries(slides),
      'ppt/theme/theme1.xml': themePart(spec),
    },
    app: {
      application: 'Microsoft Office PowerPoint',
      appVersion: '16.0000',
      headings: [
        [savedIn(spec).theme, [createdIn(spec).themeName]],
        [savedIn(spec).slides, slides.map((_, i) => `${i + 1}`)],
      ],
    },
  });
}
