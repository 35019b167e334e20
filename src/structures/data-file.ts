import type { Attribute, TimeValue, ValueOf } from '../model/attribute.ts';
import type { Bytes } from '../model/input.ts';
import { fromFiletime, instantOf } from '../model/time.ts';
import { bencodeEntries } from './bencode.ts';
import { HEAD_BYTES } from './head.ts';
import { bufferOf } from './placed.ts';
import { timeUuidOf } from './uuid.ts';

/** One value of a file, by its place in bytes. */
export interface DataFact<A extends Attribute = Attribute> {
  readonly attribute: A;
  readonly field: string;
  readonly offset: number;
  readonly length: number;
  readonly raw: string;
  readonly value: ValueOf<A> | null;
}

/** A kind of file that systems and programs keep, and of which little is read. */
export interface DataKind {
  readonly mediaType: string;
  /** 'registry hive'. */
  readonly name: string;
  /** What is left unread: 'keys'; null where nothing is that speaks of it. */
  readonly unread: string | null;
  probe(head: Uint8Array): boolean;
  facts(bytes: Bytes): readonly DataFact[];
}

type Values = Readonly<Partial<{ [A in Attribute]: ValueOf<A> | null }>>;

/** Facts at one place, whose raw form is the bytes in hexadecimal; none where the bytes end before. */
function at(bytes: Bytes, field: string, offset: number, length: number, values: (b: Buffer) => Values): DataFact[] {
  const b = bufferOf(bytes.slice(offset, length));
  if (b.byteLength < length || b.every((x) => x === 0)) return [];
  return Object.entries(values(b)).map(([attribute, value]) => ({
    attribute: attribute as Attribute,
    field,
    offset,
    length,
    raw: b.toString('hex'),
    value,
  }));
}

/** A text at one place, up to its NUL. */
function textAt(bytes: Bytes, field: string, attribute: 'machine.path' | 'residue.file', offset: number, length: number): DataFact[] {
  const text = bufferOf(bytes.slice(offset, length)).toString('utf16le').split('\u0000')[0] ?? '';
  return text === '' ? [] : [{ attribute, field, offset, length: 2 * text.length, raw: text, value: text }];
}

const filetime = (b: Buffer): TimeValue | null => fromFiletime(b.readBigUInt64LE());
const starts =
  (text: string, offset = 0) =>
  (h: Uint8Array): boolean => {
    for (let i = 0; i < text.length; i++) if (h[offset + i] !== text.charCodeAt(i)) return false;
    return true;
  };

/** SQLite Database File Format, section 1.3: the file's change counter, its owner's numbers, and the library that wrote it last. */
const SQLITE: DataKind = {
  mediaType: 'application/vnd.sqlite3',
  name: 'database of SQLite',
  unread: 'tables',
  probe: starts('SQLite format 3\u0000'),
  facts: (bytes) => [
    ...at(bytes, 'file change counter', 24, 4, (b) => ({ 'count.revision': b.readUInt32BE() })),
    ...at(bytes, 'user version', 60, 4, (b) => ({ 'property.custom': String(b.readInt32BE()) })),
    ...at(bytes, 'application id', 68, 4, (b) => ({ 'property.custom': b.toString('hex') })),
    ...at(bytes, 'SQLITE_VERSION_NUMBER', 96, 4, (b) => {
      const n = b.readUInt32BE();
      return { 'tool.version': `${Math.floor(n / 1_000_000)}.${Math.floor(n / 1000) % 1000}.${n % 1000}` };
    }),
  ],
};

const HIVE_MINOR = 24;
/** Behind the name, since Vista: a GUID that the machine made, of the version that holds a time and a network card. */
const HIVE_MADE = 112;

/** Base block of a registry hive (M. Suhanov, Windows registry file format specification). Its name is the end of its path. */
const HIVE: DataKind = {
  mediaType: 'application/x-windows-registry',
  name: 'registry hive',
  unread: 'keys',
  probe: (h) => starts('regf')(h) && starts('\u0001\u0000\u0000\u0000', 20)(h) && starts('\u0000\u0000\u0000\u0000', 28)(h),
  facts: (bytes) => [
    ...at(bytes, 'last written', 12, 8, (b) => ({ 'time.modified': filetime(b) })),
    ...at(bytes, 'minor version', HIVE_MINOR, 4, (b) => ({ 'type.version': `1.${b.readUInt32LE()}` })),
    ...textAt(bytes, 'file name', 'machine.path', 48, 64),
    ...at(bytes, 'resource manager GUID', HIVE_MADE, 16, (b): Values => {
      const made = timeUuidOf(b);
      return made === null ? {} : { 'time.hidden': made.time, ...(made.hardware === null ? {} : { 'machine.hardware': made.hardware }) };
    }),
  ],
};

const EVENTS_FROM = 4096;
const EVENT_CHUNK = 65_536;
/** In a record, behind its mark, its length and its number. */
const EVENT_TIME = 16;

/** [MS-EVEN6] and J. Metz, Windows XML Event Log: when the first event in the file, and the last of its last chunk, were written. */
const EVENT_LOG: DataKind = {
  mediaType: 'application/x-ms-evtx',
  name: 'Windows event log',
  unread: 'events',
  probe: starts('ElfFile\u0000'),
  facts(bytes) {
    const header = bufferOf(bytes.slice(0, 44));
    if (header.byteLength < 44) return [];
    const chunk = (n: number): number => EVENTS_FROM + EVENT_CHUNK * n;
    const eventAt = (field: string, offset: number): DataFact[] =>
      bufferOf(bytes.slice(offset, 4)).toString('latin1') === '**\u0000\u0000'
        ? at(bytes, field, offset + EVENT_TIME, 8, (b) => ({ 'time.hidden': filetime(b) }))
        : [];
    const newest = chunk(Number(header.readBigUInt64LE(16)));
    const last = bufferOf(bytes.slice(newest, 48));
    return [
      ...at(bytes, 'version', 36, 4, (b) => ({ 'type.version': `${b.readUInt16LE(2)}.${b.readUInt16LE(0)}` })),
      ...eventAt('first event', chunk(0) + 512),
      ...(last.byteLength === 48 ? eventAt('last event', newest + last.readUInt32LE(44)) : []),
    ];
  },
};

/** Where the last runs stand, and how many, by the version of a prefetch file: XP and 2003, Vista and 7, 8, 10. */
const RUNS: ReadonlyMap<number, readonly [offset: number, count: number]> = new Map([
  [17, [120, 1]],
  [23, [128, 1]],
  [26, [128, 8]],
  [30, [128, 8]],
]);

/** J. Metz, Windows Prefetch File format: which program was run, and when it was run last. */
const PREFETCH: DataKind = {
  mediaType: 'application/x-ms-prefetch',
  name: 'prefetch file',
  unread: 'list of files',
  probe: (h) => starts('SCCA', 4)(h) && h[1] === 0 && RUNS.has(h[0] ?? 0),
  facts(bytes) {
    const version = bufferOf(bytes.slice(0, 4));
    const [from, count] = (version.byteLength === 4 && RUNS.get(version.readUInt32LE())) || [0, 0];
    return [
      ...at(bytes, 'version', 0, 4, (b) => ({ 'type.version': String(b.readUInt32LE()) })),
      ...textAt(bytes, 'program', 'residue.file', 16, 60),
      ...Array.from({ length: count }, (_, i) => at(bytes, `run ${i + 1}`, from + 8 * i, 8, (b) => ({ 'time.hidden': filetime(b) }))).flat(),
    ];
  },
};

/** ICC.1:2022 section 7.2: when the profile was made, UTC. */
const ICC: DataKind = {
  mediaType: 'application/vnd.iccprofile',
  name: 'colour profile',
  unread: null,
  probe: (h) => starts('acsp', 36)(h) && h.byteLength >= 128 && bufferOf(h).readUInt32BE(0) >= 128,
  facts: (bytes) => [
    ...at(bytes, 'version', 8, 4, (b) => ({ 'type.version': `${b[0] ?? 0}.${(b[1] ?? 0) >> 4}` })),
    ...at(bytes, 'date', 24, 12, (b) => {
      const [year, month, day, hour, minute, second] = [0, 2, 4, 6, 8, 10].map((i) => b.readUInt16BE(i)) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return { 'time.created': instantOf({ year, month, day, hour, minute, second }, 0) };
    }),
  ],
};

const MAX_TORRENT = 16 * 1024 ** 2;
const TORRENT_TEXTS = {
  'created by': 'tool.application',
  comment: 'property.custom',
  'info/name': 'name.title',
  announce: 'property.custom',
} as const;

/** BEP 3 and what its programs added: seconds since 1970, the program. */
const TORRENT: DataKind = {
  mediaType: 'application/x-bittorrent',
  name: 'torrent',
  unread: null,
  probe: (h) =>
    h[0] === 0x64 &&
    /^d(?:8:announce\d|13:announce-listl|7:comment\d|10:created by\d|13:creation datei\d|4:infod)/.test(bufferOf(h).toString('latin1', 0, 32)),
  facts(bytes) {
    const file = bufferOf(bytes.slice(0, MAX_TORRENT));
    return bencodeEntries(file).flatMap(({ key, offset, length }): DataFact[] => {
      const raw = file.toString('utf8', offset, offset + Math.min(length, 4096));
      const place = { field: key, offset, length, raw };
      const seconds = Number(raw);
      if (key === 'creation date')
        return [
          {
            ...place,
            attribute: 'time.created',
            value:
              seconds > 0 && seconds < 253_402_300_800 ? { kind: 'instant', epochMs: seconds * 1000, offsetMinutes: 0, precisionMs: 1000 } : null,
          } satisfies DataFact<'time.created'>,
        ];
      const attribute = Object.hasOwn(TORRENT_TEXTS, key) ? TORRENT_TEXTS[key as keyof typeof TORRENT_TEXTS] : undefined;
      return attribute === undefined || raw.trim() === '' ? [] : [{ ...place, attribute, value: raw.trim() }];
    });
  },
};

const SECOND_2000_MS = Date.UTC(2000, 0, 1);

/** Of a disk of fixed size the footer stands behind it alone. */
const VHD_FOOTER = 512;

/** Whether a file that begins as a disk does ends with the footer of a virtual one. */
export const endsAsVhd = (bytes: Bytes): boolean =>
  bytes.size > VHD_FOOTER && starts('conectix')(bytes.slice(bytes.size - VHD_FOOTER, 8)) && bytes.size % VHD_FOOTER === 0;

/** Virtual Hard Disk Image Format Specification (Microsoft, 2006): of a growing disk the footer stands in front, too. Times are UTC since 2000. */
const VHD: DataKind = {
  mediaType: 'application/x-virtualdisk-vhd',
  name: 'virtual disk',
  unread: 'file system',
  probe: starts('conectix'),
  facts: (bytes) => [
    ...at(bytes, 'Time Stamp', 24, 4, (b) => ({
      'time.created': { kind: 'instant', epochMs: SECOND_2000_MS + b.readUInt32BE() * 1000, offsetMinutes: 0, precisionMs: 1000 },
    })),
    ...at(bytes, 'Creator Application', 28, 4, (b) => ({ 'tool.application': b.toString('latin1').trim() || null })),
    ...at(bytes, 'Unique Id', 68, 16, (b) => ({ 'id.document': b.toString('hex') })),
  ],
};

/** Releases by the mark in front, as the Open Design Specification for .dwg files lists them. */
const DWG_RELEASES: Readonly<Record<string, string>> = {
  AC1009: 'R11/R12',
  AC1012: 'R13',
  AC1014: 'R14',
  AC1015: '2000',
  AC1018: '2004',
  AC1021: '2007',
  AC1024: '2010',
  AC1027: '2013',
  AC1032: '2018',
};

const DWG: DataKind = {
  mediaType: 'image/vnd.dwg',
  name: 'drawing of AutoCAD',
  unread: 'content',
  probe: (h) => starts('AC10')(h) && h[6] === 0 && Object.hasOwn(DWG_RELEASES, bufferOf(h).toString('latin1', 0, 6)),
  facts: (bytes) => at(bytes, 'version', 0, 6, (b) => ({ 'type.version': DWG_RELEASES[b.toString('latin1')] ?? null })),
};

/** First match wins. */
export const DATA_KINDS: readonly DataKind[] = [SQLITE, HIVE, EVENT_LOG, PREFETCH, ICC, TORRENT, VHD, DWG];

/** Kinds that are named, and not read. */
export const NAMED_KINDS: readonly (readonly [mediaType: string, magic: string])[] = [
  ['application/x-ms-prefetch-packed', 'MAM\u0004'],
  ['application/x-ewf', 'EVF\t\r\n\u00ff\u0000'],
  ['application/x-virtualdisk-vhdx', 'vhdxfile'],
  ['application/x-virtualdisk-vmdk', 'KDMV'],
  ['application/x-virtualdisk-qcow', 'QFI\u00fb'],
  ['application/vnd.tcpdump.pcap', '\u00d4\u00c3\u00b2\u00a1\u0002\u0000\u0004\u0000'],
  ['application/vnd.tcpdump.pcap', '\u00a1\u00b2\u00c3\u00d4\u0000\u0002\u0000\u0004'],
  ['application/x-pcapng', '\n\r\r\n'],
  ['image/x-jp2-codestream', '\u00ff\u004f\u00ff\u0051\u0000'],
  ['application/vnd.apache.parquet', 'PAR1'],
  ['application/vnd.apache.avro', 'Obj\u0001'],
  ['application/x-ms-index-dat', 'Client UrlCache MMF Ver '],
];

export const VHD_TYPE = VHD.mediaType;

/** What kind of file it is, and where what tells of it begins. */
export function dataKindOf(bytes: Bytes): { readonly kind: DataKind; readonly from: number } | null {
  const head = bytes.slice(0, HEAD_BYTES);
  const kind = DATA_KINDS.find((k) => k.probe(head));
  if (kind) return { kind, from: 0 };
  return endsAsVhd(bytes) ? { kind: VHD, from: bytes.size - VHD_FOOTER } : null;
}
