import { buildZip, type MemberSpec } from './build-zip.ts';
import { lockedPart } from './lock-odf.ts';

export interface OdfSpec {
  readonly author?: string;
  readonly lastAuthor?: string;
  /** As it shall stand: 'YYYY-MM-DDTHH:MM:SS', with or without 'Z'. */
  readonly created?: string;
  readonly modified?: string;
  readonly printed?: string;
  readonly title?: string;
  /** dc:language. */
  readonly language?: string;
  /** Default LibreOffice's of version 7.4. */
  readonly generator?: string;
  readonly revision?: number;
  /** xsd:duration: 'PT1H2M3S'. */
  readonly editingDuration?: string;
  /** xlink:href of the template. */
  readonly template?: string;
  readonly printer?: string;
  /** PrinterSetup: names of printer and driver. */
  readonly printerSetup?: readonly [printer: string, driver: string];
  /** Language and country of the default style. Default en, US. */
  readonly textLanguage?: readonly [language: string, country: string];
  /** The packer's clock, UTC with LibreOffice: 'YYYY-MM-DDTHH:MM:SS'. */
  readonly packed?: string;
  /** Members under Pictures/. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>;
  readonly thumbnail?: Uint8Array;
  /** More members by name; null leaves one out. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Members that the manifest says are encrypted. */
  readonly encrypted?: readonly string[];
  /** Enciphers every part, as programs do it. */
  readonly locked?: { readonly password: string; readonly kind: 'aes' | 'blowfish' };
  /** Media types of folders, for the manifest: { 'Object 1/': 'application/vnd.oasis.opendocument.chart' }. */
  readonly folders?: Readonly<Record<string, string>>;
}

export interface OdtSpec extends OdfSpec {
  readonly paragraphs?: readonly string[];
  /** XML put behind the paragraphs as it is. */
  readonly body?: string;
}
/** A number, text, a truth value, a date 'YYYY-MM-DD[THH:MM:SS]', a repeated cell, or nothing. */
export type OdsCell =
  | string
  | number
  | boolean
  | null
  | { readonly date: string }
  | { readonly time: string }
  | { readonly repeat: number; readonly cell: string | number | null };
export interface OdsSpec extends OdfSpec {
  readonly sheets?: Readonly<Record<string, readonly (readonly OdsCell[])[]>>;
  /** Further table:table elements as they are. */
  readonly tables?: string;
}
export interface OdpSpec extends OdfSpec {
  /** Paragraphs by slide. */
  readonly slides?: readonly (readonly string[])[];
}

const NAMESPACES =
  Object.entries({
    office: 'office',
    style: 'style',
    text: 'text',
    table: 'table',
    draw: 'drawing',
    meta: 'meta',
    fo: 'xsl-fo-compatible',
    presentation: 'presentation',
    config: 'config',
    svg: 'svg-compatible',
  })
    .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
    .join(' ') + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"';

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
const part = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<office:${root} ${NAMESPACES} office:version="1.3">${body}</office:${root}>`;
const element = (name: string, text: string | number | undefined): string =>
  text === undefined ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;

/** As it stands in the settings: length, mark, four names in fields of 64, 32, 32 and 32 bytes, and what is the driver's own. */
function setupOf([printer, driver]: readonly [string, string]): string {
  const bytes = Buffer.alloc(2000, 0xee).fill(0, 0, 164);
  bytes.writeUInt16LE(bytes.length, 0);
  bytes.writeUInt16LE(0xfffe, 2);
  bytes.write(printer, 4);
  bytes.write(driver, 132);
  return `<config:config-item config:name="PrinterSetup" config:type="base64Binary">${bytes.toString('base64')}</config:config-item>`;
}

const paragraph = (text: string): string => `<text:p>${escapeXml(text).replace(/\n/g, '<text:line-break/>')}</text:p>`;

const metaPart = (s: OdfSpec): string =>
  part(
    'document-meta',
    `<office:meta>${[
      element('meta:generator', s.generator ?? 'LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2'),
      element('meta:initial-creator', s.author),
      element('meta:creation-date', s.created),
      element('dc:creator', s.lastAuthor),
      element('dc:date', s.modified),
      element('meta:print-date', s.printed),
      element('dc:title', s.title),
      element('dc:language', s.language),
      element('meta:editing-cycles', s.revision),
      element('meta:editing-duration', s.editingDuration),
      s.template === undefined ? '' : `<meta:template xlink:href="${escapeXml(s.template)}"/>`,
    ].join('')}</office:meta>`,
  );

function packed(type: string, body: string, s: OdfSpec): Uint8Array {
  const [language, country] = s.textLanguage ?? ['en', 'US'];
  const mediaType = `application/vnd.oasis.opendocument.${type}`;
  const parts = new Map<string, string | Uint8Array | null>([
    ['content.xml', part('document-content', `<office:body><office:${type}>${body}</office:${type}></office:body>`)],
    [
      'styles.xml',
      part(
        'document-styles',
        `<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="${language}" fo:country="${country}"/></style:default-style></office:styles>`,
      ),
    ],
    ['meta.xml', metaPart(s)],
    [
      'settings.xml',
      part(
        'document-settings',
        `<office:settings>${s.printer === undefined ? '' : `<config:config-item config:name="PrinterName" config:type="string">${escapeXml(s.printer)}</config:config-item>`}${s.printerSetup ? setupOf(s.printerSetup) : ''}</office:settings>`,
      ),
    ],
    ...Object.entries(s.pictures ?? {}).map(([name, bytes]) => [`Pictures/${name}`, bytes] as const),
    ...(s.thumbnail ? [['Thumbnails/thumbnail.png', s.thumbnail] as const] : []),
    ...Object.entries(s.parts ?? {}),
  ]);
  const { locked } = s;
  const data = new Map<string, string>();
  for (const [name, content] of locked ? parts : []) {
    if (content === null || !locked) continue;
    const made = lockedPart(content, locked.password, locked.kind);
    parts.set(name, made.content);
    data.set(name, made.data);
  }
  const folders = Object.entries(s.folders ?? {}).map(
    ([name, type]) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="${type}"/>`,
  );
  const entries = ['/', ...parts.keys()].map((name) => {
    const inner =
      data.get(name) ?? (s.encrypted?.includes(name) ? '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA"/>' : '');
    return `<manifest:file-entry manifest:full-path="${escapeXml(name)}" manifest:media-type="${name === '/' ? mediaType : 'text/xml'}">${inner}</manifest:file-entry>`;
  });
  const manifest = `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">${[...entries, ...folders].join('')}</manifest:manifest>`;
  const all: [string, string | Uint8Array | null][] = [['mimetype', mediaType], ...parts, ['META-INF/manifest.xml', manifest]];
  const members = all.flatMap(([name, content]): MemberSpec[] =>
    content === null ? [] : [{ name, content, ...(s.packed === undefined ? {} : { local: s.packed }) }],
  );
  return buildZip(members, 'libreoffice');
}

/** A text document as LibreOffice packs it. */
export const buildOdt = (s: OdtSpec = {}): Uint8Array => packed('text', `${(s.paragraphs ?? []).map(paragraph).join('')}${s.body ?? ''}`, s);

function cellXml(cell: OdsCell): string {
  if (cell === null) return '<table:table-cell/>';
  if (typeof cell === 'number')
    return `<table:table-cell office:value-type="float" office:value="${cell}">${paragraph(String(cell))}</table:table-cell>`;
  if (typeof cell === 'boolean')
    return `<table:table-cell office:value-type="boolean" office:boolean-value="${cell}">${paragraph(cell ? 'TRUE' : 'FALSE')}</table:table-cell>`;
  if (typeof cell === 'string') return `<table:table-cell office:value-type="string">${cell.split('\n').map(paragraph).join('')}</table:table-cell>`;
  if ('date' in cell) return `<table:table-cell office:value-type="date" office:date-value="${cell.date}">${paragraph('a date')}</table:table-cell>`;
  if ('time' in cell) return `<table:table-cell office:value-type="time" office:time-value="${cell.time}">${paragraph('a time')}</table:table-cell>`;
  return cellXml(cell.cell).replace('<table:table-cell', `<table:table-cell table:number-columns-repeated="${cell.repeat}"`);
}

/** A spreadsheet as LibreOffice packs it. */
export const buildOds = (s: OdsSpec = {}): Uint8Array => {
  const tables = Object.entries(s.sheets ?? {}).map(
    ([name, rows]) =>
      `<table:table table:name="${escapeXml(name)}">${rows.map((r) => `<table:table-row>${r.map(cellXml).join('')}</table:table-row>`).join('')}</table:table>`,
  );
  return packed('spreadsheet', `${tables.join('')}${s.tables ?? ''}`, s);
};

/** A presentation as LibreOffice packs it. */
export const buildOdp = (s: OdpSpec = {}): Uint8Array =>
  packed(
    'presentation',
    (s.slides ?? [])
      .map(
        (lines, i) =>
          `<draw:page draw:name="page${i + 1}"><draw:frame><draw:text-box>${lines.map(paragraph).join('')}</draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box>${paragraph('a note')}</draw:text-box></draw:frame></presentation:notes></draw:page>`,
      )
      .join(''),
    s,
  );
