export interface TarEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** UTC, 'YYYY-MM-DDTHH:MM:SS[.sss]Z'; fractions need the dialect 'pax'. Default 2017-03-27T12:00:00Z. */
  readonly mtime?: string;
  readonly owner?: string;
  /** Type flag: '0' file, '1' hard link, '2' symbolic link, '3' device, '5' folder, 'S' sparse. Default: by the name's slash. */
  readonly type?: string;
  readonly target?: string;
}

/** How names of more than 100 bytes and fractions of seconds are kept; 'v7' has no magic and no owner. */
export type TarDialect = 'gnu' | 'pax' | 'ustar' | 'v7';

const BLOCK = 512;
const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.byteLength % BLOCK)) % BLOCK)]);
const octal = (n: number, length: number): string => `${n.toString(8).padStart(length - 1, '0')}\0`;

interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly seconds?: number;
  readonly target?: string;
  readonly owner?: string;
}

function header(h: Header, dialect: TarDialect): Buffer {
  const b = Buffer.alloc(BLOCK);
  Buffer.from(h.name).copy(b, 0, 0, 100);
  b.write(octal(0o644, 8) + octal(1000, 8) + octal(1000, 8) + octal(h.size, 12) + octal(h.seconds ?? 0, 12), 100, 'latin1');
  b.write('        ', 148, 'latin1');
  b.write(h.type, 156, 'latin1');
  b.write(h.target ?? '', 157, 100, 'utf8');
  if (dialect !== 'v7') b.write(dialect === 'gnu' ? 'ustar  \0' : 'ustar\u000000', 257, 'latin1');
  if (dialect !== 'v7') b.write(h.owner ?? '', 265, 32, 'utf8');
  b.write(
    `${b
      .reduce((sum, x) => sum + x, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
  return b;
}

/** '<length> <keyword>=<value>\n', the length counting its own digits. */
export function paxRecord(keyword: string, value: string): Buffer {
  const rest = Buffer.from(` ${keyword}=${value}\n`);
  let length = rest.byteLength + 1;
  while (String(length).length + rest.byteLength !== length) length = String(length).length + rest.byteLength;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function entry(e: TarEntry, dialect: TarDialect): Buffer[] {
  const content = Buffer.from(e.content ?? '');
  const ms = Date.parse(e.mtime ?? '2017-03-27T12:00:00Z');
  const isLong = Buffer.byteLength(e.name) > 100;
  const before: Buffer[] = [];
  if (dialect === 'gnu' && isLong) {
    const name = Buffer.from(`${e.name}\0`);
    before.push(header({ name: '././@LongLink', size: name.byteLength, type: 'L' }, dialect), padded(name));
  }
  if (dialect === 'pax' && (isLong || ms % 1000 !== 0)) {
    const records = Buffer.concat([
      ...(isLong ? [paxRecord('path', e.name)] : []),
      ...(ms % 1000 === 0 ? [] : [paxRecord('mtime', String(ms / 1000))]),
    ]);
    before.push(header({ name: 'PaxHeaders/x', size: records.byteLength, type: 'x' }, dialect), padded(records));
  }
  const type = e.type ?? (e.name.endsWith('/') ? '5' : '0');
  const own = header(
    {
      name: e.name,
      size: content.byteLength,
      type,
      seconds: Math.floor(ms / 1000),
      ...(e.target === undefined ? {} : { target: e.target }),
      ...(e.owner === undefined ? {} : { owner: e.owner }),
    },
    dialect,
  );
  return [...before, own, padded(content)];
}

/** A tar archive with its two closing blocks. Names of more than 100 bytes are cut in 'ustar' and 'v7'. */
export function buildTar(entries: readonly TarEntry[], dialect: TarDialect = 'gnu'): Uint8Array {
  return new Uint8Array(Buffer.concat([...entries.flatMap((e) => entry(e, dialect)), Buffer.alloc(2 * BLOCK)]));
}
