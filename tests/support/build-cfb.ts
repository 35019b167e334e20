import { guidBytes, type CfbNode, writeCfb } from '../../src/structures/ole/cfb-write.ts';
import { encodeCodePage } from './code-page.ts';

/** 100 ns ticks since 1601: as such, or as ISO 8601 with a zone. */
export type Ticks = bigint | string;

/** '2017-03-27T10:41:05Z' as a FILETIME. */
export const filetime = (t: Ticks): bigint => (typeof t === 'bigint' ? t : BigInt(Date.parse(t)) * 10_000n + 116_444_736_000_000_000n);

export interface StorageSpec {
  readonly created?: Ticks;
  readonly modified?: Ticks;
  /** '00020906-0000-0000-c000-000000000046'. */
  readonly clsid?: string;
}

export interface CfbSpec {
  /** Contents by path: 'Workbook', 'ObjectPool/_1/\u0001Ole10Native'. Storages on the way are made. */
  readonly streams: Readonly<Record<string, Uint8Array>>;
  /** What storages say of themselves, by path; one that is named only here is made empty. */
  readonly storages?: Readonly<Record<string, StorageSpec>>;
  readonly root?: StorageSpec;
}

const times = (s: StorageSpec): { clsid: string | null; created: bigint; modified: bigint } => ({
  clsid: s.clsid ?? null,
  created: filetime(s.created ?? 0n),
  modified: filetime(s.modified ?? 0n),
});

/** A compound file of version 3, as any reader of [MS-CFB] takes it. Deterministic. */
export function buildCfb(spec: CfbSpec): Uint8Array {
  const folder = (path: string, name: string, own: StorageSpec): CfbNode => {
    const prefix = path === '' ? '' : `${path}/`;
    const children = new Map<string, CfbNode>();
    for (const [p, content] of Object.entries(spec.streams)) {
      const rest = p.startsWith(prefix) ? p.slice(prefix.length) : '';
      if (rest !== '' && !rest.includes('/')) children.set(rest, { name: rest, content });
    }
    for (const p of [...Object.keys(spec.streams).map((s) => s.slice(0, Math.max(0, s.lastIndexOf('/')))), ...Object.keys(spec.storages ?? {})]) {
      const child = p.startsWith(prefix) ? (p.slice(prefix.length).split('/')[0] ?? '') : '';
      if (child !== '' && !children.has(child)) children.set(child, folder(prefix + child, child, spec.storages?.[prefix + child] ?? {}));
    }
    return { name, ...times(own), children: [...children.values()] };
  };
  return writeCfb(folder('', 'Root Entry', spec.root ?? {}));
}

const u16 = (n: number): Buffer => Buffer.from([n & 0xff, (n >> 8) & 0xff]);
const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};
const padded = (b: Uint8Array): Buffer => Buffer.concat([b, Buffer.alloc(-b.byteLength & 3)]);

/** One value with its type. [MS-OLEPS] 2.15. */
export type PropertySpec =
  | { readonly lpstr: string }
  | { readonly lpwstr: string }
  | { readonly i2: number }
  | { readonly i4: number }
  | { readonly bool: boolean }
  | { readonly filetime: Ticks }
  /** VT_CF with so many bytes of picture. */
  | { readonly clip: number }
  /** VT_VECTOR | VT_VARIANT. */
  | { readonly variants: readonly PropertySpec[] }
  /** VT_VECTOR | VT_LPSTR, unpadded as Office writes it. */
  | { readonly lpstrs: readonly string[] };

export interface SectionSpec {
  readonly format: 'summary' | 'document-summary' | 'user-defined';
  /** Property 1; absent: none is written, and strings are encoded as 1252. */
  readonly codePage?: number;
  /** By property id; 0 and 1 are made from the other fields. */
  readonly properties: Readonly<Record<number, PropertySpec>>;
  /** Names of a user-defined section, by id. */
  readonly names?: Readonly<Record<number, string>>;
}

const FORMATS = {
  summary: 'f29f85e0-4ff9-1068-ab91-08002b27b3d9',
  'document-summary': 'd5cdd502-2e9c-101b-9397-08002b2cf9ae',
  'user-defined': 'd5cdd505-2e9c-101b-9397-08002b2cf9ae',
} as const;

const lengthAndText = (text: string, codePage: number): Buffer => {
  const bytes = encodeCodePage(`${text}\u0000`, codePage);
  return Buffer.concat([u32(bytes.byteLength), bytes]);
};

function typed(p: PropertySpec, codePage: number): Buffer {
  if ('lpstr' in p) return Buffer.concat([u32(0x1e), lengthAndText(p.lpstr, codePage)]);
  if ('lpwstr' in p) return Buffer.concat([u32(0x1f), u32(p.lpwstr.length + 1), Buffer.from(`${p.lpwstr}\u0000`, 'utf16le')]);
  if ('i2' in p) return Buffer.concat([u32(2), u16(p.i2), u16(0)]);
  if ('i4' in p) return Buffer.concat([u32(3), u32(p.i4)]);
  if ('bool' in p) return Buffer.concat([u32(0x0b), u32(p.bool ? 0xffff : 0)]);
  if ('clip' in p) return Buffer.concat([u32(0x47), u32(p.clip), Buffer.alloc(p.clip)]);
  if ('variants' in p) return Buffer.concat([u32(0x100c), u32(p.variants.length), ...p.variants.map((v) => typed(v, codePage))]);
  if ('lpstrs' in p) return Buffer.concat([u32(0x101e), u32(p.lpstrs.length), ...p.lpstrs.map((s) => lengthAndText(s, codePage))]);
  const ticks = Buffer.alloc(8);
  ticks.writeBigUInt64LE(filetime(p.filetime));
  return Buffer.concat([u32(0x40), ticks]);
}

function section(s: SectionSpec): Buffer {
  const codePage = s.codePage ?? 1252;
  const values: [number, Buffer][] = [];
  const names = Object.entries(s.names ?? {});
  if (names.length > 0)
    values.push([
      0,
      padded(Buffer.concat([u32(names.length), ...names.map(([id, name]) => Buffer.concat([u32(Number(id)), lengthAndText(name, codePage)]))])),
    ]);
  if (s.codePage !== undefined) values.push([1, typed({ i2: s.codePage }, codePage)]);
  for (const [id, p] of Object.entries(s.properties)) values.push([Number(id), padded(typed(p, codePage))]);
  let at = 8 + values.length * 8;
  const places = values.map(([id, bytes]) => {
    const place = Buffer.concat([u32(id), u32(at)]);
    at += bytes.byteLength;
    return place;
  });
  return Buffer.concat([u32(at), u32(values.length), ...places, ...values.map(([, bytes]) => bytes)]);
}

/** The content of '\u0005SummaryInformation' or '\u0005DocumentSummaryInformation'. [MS-OLEPS] 2.21. */
export function buildPropertySet(sections: readonly SectionSpec[]): Uint8Array {
  const bodies = sections.map(section);
  let at = 28 + sections.length * 20;
  const list = sections.map((s, i) => {
    const entry = Buffer.concat([guidBytes(FORMATS[s.format]), u32(at)]);
    at += bodies[i]?.byteLength ?? 0;
    return entry;
  });
  return Buffer.concat([u16(0xfffe), u16(0), u32(0x0002_0105), Buffer.alloc(16), u32(sections.length), ...list, ...bodies]);
}

/** What a document says about itself, in the words of the two streams. */
export interface OleProperties {
  readonly codePage?: number;
  readonly title?: string;
  readonly author?: string;
  readonly lastAuthor?: string;
  readonly template?: string;
  readonly application?: string;
  readonly revision?: number;
  readonly editingMinutes?: number;
  readonly created?: Ticks;
  readonly modified?: Ticks;
  readonly printed?: Ticks;
  readonly pages?: number;
  readonly words?: number;
  readonly company?: string;
  readonly manager?: string;
  /** Office's own version: [11, 9999]. */
  readonly version?: readonly [major: number, minor: number];
  /** [['Листы', 3]]: words in the language of the program that saved last. */
  readonly headingPairs?: readonly (readonly [heading: string, count: number])[];
  /** TitlesOfParts: sheet names, title. */
  readonly titles?: readonly string[];
}

type Given = readonly (readonly [id: number, value: PropertySpec | undefined])[];
const given = (all: Given): Record<number, PropertySpec> =>
  Object.fromEntries(all.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
const when = <T>(value: T | undefined, make: (v: T) => PropertySpec): PropertySpec | undefined => (value === undefined ? undefined : make(value));
const lpstr = (s: string): PropertySpec => ({ lpstr: s });
const i4 = (n: number): PropertySpec => ({ i4: n });
const time = (t: Ticks): PropertySpec => ({ filetime: t });

/** The two streams as Office writes them, code page 1252 where none is given. */
export function propertyStreams(p: OleProperties): Record<string, Uint8Array> {
  const codePage = p.codePage ?? 1252;
  const summary = given([
    [2, when(p.title, lpstr)],
    [4, when(p.author, lpstr)],
    [7, when(p.template, lpstr)],
    [8, when(p.lastAuthor, lpstr)],
    [9, when(p.revision, (n) => lpstr(String(n)))],
    [10, when(p.editingMinutes, (n) => time(BigInt(n) * 600_000_000n))],
    [11, when(p.printed, time)],
    [12, when(p.created, time)],
    [13, when(p.modified, time)],
    [14, when(p.pages, i4)],
    [15, when(p.words, i4)],
    [18, when(p.application, lpstr)],
  ]);
  const pairs = p.headingPairs?.flatMap(([heading, count]) => [lpstr(heading), i4(count)]);
  const document = given([
    [12, when(pairs, (variants) => ({ variants }))],
    [13, when(p.titles, (lpstrs) => ({ lpstrs }))],
    [14, when(p.manager, lpstr)],
    [15, when(p.company, lpstr)],
    [23, when(p.version, ([major, minor]) => i4(major * 65_536 + minor))],
  ]);
  return {
    '\u0005SummaryInformation': buildPropertySet([{ format: 'summary', codePage, properties: summary }]),
    '\u0005DocumentSummaryInformation': buildPropertySet([{ format: 'document-summary', codePage, properties: document }]),
  };
}

/** The stream '\u0001CompObj' with its ANSI user type. [MS-OLEDS] 2.3.8. */
export function compObj(userType: string, codePage = 1252): Uint8Array {
  return Buffer.concat([
    u32(0xfffe0001),
    u32(0x0a03),
    u32(0xffffffff),
    Buffer.alloc(16),
    lengthAndText(userType, codePage),
    u32(0),
    u32(0),
    u32(0x71b239f4),
    u32(0),
    u32(0),
    u32(0),
  ]);
}

/** The stream '\u0001Ole10Native' as the Windows packager writes it. */
export function ole10NativeStream(p: { label: string; sourcePath: string; temporaryPath: string; content: Uint8Array }): Uint8Array {
  const z = (s: string): Buffer => Buffer.from(`${s}\u0000`, 'latin1');
  const body = Buffer.concat([
    u16(2),
    z(p.label),
    z(p.sourcePath),
    u16(0),
    u16(3),
    u32(p.temporaryPath.length + 1),
    z(p.temporaryPath),
    u32(p.content.byteLength),
    p.content,
  ]);
  return Buffer.concat([u32(body.byteLength), body]);
}
