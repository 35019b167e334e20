import { buildCfb, type OleProperties, propertyStreams } from './build-cfb.ts';

/** A text of a slide: in the slide itself, or in the document's outline with a reference to it. */
export interface PptText {
  readonly text: string;
  readonly inOutline?: true;
  /** Position of a slide number, which stands as '*' in the text. */
  readonly numberAt?: number;
}

export interface PptSpec extends OleProperties {
  /** Texts of each slide, paragraphs parted by \r. */
  readonly slides: readonly (readonly (string | PptText)[])[];
  readonly currentUser?: string;
  /** Edits that were appended, the first one included. Default 1. */
  readonly saves?: number;
  /** Of the first slide: author and wall time 'YYYY-MM-DDTHH:MM:SS'. */
  readonly comments?: readonly (readonly [author: string, local: string])[];
  /** The speaker's notes, by the number of the slide. */
  readonly notes?: Readonly<Record<number, string>>;
  /** What tells the cipher: an object behind the others, named by each edit. What it is about is enciphered by lock-ole.ts. */
  readonly lockHead?: Uint8Array;
}

const u16 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => Buffer.from([n & 0xff, (n >> 8) & 0xff])));
const u32 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => u16(n & 0xffff, n >>> 16)));
const atom = (type: number, body: Uint8Array, instance = 0): Buffer => Buffer.concat([u16(instance << 4, type), u32(body.byteLength), body]);
const container = (type: number, children: readonly Uint8Array[], instance = 0): Buffer => {
  const body = Buffer.concat(children);
  return Buffer.concat([u16((instance << 4) | 0x0f, type), u32(body.byteLength), body]);
};
const wide = (s: string): Buffer => Buffer.from(s, 'utf16le');

/** One byte a character where that suffices, as PowerPoint does it. */
const textAtom = (s: string): Buffer =>
  [...s].every((c) => c.charCodeAt(0) < 0x100) ? atom(0x0fa8, Buffer.from(s, 'latin1')) : atom(0x0fa0, wide(s));

const asText = (t: string | PptText): PptText => (typeof t === 'string' ? { text: t } : t);
const withNumber = ({ text, numberAt }: PptText): Buffer[] => [
  atom(0x0f9f, u32(4)),
  textAtom(text),
  ...(numberAt === undefined ? [] : [atom(0x0fd8, u32(numberAt))]),
];

function systemTime(local: string): Buffer {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = local.split(/[-T:]/).map(Number);
  return u16(year, month, 0, day, hour, minute, second, 0);
}

function slideOf(texts: readonly (string | PptText)[], comments: PptSpec['comments']): Buffer {
  let outlined = 0;
  const shapes = texts.map((t) => {
    const text = asText(t);
    return container(0xf004, [atom(0xf00d, text.inOutline ? Buffer.concat([atom(0x0f9e, u32(outlined++))]) : Buffer.concat(withNumber(text)))]);
  });
  // A client text box is a container in its header.
  for (const shape of shapes) shape[8] = 0x0f;
  const drawing = container(0x040c, [container(0xf002, [container(0xf003, shapes)])]);
  const notes = (comments ?? []).map(([author, local]) =>
    container(0x2ee0, [
      atom(0x0fba, wide(author), 0),
      atom(0x0fba, wide('Remarque'), 1),
      atom(0x2ee1, Buffer.concat([u32(1), systemTime(local), u32(0, 0)])),
    ]),
  );
  const tags =
    notes.length === 0 ? [] : [container(0x1388, [container(0x138a, [atom(0x0fba, wide('___PPT10')), atom(0x138b, Buffer.concat(notes))])])];
  return container(0x03ee, [drawing, ...tags]);
}

/** A ppt of PowerPoint 97 to 2003: document, slides, edits and the current user, without masters. */
export function buildPpt(spec: PptSpec): Uint8Array {
  const list = spec.slides.flatMap((texts, i) => [
    atom(0x03f3, Buffer.concat([u32(i + 2, 0, 0, 256 + i, 0)])),
    ...texts.map(asText).flatMap((t) => (t.inOutline ? withNumber(t) : [])),
  ]);
  const noted = Object.entries(spec.notes ?? {}).map(([slide, text]) =>
    container(0x03f0, [atom(0x03f1, u32(255 + Number(slide), 0)), container(0x040c, [container(0xf00d, withNumber({ text }))])]),
  );
  const notesList = noted.map((_, i) => atom(0x03f3, Buffer.concat([u32(spec.slides.length + 2 + i, 0, 0, 0, 0)])));
  const document = container(0x03e8, [container(0x0ff0, list, 0), ...(noted.length > 0 ? [container(0x0ff0, notesList, 2)] : [])]);
  const slides = spec.slides.map((texts, i) => slideOf(texts, i === 0 ? spec.comments : undefined));
  const parts: Buffer[] = [];
  let at = 0;
  const add = (bytes: Buffer): number => {
    parts.push(bytes);
    at += bytes.byteLength;
    return at - bytes.byteLength;
  };
  const session = spec.lockHead ? [container(0x2f14, [spec.lockHead])] : [];
  const offsets = [document, ...slides, ...noted, ...session].map(add);
  let last = 0;
  for (let n = 0; n < (spec.saves ?? 1); n++) {
    const directory = add(atom(0x1772, u32((offsets.length << 20) | 1, ...offsets)));
    last = add(atom(0x0ff5, u32(256, 0x0300_0000, last, directory, 1, offsets.length + 1, 1, ...(spec.lockHead ? [offsets.length] : []))));
  }
  const user = spec.currentUser ?? '';
  const current = Buffer.concat([
    u32(20, spec.lockHead ? 0xf3d1c4df : 0xe391c05f, last),
    u16(user.length, 0x03f4, 3, 0),
    Buffer.from(user, 'latin1'),
    u32(8),
    wide(user),
  ]);
  return buildCfb({
    streams: { 'PowerPoint Document': Buffer.concat(parts), 'Current User': atom(0x0ff6, current), ...propertyStreams(spec) },
    root: { clsid: '64818d10-4f9b-11cf-86ea-00aa00b929e8' },
  });
}
