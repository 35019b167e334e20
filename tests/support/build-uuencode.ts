import { crc32 } from 'node:zlib';

/** A file as uuencode writes it into a text, with '`' for zeros; lines end in LF. */
export function uuencode(name: string, bytes: Uint8Array, mode = '644'): string {
  const letter = (n: number): string => (n === 0 ? '`' : String.fromCharCode(0x20 + n));
  const lines: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += 45) {
    const chunk = bytes.subarray(at, at + 45);
    let line = letter(chunk.byteLength);
    for (let i = 0; i < chunk.byteLength; i += 3) {
      const bits = ((chunk[i] ?? 0) << 16) | ((chunk[i + 1] ?? 0) << 8) | (chunk[i + 2] ?? 0);
      line += [18, 12, 6, 0].map((shift) => letter((bits >> shift) & 0x3f)).join('');
    }
    lines.push(line);
  }
  return [`begin ${mode} ${name}`, ...lines, '`', 'end', ''].join('\n');
}

export interface YencPart {
  readonly part: string;
  readonly begin: number;
  readonly end: number;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** CRC-32 of the part. */
  readonly crc: number;
}

/** yEnc with CRLF and lines of 128 characters. */
export function buildYenc(name: string, content: Uint8Array, part?: YencPart): Buffer {
  const out: number[] = [];
  let column = 0;
  for (const b of content) {
    const e = (b + 42) & 0xff;
    const critical = e === 0 || e === 10 || e === 13 || e === 61;
    out.push(...(critical ? [61, (e + 64) & 0xff] : [e]));
    column += critical ? 2 : 1;
    if (column >= 128) out.push(13, 10);
    if (column >= 128) column = 0;
  }
  const hex = (n: number): string => n.toString(16).padStart(8, '0');
  const head = part
    ? `=ybegin part=${part.part} line=128 size=${part.size} name=${name}\r\n=ypart begin=${part.begin} end=${part.end}\r\n`
    : `=ybegin line=128 size=${content.byteLength} name=${name}\r\n`;
  const tail = part
    ? `=yend size=${content.byteLength} part=${part.part} pcrc32=${hex(part.crc)}`
    : `=yend size=${content.byteLength} crc32=${hex(crc32(content))}`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(out), Buffer.from(`\r\n${tail}\r\n`)]);
}
