import { deflateSync } from 'node:zlib';

/** Entries of the information dictionary; dates as they are to stand there: "D:20170327124105+02'00'". */
export type PdfInfo = Readonly<Partial<Record<'Author' | 'Title' | 'Creator' | 'Producer' | 'CreationDate' | 'ModDate', string>>>;

export interface PdfAttachmentOptions {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** 'text/plain'. */
  readonly type?: string;
  readonly created?: string;
  readonly modified?: string;
  /** By an annotation on the first page and not by the name tree. */
  readonly annotated?: boolean;
  readonly description?: string;
  /** The folder of a portfolio it lies in, by its number. */
  readonly folder?: number;
  /** The cells of its line in a portfolio's list, as they are to stand in the file: '(Claire)'. */
  readonly cells?: Readonly<Record<string, string>>;
}

export interface PdfPortfolioOptions {
  /** Shown names of the columns, by their key. */
  readonly columns: Readonly<Record<string, string>>;
  /** Folders with numbers from 1, each in the one before it. */
  readonly folders: readonly string[];
}

export interface PdfFontOptions {
  /** 'ABCDEF+Garamonde'. */
  readonly name: string;
  /** Embedded where given. */
  readonly program?: { readonly entry: 'FontFile' | 'FontFile2' | 'FontFile3'; readonly bytes: Uint8Array };
  /** By a descendant of a composite font. */
  readonly composite?: boolean;
}

export interface PdfOptions {
  /** Default '1.7'. */
  readonly version?: string;
  /** Bytes of the comment in the second line, as characters. Default Adobe's. */
  readonly binaryComment?: string;
  readonly info?: PdfInfo;
  /** A whole packet: that of build-xmp.ts. */
  readonly xmp?: string;
  /** Both halves, hex. */
  readonly id?: readonly [string, string];
  /** Text of each page, its lines parted by line feeds; Windows-1252. Default one page, 'Hello'. */
  readonly pages?: readonly string[];
  readonly lang?: string;
  readonly attachments?: readonly PdfAttachmentOptions[];
  readonly portfolio?: PdfPortfolioOptions;
  /** Fonts beside Helvetica that the pages name and do not use. */
  readonly fonts?: readonly PdfFontOptions[];
  /** Text fields, by name, with their values. */
  readonly fields?: Readonly<Record<string, string>>;
  /** 'stream': catalog, pages and info are packed into an object stream behind a cross-reference stream. Takes no updates. */
  readonly xref?: 'table' | 'stream';
  /** Further keys of the trailer: '/DocChecksum /0123…'. */
  readonly trailer?: string;
  /** Compresses page contents. Default true. */
  readonly compress?: boolean;
}

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A text string: literal where it is ASCII, else UTF-16BE in hex. */
export function pdfString(text: string): string {
  if (/^[ -~]*$/.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`;
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

const WIN_ANSI: Readonly<Record<string, string>> = { '€': '\x80', '–': '\x96', '—': '\x97', '‘': '\x91', '’': '\x92', '“': '\x93', '”': '\x94' };

/** The operators that set some lines in 12 point Helvetica. */
export function textOperators(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[^\0-\xff]/g, (c) => WIN_ANSI[c] ?? '?').replace(/[\\()]/g, '\\$&'));
  return `BT /F1 12 Tf 72 720 Td 14 TL ${lines.map((l) => `(${l}) Tj`).join(' T* ')} ET`;
}

export const dictionary = (entries: Readonly<Record<string, string | undefined>>): string =>
  `<< ${Object.entries(entries)
    .filter(([, v]) => v !== undefined)
    .map(([k, v]) => `/${k} ${v as string}`)
    .join(' ')} >>`;

export const infoDictionary = (info: PdfInfo): string => dictionary(Object.fromEntries(Object.entries(info).map(([k, v]) => [k, pdfString(v)])));

/** A stream object's text, one character a byte. */
export function stream(entries: Readonly<Record<string, string | undefined>>, data: Uint8Array, compress = false): string {
  const stored = compress ? deflateSync(data, { level: 9 }) : Buffer.from(data);
  return `${dictionary({ ...entries, Filter: compress ? '/FlateDecode' : undefined, Length: String(stored.length) })}\nstream\n${stored.toString('latin1')}\nendstream`;
}

/** Numbers of the objects that are always there. */
export const CATALOG = 1;
export const PAGES = 2;
export const INFO = 3;
export const METADATA = 4;
const FONT = 5;
const FIRST_FREE = 6;

/** Objects by number; texts are one character a byte. */
export type Objects = Map<number, string>;

const refs = (numbers: readonly number[]): string => `[${numbers.map((n) => `${n} 0 R`).join(' ')}]`;

export interface Layout {
  readonly objects: Objects;
  next: number;
}

function addPages(l: Layout, pages: readonly string[], compress: boolean): number[] {
  return pages.map((text) => {
    const page = l.next++;
    const contents = l.next++;
    l.objects.set(
      page,
      dictionary({
        Type: '/Page',
        Parent: `${PAGES} 0 R`,
        MediaBox: '[0 0 595 842]',
        Resources: `<< /Font << /F1 ${FONT} 0 R >> >>`,
        Contents: `${contents} 0 R`,
      }),
    );
    l.objects.set(contents, stream({}, latin1(textOperators(text)), compress));
    return page;
  });
}

/** Puts further annotations on a page's list. */
export function annotate(objects: Objects, page: number, annotations: readonly number[]): void {
  const old = objects.get(page) ?? '';
  const before = /\/Annots \[([^\]]*)\]/.exec(old)?.[1] ?? '';
  const list = `/Annots [${[before, ...annotations.map((n) => `${n} 0 R`)].filter((t) => t !== '').join(' ')}]`;
  objects.set(page, old.includes('/Annots') ? old.replace(/\/Annots \[[^\]]*\]/, list) : old.replace(/ >>$/, ` ${list} >>`));
}

/** Returns what belongs into the catalog. */
function addAttachments(l: Layout, attachments: readonly PdfAttachmentOptions[], firstPage: number): string | undefined {
  const named: string[] = [];
  for (const a of attachments) {
    const file = l.next++;
    const specification = l.next++;
    const parameters = {
      CreationDate: a.created === undefined ? undefined : pdfString(a.created),
      ModDate: a.modified === undefined ? undefined : pdfString(a.modified),
    };
    const subtype = a.type === undefined ? undefined : `/${a.type.replace('/', '#2F')}`;
    l.objects.set(file, stream({ Type: '/EmbeddedFile', Subtype: subtype, Params: dictionary(parameters) }, a.bytes, true));
    l.objects.set(
      specification,
      dictionary({
        Type: '/Filespec',
        F: pdfString(a.name),
        UF: pdfString(a.name),
        EF: `<< /F ${file} 0 R >>`,
        Desc: a.description === undefined ? undefined : pdfString(a.description),
        CI: a.cells === undefined ? undefined : dictionary({ Type: '/CollectionItem', ...a.cells }),
      }),
    );
    if (a.annotated) {
      const annotation = l.next++;
      l.objects.set(annotation, dictionary({ Type: '/Annot', Subtype: '/FileAttachment', Rect: '[0 0 20 20]', FS: `${specification} 0 R` }));
      annotate(l.objects, firstPage, [annotation]);
    } else named.push(`${pdfString(a.folder === undefined ? a.name : `<${a.folder}>${a.name}`)} ${specification} 0 R`);
  }
  return named.length === 0 ? undefined : `<< /EmbeddedFiles << /Names [${named.join(' ')}] >> >>`;
}

export const fieldObject = (name: string, value: string, page: number): string =>
  dictionary({ Type: '/Annot', Subtype: '/Widget', FT: '/Tx', T: pdfString(name), V: pdfString(value), Rect: '[72 600 300 620]', P: `${page} 0 R` });

function addFields(l: Layout, fields: Readonly<Record<string, string>>, page: number): string | undefined {
  const numbers = Object.entries(fields).map(([name, value]) => {
    l.objects.set(l.next, fieldObject(name, value, page));
    return l.next++;
  });
  if (numbers.length === 0) return undefined;
  annotate(l.objects, page, numbers);
  return `<< /Fields ${refs(numbers)} >>`;
}

/** Returns what belongs into the catalog. */
function addPortfolio(l: Layout, { columns, folders }: PdfPortfolioOptions): string {
  const first = l.next;
  l.next += folders.length + 1;
  for (const [i, name] of ['', ...folders].entries())
    l.objects.set(
      first + i,
      dictionary({ Type: '/Folder', ID: String(i), Name: pdfString(name), Child: i < folders.length ? `${first + i + 1} 0 R` : undefined }),
    );
  const schema = Object.entries(columns).map(([key, name]) => [key, `<< /Subtype /S /N ${pdfString(name)} >>`]);
  return dictionary({ Type: '/Collection', Schema: dictionary(Object.fromEntries(schema) as Record<string, string>), Folders: `${first} 0 R` });
}

function addFonts(l: Layout, fonts: readonly PdfFontOptions[], pages: readonly number[]): void {
  let named = '';
  for (const [i, f] of fonts.entries()) {
    const [font, descriptor, program, descendant] = [l.next++, l.next++, l.next++, l.next++];
    if (f.program) l.objects.set(program, stream({}, f.program.bytes, true));
    l.objects.set(
      descriptor,
      dictionary({ Type: '/FontDescriptor', FontName: `/${f.name}`, ...(f.program ? { [f.program.entry]: `${program} 0 R` } : {}) }),
    );
    const described = { Type: '/Font', BaseFont: `/${f.name}`, FontDescriptor: `${descriptor} 0 R` };
    l.objects.set(
      font,
      dictionary(f.composite ? { Type: '/Font', Subtype: '/Type0', DescendantFonts: `[${descendant} 0 R]` } : { ...described, Subtype: '/TrueType' }),
    );
    if (f.composite) l.objects.set(descendant, dictionary({ ...described, Subtype: '/CIDFontType2' }));
    named += ` /E${i} ${font} 0 R`;
  }
  for (const page of pages) l.objects.set(page, (l.objects.get(page) ?? '').replace(`/F1 ${FONT} 0 R`, `$&${named}`));
}

function layOut(o: PdfOptions): Objects {
  const l: Layout = { objects: new Map(), next: FIRST_FREE };
  const pages = addPages(l, o.pages ?? ['Hello'], o.compress ?? true);
  const names = addAttachments(l, o.attachments ?? [], pages[0] ?? 0);
  const form = addFields(l, o.fields ?? {}, pages[0] ?? 0);
  addFonts(l, o.fonts ?? [], pages);
  const collection = o.portfolio ? addPortfolio(l, o.portfolio) : undefined;
  l.objects.set(
    CATALOG,
    dictionary({
      Type: '/Catalog',
      Pages: `${PAGES} 0 R`,
      Metadata: o.xmp === undefined ? undefined : `${METADATA} 0 R`,
      Lang: o.lang === undefined ? undefined : pdfString(o.lang),
      Names: names,
      Collection: collection,
      AcroForm: form,
    }),
  );
  l.objects.set(PAGES, dictionary({ Type: '/Pages', Kids: refs(pages), Count: String(pages.length) }));
  if (o.info) l.objects.set(INFO, infoDictionary(o.info));
  if (o.xmp !== undefined) l.objects.set(METADATA, stream({ Type: '/Metadata', Subtype: '/XML' }, Buffer.from(o.xmp)));
  l.objects.set(FONT, dictionary({ Type: '/Font', Subtype: '/Type1', BaseFont: '/Helvetica', Encoding: '/WinAnsiEncoding' }));
  return new Map([...l.objects].sort(([a], [b]) => a - b));
}

/** Writes objects behind `at` bytes; returns their text and where each begins. */
export function writeObjects(objects: Objects, at: number): { readonly text: string; readonly offsets: Map<number, number> } {
  let text = '';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, at + text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  return { text, offsets };
}

const row = (offset: number, generation: number, kind: 'n' | 'f'): string =>
  `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind} \n`;

/** A table with one run for each unbroken row of numbers; object 0 heads it where `withZero`. */
export function xrefTable(offsets: ReadonlyMap<number, number>, withZero: boolean): string {
  const rows = new Map<number, string>(withZero ? [[0, row(0, 65535, 'f')]] : []);
  for (const [number, offset] of offsets) rows.set(number, row(offset, 0, 'n'));
  const numbers = [...rows.keys()].sort((a, b) => a - b);
  let text = 'xref\n';
  for (let i = 0; i < numbers.length;) {
    let end = i + 1;
    while (end < numbers.length && numbers[end] === (numbers[end - 1] as number) + 1) end++;
    text += `${numbers[i] as number} ${end - i}\n${numbers
      .slice(i, end)
      .map((n) => rows.get(n) as string)
      .join('')}`;
    i = end;
  }
  return text;
}

export const trailerEntries = (o: Pick<PdfOptions, 'id' | 'info' | 'trailer'>, size: number, previous?: number): string => {
  const id = o.id ? `[<${o.id[0]}> <${o.id[1]}>]` : undefined;
  return dictionary({
    Size: String(size),
    Root: `${CATALOG} 0 R`,
    Info: o.info ? `${INFO} 0 R` : undefined,
    ID: id,
    Prev: previous === undefined ? undefined : String(previous),
  }).replace(/ >>$/, `${o.trailer ? ` ${o.trailer}` : ''} >>`);
};

const header = (o: PdfOptions): string => `%PDF-${o.version ?? '1.7'}\n%${o.binaryComment ?? '\xe2\xe3\xcf\xd3'}\n`;
export const sizeOf = (objects: Objects): number => Math.max(...objects.keys()) + 1;

/** Packs what is no stream, and ends on a cross-reference stream with a PNG predictor, as most writers do. */
function withXrefStream(o: PdfOptions, objects: Objects): string {
  const packed = [...objects].filter(([, body]) => !body.includes('\nstream\n'));
  const size = sizeOf(objects);
  const [packNumber, xrefNumber] = [size, size + 1];
  let index = '';
  let bodies = '';
  for (const [number, body] of packed) {
    index += `${number} ${bodies.length} `;
    bodies += `${body}\n`;
  }
  const plain = new Map([...objects].filter(([, body]) => body.includes('\nstream\n')));
  plain.set(packNumber, stream({ Type: '/ObjStm', N: String(packed.length), First: String(index.length) }, latin1(index + bodies), true));
  const { text, offsets } = writeObjects(plain, header(o).length);
  const at = header(o).length + text.length;
  const rows: number[][] = [];
  for (let n = 0; n <= xrefNumber; n++) {
    const place = packed.findIndex(([number]) => number === n);
    const offset = n === xrefNumber ? at : offsets.get(n);
    rows.push(place >= 0 ? [2, packNumber >> 8, packNumber & 0xff, place] : offset === undefined ? [0, 0, 0, 0] : [1, offset >> 8, offset & 0xff, 0]);
  }
  const predicted = rows.flatMap((r, i) => [2, ...r.map((b, k) => (b - (rows[i - 1]?.[k] ?? 0)) & 0xff)]);
  const entries = trailerEntries(o, xrefNumber + 1).replace(/^<< | >>$/g, '');
  const stored = deflateSync(Uint8Array.from(predicted), { level: 9 });
  const dict = `<< /Type /XRef /W [1 2 1] ${entries} /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >> /Length ${stored.length} >>`;
  return `${header(o)}${text}${xrefNumber} 0 obj\n${dict}\nstream\n${stored.toString('latin1')}\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`;
}

/** A small, correct PDF. The same options give the same bytes. */
export function buildPdf(options: PdfOptions = {}): Uint8Array {
  const objects = layOut(options);
  if (options.xref === 'stream') return latin1(withXrefStream(options, objects));
  const { text, offsets } = writeObjects(objects, header(options).length);
  const at = header(options).length + text.length;
  return latin1(
    `${header(options)}${text}${xrefTable(offsets, true)}trailer\n${trailerEntries(options, sizeOf(objects))}\nstartxref\n${at}\n%%EOF\n`,
  );
}

const padded = (n: number): string => String(n).padStart(10, '0');

/**
 * A file laid out like a linearised one (ISO 32000-2 annex F): the first page with its cross-reference section in the head, the
 * rest behind, two 'startxref' and two '%%EOF', one revision.
 */
export function linearizedLike(options: PdfOptions = {}): Uint8Array {
  const objects = layOut(options);
  const size = sizeOf(objects) + 1;
  const parameters = size - 1;
  const first = new Map([...objects].filter(([n]) => n === CATALOG || n === FONT || n >= FIRST_FREE));
  const rest = new Map([...objects].filter(([n]) => !first.has(n)));
  // Written twice: the first time to learn the places, which are as wide the second time.
  const write = (length: number, mainAt: number, headEnd: number): { readonly text: string; readonly mainAt: number; readonly headEnd: number } => {
    let text = `${header(options)}${parameters} 0 obj\n<< /Linearized 1 /L ${padded(length)} /H [0 0] /O ${FIRST_FREE} /E ${padded(headEnd)} /N 1 /T ${padded(mainAt)} >>\nendobj\n`;
    const parametersAt = header(options).length;
    const headAt = text.length;
    const shape = xrefTable(new Map([...first.keys(), parameters].map((n) => [n, 0])), false);
    const trailer = `trailer\n${trailerEntries(options, size).replace(/ >>$/, ` /Prev ${padded(mainAt)} >>`)}\nstartxref\n0\n%%EOF\n`;
    const head = writeObjects(first, headAt + shape.length + trailer.length);
    text += xrefTable(new Map([...head.offsets, [parameters, parametersAt]]), false) + trailer + head.text;
    const end = text.length;
    const tail = writeObjects(rest, end);
    text += tail.text;
    const main = text.length;
    text += `${xrefTable(tail.offsets, true)}trailer\n<< /Size ${size} >>\nstartxref\n${headAt}\n%%EOF\n`;
    return { text, mainAt: main, headEnd: end };
  };
  const draft = write(0, 0, 0);
  return latin1(write(draft.text.length, draft.mainAt, draft.headEnd).text);
}
