import { deflateSync } from 'node:zlib';
import { since1904 } from './build-media.ts';
import { be16, be32, be64, le32, utf16be } from './bytes.ts';

export interface FontSpec {
  /** By the name's number: 4 is the full name, 5 the version. */
  readonly names?: Readonly<Record<number, string>>;
  /** ISO times with their zone. */
  readonly created?: string;
  readonly modified?: string;
  readonly wrapper?: 'none' | 'woff' | 'collection';
}

/** The two tables that speak of the font, and no outlines. */
export function fontWith(f: FontSpec = {}): Buffer {
  const rows: Buffer[] = [];
  const texts: Buffer[] = [];
  let at = 0;
  const add = (platform: number, encoding: number, language: number, id: number, text: Buffer): void => {
    rows.push(be16(platform), be16(encoding), be16(language), be16(id), be16(text.byteLength), be16(at));
    texts.push(text);
    at += text.byteLength;
  };
  // Macintosh's names stand in front, as the table is sorted.
  for (const [id, text] of Object.entries(f.names ?? {})) add(1, 0, 0, Number(id), Buffer.from(text, 'latin1'));
  for (const [id, text] of Object.entries(f.names ?? {})) add(3, 1, 1033, Number(id), utf16be(text));
  const count = rows.length / 6;
  const name = Buffer.concat([be16(0), be16(count), be16(6 + 12 * count), ...rows, ...texts]);
  const head = Buffer.concat([
    Buffer.alloc(20),
    be64(BigInt(since1904(f.created ?? ''))),
    be64(BigInt(since1904(f.modified ?? ''))),
    Buffer.alloc(18),
  ]);
  const tables = [
    ['head', head],
    ['name', name],
  ] as const;
  if (f.wrapper === 'woff') {
    let free = 44 + 20 * tables.length;
    const packed = tables.map(([tag, content]) => [tag, content, deflateSync(content)] as const);
    const directory = packed.map(([tag, content, small]) => {
      const kept = small.byteLength < content.byteLength ? small : content;
      const row = Buffer.concat([Buffer.from(tag), be32(free), be32(kept.byteLength), be32(content.byteLength), be32(0)]);
      free += kept.byteLength;
      return [row, kept] as const;
    });
    const header = Buffer.concat([Buffer.from('wOFF'), be32(0x00010000), be32(free), be16(tables.length), Buffer.alloc(30)]);
    return Buffer.concat([header, ...directory.map(([row]) => row), ...directory.map(([, kept]) => kept)]);
  }
  const start = f.wrapper === 'collection' ? 16 : 0;
  let free = start + 12 + 16 * tables.length;
  const directory = tables.map(([tag, content]) => {
    const row = Buffer.concat([Buffer.from(tag), be32(0), be32(free), be32(content.byteLength)]);
    free += content.byteLength;
    return row;
  });
  const collection = f.wrapper === 'collection' ? Buffer.concat([Buffer.from('ttcf'), be32(0x00010000), be32(1), be32(16)]) : Buffer.alloc(0);
  return Buffer.concat([collection, be32(0x00010000), be16(tables.length), Buffer.alloc(6), ...directory, ...tables.map(([, content]) => content)]);
}

/** The clear part of a Type 1 font; `binary` puts a PFB's segment header in front. */
export function type1With(entries: Readonly<Record<string, string>> = {}, comments: Readonly<Record<string, string>> = {}, binary = false): Buffer {
  const text = Buffer.from(
    `%!PS-AdobeFont-1.0: Garamonde 001.007\n${Object.entries(comments)
      .map(([k, v]) => `%%${k}: ${v}\n`)
      .join('')}11 dict begin\n/FontInfo 10 dict dup begin\n${Object.entries(entries)
      .map(([k, v]) => `/${k} (${v}) readonly def\n`)
      .join('')}end readonly def\ncurrentfile eexec\n`,
  );
  return binary ? Buffer.concat([Buffer.from([0x80, 1]), le32(text.byteLength), text]) : text;
}

export function pfmWith(face: string, copyright: string): Buffer {
  const head = Buffer.alloc(160);
  head.writeUInt16LE(0x0100, 0);
  head.write(copyright, 6, 'latin1');
  head.writeUInt32LE(160, 105);
  const all = Buffer.concat([head, Buffer.from(`${face}\0`)]);
  all.writeUInt32LE(all.byteLength, 2);
  return all;
}

/** A bare CFF: name, and strings by the operator of the Top DICT that names them. `uniqueId` is below 32768. */
export function cffWith(name: string, strings: Readonly<Record<number, string>>, uniqueId?: number): Buffer {
  const index = (items: readonly Buffer[]): Buffer => {
    const offsets = [1];
    for (const item of items) offsets.push((offsets.at(-1) ?? 1) + item.byteLength);
    return Buffer.concat([be16(items.length), Buffer.from([2]), ...offsets.map((at) => be16(at)), ...items]);
  };
  const operand = (n: number): Buffer => Buffer.concat([Buffer.from([28]), be16(n)]);
  const operators: Buffer[] = Object.keys(strings).map((operator, i) => Buffer.concat([operand(391 + i), Buffer.from([Number(operator)])]));
  if (uniqueId !== undefined) operators.push(operand(uniqueId), Buffer.from([13]));
  const texts = Object.values(strings).map((t) => Buffer.from(t, 'latin1'));
  return Buffer.concat([Buffer.from([1, 0, 4, 2]), index([Buffer.from(name)]), index([Buffer.concat(operators)]), index(texts)]);
}
