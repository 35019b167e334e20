/** A text in RTF: ASCII as it is, the rest as \u with '?' for readers without Unicode. */
export const rtfText = (text: string): string =>
  text
    .replace(/[\\{}]/g, '\\$&')
    .replace(/\n/g, '\\line ')
    .replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0) > 0x7fff ? c.charCodeAt(0) - 0x10000 : c.charCodeAt(0)}?`);

/** What Word's packager stores: [MS-OLEDS] 2.2.5 around the layout of its own. */
export interface RtfPackage {
  readonly label: string;
  readonly sourcePath: string;
  readonly temporaryPath: string;
  readonly content: Uint8Array;
}

export interface RtfSpec {
  readonly author?: string;
  readonly lastAuthor?: string;
  readonly title?: string;
  readonly company?: string;
  readonly manager?: string;
  /** The writer's wall clock, 'YYYY-MM-DDTHH:MM'. */
  readonly created?: string;
  readonly modified?: string;
  readonly printed?: string;
  readonly revision?: number;
  readonly editingMinutes?: number;
  readonly words?: number;
  /** Default 1252. */
  readonly codePage?: number;
  /** LCID; default 1033. */
  readonly language?: number;
  readonly generator?: string;
  readonly template?: string;
  /** Eight hex digits each. */
  readonly rsids?: readonly string[];
  readonly rsidRoot?: string;
  /** The name of the default paragraph style. Default 'Normal'. */
  readonly defaultStyle?: string;
  readonly paragraphs?: readonly string[];
  readonly packages?: readonly RtfPackage[];
  /** Objects of other programs: class and native data. */
  readonly objects?: readonly { readonly className: string; readonly native: Uint8Array }[];
  /** PNG or JPEG bytes. */
  readonly pictures?: readonly Uint8Array[];
  /** RTF put in as it is, behind the header and behind the paragraphs. */
  readonly head?: string;
  readonly body?: string;
}

const group = (word: string, text: string | undefined): string => (text === undefined ? '' : `{\\${word} ${rtfText(text)}}`);
const number = (word: string, n: number | undefined): string => (n === undefined ? '' : `{\\${word}${n}}`);

function time(word: string, local: string | undefined): string {
  if (local === undefined) return '';
  const [yr, mo, dy, hr, min] = local.split(/[-T:]/).map(Number);
  return `{\\${word}\\yr${yr}\\mo${mo}\\dy${dy}\\hr${hr}\\min${min}}`;
}

const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n);
  return b;
};
const nul = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1');
const sized = (text: string): Buffer => (text === '' ? u32(0) : Buffer.concat([u32(nul(text).byteLength), nul(text)]));
const embedded = (className: string, native: Uint8Array): Buffer =>
  Buffer.concat([u32(0x0501), u32(2), sized(className), u32(0), u32(0), u32(native.byteLength), native]);
const packaged = (p: RtfPackage): Buffer =>
  Buffer.concat([
    Buffer.from([2, 0]),
    nul(p.label),
    nul(p.sourcePath),
    Buffer.from([0, 0, 3, 0]),
    sized(p.temporaryPath),
    u32(p.content.byteLength),
    p.content,
  ]);
/** Hex in lines of 128 digits, as Word writes it. */
const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/.{128}/g, '$&\r\n');
const objectGroup = (className: string, native: Uint8Array): string =>
  `{\\object\\objemb{\\*\\objclass ${className}}{\\*\\objdata ${hex(embedded(className, native))}}{\\result }}`;

/** A document as Word writes it, in ASCII. Deterministic. */
export function buildRtf(spec: RtfSpec = {}): Uint8Array {
  const rsid = (word: string, digits: string): string => `\\${word}${parseInt(digits, 16)}`;
  const info = [
    group('title', spec.title),
    group('author', spec.author),
    group('operator', spec.lastAuthor),
    time('creatim', spec.created),
    time('revtim', spec.modified),
    time('printim', spec.printed),
    number('version', spec.revision),
    number('edmins', spec.editingMinutes),
    number('nofwords', spec.words),
    group('*\\manager', spec.manager),
    group('*\\company', spec.company),
  ].join('');
  const head = [
    `\\rtf1\\ansi\\ansicpg${spec.codePage ?? 1252}\\uc1\\deff0\\deflang${spec.language ?? 1033}`,
    '{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\froman\\fcharset204 Times New Roman Cyr;}}',
    `{\\stylesheet{\\ql \\snext0 ${rtfText(spec.defaultStyle ?? 'Normal')};}{\\*\\cs10 \\additive Default Paragraph Font;}}`,
    spec.rsids ? `{\\*\\rsidtbl ${spec.rsids.map((r) => rsid('rsid', r)).join('')}}` : '',
    group('*\\generator', spec.generator && `${spec.generator};`),
    `{\\info${info}}`,
    group('*\\template', spec.template),
    spec.rsidRoot ? rsid('rsidroot', spec.rsidRoot) : '',
    spec.head ?? '',
  ].join('\r\n');
  const body = [
    ...(spec.paragraphs ?? []).map((p) => `\\pard\\plain \\f0 ${rtfText(p)}\\par`),
    spec.body ?? '',
    ...(spec.packages ?? []).map((p) => objectGroup('Package', packaged(p))),
    ...(spec.objects ?? []).map((o) => objectGroup(o.className, o.native)),
    ...(spec.pictures ?? []).map((p) => `{\\*\\shppict{\\pict\\${p[0] === 0x89 ? 'pngblip' : 'jpegblip'} ${hex(p)}}}`),
  ].join('\r\n');
  return Buffer.from(`{${head}\r\n${body}\r\n}`, 'latin1');
}
