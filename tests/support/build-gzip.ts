import { crc32, deflateRawSync } from 'node:zlib';

export interface GzipMember {
  readonly content: string | Uint8Array;
  /** FNAME, written as UTF-8; absent where the packer read a pipe. */
  readonly name?: string;
  /** MTIME in UTC, 'YYYY-MM-DDTHH:MM:SSZ'. Default: none (0). */
  readonly mtime?: string;
  readonly comment?: string;
  /** OS byte: 0 FAT, 3 Unix, 11 NTFS. Default 3. */
  readonly system?: number;
  /** A lie in place of the checksum. */
  readonly crc32?: number;
}

const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};

/** A gzip file (RFC 1952) of one or more members, deflated by zlib. */
export function buildGzip(...members: readonly GzipMember[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      members.flatMap((m) => {
        const content = Buffer.from(m.content);
        const flags = (m.name === undefined ? 0 : 8) | (m.comment === undefined ? 0 : 16);
        const texts = [m.name, m.comment].flatMap((t) => (t === undefined ? [] : [Buffer.from(`${t}\0`)]));
        const head = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, m.system ?? 3]);
        head.writeUInt32LE(m.mtime === undefined ? 0 : Date.parse(m.mtime) / 1000, 4);
        return [head, ...texts, deflateRawSync(content), u32(m.crc32 ?? crc32(content)), u32(content.byteLength)];
      }),
    ),
  );
}
