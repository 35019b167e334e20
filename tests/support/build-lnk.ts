export interface LnkSpec {
  /** Times of the target: ISO 8601 in UTC. */
  readonly created?: string;
  readonly accessed?: string;
  readonly written?: string;
  /** Where the target lies: 'C:\\Users\\claire\\plan.docx'. */
  readonly localPath?: string;
  /** As Windows shows it: 'A1B2-C3D4'. */
  readonly volumeSerial?: string;
  readonly volumeLabel?: string;
  /** '\\\\SERVER\\SHARE'. */
  readonly netName?: string;
  /** Of the path below the network share. */
  readonly suffix?: string;
  readonly description?: string;
  readonly workingDirectory?: string;
  readonly arguments?: string;
  /** Writes paths as UTF-16 too, as Windows does where ANSI would lose letters. */
  readonly unicodePaths?: boolean;
  readonly tracker?: {
    /** NetBIOS name, at most 15 characters. */
    readonly machine: string;
    /** When the object identifier was made: ISO 8601 in UTC. */
    readonly droidTime: string;
    /** Of the network card: '00:0c:29:ab:cd:ef'. */
    readonly mac: string;
  };
}

const u16 = (n: number): Buffer => Buffer.from([n & 0xff, n >> 8]);
const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};
const ticksOf = (iso: string): bigint => BigInt(Date.parse(iso)) * 10_000n + 116_444_736_000_000_000n;
const filetime = (iso: string | undefined): Buffer => {
  const b = Buffer.alloc(8);
  if (iso !== undefined) b.writeBigUInt64LE(ticksOf(iso));
  return b;
};
const ansi = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1');
const wide = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');

/** Version 1, first three fields low byte first, clock sequence 0x0123. */
function timeGuid(iso: string, mac: string): Buffer {
  const ticks = ticksOf(iso) + 5_748_192_000_000_000n;
  const b = Buffer.alloc(16);
  b.writeUInt32LE(Number(ticks & 0xffffffffn), 0);
  b.writeUInt16LE(Number((ticks >> 32n) & 0xffffn), 4);
  b.writeUInt16LE(Number(ticks >> 48n) | 0x1000, 6);
  b.writeUInt16BE(0x8123, 8);
  Buffer.from(mac.replaceAll(':', ''), 'hex').copy(b, 10);
  return b;
}

/** LinkInfo, [MS-SHLLINK] 2.3: header, volume, base path, network link, suffix, and the Unicode forms where asked for. */
function linkInfo(s: LnkSpec): Buffer {
  const header = s.unicodePaths ? 0x24 : 0x1c;
  const parts: Buffer[] = [];
  let end = header;
  const put = (part: Buffer | null): number => {
    if (!part) return 0;
    parts.push(part);
    end += part.byteLength;
    return end - part.byteLength;
  };
  const label = ansi(s.volumeLabel ?? '');
  const volume = put(
    s.localPath === undefined
      ? null
      : Buffer.concat([u32(16 + label.byteLength), u32(3), u32(parseInt((s.volumeSerial ?? '0').replace('-', ''), 16)), u32(16), label]),
  );
  const base = put(s.localPath === undefined ? null : ansi(s.localPath));
  const name = ansi(s.netName ?? '');
  const network = put(s.netName === undefined ? null : Buffer.concat([u32(20 + name.byteLength), u32(2), u32(20), u32(0), u32(0x20000), name]));
  const suffix = put(ansi(s.suffix ?? ''));
  const unicode = s.unicodePaths ? [u32(put(s.localPath === undefined ? null : wide(s.localPath))), u32(put(wide(s.suffix ?? '')))] : [];
  const flags = (s.localPath === undefined ? 0 : 1) | (s.netName === undefined ? 0 : 2);
  return Buffer.concat([u32(end), u32(header), u32(flags), u32(volume), u32(base), u32(network), u32(suffix), ...unicode, ...parts]);
}

/** A Windows shortcut, [MS-SHLLINK]: Unicode strings, LinkInfo where a path is given, TrackerDataBlock where asked for. */
export function buildLnk(s: LnkSpec): Uint8Array {
  const strings = [s.description, undefined, s.workingDirectory, s.arguments, undefined];
  const hasInfo = s.localPath !== undefined || s.netName !== undefined;
  const flags = strings.reduce((all, text, i) => (text === undefined ? all : all | (4 << i)), hasInfo ? 0x82 : 0x80);
  const header = Buffer.concat([
    u32(76),
    Buffer.from('0114020000000000c000000000000046', 'hex'),
    u32(flags),
    u32(0x20),
    filetime(s.created),
    filetime(s.accessed),
    filetime(s.written),
    u32(4096),
    u32(0),
    u32(1),
    Buffer.alloc(12),
  ]);
  const tracker =
    s.tracker &&
    Buffer.concat([
      u32(0x60),
      u32(0xa0000003),
      u32(0x58),
      u32(0),
      Buffer.from(s.tracker.machine.padEnd(16, '\0'), 'latin1'),
      ...[0, 1].flatMap(() => [Buffer.alloc(16, 0x4a), timeGuid(s.tracker?.droidTime ?? '', s.tracker?.mac ?? '')]),
    ]);
  return Buffer.concat([
    header,
    ...(hasInfo ? [linkInfo(s)] : []),
    ...strings.flatMap((text) => (text === undefined ? [] : [u16(text.length), Buffer.from(text, 'utf16le')])),
    ...(tracker ? [tracker] : []),
    u32(0),
  ]);
}
