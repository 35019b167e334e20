import { u16, u32 } from './little-endian.ts';
import type { ValueOf } from '../model/attribute.ts';
import { accessFields, looksLikeAccess } from './legacy-access.ts';
import { bytesAt, type LegacyField, legacyField } from './legacy-field.ts';
import { wallOf } from '../model/time.ts';

/** A kind of document of which the head alone is read. */
export interface LegacyKind {
  readonly mediaType: string;
  /** 'WordPerfect document'. */
  readonly name: string;
  probe(head: Uint8Array): boolean;
  fields(head: Uint8Array): readonly LegacyField[];
  /** Whether the head says that the rest is enciphered. */
  encrypted?(head: Uint8Array): boolean;
}

const begins = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((b, i) => head[i] === b);
const version = (field: string, offset: number, length: number, value: string | null): LegacyField =>
  legacyField({ attribute: 'type.version', field, offset, length, value });

/** Versions by the number in the record with which a spreadsheet begins: its type 0, its length, its version. */
const byVersion = (names: Readonly<Record<number, string>>, length: 2 | 0x1a): Pick<LegacyKind, 'probe' | 'fields'> => ({
  probe: (h) => begins(h, 0, 0, length, 0) && h.byteLength >= 12 && names[u16(h, 4)] !== undefined,
  fields: (h) => [version('BOF version', 4, 2, names[u16(h, 4)] ?? null)],
});

const LOTUS = { mediaType: 'application/vnd.lotus-1-2-3', name: 'Lotus 1-2-3 spreadsheet' };
const QUATTRO = { mediaType: 'application/x-quattro-pro', name: 'Quattro Pro spreadsheet' };

/** 'Lotus Worksheet File Format' (Lotus, 1984) and what its later versions and competitors made of it. */
const SPREADSHEETS: readonly LegacyKind[] = [
  { ...LOTUS, ...byVersion({ 0x0404: 'WKS (1-2-3 1A)', 0x0405: 'WRK (Symphony)', 0x0406: 'WK1 (1-2-3 2)' }, 2) },
  { ...LOTUS, ...byVersion({ 0x1000: 'WK3 (1-2-3 3)', 0x1002: 'WK4 (1-2-3 4)', 0x1003: '123 (1-2-3 97)', 0x1005: '123 (1-2-3 Millennium)' }, 0x1a) },
  { ...QUATTRO, ...byVersion({ 0x5120: 'WQ1', 0x5121: 'WQ2', 0x1001: 'WB1', 0x1002: 'WB2' }, 2) },
  {
    mediaType: 'application/x-ms-works-spreadsheet',
    name: 'Microsoft Works spreadsheet',
    probe: (h) => begins(h, 0xff, 0, 2, 0, 0x04, 0x04),
    fields: () => [version('BOF version', 4, 2, 'WKS (Works)')],
  },
];

/** Product 1 is WordPerfect, file type 10 a document; behind them the version and, where it is enciphered, a key. WordPerfect File Format SDK, 'Prefix'. */
const WORDPERFECT: LegacyKind = {
  mediaType: 'application/vnd.wordperfect',
  name: 'WordPerfect document',
  probe: (h) => begins(h, 0xff, 0x57, 0x50, 0x43) && h[8] === 1 && h[9] === 0x0a,
  fields: (h) => [version('file version', 10, 2, WORDPERFECT_VERSIONS[h[10] ?? 0xff] ?? `${h[10] ?? 0}.${h[11] ?? 0}`)],
  encrypted: (h) => u16(h, 12) !== 0,
};
const WORDPERFECT_VERSIONS: Readonly<Record<number, string>> = { 0: '5', 2: '6 and later' };

const ONENOTE_STORE = '3fdd9a101b91f549a5d01791edc8aed8';
const guid = (b: Uint8Array): string => {
  const hex = Buffer.from(b).toString('hex');
  const turned = (from: number, to: number): string => (hex.slice(from, to).match(/../g) ?? []).reverse().join('');
  return `${turned(0, 8)}-${turned(8, 12)}-${turned(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** [MS-ONESTORE] 2.3.1: the file's number, that of its state, and the build that wrote it last. */
const ONENOTE: LegacyKind = {
  mediaType: 'application/onenote',
  name: 'OneNote section',
  probe: (h) => begins(h, 0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d, 0xae, 0xb1, 0x53, 0x78, 0xd0, 0x29, 0x96, 0xd3),
  fields(h) {
    const id = (attribute: 'id.document' | 'id.instance', field: string, offset: number): LegacyField =>
      legacyField({ attribute, field, offset, length: 16, value: guid(bytesAt(h, offset, 16)) });
    const file = id('id.document', 'guidFile', 16);
    // The other packaging, of files that came from the web, has nothing more in its head.
    if (Buffer.from(bytesAt(h, 48, 16)).toString('hex') !== ONENOTE_STORE || h.byteLength < 1024) return [file];
    return [
      file,
      id('id.instance', 'guidFileVersion', 212),
      version('ffvLastCodeThatWroteToThisFile', 64, 4, String(u32(h, 64))),
      legacyField({ attribute: 'tool.build', field: 'bnLastWroteToThisFile', offset: 284, length: 4, value: `${u16(h, 286)}.${u16(h, 284)}` }),
    ];
  },
};

/** dBASE: version, the day of the last change, and a list of columns that ends with 0x0D where the head says. */
const DBASE: LegacyKind = {
  mediaType: 'application/x-dbf',
  name: 'dBASE table',
  probe(h) {
    const length = u16(h, 8);
    const [month, day] = [h[2] ?? 0, h[3] ?? 0];
    const known = [0x03, 0x30, 0x83, 0x8b, 0xf5].includes(h[0] ?? 0) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    const end = h[0] === 0x30 ? length - 264 : length - 1;
    return known && end >= 64 && end % 32 === 0 && end < h.byteLength && h[end] === 0x0d && /^[A-Za-z_][\w]*$/.test(columnName(h));
  },
  fields: (h) => [
    version('version', 0, 1, DBASE_VERSIONS[h[0] ?? 0] ?? null),
    legacyField({ attribute: 'time.modified', field: 'last update', offset: 1, length: 3, value: dayOf(h) }),
  ],
};
const DBASE_VERSIONS: Readonly<Record<number, string>> = {
  0x03: 'dBASE III',
  0x30: 'Visual FoxPro',
  0x83: 'dBASE III with memo',
  0x8b: 'dBASE IV with memo',
  0xf5: 'FoxPro 2 with memo',
};

/** The first column's, up to a NUL. */
const columnName = (h: Uint8Array): string =>
  Buffer.from(bytesAt(h, 32, 11))
    .toString('latin1')
    .split('\u0000')[0] ?? '';

/** Years since 1900, or the last two digits: there was no dBASE before 1980. */
const dayOf = (h: Uint8Array): ValueOf<'time.modified'> | null => {
  const [year, month, day] = [h[1] ?? 0, h[2] ?? 0, h[3] ?? 0];
  return wallOf({ year: year < 80 ? 2000 + year : 1900 + year, month, day, hour: 0, minute: 0, second: 0 }, 86_400_000);
};

/** First match wins. */
export const LEGACY_KINDS: readonly LegacyKind[] = [
  ...SPREADSHEETS,
  WORDPERFECT,
  ONENOTE,
  DBASE,
  { mediaType: 'application/x-msaccess', name: 'Access database', probe: looksLikeAccess, fields: accessFields },
  {
    mediaType: 'application/x-mswrite',
    name: 'Windows Write document',
    probe: (h) => (begins(h, 0x31, 0xbe, 0, 0, 0, 0xab) || begins(h, 0x32, 0xbe, 0, 0, 0, 0xab)) && u32(h, 14) >= 128,
    fields: (h) => [version('wIdent', 0, 2, h[0] === 0x32 ? 'with objects' : 'without objects')],
  },
  {
    mediaType: 'application/x-ibm-displaywrite',
    name: 'DisplayWrite document',
    probe: (h) => begins(h, 0, 0x05, 0xe1, 0x03, 0),
    fields: () => [version('structured field', 2, 2, 'DCA final form')],
  },
];

export const legacyKindOf = (head: Uint8Array): LegacyKind | null => LEGACY_KINDS.find((k) => k.probe(head)) ?? null;
