import type { ProblemDraft } from '../model/artifact.ts';
import { MAX_RAW } from '../model/claim.ts';
import type { Input } from '../model/input.ts';
import { decodeCharset } from './charset.ts';

/** [MS-SHLLINK] 2.1: length of the header, and of the blocks behind it that we read. */
const HEADER = 76;
const TRACKER = { signature: 0xa0000003, size: 0x60 };
const ENVIRONMENT = { signature: 0xa0000001, size: 0x314, unicodeAt: 268, unicodeBytes: 520 };
/** A shortcut holds five blocks or six. */
const MAX_BLOCKS = 100;
/** Beyond this a shortcut is something else in disguise; it is read to here. */
const MAX_BYTES = 1024 ** 2;

const FLAG = { idList: 0x1, linkInfo: 0x2, unicode: 0x80 } as const;
/** StringData, [MS-SHLLINK] 2.4, in the order in which they stand. */
const STRINGS = [
  { flag: 0x4, name: 'NAME_STRING' },
  { flag: 0x8, name: 'RELATIVE_PATH' },
  { flag: 0x10, name: 'WORKING_DIR' },
  { flag: 0x20, name: 'COMMAND_LINE_ARGUMENTS' },
  { flag: 0x40, name: 'ICON_LOCATION' },
] as const;

export type LnkFieldName =
  | 'CreationTime'
  | 'AccessTime'
  | 'WriteTime'
  | 'DriveSerialNumber'
  | 'VolumeLabel'
  | 'LocalBasePath'
  | 'CommonPathSuffix'
  | 'NetName'
  | 'DeviceName'
  | (typeof STRINGS)[number]['name']
  | 'TargetUnicode'
  | 'MachineID'
  | 'DroidVolume'
  | 'DroidFile'
  | 'DroidBirthVolume'
  | 'DroidBirthFile';

/** A value at its place: `offset` and `length` in bytes. */
export interface LnkField {
  readonly name: LnkFieldName;
  readonly offset: number;
  readonly length: number;
  /** The bytes themselves. */
  readonly bytes: Uint8Array;
  /** Null for numbers, times and GUIDs. ANSI text is read as UTF-8 where valid, else as Windows-1252: its code page is nowhere written. */
  readonly text: string | null;
}

export interface Lnk {
  readonly fields: readonly LnkField[];
  readonly problems: readonly ProblemDraft[];
}

const ansi = (bytes: Uint8Array): string => {
  const utf8 = Buffer.from(bytes).toString('utf8');
  return utf8.includes('\ufffd') ? decodeCharset(bytes, 'windows-1252') : utf8;
};

/** Bytes up to the terminator, or to `limit`. */
function terminated(bytes: Uint8Array, at: number, width: 1 | 2, limit: number): number {
  let end = at;
  while (end + width <= limit && (bytes[end] !== 0 || (width === 2 && bytes[end + 1] !== 0))) end += width;
  return end - at;
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(bytes: Uint8Array) {
  const size = bytes.byteLength;
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const fields: LnkField[] = [];
  const problems: ProblemDraft[] = [];
  const note = (code: ProblemDraft['code'], message: string): number => problems.push({ code, message });

  function string(name: LnkFieldName, offset: number, length: number, unicode: boolean): void {
    const found = bytes.subarray(offset, offset + length);
    if (found.byteLength < length) note('truncated', `${name} ends outside of the file`);
    const text = unicode ? decodeCharset(found, 'utf-16le') : ansi(found);
    if (text.length > MAX_RAW) note('limit-exceeded', `${name} is longer than ${MAX_RAW} characters; its beginning was kept`);
    if (text.trim() !== '') fields.push({ name, offset, length: found.byteLength, bytes: found, text });
  }
  return {
    size,
    fields,
    problems,
    note,
    string,
    /** 0 beyond the end. */
    u16: (at: number): number => (at + 2 <= size ? view.getUint16(at, true) : 0),
    u32: (at: number): number => (at + 4 <= size ? view.getUint32(at, true) : 0),
    /** A number, time or GUID; left out where nothing but zeros stands. */
    binary(name: LnkFieldName, offset: number, length: number): void {
      const found = bytes.subarray(offset, offset + length);
      if (found.byteLength === length && found.some((b) => b !== 0)) fields.push({ name, offset, length, bytes: found, text: null });
    },
    /** A string that a zero ends, inside a structure that ends at `limit`. */
    cString(name: LnkFieldName, offset: number, limit: number, unicode = false): void {
      const end = Math.min(limit, size);
      if (offset < end) string(name, offset, terminated(bytes, offset, unicode ? 2 : 1, end), unicode);
    },
  };
}

/** LinkInfo, [MS-SHLLINK] 2.3. Offsets in it count from its own start; the Unicode ones exist where its header is longer. */
function linkInfo(r: Reader, at: number): number {
  const size = r.u32(at);
  const end = at + size;
  const headerSize = r.u32(at + 4);
  if (size < 0x1c || end > r.size) {
    r.note(size < 0x1c ? 'malformed' : 'truncated', `LinkInfo of ${size} bytes does not fit`);
    return r.size;
  }
  const flags = r.u32(at + 8);
  const wide = headerSize >= 0x24;
  const string = (name: LnkFieldName, field: number, unicodeField: number): void => {
    const unicode = wide ? r.u32(at + unicodeField) : 0;
    const offset = unicode > 0 ? unicode : r.u32(at + field);
    if (offset > 0) r.cString(name, at + offset, end, unicode > 0);
  };
  if (flags & 1) {
    const volume = at + r.u32(at + 12);
    const label = r.u32(volume + 12);
    if (volume + 16 <= end) {
      r.binary('DriveSerialNumber', volume + 8, 4);
      // [MS-SHLLINK] 2.3.1: 0x14 says that the label is Unicode and its offset stands behind.
      if (label === 0x14) r.cString('VolumeLabel', volume + r.u32(volume + 16), end, true);
      else if (label > 0) r.cString('VolumeLabel', volume + label, end);
    }
    string('LocalBasePath', 16, 28);
  }
  const network = r.u32(at + 20);
  if (flags & 2 && network > 0) networkLink(r, at + network, end);
  string('CommonPathSuffix', 24, 32);
  return end;
}

/** CommonNetworkRelativeLink, [MS-SHLLINK] 2.3.2. */
function networkLink(r: Reader, at: number, end: number): void {
  const wide = r.u32(at + 8) > 0x14;
  const name = r.u32(at + (wide ? 20 : 8));
  const device = r.u32(at + (wide ? 24 : 12));
  if (name > 0) r.cString('NetName', at + name, end, wide);
  if (r.u32(at + 4) & 1 && device > 0) r.cString('DeviceName', at + device, end, wide);
}

/** ExtraData, [MS-SHLLINK] 2.5: blocks until one shorter than 4 bytes. */
function extraData(r: Reader, start: number): void {
  let at = start;
  for (let n = 0; n < MAX_BLOCKS; n++) {
    const size = r.u32(at);
    if (size < 4) {
      if (at + 4 > r.size) r.note('truncated', 'the end of its blocks is missing');
      return;
    }
    if (size < 8 || at + size > r.size) {
      r.note(at + size > r.size ? 'truncated' : 'malformed', `a block of ${size} bytes does not fit`);
      return;
    }
    const signature = r.u32(at + 4);
    if (signature === TRACKER.signature && size >= TRACKER.size) {
      r.cString('MachineID', at + 16, at + 32);
      for (const [i, name] of (['DroidVolume', 'DroidFile', 'DroidBirthVolume', 'DroidBirthFile'] as const).entries())
        r.binary(name, at + 32 + 16 * i, 16);
    }
    if (signature === ENVIRONMENT.signature && size >= ENVIRONMENT.size) {
      r.cString('TargetUnicode', at + ENVIRONMENT.unicodeAt, at + ENVIRONMENT.unicodeAt + ENVIRONMENT.unicodeBytes, true);
    }
    at += size;
  }
  r.note('limit-exceeded', `more than ${MAX_BLOCKS} blocks; the rest was left out`);
}

/** A Windows shortcut, [MS-SHLLINK]. Never throws: what does not fit is a problem, and what came before it stays. */
export function readLnk(input: Input): Lnk {
  const r = readerOf(input.bytes.slice(0, MAX_BYTES));
  if (input.bytes.size > MAX_BYTES) r.note('limit-exceeded', `${input.bytes.size} bytes, of which ${MAX_BYTES} were read`);
  if (r.size < HEADER) return { fields: [], problems: [{ code: 'truncated', message: `${r.size} bytes; the header alone has ${HEADER}` }] };
  const flags = r.u32(20);
  for (const [name, at] of [
    ['CreationTime', 28],
    ['AccessTime', 36],
    ['WriteTime', 44],
  ] as const)
    r.binary(name, at, 8);
  let at = HEADER;
  if (flags & FLAG.idList) at += 2 + r.u16(at);
  if (flags & FLAG.linkInfo && at < r.size) at = linkInfo(r, at);
  const unicode = (flags & FLAG.unicode) !== 0;
  for (const { flag, name } of STRINGS) {
    if (!(flags & flag)) continue;
    if (at + 2 > r.size) {
      r.note('truncated', `${name} lies outside of the file`);
      break;
    }
    const length = r.u16(at) * (unicode ? 2 : 1);
    r.string(name, at + 2, length, unicode);
    at += 2 + length;
  }
  extraData(r, at);
  return { fields: r.fields, problems: r.problems };
}
