import { buildZip, type MemberOverride, type MemberSpec, type ZipOptions, type ZipWriter } from './build-zip.ts';

/** Languages of Office that the builders speak. */
export type UiLanguage = 'en' | 'fr' | 'ru' | 'de' | 'es';

/** What a file of any office program says about itself, and how it is packed. Nothing absent is written, except where said. */
export interface OfficeFile {
  readonly author?: string;
  readonly lastAuthor?: string;
  /** 'YYYY-MM-DDTHH:MM:SSZ'; Word writes ':00' for the seconds, and so should a test. */
  readonly created?: string;
  readonly modified?: string;
  readonly printed?: string;
  readonly title?: string;
  readonly revision?: number;
  readonly language?: string;
  /** Default: what that program writes. */
  readonly application?: string;
  /** Default '16.0000' for Word and PowerPoint, '16.0300' for Excel. */
  readonly appVersion?: string;
  readonly company?: string;
  readonly manager?: string;
  readonly template?: string;
  readonly editingMinutes?: number;
  /** Of the program that saved last: headings in app.xml. Default: `uiLanguageCreated`. */
  readonly uiLanguageSaved?: UiLanguage;
  /** Of the program that created it: names of styles, theme and sheets. Default 'en'. */
  readonly uiLanguageCreated?: UiLanguage;
  /** Whose habits the parts and their order have. Default 'microsoft-office'; 'libreoffice' leaves out what it does not write. */
  readonly writer?: 'microsoft-office' | 'libreoffice';
  /** Who packed it. Default: `writer`. */
  readonly container?: ZipWriter;
  /** The packer's clock, as in {@link MemberSpec}; the writers of Office do not look at it. */
  readonly packed?: Pick<MemberSpec, 'local' | 'instant'>;
  /** Files by name under media/ ('image1.png') and embeddings/ ('oleObject1.bin'). */
  readonly media?: Readonly<Record<string, Uint8Array>>;
  readonly embeddings?: Readonly<Record<string, Uint8Array>>;
  /** docProps/thumbnail.jpeg. */
  readonly thumbnail?: Uint8Array;
  /** Parts that replace those of the same name or come last; null leaves one out. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Headers of single members: what re-packing one part leaves behind. */
  readonly members?: Readonly<Record<string, MemberOverride & Pick<MemberSpec, 'local' | 'instant'>>>;
  readonly zip?: ZipOptions;
}

/** The words that the programs write by themselves. */
export const WORDS: Readonly<
  Record<
    UiLanguage,
    {
      readonly sheets: string;
      readonly title: string;
      readonly theme: string;
      readonly slides: string;
      readonly sheet: string;
      readonly cellStyle: string;
      readonly themeName: string;
      readonly styleIds: readonly [string, string, string, string, string];
    }
  >
> = {
  en: {
    sheets: 'Worksheets',
    title: 'Title',
    theme: 'Theme',
    slides: 'Slide Titles',
    sheet: 'Sheet',
    cellStyle: 'Normal',
    themeName: 'Office Theme',
    styleIds: ['Normal', 'DefaultParagraphFont', 'TableNormal', 'NoList', 'Heading1'],
  },
  fr: {
    sheets: 'Feuilles de calcul',
    title: 'Titre',
    theme: 'Thème',
    slides: 'Titres des diapositives',
    sheet: 'Feuil',
    cellStyle: 'Normal',
    themeName: 'Thème Office',
    styleIds: ['Normal', 'Policepardfaut', 'TableauNormal', 'Aucuneliste', 'Titre1'],
  },
  ru: {
    sheets: 'Листы',
    title: 'Название',
    theme: 'Тема',
    slides: 'Заголовки слайдов',
    sheet: 'Лист',
    cellStyle: 'Обычный',
    themeName: 'Тема Office',
    styleIds: ['a', 'a0', 'a1', 'a2', '1'],
  },
  de: {
    sheets: 'Arbeitsblätter',
    title: 'Titel',
    theme: 'Design',
    slides: 'Folientitel',
    sheet: 'Tabelle',
    cellStyle: 'Standard',
    themeName: 'Larissa',
    styleIds: ['Standard', 'Absatz-Standardschriftart', 'NormaleTabelle', 'KeineListe', 'berschrift1'],
  },
  es: {
    sheets: 'Hojas de cálculo',
    title: 'Título',
    theme: 'Tema',
    slides: 'Títulos de diapositiva',
    sheet: 'Hoja',
    cellStyle: 'Normal',
    themeName: 'Tema de Office',
    styleIds: ['Normal', 'Fuentedeprrafopredeter', 'Tablanormal', 'Sinlista', 'Ttulo1'],
  },
};
const REGION: Readonly<Record<UiLanguage, string>> = { en: 'en-US', fr: 'fr-FR', ru: 'ru-RU', de: 'de-DE', es: 'es-ES' };

export const createdIn = (file: OfficeFile): (typeof WORDS)[UiLanguage] => WORDS[file.uiLanguageCreated ?? 'en'];
export const savedIn = (file: OfficeFile): (typeof WORDS)[UiLanguage] => WORDS[file.uiLanguageSaved ?? file.uiLanguageCreated ?? 'en'];
/** 'fr-FR': the language of the text that such a program starts with. */
export const regionOf = (file: OfficeFile): string => REGION[file.uiLanguageCreated ?? 'en'];

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
/** The declaration as Office writes it: standalone and CR LF; LibreOffice ends it with LF. */
export const xmlPart = (file: OfficeFile, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${file.writer === 'libreoffice' ? '\n' : '\r\n'}${body}`;

const element = (name: string, text: string | number | undefined, attributes = ''): string =>
  text === undefined ? '' : `<${name}${attributes}>${escapeXml(String(text))}</${name}>`;

function corePart(file: OfficeFile): string {
  const w3c = ' xsi:type="dcterms:W3CDTF"';
  const body = [
    element('dc:title', file.title),
    element('dc:creator', file.author),
    element('dc:language', file.language),
    element('cp:lastModifiedBy', file.lastAuthor),
    element('cp:revision', file.revision),
    element('cp:lastPrinted', file.printed),
    element('dcterms:created', file.created, w3c),
    element('dcterms:modified', file.modified, w3c),
  ].join('');
  return xmlPart(
    file,
    `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${body}</cp:coreProperties>`,
  );
}

/** What app.xml says beyond the common: counts in front, and pairs of a heading with the titles under it. */
export interface AppSpec {
  readonly application: string;
  readonly appVersion: string;
  readonly counts?: string;
  readonly headings: readonly (readonly [heading: string, titles: readonly string[]])[];
}

function appPart(file: OfficeFile, app: AppSpec): string {
  const pairs = app.headings.map(
    ([heading, titles]) =>
      `<vt:variant><vt:lpstr>${escapeXml(heading)}</vt:lpstr></vt:variant><vt:variant><vt:i4>${titles.length}</vt:i4></vt:variant>`,
  );
  const titles = app.headings.flatMap(([, list]) => list);
  const lists = `<HeadingPairs><vt:vector size="${pairs.length * 2}" baseType="variant">${pairs.join('')}</vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="${titles.length}" baseType="lpstr">${titles.map((t) => `<vt:lpstr>${escapeXml(t)}</vt:lpstr>`).join('')}</vt:vector></TitlesOfParts>`;
  const office = file.writer !== 'libreoffice';
  const body = [
    element('Template', file.template),
    element('TotalTime', file.editingMinutes),
    app.counts ?? '',
    element('Application', file.application ?? (office ? app.application : 'LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2')),
    element('DocSecurity', office ? 0 : undefined),
    office ? `<ScaleCrop>false</ScaleCrop>${lists}` : '',
    element('Manager', file.manager),
    element('Company', file.company),
    office ? '<LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc><HyperlinksChanged>false</HyperlinksChanged>' : '',
    element('AppVersion', file.appVersion ?? (office ? app.appVersion : '15.0000')),
  ].join('');
  return xmlPart(
    file,
    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${body}</Properties>`,
  );
}

export interface RelationshipSpec {
  readonly id: string;
  /** The last segment of the type: 'styles'. */
  readonly type: string;
  readonly target: string;
  readonly external?: boolean;
}

const OFFICE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function relationshipsPart(file: OfficeFile, list: readonly RelationshipSpec[]): string {
  const type = (t: string): string =>
    t === 'core-properties' ? `http://schemas.openxmlformats.org/package/2006/relationships/metadata/${t}` : `${OFFICE_RELATIONSHIPS}/${t}`;
  const lines = list.map(
    (r) => `<Relationship Id="${r.id}" Type="${type(r.type)}" Target="${escapeXml(r.target)}"${r.external ? ' TargetMode="External"' : ''}/>`,
  );
  return xmlPart(file, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`);
}

export const themePart = (file: OfficeFile): string =>
  xmlPart(
    file,
    `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="${createdIn(file).themeName}"><a:themeElements><a:clrScheme name="Office"/><a:fontScheme name="Office"/><a:fmtScheme name="Office"/></a:themeElements></a:theme>`,
  );

/** One kind of document: its parts in the order of its program, without what all kinds have. */
export interface PackageSpec {
  /** 'word', 'xl', 'ppt'. */
  readonly folder: string;
  readonly main: string;
  /** Content types by part; the first is that of the main part. */
  readonly contentTypes: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
  readonly app: AppSpec;
}

const DEFAULT_TYPES: Readonly<Record<string, string>> = {
  rels: 'application/vnd.openxmlformats-package.relationships+xml',
  xml: 'application/xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  bin: 'application/vnd.openxmlformats-officedocument.oleObject',
};

/** Packs the parts with the properties around them: content types first as Office does, or last as LibreOffice. */
export function packageOf(file: OfficeFile, spec: PackageSpec): Uint8Array {
  const overrides = {
    ...spec.contentTypes,
    '/docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml',
    '/docProps/app.xml': 'application/vnd.openxmlformats-officedocument.extended-properties+xml',
  };
  const types = xmlPart(
    file,
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${[
      ...Object.entries(DEFAULT_TYPES).map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`),
      ...Object.entries(overrides).map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`),
    ].join('')}</Types>`,
  );
  const root = relationshipsPart(file, [
    { id: 'rId1', type: 'officeDocument', target: spec.main },
    ...(file.thumbnail ? [{ id: 'rId4', type: 'thumbnail', target: 'docProps/thumbnail.jpeg' }] : []),
    { id: 'rId2', type: 'core-properties', target: 'docProps/core.xml' },
    { id: 'rId3', type: 'extended-properties', target: 'docProps/app.xml' },
  ]);
  const files = (folder: string, list: Readonly<Record<string, Uint8Array>> = {}): [string, Uint8Array][] =>
    Object.entries(list).map(([name, bytes]) => [`${spec.folder}/${folder}/${name}`, bytes]);
  const properties: [string, string | Uint8Array][] = [
    ['docProps/core.xml', corePart(file)],
    ['docProps/app.xml', appPart(file, spec.app)],
    ...(file.thumbnail ? ([['docProps/thumbnail.jpeg', file.thumbnail]] as [string, Uint8Array][]) : []),
  ];
  const inside: [string, string | Uint8Array][] = [
    ...Object.entries(spec.parts),
    ...files('media', file.media),
    ...files('embeddings', file.embeddings),
  ];
  const own: [string, string | Uint8Array][] =
    file.writer === 'libreoffice'
      ? [['_rels/.rels', root], ...properties, ...inside, ['[Content_Types].xml', types]]
      : [['[Content_Types].xml', types], ['_rels/.rels', root], ...inside, ...properties];
  const all = new Map<string, string | Uint8Array | null>([...own, ...Object.entries(file.parts ?? {})]);
  const members = [...all].flatMap(([name, content]): MemberSpec[] => {
    const { local, instant, ...override } = { ...file.packed, ...file.members?.[name] };
    return content === null
      ? []
      : [{ name, content, override, ...(local === undefined ? {} : { local }), ...(instant === undefined ? {} : { instant }) }];
  });
  return buildZip(members, file.container ?? file.writer ?? 'microsoft-office', file.zip);
}
