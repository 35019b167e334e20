const u32le = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};
const u64le = (n: number): Buffer => Buffer.concat([u32le(n), u32le(0)]);
const encoded = (n: number): Buffer =>
  Buffer.from(n < 128 ? [n] : n < 16_384 ? [0x80 | (n >> 7), n & 0x7f] : [0x80 | (n >> 14), 0x80 | ((n >> 7) & 0x7f), n & 0x7f]);
const chars = (...points: number[]): Buffer => Buffer.from(String.fromCodePoint(...points));

/** An element by its number, or by a name that is written out; attributes by number or name, values of text or number. */
export interface LitElement {
  readonly is: number | string;
  readonly attributes?: readonly (readonly [number | string, string | number])[];
  /** Absent: it ends where it begins. */
  readonly inside?: readonly (LitElement | string)[];
}

const sized = (text: string): Buffer => Buffer.concat([chars([...text].length + 1), Buffer.from(text)]);
const coded = (name: number | string): Buffer => (typeof name === 'number' ? chars(name) : Buffer.concat([chars(0x8000), sized(name)]));

export function litElement({ is, attributes = [], inside }: LitElement): Buffer {
  const head = [
    chars(0, inside ? 1 : 3),
    coded(is),
    ...attributes.map(([name, value]) => Buffer.concat([coded(name), typeof value === 'number' ? chars(0xffff, value + 1) : sized(value)])),
    chars(0),
  ];
  return Buffer.concat([
    ...head,
    ...(inside ?? []).map((i) => (typeof i === 'string' ? Buffer.from(i) : litElement(i))),
    ...(inside ? [chars(0, 2, 0)] : []),
  ]);
}

/** The package document of a book: what its metadata says of it. */
export const litPackage = (...said: LitElement[]): Buffer =>
  litElement({
    is: 1,
    attributes: [
      [4, 0],
      [19, 'uid'],
    ],
    inside: [{ is: 20, inside: [{ is: 21, inside: said }] }],
  });

export interface LitSpec {
  readonly meta: Buffer;
  /** Markup, other markup, style sheets, pictures: internal name, name, media type. */
  readonly manifest?: readonly (readonly (readonly [string, string, string])[])[];
  readonly stored?: Readonly<Record<string, Buffer>>;
  /** Names that lie in another section. */
  readonly packed?: readonly string[];
  readonly language?: number;
}

function manifestOf(groups: readonly (readonly (readonly [string, string, string])[])[]): Buffer {
  const text = (s: string): Buffer => Buffer.concat([chars([...s].length), Buffer.from(s)]);
  const group = (items: readonly (readonly [string, string, string])[]): Buffer =>
    Buffer.concat([
      u32le(items.length),
      ...items.map(([internal, name, type]) => Buffer.concat([u32le(0), text(internal), text(name), text(type), Buffer.alloc(1)])),
    ]);
  return Buffer.concat([Buffer.from('\u0001\\'), ...[0, 1, 2, 3].map((i) => group(groups[i] ?? [])), Buffer.alloc(1)]);
}

/** A book of Microsoft Reader with one chunk of directory. */
export function buildLit(s: LitSpec): Uint8Array {
  const stored: (readonly [string, Buffer])[] = [
    ['/meta', s.meta],
    ...(s.manifest ? [['/manifest', manifestOf(s.manifest)] as const] : []),
    ...Object.entries(s.stored ?? {}),
  ];
  const entry = (name: string, section: number, offset: number, length: number): Buffer =>
    Buffer.concat([encoded(name.length), Buffer.from(name), encoded(section), encoded(offset), encoded(length)]);
  // What stands for the root has a place of 64 bits that means nothing.
  const rows: Buffer[] = [
    Buffer.concat([Buffer.from('\u0001/\u0000'), Buffer.from('91e9dfb88cd39fc478', 'hex'), Buffer.from('b9e89cc9fc8081cb13', 'hex')]),
  ];
  let offset = 0;
  for (const [name, content] of stored) {
    rows.push(entry(name, 0, offset, content.byteLength));
    offset += content.byteLength;
  }
  for (const name of s.packed ?? []) rows.push(entry(name, 1, 0, 10));
  const entries = Buffer.concat(rows);
  const size = Math.max(512, entries.byteLength + 64);
  const chunk = Buffer.alloc(size);
  chunk.write('AOLL');
  chunk.writeUInt32LE(size - 48 - entries.byteLength, 4);
  chunk.set(entries, 48);
  const directory = Buffer.concat([Buffer.from('IFCM'), u32le(1), u32le(size), u32le(0), u64le(0), u64le(1), chunk]);
  const second = Buffer.alloc(8 + 48 + 32);
  second.writeUInt32LE(2, 0);
  second.writeUInt32LE(8, 4);
  second.write('CAOL', 8);
  second.write('ITSF', 56);
  second.writeUInt32LE(4, 60);
  second.writeUInt32LE(s.language ?? 0x409, 56 + 28);
  const from = 0x28 + 2 * 16 + second.byteLength;
  second.writeBigUInt64LE(BigInt(from + directory.byteLength), 56 + 16);
  const header = Buffer.concat([Buffer.from('ITOLITLS'), u32le(1), u32le(0x28), u32le(2), u32le(second.byteLength), Buffer.alloc(16)]);
  const pieces = Buffer.concat([u64le(from), u64le(0), u64le(from), u64le(directory.byteLength)]);
  return Buffer.concat([header, pieces, second, directory, ...stored.map(([, content]) => content)]);
}

const CREATOR = 3;
/** A sealed book of which a style sheet lies open. */
export const LIT_BOOK: LitSpec = {
  meta: litPackage(
    { is: 31, inside: ['fr'] },
    {
      is: CREATOR,
      attributes: [
        [14, 'Moreau, Claire'],
        [13, 'aut'],
      ],
      inside: ['Claire Moreau'],
    },
    { is: 26, inside: ['2015-03-04'] },
    { is: 25, attributes: [[13, 'bkp']], inside: ['calibre (0.8.57)'] },
    { is: 2, inside: ['Discours & \u00e9lans'] },
    {
      is: 36,
      attributes: [
        [21, '0.8.57'],
        [20, 'calibre-version'],
      ],
    },
  ),
  manifest: [[['ahc', 'textes\\index.html', 'application/xhtml+xml']], [], [['css', 'style.css', 'text/css']]],
  stored: { '/data/css': Buffer.from('p { margin: 0 }'), '/DRMStorage/DRMSealed': Buffer.alloc(16), '/DRMStorage/DRMSource': Buffer.alloc(8) },
  packed: ['/data/ahc/content'],
  language: 0x40c,
};
