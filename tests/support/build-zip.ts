import { crc32, deflateRawSync } from 'node:zlib';

/** The writers whose headers are imitated byte for byte. */
export type ZipWriter = 'microsoft-office' | 'libreoffice' | 'info-zip' | 'python-zipfile' | '7-zip';

export interface MemberSpec {
  /** 'word/document.xml'; a name that ends in '/' is a folder. */
  readonly name: string;
  /** Text is written as UTF-8. Default: nothing. */
  readonly content?: string | Uint8Array;
  /** The packer's wall clock, 'YYYY-MM-DDTHH:MM:SS'; seconds are cut to even. Ignored by 'microsoft-office'. Default 2017-03-27T12:00:00. */
  readonly local?: string;
  /** The same moment in UTC, 'YYYY-MM-DDTHH:MM:SSZ', for writers that store it too: 'info-zip' and '7-zip'. Default: `local` read as UTC. */
  readonly instant?: string;
  /** Written as the writer would where absent. Overrides reach both headers. */
  readonly override?: MemberOverride;
}

export interface MemberOverride {
  readonly method?: 'store' | 'deflate' | number;
  readonly flags?: number;
  readonly dosDate?: number;
  readonly dosTime?: number;
  readonly versionMadeBy?: number;
  readonly versionNeeded?: number;
  /** Sets bit 0 and puts twelve bytes in front, as encryption does; the content stays as it is. */
  readonly encrypted?: boolean;
  /** Replace the extra fields of both headers: [id, bytes] each. */
  readonly extra?: readonly (readonly [id: number, bytes: Uint8Array])[];
  /** The name as bytes, in any encoding. */
  readonly rawName?: Uint8Array;
  /** The name in the local header alone. */
  readonly localName?: string;
  /** Lies: written to both headers in place of the truth. */
  readonly size?: number;
  readonly compressedSize?: number;
  readonly crc32?: number;
}

export interface ZipOptions {
  /** Bytes put in front without the archive knowing. */
  readonly prefix?: Uint8Array;
  readonly comment?: string;
  /** Sizes and offsets in zip64 records, however small. */
  readonly zip64?: boolean;
  /** Deflated members are stored instead: the same bytes under every version of zlib. */
  readonly store?: boolean;
  /** Packs in place of zlib: for archives whose bytes must not depend on its version. */
  readonly deflate?: (content: Uint8Array) => Uint8Array;
}

/** What a writer puts into the headers of one member. */
interface Style {
  readonly madeBy: number;
  readonly needs: (deflated: boolean, folder: boolean) => number;
  readonly flags: (deflated: boolean) => number;
  readonly attributes: (folder: boolean) => number;
  readonly constantTime?: true;
  /** Sizes behind the content, with a signature. */
  readonly descriptor?: true;
  readonly localExtra?: (utc: number, name: string) => readonly Field[];
  readonly centralExtra?: (utc: number) => readonly Field[];
}

type Field = readonly [id: number, bytes: Uint8Array];

const DAY_ONE = 0x0021;
const GROWTH_HINT = 0xa220;
const DEFAULT_LOCAL = '2017-03-27T12:00:00';

/** Little endian. */
const le = (length: number, value: number | bigint): Uint8Array => {
  const out = new Uint8Array(length);
  let rest = BigInt(value);
  for (let i = 0; i < length; i++, rest >>= 8n) out[i] = Number(rest & 0xffn);
  return out;
};
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const fields = (list: readonly Field[]): Uint8Array => join(...list.map(([id, bytes]) => join(le(2, id), le(2, bytes.byteLength), bytes)));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Room that Office leaves behind the headers of parts it may have to grow in place, bytes by part. Measured. */
const HINTS: readonly (readonly [RegExp, number])[] = [
  [/^(?:\[Content_Types\]\.xml|_rels\/\.rels)$/, 0x200],
  [/^docProps\/(?:app|core|custom)\.xml$/, 0x100],
  [/^(?:word\/_rels\/document|xl\/_rels\/workbook|ppt\/_rels\/presentation|customXml\/_rels\/item\d+)\.(?:xml|bin)\.rels$/, 0x100],
  [/^customXml\/item(?:Props)?\d+\.xml$/, 0x20],
];

/** Signature 0xA028, initial size of the padding, padding (APPNOTE 4.6.10). */
function growthHint(name: string): readonly Field[] {
  const room = HINTS.find(([pattern]) => pattern.test(name))?.[1];
  return room === undefined ? [] : [[GROWTH_HINT, join(le(2, 0xa028), le(2, room), new Uint8Array(room))]];
}
const extended = (utc: number): Uint8Array => join(le(1, 3), le(4, BigInt(utc / 1000)), le(4, BigInt(utc / 1000)));
const owner = join(le(1, 1), le(1, 4), le(4, 1000), le(1, 4), le(4, 1000));
const filetime = (utc: number): Uint8Array => le(8, BigInt(utc) * 10_000n + 116_444_736_000_000_000n);

const STYLES: Readonly<Record<ZipWriter, Style>> = {
  'microsoft-office': {
    madeBy: 45,
    needs: (deflated) => (deflated ? 20 : 10),
    flags: (deflated) => (deflated ? 6 : 0),
    attributes: () => 0,
    constantTime: true,
    localExtra: (_, name) => growthHint(name),
  },
  libreoffice: { madeBy: 20, needs: () => 20, flags: () => 0x0800, attributes: () => 0, descriptor: true },
  'info-zip': {
    madeBy: 0x031e,
    needs: (deflated) => (deflated ? 20 : 10),
    flags: () => 0,
    attributes: (folder) => (folder ? 0x41ed_0010 : 0x81a4_0000),
    localExtra: (utc) => [
      [0x5455, extended(utc)],
      [0x7875, owner],
    ],
    centralExtra: (utc) => [
      [0x5455, extended(utc).subarray(0, 5)],
      [0x7875, owner],
    ],
  },
  'python-zipfile': { madeBy: 0x0314, needs: () => 20, flags: () => 0, attributes: (folder) => (folder ? 0x41fd_0010 : 0x0180_0000) },
  '7-zip': {
    madeBy: 63,
    needs: (deflated, folder) => (deflated || folder ? 20 : 10),
    flags: () => 0,
    attributes: (folder) => (folder ? 0x10 : 0x20),
    centralExtra: (utc) => [[0x000a, join(new Uint8Array(4), le(2, 1), le(2, 24), filetime(utc), filetime(utc), filetime(utc))]],
  },
};

/** DOS date and time of a wall clock reading. */
export function dosOf(local: string): { readonly dosDate: number; readonly dosTime: number } {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = local
    .split(/[-T:Z]/)
    .filter((p) => p !== '')
    .map(Number);
  return { dosDate: ((year - 1980) << 9) | (month << 5) | day, dosTime: (hour << 11) | (minute << 5) | (second >> 1) };
}

const utcOf = (spec: MemberSpec): number => Date.parse(spec.instant ?? `${spec.local ?? DEFAULT_LOCAL}Z`);

/** Everything of one member that both headers share, ready to write. */
interface Written {
  readonly name: Uint8Array;
  readonly localName: Uint8Array;
  readonly folder: boolean;
  readonly body: Uint8Array;
  readonly versions: { readonly madeBy: number; readonly needs: number };
  readonly flags: number;
  /** From the flags to the date, as both headers have them in one row. */
  readonly row: Uint8Array;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly localExtra: readonly Field[];
  readonly centralExtra: readonly Field[];
}

function methodOf(spec: MemberSpec, size: number, options: ZipOptions): number {
  const method = spec.override?.method ?? (size === 0 || spec.name === 'mimetype' || options.store ? 'store' : 'deflate');
  return method === 'store' ? 0 : method === 'deflate' ? 8 : method;
}

const bytesOf = (content: MemberSpec['content']): Uint8Array => (typeof content === 'string' ? utf8(content) : (content ?? new Uint8Array(0)));

function flagsOf(style: Style, deflated: boolean, name: Uint8Array, o: MemberOverride): number {
  const behind = style.descriptor && deflated ? 8 : 0;
  const beyondAscii = o.rawName === undefined && name.some((b) => b >= 0x80) ? 0x0800 : 0;
  return (o.flags ?? style.flags(deflated) | behind | beyondAscii) | (o.encrypted ? 1 : 0);
}

function timeOf(spec: MemberSpec, style: Style, o: MemberOverride): Uint8Array {
  const own = style.constantTime ? { dosDate: DAY_ONE, dosTime: 0 } : dosOf(spec.local ?? DEFAULT_LOCAL);
  return join(le(2, o.dosTime ?? own.dosTime), le(2, o.dosDate ?? own.dosDate));
}

function written(spec: MemberSpec, style: Style, options: ZipOptions): Written {
  const o = spec.override ?? {};
  const content = bytesOf(spec.content);
  const name = o.rawName ?? utf8(spec.name);
  const folder = spec.name.endsWith('/');
  const method = methodOf(spec, content.byteLength, options);
  const packed = method === 8 ? (options.deflate?.(content) ?? deflateRawSync(content, { level: 6 })) : content;
  const body = o.encrypted ? join(new Uint8Array(12), packed) : packed;
  const flags = flagsOf(style, method === 8, name, o);
  const utc = utcOf(spec);
  const truth = {
    crc32: crc32(content),
    compressedSize: body.byteLength,
    size: content.byteLength,
    madeBy: style.madeBy,
    needs: style.needs(method === 8, folder),
  };
  const said = { ...truth, ...definedOf({ ...o, madeBy: o.versionMadeBy, needs: o.versionNeeded }) };
  return {
    name,
    localName: o.localName === undefined ? name : utf8(o.localName),
    folder,
    body,
    flags,
    versions: { madeBy: said.madeBy, needs: said.needs },
    row: join(le(2, flags), le(2, method), timeOf(spec, style, o)),
    crc32: said.crc32,
    compressedSize: said.compressedSize,
    size: said.size,
    localExtra: o.extra ?? style.localExtra?.(utc, spec.name) ?? [],
    centralExtra: o.extra ?? style.centralExtra?.(utc) ?? [],
  };
}

type Said = Pick<Written, 'crc32' | 'compressedSize' | 'size'> & Written['versions'];
/** Only what an override sets. */
const definedOf = (o: { readonly [K in keyof Said]?: number | undefined }): Partial<Said> =>
  Object.fromEntries(
    (['crc32', 'compressedSize', 'size', 'madeBy', 'needs'] as const).flatMap((key) => (o[key] === undefined ? [] : [[key, o[key]]])),
  );

const FULL = 0xffff_ffff;

function localOf(m: Written, zip64: boolean): Uint8Array {
  const behind = (m.flags & 8) !== 0;
  const sizes = behind ? [0, 0, 0] : [m.crc32, zip64 ? FULL : m.compressedSize, zip64 ? FULL : m.size];
  const wide: readonly Field[] = zip64 && !behind ? [[1, join(le(8, m.size), le(8, m.compressedSize))]] : [];
  const extra = fields([...wide, ...m.localExtra]);
  const head = join(
    le(4, 0x04034b50),
    le(2, m.versions.needs),
    m.row,
    ...sizes.map((n) => le(4, n)),
    le(2, m.localName.byteLength),
    le(2, extra.byteLength),
  );
  const descriptor = behind ? join(le(4, 0x08074b50), le(4, m.crc32), le(4, m.compressedSize), le(4, m.size)) : new Uint8Array(0);
  return join(head, m.localName, extra, m.body, descriptor);
}

function centralOf(m: Written, offset: number, style: Style, zip64: boolean): Uint8Array {
  const wide: readonly Field[] = zip64 ? [[1, join(le(8, m.size), le(8, m.compressedSize), le(8, offset))]] : [];
  const extra = fields([...wide, ...m.centralExtra]);
  const narrow = (n: number): Uint8Array => le(4, zip64 ? FULL : n);
  return join(
    le(4, 0x02014b50),
    le(2, m.versions.madeBy),
    le(2, m.versions.needs),
    m.row,
    le(4, m.crc32),
    narrow(m.compressedSize),
    narrow(m.size),
    le(2, m.name.byteLength),
    le(2, extra.byteLength),
    le(2, 0),
    le(2, 0),
    le(2, 0),
    le(4, style.attributes(m.folder)),
    narrow(offset),
    m.name,
    extra,
  );
}

function endOf(count: number, size: number, offset: number, { comment = '', zip64 = false }: ZipOptions): Uint8Array {
  const text = utf8(comment);
  const wide = join(le(4, 0x06064b50), le(8, 44), le(2, 45), le(2, 45), le(4, 0), le(4, 0), le(8, count), le(8, count), le(8, size), le(8, offset));
  const locator = join(le(4, 0x07064b50), le(4, 0), le(8, offset + size), le(4, 1));
  const [n, bytes, at] = zip64 ? [0xffff, FULL, FULL] : [count, size, offset];
  const end = join(le(4, 0x06054b50), le(2, 0), le(2, 0), le(2, n), le(2, n), le(4, bytes), le(4, at), le(2, text.byteLength), text);
  return zip64 ? join(wide, locator, end) : end;
}

/**
 * An archive as that writer leaves it, member by member in the given order. Deterministic; deflated content is the same
 * for one version of zlib, with `store` for all of them.
 */
export function buildZip(members: readonly MemberSpec[], writer: ZipWriter, options: ZipOptions = {}): Uint8Array {
  const style = STYLES[writer];
  const zip64 = options.zip64 ?? false;
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const spec of members) {
    const m = written(spec, style, options);
    centrals.push(centralOf(m, offset, style, zip64));
    const local = localOf(m, zip64);
    locals.push(local);
    offset += local.byteLength;
  }
  const directory = join(...centrals);
  return join(options.prefix ?? new Uint8Array(0), ...locals, directory, endOf(members.length, directory.byteLength, offset, options));
}
